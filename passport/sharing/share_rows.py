"""Shares in the database: find, open and seal their records. Always inside a transaction."""

from sqlalchemy import Connection, Row, select, update

from passport.crypto import labels
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.errors import UnknownShare
from passport.sharing.share import Share, ShareRecord
from passport.storage import tables
from passport.storage.identifiers import is_id

_shares = tables.shares


def find_share(connection: Connection, passport: UnlockedPassport, share_id: str) -> Share:
    """One share of this passport that whoever acts may see. Raises UnknownShare, NotPermitted."""
    passport.access.require("share")
    if not is_id(share_id):
        # PostgreSQL takes no text with a NUL in it.
        raise UnknownShare
    row = connection.execute(
        select(_shares).where(
            _shares.c.passport_id == passport.passport_id, _shares.c.share_id == share_id
        )
    ).first()
    share = None if row is None else _opened(passport, row)
    if share is None or not share.is_within(passport.access):
        raise UnknownShare
    return share


def all_shares(connection: Connection, passport: UnlockedPassport) -> list[Share]:
    """Every share of this passport, newest first, for the service's own work on them."""
    rows = connection.execute(
        select(_shares)
        .where(_shares.c.passport_id == passport.passport_id)
        .order_by(_shares.c.created_at.desc(), _shares.c.share_id)
    )
    return [_opened(passport, row) for row in rows]


def shares_within(connection: Connection, passport: UnlockedPassport) -> list[Share]:
    """Those shares that whoever acts may see and change, newest first.

    Raises NotPermitted for a supporter who may share nothing.
    """
    passport.access.require("share")
    found = all_shares(connection, passport)
    return [share for share in found if share.is_within(passport.access)]


def sealed_record(
    passport: UnlockedPassport, share_id: str, record: ShareRecord, version: int
) -> bytes:
    """A share's record as its row keeps it."""
    return passport.seal(labels.SHARE_RECORD, share_id, record.to_json(), version)


def update_record(
    connection: Connection,
    passport: UnlockedPassport,
    share: Share,
    record: ShareRecord,
    **columns: object,
) -> None:
    """Replace a share's sealed record, and other columns of its row with it."""
    version = share.record_version + 1
    connection.execute(
        update(_shares)
        .where(_shares.c.passport_id == passport.passport_id, _shares.c.share_id == share.share_id)
        .values(
            record_version=version,
            sealed_record=sealed_record(passport, share.share_id, record, version),
            **columns,
        )
    )


def _opened(passport: UnlockedPassport, row: Row[tuple[object, ...]]) -> Share:
    plaintext = passport.open(
        labels.SHARE_RECORD, row.share_id, row.sealed_record, row.record_version
    )
    return Share(
        share_id=row.share_id,
        record=ShareRecord.from_json(plaintext),
        record_version=row.record_version,
        created_at=row.created_at,
        expires_at=row.expires_at,
        is_paused=row.is_paused,
        revoked_at=row.revoked_at,
        attempts_left=row.attempts_left,
    )
