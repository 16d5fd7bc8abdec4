"""Receipts: who read what when, sealed so that only the resident reads them."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from passport import clock
from passport.crypto import labels
from passport.crypto.envelope import CannotOpen
from passport.crypto.inbox import open_item
from passport.crypto.place import Place
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.share_rows import find_share, shares_within
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.inbox_keys import inbox_private_key

_receipts = tables.receipts
MOST_SHOWN = 200
MOST_AT_ONCE = 3


@dataclass(frozen=True)
class Reader:
    """Who reads: what they said of themselves, and the organisation that proved itself, if any."""

    recipient: str
    verified_as: str | None = None


DAMAGED = Reader("Someone. The record of who it was is damaged.")


@dataclass(frozen=True)
class Receipt:
    """One reading of a share."""

    share_id: str
    reader: Reader
    read_at: datetime


def receipt_place(passport_id: str, share_id: str, receipt_id: str) -> Place:
    """Where one receipt belongs."""
    return Place(labels.RECEIPT, passport_id, f"{share_id}/{receipt_id}")


def receipt_text(reader: Reader) -> bytes:
    """What is sealed: who, whether verified, and when."""
    values = {
        "recipient": reader.recipient,
        "verified_as": reader.verified_as,
        "at": clock.now().timestamp(),
    }
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def list_receipts(
    database: Database, passport: UnlockedPassport, share_id: str | None = None, skip: int = 0
) -> list[Receipt]:
    """Receipts of one share, or of all, newest first; at most 200 of them, after `skip` others.

    Nobody can hide a reading behind many others: the older ones are a page further. A supporter
    gets those of the shares that they may see. Raises NotPermitted.
    """
    passport.access.require("share")
    query = (
        select(_receipts)
        .where(_receipts.c.passport_id == passport.passport_id)
        .order_by(_receipts.c.created_ms.desc(), _receipts.c.receipt_id)
        .limit(MOST_SHOWN)
        .offset(skip)
    )
    if share_id is not None:
        query = query.where(_receipts.c.share_id == share_id)
    with database.read() as connection:
        if not passport.access.is_owner:
            seen = [share.share_id for share in shares_within(connection, passport)]
            query = query.where(_receipts.c.share_id.in_(seen))
        private_key = inbox_private_key(connection, passport)
        rows = connection.execute(query).all()
    return [_opened(private_key, row) for row in rows]


def readings_since(
    database: Database, passport: UnlockedPassport, share_id: str, since: datetime
) -> list[Receipt]:
    """The newest few readings of one share after a moment, newest first, without much work.

    Raises UnknownShare, NotPermitted.
    """
    query = (
        select(_receipts)
        .where(
            _receipts.c.passport_id == passport.passport_id,
            _receipts.c.share_id == share_id,
            _receipts.c.created_ms >= int(since.timestamp() * 1000),
        )
        .order_by(_receipts.c.created_ms.desc(), _receipts.c.receipt_id)
        .limit(MOST_AT_ONCE)
    )
    with database.read() as connection:
        find_share(connection, passport, share_id)
        rows = connection.execute(query).all()
        if not rows:
            return []
        private_key = inbox_private_key(connection, passport)
    return [_opened(private_key, row) for row in rows]


def _opened(private_key: bytes, row: Any) -> Receipt:
    place = receipt_place(row.passport_id, row.share_id, row.receipt_id)
    try:
        values = json.loads(open_item(private_key, row.sealed, place))
    except (CannotOpen, ValueError):
        # One that somebody damaged must not hide the others, nor be hidden itself.
        return Receipt(row.share_id, DAMAGED, datetime.fromtimestamp(row.created_ms / 1000, UTC))
    return Receipt(
        row.share_id,
        Reader(values["recipient"], values["verified_as"]),
        datetime.fromtimestamp(values["at"], UTC),
    )
