"""Erase a whole passport: every row of it, and the key that its old backups would need.

Inside one transaction the rows are deleted, then the erasure key is destroyed, then the deletion
is made durable. Whenever a crash comes, either all is as it was, or nothing opens any more; what
is then left of rows is deleted by `sweep`.
"""

import secrets
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, update

from passport import clock
from passport.accounts.supporters import forget_supported
from passport.activity.record import record_by_service
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database, DatabaseUnavailable
from passport.storage.passport_lock import lock_passport

_SWEPT_AT_ONCE = 500


@dataclass(frozen=True)
class Counts:
    """What a passport holds, in numbers."""

    sections: int
    versions: int
    attachments: int
    shares: int
    receipts: int
    ways_in: int
    supporters: int
    helped: int
    acts: int


@dataclass(frozen=True)
class ErasureReceipt:
    """What was erased, for its owner to keep: the service keeps none.

    `backups_are_dead` is False for a passport of the time before erasure keys.
    """

    number: str
    erased_at: datetime
    counts: Counts
    backups_are_dead: bool


def count_everything(connection: Connection, passport: UnlockedPassport) -> Counts:
    """What there is to erase. Raises NotPermitted."""
    passport.access.require_owner()
    mine = passport.passport_id
    return Counts(
        sections=_count(connection, tables.section_versions.c.section_id, mine, distinct=True),
        versions=_count(connection, tables.section_versions.c.version, mine),
        attachments=_count(connection, tables.attachments.c.attachment_id, mine),
        shares=_count(connection, tables.shares.c.share_id, mine),
        receipts=_count(connection, tables.receipts.c.receipt_id, mine),
        ways_in=_ways_in(connection, mine),
        supporters=_count(connection, tables.supporters.c.supporter_id, mine)
        + _count(connection, tables.recovery_helpers.c.helper_id, mine),
        helped=len(_owners_she_helps(connection, mine)),
        acts=_count(connection, tables.activity.c.number, mine),
    )


def _ways_in(connection: Connection, passport_id: str) -> int:
    slots = tables.key_slots
    hers = slots.c.kind.not_in(("supporter", "recovery-helpers"))
    query = select(func.count()).select_from(slots).where(slots.c.passport_id == passport_id, hers)
    return connection.execute(query).scalar_one()


def erase_passport(database: Database, passport: UnlockedPassport) -> ErasureReceipt:
    """Erase everything of this passport, for good.

    Raises NotPermitted, or DatabaseUnavailable if nothing was erased.
    """
    passport.access.require_owner()
    had_key = database.erasure_keys.find(passport.passport_id) is not None
    is_destroyed = False
    try:
        with database.write() as connection:
            counts = count_everything(connection, passport)
            _leave_others(connection, passport.passport_id)
            _delete_rows(connection, [passport.passport_id])
            database.erasure_keys.destroy(passport.passport_id)
            is_destroyed = True
    except DatabaseUnavailable:
        # Once the key is gone nothing opens; the rows are the sweep's.
        if not is_destroyed:
            raise
    database.forget_deleted(tables.passports.name)
    return ErasureReceipt(_receipt_number(), clock.now(), counts, had_key)


def sweep(database: Database) -> int:
    """Delete what a crash or an old backup left of erased passports; how many there were.

    Raises DatabaseUnavailable.
    """
    erased, swept = database.erasure_keys.destroyed(), 0
    for start in range(0, len(erased), _SWEPT_AT_ONCE):
        with database.write() as connection:
            swept += _delete_rows(connection, erased[start : start + _SWEPT_AT_ONCE])
    database.erasure_keys.forget_destroyed()
    return swept


def total(counts: Counts) -> int:
    """All of them together."""
    return sum(getattr(counts, field.name) for field in fields(counts))


def _leave_others(connection: Connection, passport_id: str) -> None:
    """Tell those whom she supported, in their own records, that she is gone."""
    helped = _owners_she_helps(connection, passport_id)
    # Always in the same order, so that two who help each other never wait for each other.
    for owner in sorted([passport_id, *helped]):
        lock_passport(connection, owner)
    for owner in helped:
        record_by_service(connection, owner, "supporter-erased")
    forget_supported(connection, passport_id)
    sessions = tables.sessions
    connection.execute(
        update(sessions)
        .where(sessions.c.helping_passport_id == passport_id)
        .values(helping_passport_id=None)
    )


def _owners_she_helps(connection: Connection, passport_id: str) -> list[str]:
    supporters, helpers = tables.supporters, tables.recovery_helpers
    found: set[str] = set()
    for owner, helper in (
        (supporters.c.passport_id, supporters.c.supporter_passport_id),
        (helpers.c.passport_id, helpers.c.helper_passport_id),
    ):
        found.update(connection.execute(select(owner).where(helper == passport_id)).scalars())
    return sorted(found - {passport_id})


def _delete_rows(connection: Connection, passport_ids: list[str]) -> int:
    passports = tables.passports
    # Every table hangs on this row: all of them are emptied with it.
    gone = connection.execute(delete(passports).where(passports.c.passport_id.in_(passport_ids)))
    return gone.rowcount


def _count(connection: Connection, column, passport_id: str, *, distinct: bool = False) -> int:  # type: ignore[no-untyped-def]
    counted = func.count(column.distinct() if distinct else column)
    query = select(counted).where(column.table.c.passport_id == passport_id)
    return int(connection.execute(query).scalar_one())


def _receipt_number() -> str:
    text = secrets.token_hex(6).upper()
    return "-".join(text[n : n + 4] for n in range(0, 12, 4))
