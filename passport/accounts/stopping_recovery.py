"""Stopping helpers who are helping somebody back in, and telling the owner about it.

Any sign-in of the owner stops them. What was begun or stopped stays on each of her pages until
she says that she has seen it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, delete, select, update

from passport import clock
from passport.activity.record import record
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport

_requests, _tickets = tables.recovery_requests, tables.recovery_tickets
_pieces = tables.recovery_pieces


@dataclass(frozen=True)
class RecoveryNews:
    """A request to be let back in, as the owner is told of it."""

    started_at: datetime
    ready_at: datetime
    stopped_at: datetime | None


def stop_by_sign_in(connection: Connection, passport: UnlockedPassport) -> None:
    """Whoever signs in is not locked out: stop what helpers have begun. For `start_session`."""
    if passport.access.is_owner and _is_any_running(connection, passport.passport_id):
        lock_passport(connection, passport.passport_id)
        if stop_requests(connection, passport.passport_id):
            record(connection, passport, "recovery-stopped-by-sign-in")


def stop_recovery(database: Database, passport: UnlockedPassport) -> bool:
    """The owner pressed Stop. Whether there was anything to stop. Raises NotPermitted."""
    passport.access.require_owner()
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        is_stopped = stop_requests(connection, passport.passport_id)
        if is_stopped:
            record(connection, passport, "recovery-stopped")
    return is_stopped


def stop_requests(connection: Connection, passport_id: str) -> bool:
    """End all requests of a passport, their tickets and the pieces given to them.

    Whether there were any. Call under the passport's lock.
    """
    now, running = clock.epoch(), _running(passport_id)
    lookups = connection.execute(select(_requests.c.ticket_lookup).where(*running)).scalars().all()
    if not lookups:
        return False
    connection.execute(update(_requests).where(*running).values(stopped_at=now))
    connection.execute(delete(_pieces).where(_pieces.c.passport_id == passport_id))
    connection.execute(
        update(_tickets).where(_tickets.c.ticket_lookup.in_(lookups)).values(ended="stopped")
    )
    return True


def recovery_news(database: Database, passport_id: str) -> list[RecoveryNews]:
    """What the owner has not yet said that she has seen, the newest first."""
    mine = _requests.c.passport_id == passport_id
    query = select(_requests).where(mine).order_by(_requests.c.started_at.desc())
    with database.read() as connection:
        return [
            RecoveryNews(
                _moment(row.started_at),
                _moment(row.ready_at),
                None if row.stopped_at is None else _moment(row.stopped_at),
            )
            for row in connection.execute(query)
        ]


def forget_stopped(database: Database, passport: UnlockedPassport) -> None:
    """The owner has seen what was stopped. Raises NotPermitted."""
    passport.access.require_owner()
    mine = _requests.c.passport_id == passport.passport_id
    with database.write() as connection:
        connection.execute(delete(_requests).where(mine, _requests.c.stopped_at.is_not(None)))


def _is_any_running(connection: Connection, passport_id: str) -> bool:
    query = select(_requests.c.passport_id).where(*_running(passport_id)).limit(1)
    return connection.execute(query).first() is not None


def _running(passport_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return _requests.c.passport_id == passport_id, _requests.c.stopped_at.is_(None)


def _moment(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)
