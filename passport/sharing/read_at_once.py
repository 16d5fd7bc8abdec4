"""A read in one statement and one round trip: the share's files out, the receipt in.

On PostgreSQL the round trips to begin, read, write and commit cost more than all the rest of a
read. What a receipt is sealed for never changes for an address, so from the second read of a
share on the receipt is sealed beforehand, and one statement finds the files and keeps it.

The document itself, as it is sealed, is remembered too: the database sends it again only if it
is another one by now. Every sealing has a nonce of its own, by which that is seen.
"""

from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from sqlalchemy import (
    CTE,
    Boolean,
    ColumnElement,
    Integer,
    LargeBinary,
    and_,
    bindparam,
    case,
    func,
    insert,
    null,
    or_,
    select,
    update,
)

from passport.crypto.envelope import NONCE_BYTES, VERSION
from passport.storage import tables
from passport.storage.prepared import PreparedStatement

BEGINNING_BYTES = len(VERSION) + NONCE_BYTES
_MOST_REMEMBERED = 4096
_MOST_REMEMBERED_BYTES = 64 * 1024 * 1024
_shares, _files, _receipts = tables.shares, tables.share_files, tables.receipts
_ORDER = (_files.c.position, _files.c.file_id)


class Addressee(NamedTuple):
    """Whose share an address leads to, and where its receipts go."""

    passport_id: str
    share_id: str
    inbox_public_key: bytes


class Addressees:
    """The addressees of the shares read last, and their documents as they were sealed then.

    One per process; safe to use from many threads.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, Addressee] = OrderedDict()
        self._sealed: OrderedDict[tuple[bytes, bool], bytes] = OrderedDict()
        self._sealed_bytes = 0
        self._lock = Lock()

    def find(self, lookup: bytes) -> Addressee | None:
        """Who it was when the address with this lookup was last read; None if it was not."""
        return self._known.get(lookup)

    def remember(self, lookup: bytes, addressee: Addressee) -> None:
        """Keep this for the next read."""
        with self._lock:
            self._known[lookup] = addressee
            if len(self._known) > _MOST_REMEMBERED:
                self._known.popitem(last=False)

    def sealed(self, lookup: bytes, *, takes_packed: bool) -> bytes:
        """The document that was last read there, sealed; empty if none is remembered."""
        return self._sealed.get((lookup, takes_packed), b"")

    def remember_sealed(self, lookup: bytes, sealed: bytes, *, takes_packed: bool) -> None:
        """Keep this document for the next read, as long as there is room."""
        with self._lock:
            self._sealed_bytes -= len(self._sealed.pop((lookup, takes_packed), b""))
            self._sealed[lookup, takes_packed] = sealed
            self._sealed_bytes += len(sealed)
            while self._sealed_bytes > _MOST_REMEMBERED_BYTES:
                self._sealed_bytes -= len(self._sealed.popitem(last=False)[1])


_OF_SHARE = (
    _shares.c.passport_id,
    _shares.c.share_id,
    _shares.c.passcode_hash,
    _shares.c.attempts_left,
)
_takes_packed = bindparam("takes_packed", type_=Boolean())
_is_packed = and_(_takes_packed, _files.c.packed_jwe.is_not(None))
# Of a document kept twice, the bytes of the one that is not wanted are not touched.
CHOSEN = (
    _is_packed.label("is_packed"),
    case((_is_packed, _files.c.packed_jwe), else_=_files.c.sealed_jwe).label("sealed_jwe"),
)
# The version byte and the nonce: no two sealings begin alike.
_is_another = func.substr(CHOSEN[1].element, 1, BEGINNING_BYTES) != bindparam(
    "known_beginning", type_=LargeBinary()
)
_UNLESS_KNOWN = case((_is_another, CHOSEN[1].element), else_=null()).label("sealed_jwe")
_OF_FILE = (
    _files.c.file_id,
    _files.c.content_type,
    CHOSEN[0],
    _UNLESS_KNOWN,
    _files.c.updated_at,
)
_document = tables.share_files.alias("document")
# A longer one is handed out at a location, which takes more steps.
_FITS = select(
    func.length(
        case(
            (_takes_packed, func.coalesce(_document.c.packed_jwe, _document.c.sealed_jwe)),
            else_=_document.c.sealed_jwe,
        )
    )
).where(
    _document.c.share_id == _shares.c.share_id, _document.c.position == 0
).scalar_subquery() <= bindparam("most_bytes", type_=Integer())
_further = tables.share_files.alias("further")
# How many files the share has besides its document: their bytes are not touched.
ATTACHMENTS = (
    select(func.count())
    .select_from(_further)
    .where(_further.c.share_id == _files.c.share_id, _further.c.position > 0)
    .scalar_subquery()
    .label("attachments")
)
_LIVE = (
    _shares.c.address_lookup == bindparam("lookup"),
    _shares.c.passport_id == bindparam("passport_id"),
    _shares.c.share_id == bindparam("share_id"),
    _shares.c.is_direct == bindparam("is_direct"),
    ~_shares.c.is_paused,
    or_(_shares.c.expires_at.is_(None), _shares.c.expires_at > bindparam("now")),
    _FITS,
)


def without_passcode() -> PreparedStatement:
    """The statement that selects a live share's document and keeps the receipt `sealed`.

    No row comes back, and no receipt is kept, if the share is not live or asks for a passcode, or
    if its document is longer than `most_bytes`. A document that begins with `known_beginning`
    comes back as null.
    """
    found = select(*_OF_SHARE).where(*_LIVE, _shares.c.passcode_hash.is_(None)).cte("found")
    mine = and_(_files.c.share_id == found.c.share_id, _files.c.position == 0)
    files = select(found, *_OF_FILE, ATTACHMENTS).join(_files, mine)
    return PreparedStatement(files.order_by(*_ORDER).add_cte(_receipt_for(found)))


def with_passcode() -> PreparedStatement:
    """The same for the passcode whose keyed hash is `typed`: a wrong one spends an attempt.

    It locks the share, compares, and spends or keeps the receipt, all in one: parallel guesses
    get exactly the budget. After a wrong one, a single row comes back whose file is null; no row
    if the share is not live or its document too long. The hashes are keyed, so how long comparing
    them takes tells nothing of a passcode.
    """
    locked = (
        select(*_OF_SHARE)
        .where(*_LIVE, _shares.c.attempts_left > 0)
        .with_for_update(key_share=True)
        .cte("locked")
    )
    is_right = locked.c.passcode_hash == bindparam("typed", type_=_shares.c.passcode_hash.type)
    spent = (
        update(_shares)
        .where(
            _shares.c.passport_id == locked.c.passport_id,
            _shares.c.share_id == locked.c.share_id,
            ~is_right,
        )
        .values(attempts_left=_shares.c.attempts_left - 1)
        .returning(_shares.c.share_id)
        .cte("spent")
    )
    mine = and_(_files.c.share_id == locked.c.share_id, _files.c.position == 0, is_right)
    files = select(locked, *_OF_FILE, ATTACHMENTS).outerjoin(_files, mine)
    return PreparedStatement(files.order_by(*_ORDER).add_cte(spent, _receipt_for(locked, is_right)))


def _receipt_for(share: CTE, *conditions: ColumnElement[bool]) -> CTE:
    receipt = select(
        share.c.passport_id,
        share.c.share_id,
        bindparam("receipt_id", type_=_receipts.c.receipt_id.type),
        bindparam("sealed", type_=_receipts.c.sealed.type),
        bindparam("created_ms", type_=_receipts.c.created_ms.type),
    ).where(*conditions)
    names = ["passport_id", "share_id", "receipt_id", "sealed", "created_ms"]
    return insert(_receipts).from_select(names, receipt).cte("receipt")
