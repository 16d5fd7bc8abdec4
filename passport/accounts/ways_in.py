"""The ways into a passport that are its owner's own: seen, named and removed in one place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, select, update

from passport.accounts import slots
from passport.accounts.errors import LastWayIn, TooManyWaysIn, WaysInChanged
from passport.accounts.sessions import end_other_sessions
from passport.activity.record import record
from passport.crypto.key_slots import SlotKind
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport
from passport.storage.tables import key_slots, owner_cards
from passport.words_to_translate import N_

# Recovery helpers are not among them: they wait, and can be stopped, so nobody who has nothing
# else left is sure to get in by them. Nor are supporters, who open no door for the owner.
OWN_KINDS: tuple[SlotKind, ...] = ("passphrase", "recovery-code", "passkey", "owner-card")
MOST_OF_A_KIND = 10
LONGEST_NAME = 60
USUAL_TITLES: dict[SlotKind, str] = {
    "passphrase": N_("Passphrase"),
    "recovery-code": N_("Recovery code"),
    "passkey": N_("Passkey"),
    "owner-card": N_("Card"),
}
_RENAMED: dict[SlotKind, str] = {"passkey": "passkey-renamed", "owner-card": "card-renamed"}
_REMOVED: dict[SlotKind, str] = {"passkey": "passkey-removed", "owner-card": "card-cancelled"}


@dataclass(frozen=True)
class WayIn:
    """One way in. `name` is what its owner calls it; empty if she gave it no name.

    `is_kept`: whether she has said that she has it in her hands; its code can't be read here
    after that. `attempts_left`: wrong PINs that a card forgives yet; None where nothing counts.
    """

    slot_id: str
    kind: SlotKind
    name: str
    made_at: datetime
    used_at: datetime | None
    is_kept: bool = True
    attempts_left: int | None = None
    is_last: bool = False

    @property
    def title(self) -> str:
        """What it is called on pages and in the record."""
        return self.name or self.usual_title

    @property
    def usual_title(self) -> str:
        """What it is called until its owner gives it a name."""
        return USUAL_TITLES[self.kind]

    @property
    def opens(self) -> bool:
        """Whether its owner could get in by it today."""
        return self.is_kept and self.attempts_left != 0


def list_ways_in(database: Database, passport: UnlockedPassport) -> list[WayIn]:
    """All of them, kind by kind, the oldest first; `is_last` marks the one that must stay."""
    passport.access.require_owner()
    with database.read() as connection:
        return ways_in(connection, passport)


def find_way_in(database: Database, passport: UnlockedPassport, slot_id: str) -> WayIn | None:
    """One of them; None if there is none with this id (any more)."""
    found = list_ways_in(database, passport)
    return next((way for way in found if way.slot_id == slot_id), None)


def rename_way_in(database: Database, passport: UnlockedPassport, slot_id: str, name: str) -> WayIn:
    """Call it something else. Raises WaysInChanged if it is gone."""
    passport.access.require_owner()
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        way = _one_of(ways_in(connection, passport), slot_id)
        sealed = slots.sealed_name(passport, slot_id, tidy_name(name))
        connection.execute(
            update(key_slots).where(*_is(passport, slot_id)).values(sealed_name=sealed)
        )
        act = _RENAMED.get(way.kind, "way-in-renamed")
        record(connection, passport, act, old=way.title, name=tidy_name(name) or way.usual_title)
    return way


def remove_way_in(
    database: Database, passport: UnlockedPassport, slot_id: str, cookie: str | None = None
) -> WayIn:
    """Let it open nothing any more, and sign out every browser but the one with this `cookie`.

    Raises LastWayIn if nothing else would open the passport, WaysInChanged if it is gone.
    """
    passport.access.require_owner()
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        way = _one_of(ways_in(connection, passport), slot_id)
        if way.is_last:
            raise LastWayIn
        connection.execute(delete(key_slots).where(*_is(passport, slot_id)))
        end_other_sessions(connection, passport.passport_id, cookie)
        record(connection, passport, _REMOVED.get(way.kind, "way-in-removed"), name=way.title)
    return way


def ways_in(connection: Connection, passport: UnlockedPassport) -> list[WayIn]:
    """`list_ways_in` inside a transaction; hold the passport's lock to act on what it says."""
    cards = owner_cards
    rows = connection.execute(
        select(key_slots, cards.c.attempts_left)
        .outerjoin(
            cards,
            (cards.c.passport_id == key_slots.c.passport_id)
            & (cards.c.slot_id == key_slots.c.slot_id),
        )
        .where(key_slots.c.passport_id == passport.passport_id, key_slots.c.kind.in_(OWN_KINDS))
    ).all()
    opening = sum(_is_kept(row) and row.attempts_left != 0 for row in rows)
    found = [_way_in(passport, row, opening) for row in rows]
    return sorted(found, key=lambda way: (OWN_KINDS.index(way.kind), way.made_at, way.slot_id))


def check_room_for(found: Sequence[WayIn], kind: SlotKind) -> None:
    """Raises TooManyWaysIn if the passport has as many ways in of this kind as it may."""
    if sum(way.kind == kind for way in found) >= MOST_OF_A_KIND:
        raise TooManyWaysIn(MOST_OF_A_KIND)


def tidy_name(name: str) -> str:
    """A name on one line and not too long."""
    return " ".join(name.split())[:LONGEST_NAME].strip()


def _way_in(passport: UnlockedPassport, row: Row[Any], opening: int) -> WayIn:
    opens = _is_kept(row) and row.attempts_left != 0
    return WayIn(
        row.slot_id,
        row.kind,
        slots.opened_name(passport, row.slot_id, row.sealed_name),
        datetime.fromtimestamp(row.created_at, UTC),
        datetime.fromtimestamp(row.last_used_at, UTC) if row.last_used_at else None,
        is_kept=_is_kept(row),
        attempts_left=row.attempts_left,
        is_last=opens and opening == 1,
    )


def _is_kept(row: Row[Any]) -> bool:
    return row.unconfirmed_code is None


def _one_of(found: list[WayIn], slot_id: str) -> WayIn:
    for way in found:
        if way.slot_id == slot_id:
            return way
    raise WaysInChanged


def _is(passport: UnlockedPassport, slot_id: str) -> tuple[Any, Any]:
    return (key_slots.c.passport_id == passport.passport_id, key_slots.c.slot_id == slot_id)
