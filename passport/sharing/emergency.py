"""An emergency card's openings: its owner is told of each, until she has seen it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select, update

from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.share import ShareTerms
from passport.storage import tables
from passport.storage.database import Database

_shares, _receipts = tables.shares, tables.receipts


@dataclass(frozen=True)
class EmergencyNews:
    """Openings that the owner has not seen yet. Not who: the pages where she is shown that are
    behind one press, and somebody may look over her shoulder."""

    count: int
    newest_ms: int

    @property
    def newest_at(self) -> datetime:
        """When the last of them was."""
        return datetime.fromtimestamp(self.newest_ms / 1000, UTC)


def emergency_terms(
    recipient: str,
    sections: tuple[str, ...],
    identity: tuple[str, ...] = (),
    sensitive: tuple[str, ...] = (),
) -> ShareTerms:
    """The terms of an emergency card: until stopped, no passcode, opened in one press."""
    return ShareTerms(
        recipient=recipient,
        sections=sections,
        identity=identity,
        sensitive=sensitive,
        duration="until-stopped",
        is_emergency=True,
    )


def emergency_news(database: Database, passport_id: str) -> EmergencyNews | None:
    """What its owner is to be told; None if nothing new."""
    query = (
        select(func.count(), func.max(_receipts.c.created_ms))
        .join_from(
            _receipts,
            _shares,
            (_shares.c.passport_id == _receipts.c.passport_id)
            & (_shares.c.share_id == _receipts.c.share_id),
        )
        .where(
            _receipts.c.passport_id == passport_id,
            _shares.c.passport_id == passport_id,
            _shares.c.is_emergency,
            _receipts.c.created_ms > func.coalesce(_shares.c.openings_seen_ms, 0),
        )
    )
    with database.read() as connection:
        count, newest = connection.execute(query).one()
    return EmergencyNews(count, newest) if count else None


def openings_seen(database: Database, passport: UnlockedPassport, until_ms: int) -> None:
    """She has seen every opening up to this moment; later ones are still to be told.

    Raises NotPermitted.
    """
    passport.access.require_owner()
    with database.write() as connection:
        _remember(connection, passport.passport_id, until_ms)


def _remember(connection: Connection, passport_id: str, until_ms: int) -> None:
    connection.execute(
        update(_shares)
        .where(
            _shares.c.passport_id == passport_id,
            _shares.c.is_emergency,
            func.coalesce(_shares.c.openings_seen_ms, 0) < until_ms,
        )
        .values(openings_seen_ms=until_ms)
    )
