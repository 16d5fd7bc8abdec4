"""Where a passport's owner is signed in, in words that she knows again; and signing out there."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Row, delete, select

from passport.accounts.sessions import is_mine, still_open
from passport.activity.record import record
from passport.crypto import labels
from passport.crypto.envelope import CannotOpen
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.identifiers import is_id
from passport.storage.passport_lock import lock_passport

UNKNOWN = "A browser"
_sessions = tables.sessions


@dataclass(frozen=True)
class Device:
    """One session. `words` such as "Chrome on Android"; `is_this` is the one that asks."""

    session_id: str
    words: str
    signed_in_at: datetime
    last_seen_at: datetime
    is_this: bool


def signed_in_devices(
    database: Database, passport: UnlockedPassport, cookie: str | None
) -> list[Device]:
    """Every session of the owner's that is not over, this one first, then the newest used."""
    passport.access.require_owner()
    query = (
        select(_sessions, is_mine(cookie).label("is_this"))
        .where(_sessions.c.passport_id == passport.passport_id, still_open())
        .order_by(_sessions.c.last_seen_at.desc(), _sessions.c.session_id)
    )
    with database.read() as connection:
        found = [_device(passport, row) for row in connection.execute(query)]
    return sorted(found, key=lambda device: not device.is_this)


def sign_out_device(database: Database, passport: UnlockedPassport, session_id: str) -> bool:
    """End one session at once. False if it was over already, or is nobody's of this passport."""
    passport.access.require_owner()
    if not is_id(session_id):
        return False
    mine = (
        _sessions.c.passport_id == passport.passport_id,
        _sessions.c.session_id == session_id,
    )
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        row = connection.execute(select(_sessions).where(*mine)).first()
        if row is None:
            return False
        connection.execute(delete(_sessions).where(*mine))
        record(connection, passport, "device-signed-out", device=_words(passport, row))
    return True


def sign_out_others(database: Database, passport: UnlockedPassport, cookie: str | None) -> None:
    """End every session of this passport but the one with this cookie, at once."""
    passport.access.require_owner()
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        connection.execute(
            delete(_sessions).where(
                _sessions.c.passport_id == passport.passport_id, ~is_mine(cookie)
            )
        )
        record(connection, passport, "all-devices-signed-out")


def _device(passport: UnlockedPassport, row: Row[tuple[object, ...]]) -> Device:
    return Device(
        session_id=row.session_id,
        words=_words(passport, row),
        signed_in_at=datetime.fromtimestamp(row.created_at, UTC),
        last_seen_at=datetime.fromtimestamp(row.last_seen_at, UTC),
        is_this=bool(row.is_this),
    )


def _words(passport: UnlockedPassport, row: Row[tuple[object, ...]]) -> str:
    if row.sealed_device is None:
        return UNKNOWN
    try:
        return passport.open(labels.SESSION_DEVICE, row.session_id, row.sealed_device).decode()
    except CannotOpen:
        # Damaged: she must still be able to sign it out.
        return UNKNOWN
