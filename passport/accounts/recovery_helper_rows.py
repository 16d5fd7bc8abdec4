"""Rows of recovery helpers: what the owner's key opens of them, and what the helper's does."""

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, select, update

from passport.accounts.recovery_errors import NameMissing, UnknownHelper
from passport.crypto import labels
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.identifiers import is_id

_helpers, _passports = tables.recovery_helpers, tables.passports
LONGEST_NAME = 60
DEFAULT_WAIT_HOURS = 48
WAIT_HOURS = (24, 48, 72, 168)
HelperState = Literal["accepted", "confirmed", "gone"]


@dataclass(frozen=True)
class HelperRecord:
    """What the owner keeps of a helper, sealed under her own key.

    `confirmed` is the fingerprint of the account that she confirmed: a row that somebody else
    wrote into the database, or another key put in that account's place, is not confirmed by it.
    `code` is the invitation's, until they are confirmed.
    """

    name: str
    wait_hours: int = DEFAULT_WAIT_HOURS
    confirmed: str = ""
    code: str = ""


@dataclass(frozen=True)
class Helper:
    """One helper, as the owner sees them. Both compare `check_number` before she confirms."""

    helper_id: str
    record: HelperRecord
    state: HelperState
    check_number: str
    public_key: bytes
    account: str

    @property
    def name(self) -> str:
        """What the owner calls them."""
        return self.record.name


def fingerprint(account_id: str, public_key: bytes) -> str:
    """Which account, with which inbox key: 64 hex digits."""
    return sha256(account_id.encode() + public_key).hexdigest()


def check_number(helper_id: str, account: str) -> str:
    """Six digits that owner and helper see alike, if it is the right account that accepted."""
    digest = sha256(f"{helper_id} {account}".encode()).digest()
    return f"{int.from_bytes(digest, 'big') % 10**6:06}"


def tidy_name(name: str) -> str:
    """A name on one line. Raises NameMissing."""
    tidy = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not 0 < len(tidy) <= LONGEST_NAME:
        raise NameMissing
    return tidy


def seal_record(passport: UnlockedPassport, helper_id: str, record: HelperRecord) -> bytes:
    """What a row, or the invitation before it, keeps for the owner."""
    return passport.seal(labels.RECOVERY_HELPER, helper_id, _json(vars(record)))


def open_record(passport: UnlockedPassport, helper_id: str, sealed: bytes) -> HelperRecord:
    """What `seal_record` sealed. Raises CannotOpen."""
    return HelperRecord(**json.loads(passport.open(labels.RECOVERY_HELPER, helper_id, sealed)))


def seal_owner(helper: UnlockedPassport, helper_id: str, names: dict[str, str]) -> bytes:
    """What a row keeps for the helper: whom they help, and what that person calls them."""
    return helper.seal(labels.HELPED_OWNER, helper_id, _json(names))


def open_owner(helper: UnlockedPassport, helper_id: str, sealed: bytes) -> dict[str, str]:
    """What `seal_owner` sealed. Raises CannotOpen."""
    names: dict[str, str] = json.loads(helper.open(labels.HELPED_OWNER, helper_id, sealed))
    return names


def helpers_of(connection: Connection, passport: UnlockedPassport) -> list[Helper]:
    """All helpers of the owner, the oldest first."""
    rows = connection.execute(
        select(_helpers, _passports.c.inbox_public_key)
        .outerjoin(_passports, _passports.c.passport_id == _helpers.c.helper_passport_id)
        .where(_helpers.c.passport_id == passport.passport_id)
        .order_by(_helpers.c.created_at, _helpers.c.helper_id)
    )
    return [_opened(passport, row) for row in rows]


def helper_of(connection: Connection, passport: UnlockedPassport, helper_id: str) -> Helper:
    """One helper of the owner. Raises UnknownHelper."""
    for helper in helpers_of(connection, passport):
        if helper.helper_id == helper_id:
            return helper
    raise UnknownHelper


def keep_record(
    connection: Connection, passport: UnlockedPassport, helper: Helper, **changed: Any
) -> None:
    """Change what the owner keeps of a helper."""
    record = replace(helper.record, **changed)
    connection.execute(
        update(_helpers)
        .where(*is_row(passport.passport_id, helper.helper_id))
        .values(sealed_record=seal_record(passport, helper.helper_id, record))
    )


def is_row(passport_id: str, helper_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions that find one row."""
    return _helpers.c.passport_id == passport_id, _helpers.c.helper_id == helper_id


def row_for(connection: Connection, helper: UnlockedPassport, helper_id: str) -> Row[Any] | None:
    """The row that makes this account a helper of somebody; None if there is none."""
    if not is_id(helper_id):
        return None
    mine = _helpers.c.helper_passport_id == helper.passport_id
    query = select(_helpers).where(mine, _helpers.c.helper_id == helper_id)
    return connection.execute(query).first()


def _opened(passport: UnlockedPassport, row: Row[Any]) -> Helper:
    record = open_record(passport, row.helper_id, row.sealed_record)
    if row.helper_passport_id is None:
        return Helper(row.helper_id, record, "gone", "", b"", "")
    account = fingerprint(row.helper_passport_id, row.inbox_public_key)
    state: HelperState = "confirmed" if record.confirmed == account else "accepted"
    number = check_number(row.helper_id, account)
    return Helper(row.helper_id, record, state, number, row.inbox_public_key, account)


def _json(values: dict[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
