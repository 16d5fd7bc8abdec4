"""Which groups of a code were mistyped, in plain words."""

from passport.web.words import listed


def which_groups(groups: tuple[int, ...]) -> str:
    """What to check; with no groups, how many there should be (a code of eight)."""
    if not groups:
        return "The code has eight groups of five letters or numbers. Check that all are there."
    if len(groups) == 1:
        return f"Group {groups[0]} is not right. Check it again."
    return f"Groups {listed([str(n) for n in groups])} are not right. Check them again."


def which_groups_of_card(groups: tuple[int, ...]) -> str:
    """What to check on a card; with no groups, how many there should be."""
    if not groups:
        return "The code has 13 groups of five letters or numbers. Check that all are there."
    if len(groups) == 1:
        return f"Group {groups[0]} is not right. Check it against your card."
    return f"Groups {listed([str(n) for n in groups])} are not right. Check them against your card."
