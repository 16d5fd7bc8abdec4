"""Every key that a thief of database, erasure keys and configuration could try, on all sealed."""

import sqlite3
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.engine import make_url

from passport.crypto import envelope, key_slots, labels
from passport.crypto.derivation import derive_key
from passport.crypto.envelope import CannotOpen
from passport.crypto.inbox import open_item
from passport.crypto.passport_key import PassportKey
from passport.crypto.place import Place
from passport.crypto.share_file import decrypt_file, open_file
from passport.sharing.receipts import receipt_place
from passport.sharing.reply import reply_place
from passport.storage import tables
from passport.storage.database import Database

_LABELS = [text for name, text in vars(labels).items() if name.isupper()]


@dataclass
class Tried:
    """What was tried to be opened, and what opened."""

    kinds: dict[str, int] = field(default_factory=dict)
    opened: list[str] = field(default_factory=list)


def guesses(database: Database, configuration: dict[str, str]) -> list[bytes]:
    """32-byte keys out of everything stored: values, their ends, and what derives from them."""
    raw = [urlsafe_b64decode(text) for text in configuration.values()]
    raw += erasure_keys(database).values()
    with database.read() as connection:
        for table in tables.metadata.sorted_tables:
            for row in connection.execute(select(table)):
                raw += [value for value in row if isinstance(value, bytes) and len(value) >= 32]
    keys = [part for value in raw for part in (value[:32], value[-32:])] + [bytes(32)]
    from_configuration = [derive_key(key, label) for key in keys[:4] for label in _LABELS]
    return list(dict.fromkeys(keys + from_configuration))


def erasure_keys(database: Database) -> dict[str, bytes]:
    """What the store of erasure keys holds, by passport."""
    connection = sqlite3.connect(str(make_url(database.erasure_keys.url).database))
    found = dict(connection.execute("SELECT passport_id, erasure_key FROM erasure_keys"))
    connection.close()
    return found


def share_files(database: Database) -> list[bytes]:
    """The files of shares as readers get them: with its erasure keys a thief has them too."""
    with database.read() as connection:
        rows = connection.execute(select(tables.share_files)).all()
    plain = [_jwe(database, row).encode() for row in rows]
    return plain + [_packed(database, row).encode() for row in rows if row.packed_jwe]


def try_to_open(database: Database, keys: list[bytes]) -> Tried:
    """Try each key, as it is and through each derivation, in each ciphertext's own place."""
    tried = Tried()
    for kind, attempt in _attempts(database):
        tried.kinds[kind] = tried.kinds.get(kind, 0) + 1
        if any(_opens(attempt, key) for key in keys):
            tried.opened.append(kind)
    return tried


def _opens(attempt: Callable[[bytes], object], key: bytes) -> bool:
    try:
        attempt(key)
    except (CannotOpen, ValueError):
        return False
    return True


def _attempts(database: Database) -> Iterator[tuple[str, Callable[[bytes], object]]]:
    with database.read() as connection:
        rows = {t.name: connection.execute(select(t)).all() for t in tables.metadata.sorted_tables}
    for row in rows["passports"]:
        place = Place(labels.INBOX_PRIVATE_KEY, row.passport_id, row.passport_id)
        yield "inbox private key", _own(row.inbox_private_key, place)
    for row in rows["sign_in_names"]:
        place = Place(labels.SIGN_IN_NAME, row.passport_id, row.passport_id)
        yield "sign-in name", _own(row.sealed_name, place)
    for row in rows["key_slots"]:
        slot = key_slots._place(row.passport_id, row.slot_id, row.kind, row.parameters)
        yield "key slot", _wrapped(database, row, slot)
        if row.unconfirmed_code:
            place = Place(labels.RECOVERY_CODE_COPY, row.passport_id, row.slot_id)
            yield "recovery code copy", _own(row.unconfirmed_code, place)
    for row in rows["sessions"]:
        place = Place(labels.SESSION_WRAP, row.passport_id, row.session_lookup.hex())
        yield "session", _wrapped(database, row, place)
    for row in rows["section_versions"]:
        place = Place(labels.SECTION, row.passport_id, row.section_id, row.version)
        yield "section", _own(row.sealed, place)
    for row in rows["shares"]:
        place = Place(labels.SHARE_RECORD, row.passport_id, row.share_id, row.record_version)
        yield "share record", _own(row.sealed_record, place)
    for row in rows["share_files"]:
        yield "share file", lambda key, row=row: decrypt_file(key, _jwe(database, row))
        if row.packed_jwe:
            yield "packed file", lambda key, row=row: decrypt_file(key, _packed(database, row))
    for row in rows["activity"]:
        place = Place(labels.ACTIVITY, row.passport_id, "", row.number)
        yield "entry of the record", _own(row.sealed, place)
    for row in rows["activity_heads"]:
        place = Place(labels.ACTIVITY_HEAD, row.passport_id, "")
        yield "newest entry of the record", _own(row.sealed, place)
    for row in rows["receipts"]:
        yield (
            "receipt",
            _inbox_item(row, receipt_place(row.passport_id, row.share_id, row.receipt_id)),
        )
    for row in rows["replies"]:
        yield "reply", _inbox_item(row, reply_place(row.passport_id, row.share_id, row.reply_id))
    for row in rows["reply_states"]:
        row_id = f"{row.share_id}/{row.reply_id}"
        place = Place(labels.REPLY_STATE, row.passport_id, row_id, row.version)
        yield "state of a reply", _own(row.sealed, place)
    for row in rows["thanks"]:
        yield "thank-you", lambda key, row=row: decrypt_file(key, _thanks(database, row))
    for row in rows["told_again"]:
        place = Place(labels.TOLD_AGAIN, row.passport_id, row.answer_id)
        yield "answer of the measure", _own(row.sealed, place)


def _jwe(database: Database, row: Any) -> str:
    erasure_key = _erasure_key(database, row)
    return open_file(erasure_key, row.sealed_jwe, row.share_id, row.file_id)


def _packed(database: Database, row: Any) -> str:
    place = (row.share_id, row.file_id)
    return open_file(_erasure_key(database, row), row.packed_jwe, *place, labels.PACKED_FILE)


def _erasure_key(database: Database, row: Any) -> bytes | None:
    with database.read() as connection:
        shares = tables.shares
        passport_id = connection.execute(
            select(shares.c.passport_id).where(shares.c.share_id == row.share_id)
        ).scalar_one()
    return database.erasure_keys.find(passport_id)


def _thanks(database: Database, row: Any) -> str:
    erasure_key = database.erasure_keys.find(row.passport_id)
    return open_file(erasure_key, row.sealed_jwe, row.share_id, row.reply_id)


def _own(sealed: bytes, place: Place) -> Callable[[bytes], object]:
    def attempt(key: bytes) -> object:
        try:
            return envelope.open_sealed(key, sealed, place)
        except CannotOpen:
            return PassportKey(key).open(sealed, place)

    return attempt


def _wrapped(database: Database, row: Any, place: Place) -> Callable[[bytes], object]:
    erasure_key = database.erasure_keys.find(row.passport_id)
    assert erasure_key is not None

    def attempt(key: bytes) -> object:
        for derived in (key, derive_key(key, place.purpose)):
            for half in (None, erasure_key):
                try:
                    return PassportKey.unwrapped(derived, row.wrapped_key, place, half)
                except CannotOpen:
                    continue
        raise CannotOpen("none of these keys")

    return attempt


def _inbox_item(row: Any, place: Place) -> Callable[[bytes], object]:
    def attempt(key: bytes) -> object:
        return open_item(key * 3, row.sealed, place)

    return attempt
