"""Add to the record of what was done to a passport, in the transaction that does it.

Each entry's chain value is SHA-256 over the one before it and all of its own row, so that a
changed, removed or reordered entry shows without any key. What the owner or a supporter did is
sealed under the passport key; what the service did for strangers is sealed to the inbox.
"""

import json
from hashlib import sha256

from sqlalchemy import Connection, insert, select

from passport import clock
from passport.crypto import hybrid_box, labels
from passport.crypto.place import Place
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.passport_lock import lock_passport

_activity = tables.activity
FIRST_CHAIN = bytes(32)


def record(connection: Connection, passport: UnlockedPassport, act: str, **details: str) -> None:
    """The owner, or the supporter who acts for her, did `act` (a key of `activity.acts`)."""
    number, previous = _next(connection, passport.passport_id)
    by = passport.access.name if not passport.access.is_owner else None
    text = _text(act, by, details, previous)
    sealed = passport.seal(labels.ACTIVITY, "", text, version=number)
    _append(connection, passport.passport_id, number, previous, sealed, is_by_service=False)


def record_by_service(connection: Connection, passport_id: str, act: str, **details: str) -> None:
    """Somebody without the passport's key did `act`, such as trying a wrong PIN."""
    number, previous = _next(connection, passport_id)
    passports = tables.passports
    public_key = connection.execute(
        select(passports.c.inbox_public_key).where(passports.c.passport_id == passport_id)
    ).scalar_one()
    sealed = hybrid_box.seal_to(
        public_key, _text(act, None, details, previous), service_place(passport_id, number)
    )
    _append(connection, passport_id, number, previous, sealed, is_by_service=True)


def service_place(passport_id: str, number: int) -> Place:
    """Where an entry of the service belongs."""
    return Place(labels.SERVICE_ACTIVITY, passport_id, "", number)


def chain_value(
    previous: bytes, number: int, created_at: int, is_by_service: bool, sealed: bytes
) -> bytes:
    """What chains an entry to the one before it: 32 bytes."""
    head = f"{number} {created_at} {int(is_by_service)} ".encode()
    return sha256(previous + head + sealed).digest()


def _text(act: str, by: str | None, details: dict[str, str], previous: bytes) -> bytes:
    # The chain goes inside too: whoever can write the database can't make a whole new one.
    values = {"act": act, "by": by, "details": details, "previous": previous.hex()}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def _next(connection: Connection, passport_id: str) -> tuple[int, bytes]:
    lock_passport(connection, passport_id)
    last = connection.execute(
        select(_activity.c.number, _activity.c.chain)
        .where(_activity.c.passport_id == passport_id)
        .order_by(_activity.c.number.desc())
        .limit(1)
    ).first()
    return (1, FIRST_CHAIN) if last is None else (last.number + 1, last.chain)


def _append(
    connection: Connection,
    passport_id: str,
    number: int,
    previous: bytes,
    sealed: bytes,
    *,
    is_by_service: bool,
) -> None:
    now = clock.epoch()
    connection.execute(
        insert(_activity).values(
            passport_id=passport_id,
            number=number,
            is_by_service=is_by_service,
            sealed=sealed,
            chain=chain_value(previous, number, now, is_by_service, sealed),
            created_at=now,
        )
    )
