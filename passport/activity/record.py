"""Add to the record of what was done to a passport, in the transaction that does it.

Numbers go up by one under the passport's lock, so that parallel writers leave no gap.
"""

from collections.abc import Iterator
from contextlib import suppress

from sqlalchemy import Connection, insert, select, update

from passport import clock
from passport.activity.chain import FIRST_CHAIN, chain_value
from passport.activity.sealed_entry import (
    EntryText,
    Head,
    open_head,
    seal_head,
    seal_of_service,
    seal_own,
)
from passport.crypto.envelope import CannotOpen
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.inbox_keys import inbox_public_key
from passport.storage.passport_lock import lock_passport

_entries, _heads = tables.activity, tables.activity_heads


def record(connection: Connection, passport: UnlockedPassport, act: str, **details: str) -> None:
    """The owner, or the supporter who acts for her, did `act` (a key of `activity.acts`)."""
    head = _newest(connection, passport.passport_id, passport)
    by = None if passport.access.is_owner else passport.access.name
    text = EntryText(act, clock.epoch(), head.chain, by, details)
    sealed = seal_own(passport, head.number + 1, text)
    new = _append(connection, passport.passport_id, head, text, sealed, is_by_service=False)
    _keep(connection, passport.passport_id, new, sealed=seal_head(passport, new))


def record_by_service(connection: Connection, passport_id: str, act: str, **details: str) -> None:
    """Somebody without the passport's key did `act`, such as trying a wrong PIN."""
    head = _newest(connection, passport_id)
    text = EntryText(act, clock.epoch(), head.chain, None, details)
    public_key = inbox_public_key(connection, passport_id)
    sealed = seal_of_service(public_key, passport_id, head.number + 1, text)
    _keep(
        connection,
        passport_id,
        _append(connection, passport_id, head, text, sealed, is_by_service=True),
    )


def _newest(
    connection: Connection, passport_id: str, passport: UnlockedPassport | None = None
) -> Head:
    lock_passport(connection, passport_id)
    # Never a number twice: what somebody cut off the end stays missing for good.
    known = [*_remembered(connection, passport_id, passport), *_last(connection, passport_id)]
    return max(known, key=lambda head: head.number, default=Head(0, FIRST_CHAIN.hex()))


def _remembered(
    connection: Connection, passport_id: str, passport: UnlockedPassport | None
) -> Iterator[Head]:
    row = connection.execute(select(_heads).where(_heads.c.passport_id == passport_id)).first()
    if row is None:
        return
    if passport is not None and row.sealed is not None:
        with suppress(CannotOpen):
            yield open_head(passport, row.sealed)
    yield Head(row.number, row.chain.hex())


def _last(connection: Connection, passport_id: str) -> Iterator[Head]:
    query = select(_entries.c.number, _entries.c.chain).where(_entries.c.passport_id == passport_id)
    for row in connection.execute(query.order_by(_entries.c.number.desc()).limit(1)):
        yield Head(row.number, row.chain.hex())


def _append(
    connection: Connection,
    passport_id: str,
    head: Head,
    text: EntryText,
    sealed: bytes,
    *,
    is_by_service: bool,
) -> Head:
    number, previous = head.number + 1, bytes.fromhex(head.chain)
    chain = chain_value(previous, passport_id, number, text.at, is_by_service, sealed)
    connection.execute(
        insert(_entries).values(
            passport_id=passport_id,
            number=number,
            is_by_service=is_by_service,
            sealed=sealed,
            chain=chain,
            created_at=text.at,
        )
    )
    return Head(number, chain.hex())


def _keep(connection: Connection, passport_id: str, head: Head, **sealed: bytes) -> None:
    values = {"number": head.number, "chain": bytes.fromhex(head.chain), **sealed}
    mine = _heads.c.passport_id == passport_id
    if not connection.execute(update(_heads).where(mine).values(values)).rowcount:
        connection.execute(insert(_heads).values(passport_id=passport_id, **values))
