"""What was done to a passport, as an export holds it."""

from typing import Any

from sqlalchemy import Connection

from passport.activity.acts import act_of
from passport.activity.read import Fault, Line, all_lines
from passport.crypto.unlocked_passport import UnlockedPassport

_FAULTS = {
    "missing": "Lines {first} to {last} of this record are missing.",
    "changed": "Lines {first} to {last} of this record were changed.",
    "end-unknown": "Nobody can tell whether newer lines of this record are missing.",
}


def exported_activity(connection: Connection, passport: UnlockedPassport) -> list[dict[str, Any]]:
    """Every act, oldest first, in plain words. Where the record is damaged it says so."""
    found = [_act(one) for one in all_lines(connection, passport)]
    return found[::-1]


def _act(one: Line | Fault) -> dict[str, Any]:
    if isinstance(one, Fault):
        words = _FAULTS[one.kind].format(first=one.first, last=one.last)
        number = max(one.last, 1)
        return {"number": number, "at": None, "by": "service", "act": one.kind, "words": words}
    act = act_of(one.act)
    sentence = {"me": act.owner, "supporter": act.supporter, "service": act.service}[one.who]
    by = {"me": "self", "service": "service"}.get(one.who, one.by)
    return {
        "number": one.number,
        "at": one.at.isoformat(),
        "by": by,
        "act": one.act,
        "words": sentence.format_map(_Details(one.details | {"by": one.by or "Someone"})),
    }


class _Details(dict[str, str]):
    """An older entry may lack what today's sentence names."""

    def __missing__(self, key: str) -> str:
        return "…"
