"""What each kind of team often needs: suggested when a share is made, never ticked by itself.

Drawn from what the PRSB About Me standard and the NHS Reasonable Adjustment Flag ask services to
look at first, cut down to what that kind of team can act on. Sensitive parts are never suggested.
"""

from dataclasses import dataclass

from passport.words_to_translate import N_


@dataclass(frozen=True)
class TeamKind:
    """A kind of team: its name, and the section keys and facts that it often needs."""

    key: str
    name: str
    sections: tuple[str, ...]
    facts: tuple[str, ...]


_FIRST = ("most-important", "please-do", "please-dont", "communicate", "adjustments")

TEAM_KINDS = (
    TeamKind(
        "ward",
        N_("A hospital ward"),
        (*_FIRST, "people", "wellness", "support", "clinical"),
        ("called", "name", "birth-date", "nhs-number"),
    ),
    TeamKind(
        "ambulance",
        N_("An ambulance or emergency team"),
        (*_FIRST, "people", "clinical", "home"),
        ("called", "name", "birth-date", "nhs-number", "address"),
    ),
    TeamKind(
        "gp",
        N_("A GP or clinic"),
        (*_FIRST, "wellness", "support", "clinical"),
        ("called", "name", "birth-date", "nhs-number"),
    ),
    TeamKind(
        "dentist",
        N_("A dentist or optician"),
        (*_FIRST, "clinical"),
        ("called", "name", "birth-date"),
    ),
    TeamKind(
        "social-care",
        N_("Social care, or people who care for me at home"),
        (*_FIRST, "people", "wellness", "support", "worth-knowing", "home"),
        ("called", "name", "address", "phone"),
    ),
    TeamKind(
        "housing",
        N_("Housing"),
        ("most-important", "communicate", "adjustments", "home"),
        ("called", "name", "address", "phone"),
    ),
    TeamKind(
        "school-work",
        N_("A school, college or place of work"),
        ("most-important", "please-do", "please-dont", "communicate", "adjustments"),
        ("called", "name"),
    ),
)
_BY_KEY = {kind.key: kind for kind in TEAM_KINDS}


def team_kind(key: str) -> TeamKind | None:
    """The kind of team with this key; None for any other team."""
    return _BY_KEY.get(key)
