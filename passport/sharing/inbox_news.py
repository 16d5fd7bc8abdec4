"""What is new for a passport's owner, in numbers: all that every page asks, and cheap to ask."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, and_, func, select

from passport.sharing.inbox import count_unread
from passport.storage import tables
from passport.storage.database import Database

_shares, _receipts = tables.shares, tables.receipts


@dataclass(frozen=True)
class InboxNews:
    """How many replies she has not seen, and how many openings of an emergency card.

    Not by whom: others may see her screen, and who it was is one press away.
    """

    unread: int
    has_card: bool
    openings: int = 0
    newest_ms: int = 0

    @property
    def newest_at(self) -> datetime:
        """When an emergency card was last opened."""
        return datetime.fromtimestamp(self.newest_ms / 1000, UTC)


def inbox_news(database: Database, passport_id: str) -> InboxNews:
    """What there is that she has not seen yet."""
    with database.read() as connection:
        unread = count_unread(connection, passport_id)
        if not _has_card(connection, passport_id):
            return InboxNews(unread, has_card=False)
        openings, newest = connection.execute(_openings(passport_id)).one()
    return InboxNews(unread, True, openings, newest or 0)


def _has_card(connection: Connection, passport_id: str) -> bool:
    # Also one that was stopped just now: it may have been opened before.
    query = select(_shares.c.share_id).where(_shares.c.passport_id == passport_id)
    return connection.execute(query.where(_shares.c.is_emergency).limit(1)).first() is not None


def _openings(passport_id: str) -> Any:
    same = and_(
        _shares.c.passport_id == _receipts.c.passport_id,
        _shares.c.share_id == _receipts.c.share_id,
    )
    return (
        select(func.count(), func.max(_receipts.c.created_ms))
        .join_from(_receipts, _shares, same)
        .where(
            _receipts.c.passport_id == passport_id,
            _shares.c.is_emergency,
            _receipts.c.created_ms > func.coalesce(_shares.c.openings_seen_ms, 0),
        )
    )
