"""An organisation's grants: sealed links to the shares that residents gave it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row, select

from passport.crypto.place import Place
from passport.storage import tables
from passport.storage.database import Database
from passport.trusts.grant_place import grant_place

_grants = tables.grants


@dataclass(frozen=True)
class Grant:
    """One grant. `sealed_link` opens with the organisation's private key, at `place` only."""

    number: int
    share_id: str
    place: Place
    sealed_link: bytes
    created_at: datetime


def list_grants(database: Database, organisation_id: str, after: int, most: int) -> list[Grant]:
    """At most `most` of an organisation's grants with a number above `after`, oldest first.

    Grants of paused and expired shares are listed too: their owner can make the same link work
    again, and a cursor that had passed them would never come back. Revoking deletes a grant.
    """
    query = (
        select(_grants)
        .where(_grants.c.organisation_id == organisation_id, _grants.c.number > after)
        .order_by(_grants.c.number)
        .limit(most)
    )
    with database.read() as connection:
        rows = connection.execute(query).all()
    return [_opened(row) for row in rows]


def _opened(row: Row[Any]) -> Grant:
    return Grant(
        number=row.number,
        share_id=row.share_id,
        place=grant_place(row.organisation_id, row.number),
        sealed_link=row.sealed_link,
        created_at=datetime.fromtimestamp(row.created_at, UTC),
    )
