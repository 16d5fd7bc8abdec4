"""A clinician reads: the path that must be quick, exact and leave a receipt each time.

Few statements and nothing slow in between. The share's row is locked from the check of its
passcode until the receipt is committed, so that parallel guesses get exactly the budget, and
nobody is told anything that a crash could undo.
"""

import hmac
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, delete, false, insert, select, update

from passport import clock
from passport.crypto import envelope
from passport.crypto.envelope import CannotOpen
from passport.crypto.inbox import InboxSealer
from passport.crypto.labels import PACKED_FILE, SHARE_FILE
from passport.crypto.pepper import Pepper
from passport.crypto.share_file import open_file, sealed_length
from passport.sharing.addresses import lookup_of, new_address
from passport.sharing.errors import NoLongerActive, WrongPasscode
from passport.sharing.read_at_once import (
    ATTACHMENTS,
    BEGINNING_BYTES,
    CHOSEN,
    Addressee,
    Addressees,
    with_passcode,
    without_passcode,
)
from passport.sharing.receipts import Reader, receipt_place, receipt_text
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.identifiers import new_id
from passport.storage.prepared import PreparedStatement, QuickTransaction, Row

LOCATION_SECONDS = 10 * 60
_LARGEST_INTEGER = 2**31 - 1

_shares, _files, _locations = tables.shares, tables.share_files, tables.share_locations

# One statement for the share, its files and the inbox: each round trip counts.
_SHARE = (
    select(
        _shares.c.passport_id,
        _shares.c.share_id,
        _shares.c.is_direct,
        _shares.c.is_paused,
        _shares.c.expires_at,
        _shares.c.passcode_hash,
        _shares.c.attempts_left,
        tables.passports.c.inbox_public_key,
        _files.c.file_id,
        _files.c.content_type,
        *CHOSEN,
        _files.c.updated_at,
        ATTACHMENTS,
    )
    .join_from(_shares, tables.passports)
    .join(_files, and_(_files.c.share_id == _shares.c.share_id, _files.c.position == 0))
    .where(_shares.c.address_lookup == bindparam("lookup"))
)
_AS_IT_STANDS = PreparedStatement(_SHARE)
_AT_ONCE, _AT_ONCE_WITH_PASSCODE = without_passcode(), with_passcode()
# Exclusive even for right passcodes: were they compared together, every guess that is under way
# at once would be compared before any of them is spent. It also queues fairly with the owner.
_LOCKED = PreparedStatement(_SHARE.with_for_update(of=_shares, key_share=True))
_SPEND = PreparedStatement(
    update(_shares)
    .where(_shares.c.passport_id == bindparam("passport"), _shares.c.share_id == bindparam("share"))
    .values(attempts_left=_shares.c.attempts_left - 1)
)

_ATTACHED = PreparedStatement(
    select(
        _shares.c.is_paused,
        _shares.c.expires_at,
        _shares.c.attempts_left,
        _files.c.share_id,
        _files.c.file_id,
        _files.c.content_type,
        _files.c.updated_at,
    )
    .join(_files, _files.c.share_id == _shares.c.share_id)
    .where(_shares.c.share_id == bindparam("share"), _files.c.position > 0)
    .order_by(_files.c.position, _files.c.file_id)
    .with_for_update(of=_shares, key_share=True)
)
_RECEIPT = PreparedStatement(insert(tables.receipts))
_LOCATION = PreparedStatement(insert(_locations))
_CLEAR_LOCATIONS = PreparedStatement(
    delete(_locations).where(_locations.c.expires_at <= bindparam("now"))
)


@dataclass(frozen=True)
class SharedFile:
    """One file of a manifest: its JWE, or the address that gives it once."""

    content_type: str
    updated_at: int
    embedded: str | None = None
    location: str | None = None


@dataclass(frozen=True)
class Services:
    """What reading needs of the running process."""

    database: Database
    pepper: Pepper
    sealer: InboxSealer
    addressees: Addressees


def read_manifest(
    services: Services,
    address: str,
    reader: Reader,
    passcode: str | None = None,
    embedded_length_max: int | None = None,
    receipt_id: str = "",
    *,
    takes_packed: bool = False,
) -> list[SharedFile]:
    """The files of a share, newest content; leaves a receipt, with this id if one is given.

    Raises NoLongerActive, or WrongPasscode after spending an attempt (a missing passcode
    spends none). Files longer than `embedded_length_max` characters come as a location, where
    nothing is packed.
    """

    # What spends nothing and hands out no location sees one moment, and need not wait.
    is_plain = passcode is None and embedded_length_max is None
    receipt_id = receipt_id or new_id()
    if rows := _read_at_once(
        services,
        address,
        reader,
        passcode,
        receipt_id=receipt_id,
        takes_packed=takes_packed,
        embedded_length_max=embedded_length_max,
    ):
        return _with_attached(services, [(row, None) for row in rows])

    def read(transaction: QuickTransaction) -> list[tuple[Row, str | None]] | WrongPasscode:
        found = _AS_IT_STANDS if is_plain else _LOCKED
        rows = _live_files(transaction, found, address, takes_packed=takes_packed)
        refused = _check_passcode(transaction, services.pepper, rows[0], passcode)
        if refused is not None:
            # Returned, since raising in here would give the spent attempt back.
            return refused
        files = [(row, _location(transaction, row, embedded_length_max)) for row in rows]
        _leave_receipt(transaction, services, address, rows[0], reader, receipt_id)
        return files

    outcome = services.database.write_together(read, is_plain=is_plain)
    if isinstance(outcome, WrongPasscode):
        raise outcome
    return _with_attached(services, outcome)


def read_direct_file(services: Services, address: str, reader: Reader) -> str:
    """The one file of a direct (`U`) share, as JWE; leaves a receipt. Raises NoLongerActive."""
    if rows := _read_at_once(services, address, reader, is_direct=True):
        return _jwe(services.database, rows[0])

    def read(transaction: QuickTransaction) -> Row:
        row = _live_files(transaction, _AS_IT_STANDS, address, is_direct=True)[0]
        _leave_receipt(transaction, services, address, row, reader, new_id())
        return row

    return _jwe(services.database, services.database.write_together(read, is_plain=True))


def read_location(services: Services, address: str) -> str:
    """The file at a manifest's location, as JWE: once, and not after its share has ended.

    Raises NoLongerActive.
    """
    lookup = _locations.c.location_lookup == lookup_of(address)
    with services.database.write() as connection:
        found = connection.execute(
            select(
                _shares.c.passport_id,
                _files.c.share_id,
                _files.c.file_id,
                _files.c.sealed_jwe,
                false().label("is_packed"),
                _locations.c.expires_at.label("location_expires_at"),
                _shares.c.is_paused,
                _shares.c.expires_at,
                _shares.c.attempts_left,
            )
            .join(_files, _files.c.file_id == _locations.c.file_id)
            .join(_shares, _shares.c.share_id == _locations.c.share_id)
            .where(lookup, _files.c.share_id == _locations.c.share_id)
            .with_for_update(of=_shares, key_share=True)
        ).first()
        if found is None or not is_live(found) or found.location_expires_at <= clock.epoch():
            raise NoLongerActive
        if not connection.execute(_locations.delete().where(lookup)).rowcount:
            raise NoLongerActive
    return _jwe(services.database, found)


def _live_files(
    transaction: QuickTransaction,
    statement: PreparedStatement,
    address: str,
    *,
    is_direct: bool = False,
    takes_packed: bool = False,
) -> list[Row]:
    """A live share's files, each row with its share. Raises NoLongerActive."""
    rows = transaction.run(statement, lookup=lookup_of(address), takes_packed=takes_packed)
    if not rows or rows[0].is_direct != is_direct or not is_live(rows[0]):
        raise NoLongerActive
    return rows


def is_live(share: Row) -> bool:
    """Whether readers may read it now, by the columns of its row."""
    return (
        not share.is_paused
        and (share.expires_at is None or clock.epoch() < share.expires_at)
        and share.attempts_left != 0
    )


def _check_passcode(
    transaction: QuickTransaction, pepper: Pepper, share: Row, passcode: str | None
) -> WrongPasscode | None:
    if share.passcode_hash is None:
        return None
    if passcode is None:
        return WrongPasscode(share.attempts_left)
    typed = _typed(pepper, share.share_id, passcode)
    if hmac.compare_digest(typed, share.passcode_hash):
        return None
    transaction.run(_SPEND, passport=share.passport_id, share=share.share_id)
    return WrongPasscode(share.attempts_left - 1)


def _offered(database: Database, row: Row, location: str | None) -> SharedFile:
    embedded = _jwe(database, row) if location is None else None
    return SharedFile(row.content_type, row.updated_at, embedded, location)


def _with_attached(services: Services, read: list[tuple[Row, str | None]]) -> list[SharedFile]:
    """The share's document, and where each of its further files is: never embedded."""
    document = [_offered(services.database, row, location) for row, location in read]
    if not read[0][0].attachments:
        return document
    # Apart from the read itself, which most shares, having none, shall not pay for.
    with services.database.quick_write() as transaction:
        rows = transaction.run(_ATTACHED, share=read[0][0].share_id)
        attached = [
            SharedFile(row.content_type, row.updated_at, location=_hand_out(transaction, row))
            for row in rows
            if is_live(row)
        ]
    return document + attached


def _jwe(database: Database, row: Row) -> str:
    erasure_key = database.erasure_keys.find(row.passport_id)
    label = PACKED_FILE if row.is_packed else SHARE_FILE
    try:
        return open_file(erasure_key, bytes(row.sealed_jwe), row.share_id, row.file_id, label)
    except CannotOpen:
        # Its passport has just been erased.
        raise NoLongerActive from None


def _location(
    transaction: QuickTransaction, row: Row, embedded_length_max: int | None
) -> str | None:
    if embedded_length_max is None or sealed_length(row.sealed_jwe) <= embedded_length_max:
        return None
    return _hand_out(transaction, row)


def _hand_out(transaction: QuickTransaction, row: Row) -> str:
    """An address that gives this file once, soon."""
    address, now = new_address(), clock.epoch()
    transaction.run(_CLEAR_LOCATIONS, now=now)
    transaction.run(
        _LOCATION,
        location_lookup=lookup_of(address),
        share_id=row.share_id,
        file_id=row.file_id,
        expires_at=now + LOCATION_SECONDS,
    )
    return address


def _leave_receipt(
    transaction: QuickTransaction,
    services: Services,
    address: str,
    share: Row,
    reader: Reader,
    receipt_id: str,
) -> None:
    whose = Addressee(share.passport_id, share.share_id, bytes(share.inbox_public_key))
    services.addressees.remember(lookup_of(address), whose)
    transaction.run(_RECEIPT, **_receipt(services.sealer, whose, reader, receipt_id))


def _receipt(
    sealer: InboxSealer, whose: Addressee, reader: Reader, receipt_id: str
) -> dict[str, object]:
    place = receipt_place(whose.passport_id, whose.share_id, receipt_id)
    return {
        "passport_id": whose.passport_id,
        "share_id": whose.share_id,
        "receipt_id": receipt_id,
        "sealed": sealer.seal(whose.inbox_public_key, receipt_text(reader), place),
        "created_ms": int(clock.now().timestamp() * 1000),
    }


def _read_at_once(
    services: Services,
    address: str,
    reader: Reader,
    passcode: str | None = None,
    *,
    is_direct: bool = False,
    receipt_id: str = "",
    takes_packed: bool = False,
    embedded_length_max: int | None = None,
) -> list[Row]:
    """A live share's document, its receipt kept; no file and no receipt if it takes more steps.

    Raises WrongPasscode after spending an attempt.
    """
    # In SQLite there are no round trips to save, and several reads share a commit.
    lookup = lookup_of(address)
    whose = None if services.database.is_sqlite else services.addressees.find(lookup)
    if whose is None:
        return []
    known = services.addressees.sealed(lookup, takes_packed=takes_packed)
    asked = _receipt(services.sealer, whose, reader, receipt_id or new_id()) | {
        "lookup": lookup,
        "now": clock.epoch(),
        "is_direct": is_direct,
        "takes_packed": takes_packed,
        "known_beginning": known[:BEGINNING_BYTES],
        "most_bytes": _most_bytes(embedded_length_max),
    }
    if passcode is None:
        rows = services.database.run_alone(_AT_ONCE, **asked)
    else:
        asked["typed"] = _typed(services.pepper, whose.share_id, passcode)
        rows = services.database.run_alone(_AT_ONCE_WITH_PASSCODE, **asked)
    if rows and rows[0].file_id is None:
        raise WrongPasscode(rows[0].attempts_left - 1)
    if rows and rows[0].sealed_jwe is None:
        return [row._replace(sealed_jwe=known) for row in rows]
    for row in rows:
        services.addressees.remember_sealed(lookup, row.sealed_jwe, takes_packed=takes_packed)
    return rows


def _most_bytes(embedded_length_max: int | None) -> int:
    """How long a sealed document may be to be embedded, in bytes; within PostgreSQL's integers."""
    if embedded_length_max is None:
        return _LARGEST_INTEGER
    return min(embedded_length_max + envelope.OVERHEAD_BYTES, _LARGEST_INTEGER)


def _typed(pepper: Pepper, share_id: str, passcode: str) -> bytes:
    return pepper.passcode_hash(share_id, "".join(passcode.split()))
