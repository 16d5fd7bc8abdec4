"""What was done to a passport, as an export holds it."""

from collections.abc import Callable
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


def exported_activity(
    connection: Connection, passport: UnlockedPassport, sentence: Callable[[Line | Fault], str]
) -> list[dict[str, Any]]:
    """Every act, oldest first, as `sentence` says it. Where the record is damaged it says so."""
    found = [_act(one) | {"words": sentence(one)} for one in all_lines(connection, passport)]
    return found[::-1]


def plain_sentence(one: Line | Fault) -> str:
    """A line in plain English."""
    if isinstance(one, Fault):
        return _FAULTS[one.kind].format(first=one.first, last=one.last)
    act = act_of(one.act)
    said = {"me": act.owner, "supporter": act.supporter, "service": act.service}[one.who]
    given = one.details | {"act": one.act, "by": one.by or "Someone"}
    return said.format_map(_Details(given))


def _act(one: Line | Fault) -> dict[str, Any]:
    if isinstance(one, Fault):
        return {"number": max(one.last, 1), "at": None, "by": "service", "act": one.kind}
    by = {"me": "self", "service": "service"}.get(one.who, one.by)
    return {"number": one.number, "at": one.at.isoformat(), "by": by, "act": one.act}


class _Details(dict[str, str]):
    """An older entry may lack what today's sentence names."""

    def __missing__(self, key: str) -> str:
        return "…"
