"""Read the record of a passport, newest first, and check it on the way.

A line that is missing, changed or forged is shown as such in its place; the others stay readable.
With the passport's key this sees more than `activity.verify`: a chain that was made anew as a
whole does not fit what is sealed inside its entries.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, Literal

from sqlalchemy import Connection, select

from passport.activity.acts import Group, act_of
from passport.activity.chain import FIRST_CHAIN, chain_value
from passport.activity.sealed_entry import (
    EntryText,
    Head,
    open_head,
    open_of_service,
    open_own,
)
from passport.activity.verify import verify_one
from passport.crypto.envelope import CannotOpen
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.inbox_keys import inbox_private_key

PAGE = 50
Who = Literal["me", "supporter", "service"]
_entries, _heads = tables.activity, tables.activity_heads


@dataclass(frozen=True)
class Line:
    """One act, opened and found whole."""

    number: int
    at: datetime
    who: Who
    by: str
    act: str
    details: dict[str, str]


@dataclass(frozen=True)
class Fault:
    """A place where the record is not whole: the entries numbered `first` to `last`."""

    kind: Literal["missing", "changed", "end-unknown"]
    first: int
    last: int

    @property
    def count(self) -> int:
        """How many lines it is about."""
        return self.last - self.first + 1


@dataclass(frozen=True)
class Filter:
    """Which lines to show; faults always are. Days are inclusive, in the owner's time zone."""

    group: Group | None = None
    who: Who | None = None
    since: date | None = None
    until: date | None = None
    zone: Any = field(default=UTC)

    def lets_through(self, line: Line) -> bool:
        """Whether this line is asked for."""
        day = line.at.astimezone(self.zone).date()
        return (
            self.group in (None, act_of(line.act).group)
            and self.who in (None, line.who)
            and (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
        )


@dataclass(frozen=True)
class Page:
    """Some lines, newest first, and the number to go on from (None: there are no more).

    `is_whole` is whether the chain holds as anybody can check it, without a key.
    """

    lines: list[Line | Fault]
    older: int | None
    is_whole: bool


def read_activity(
    database: Database,
    passport: UnlockedPassport,
    wanted: Filter | None = None,
    before: int | None = None,
) -> Page:
    """At most 50 lines that are older than the number `before`. Raises NotPermitted."""
    passport.access.require_owner()
    wanted = wanted or Filter()
    with database.read() as connection:
        lines = all_lines(connection, passport, before)
        asked = (line for line in lines if isinstance(line, Fault) or wanted.lets_through(line))
        found = list(islice(asked, PAGE + 1))
        is_whole = not verify_one(connection, passport.passport_id).broken
    older = _oldest(found[PAGE - 1]) if len(found) > PAGE else None
    return Page(found[:PAGE], older, is_whole)


def all_lines(
    connection: Connection, passport: UnlockedPassport, before: int | None = None
) -> Iterator[Line | Fault]:
    """Every line older than `before`, newest first. Raises NotPermitted."""
    passport.access.require_owner()
    reader = _Reader(connection, passport)
    query = select(_entries).where(_entries.c.passport_id == passport.passport_id)
    if before is not None:
        # The one at `before` comes too: it says what the next older one was.
        query = query.where(_entries.c.number <= before)
    rows = connection.execute(query.order_by(_entries.c.number.desc()))
    return reader.lines(iter(rows), before)


def _oldest(line: Line | Fault) -> int:
    return line.number if isinstance(line, Line) else line.first


class _Reader:
    """Goes from the newest row to the oldest, knowing what each must be by the one after it."""

    def __init__(self, connection: Connection, passport: UnlockedPassport) -> None:
        self._passport = passport
        self._private_key = inbox_private_key(connection, passport)
        query = select(_heads).where(_heads.c.passport_id == passport.passport_id)
        self._known = connection.execute(query).first()
        self._sealed = self._sealed_head()
        mine = (_entries.c.passport_id == passport.passport_id, ~_entries.c.is_by_service)
        own = connection.execute(select(_entries.c.number).where(*mine).limit(1)).first()
        self._has_own_lines = own is not None

    def _sealed_head(self) -> Head | None:
        if self._known is None or self._known.sealed is None:
            return None
        try:
            return open_head(self._passport, self._known.sealed)
        except CannotOpen:
            return None

    def lines(self, rows: Iterator[Any], before: int | None) -> Iterator[Line | Fault]:
        newest = self._newest() if before is None else before - 1
        expected = _Expected(newest, None)
        for row in rows:
            if row.number == before:
                text = self._opened(row, _Expected(row.number, None))
            else:
                if before is None and row.number > newest:
                    # All that the owner did is remembered under her key: nobody cuts that off.
                    yield Fault("end-unknown", row.number, row.number)
                    newest = row.number
                if row.number < expected.number:
                    yield Fault("missing", row.number + 1, expected.number)
                text = self._opened(row, expected)
                yield _line(row, text) if text else Fault("changed", row.number, row.number)
            expected = _Expected(row.number - 1, text.previous if text else None)
        if expected.number:
            yield Fault("missing", 1, expected.number)

    def _newest(self) -> int:
        """The number of the newest entry that is remembered, by the service or under the key."""
        if self._known is None or (self._sealed is None and self._has_own_lines):
            return 0
        return max(self._known.number, self._sealed.number if self._sealed else 0)

    def _opened(self, row: Any, expected: "_Expected") -> EntryText | None:
        """The entry, if it opens and is the very one that those after it follow."""
        known = {expected.number: expected.chain}
        if self._sealed:
            known[self._sealed.number] = self._sealed.chain
        try:
            text = self._open(row)
            previous = FIRST_CHAIN if row.number == 1 else bytes.fromhex(text.previous)
        except (CannotOpen, ValueError):
            return None
        # Not by the chain that stands there: made anew by somebody, it would spoil all that follow.
        values = (row.passport_id, row.number, row.created_at, row.is_by_service, row.sealed)
        chain = chain_value(previous, *values).hex()
        is_the_one = known.get(row.number) in (None, chain)
        return text if is_the_one and text.at == row.created_at else None

    def _open(self, row: Any) -> EntryText:
        if row.is_by_service:
            return open_of_service(self._private_key, row.passport_id, row.number, row.sealed)
        return open_own(self._passport, row.number, row.sealed)


@dataclass(frozen=True)
class _Expected:
    """The number and the chain (hex; None if unknown) that the next older row must have."""

    number: int
    chain: str | None


def _line(row: Any, text: EntryText) -> Line:
    who: Who = "service" if row.is_by_service else "supporter" if text.by else "me"
    at = datetime.fromtimestamp(text.at, UTC)
    return Line(row.number, at, who, text.by or "", text.act, text.details)
