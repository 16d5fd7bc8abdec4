"""Check every record's chain without reading it: no key is needed.

Finds entries that were changed, removed or put elsewhere by somebody who did not make all that
follows anew. What only a reader with the key can see is in `activity.read`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from passport.activity.chain import FIRST_CHAIN, chain_value
from passport.storage import tables
from passport.storage.database import Database

_entries, _heads = tables.activity, tables.activity_heads


@dataclass(frozen=True)
class Broken:
    """One place where a record does not hold together, in words for who runs the service."""

    passport_id: str
    number: int
    what: str


@dataclass(frozen=True)
class Verified:
    """One passport's record: how many entries it has, and where it is broken."""

    passport_id: str
    entries: int
    broken: list[Broken]


def verify(database: Database, passport_id: str | None = None) -> Iterator[Verified]:
    """The records of all passports, or of one; each is read at one moment."""
    passports = tables.passports.c.passport_id
    query = select(passports).order_by(passports)
    if passport_id is not None:
        query = query.where(passports == passport_id)
    with database.read() as connection:
        found = connection.execute(query).scalars().all()
    for each in found:
        with database.read() as connection:
            yield verify_one(connection, each)


def verify_one(connection: Connection, passport_id: str) -> Verified:
    """One passport's record."""
    query = select(_entries).where(_entries.c.passport_id == passport_id)
    rows = connection.execute(query.order_by(_entries.c.number)).all()
    head = connection.execute(select(_heads).where(_heads.c.passport_id == passport_id)).first()
    return Verified(passport_id, len(rows), list(_broken(passport_id, rows, head)))


def _broken(passport_id: str, rows: Any, head: Any) -> Iterator[Broken]:
    newest, chain = 0, FIRST_CHAIN
    for row in rows:
        if row.number != newest + 1:
            yield _missing(passport_id, newest + 1, row.number - 1)
        elif row.chain != chain_value(chain, *_fields(row)):
            yield Broken(passport_id, row.number, "changed, or what it follows was")
        newest, chain = row.number, row.chain
    if head is None:
        if rows:
            yield Broken(passport_id, newest, "what remembers the newest entry is missing")
    elif head.number > newest:
        yield _missing(passport_id, newest + 1, head.number)
    elif (head.number, head.chain) != (newest, chain):
        yield Broken(passport_id, newest, "not the newest entry that was remembered")


def _fields(row: Any) -> tuple[str, int, int, bool, bytes]:
    return row.passport_id, row.number, row.created_at, row.is_by_service, row.sealed


def _missing(passport_id: str, first: int, last: int) -> Broken:
    return Broken(passport_id, first, "missing" if last <= first else f"missing up to {last}")
