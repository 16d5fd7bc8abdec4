"""Which groups of a code were mistyped, in plain words."""

from flask_babel import gettext as _

from passport.web.words import listed


def which_groups(groups: tuple[int, ...]) -> str:
    """What to check; with no groups, how many there should be (a code of eight)."""
    if not groups:
        return _eight()
    if len(groups) == 1:
        return _("Group %(number)s is not right. Check it again.", number=groups[0])
    return _("Groups %(numbers)s are not right. Check them again.", numbers=_all_of(groups))


def which_groups_on_paper(groups: tuple[int, ...]) -> str:
    """What to check on a paper; with no groups, how many there should be (a code of eight)."""
    if not groups:
        return _eight()
    if len(groups) == 1:
        return _("Group %(number)s is not right. Check it against your paper.", number=groups[0])
    return _(
        "Groups %(numbers)s are not right. Check them against your paper.",
        numbers=_all_of(groups),
    )


def which_groups_of_card(groups: tuple[int, ...]) -> str:
    """What to check on a card; with no groups, how many there should be."""
    if not groups:
        return _("The code has 13 groups of five letters or numbers. Check that all are there.")
    if len(groups) == 1:
        return _("Group %(number)s is not right. Check it against your card.", number=groups[0])
    return _(
        "Groups %(numbers)s are not right. Check them against your card.",
        numbers=_all_of(groups),
    )


def _eight() -> str:
    return _("The code has eight groups of five letters or numbers. Check that all are there.")


def _all_of(groups: tuple[int, ...]) -> str:
    return listed([str(number) for number in groups])
