"""Supporters: who else may act in a passport, what they may do, and ending it.

A supporter's slot gives them the passport key; what they may do with it is for the services to
hold them to, on every request, by the terms that only the owner can seal anew.
"""

import json
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from passport import clock
from passport.accounts.errors import AlreadySupporting, HelpingOver, UnknownSupporter
from passport.accounts.slots import store_slot
from passport.accounts.supporter_terms import SupporterTerms, to_json
from passport.activity.record import record
from passport.crypto import labels
from passport.crypto.envelope import CannotOpen
from passport.crypto.key_slots import KeySlot
from passport.crypto.supporter_slot import open_as_supporter, supporter_slot
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.identifiers import is_id, new_id
from passport.storage.inbox_keys import inbox_private_key, inbox_public_key
from passport.storage.passport_lock import lock_passport

_supporters = tables.supporters
_slots = tables.key_slots


@dataclass(frozen=True)
class Supporter:
    """One supporter as the owner sees them. `called` is the name they gave when they accepted."""

    supporter_id: str
    terms: SupporterTerms
    called: str
    created_at: int
    terms_version: int


@dataclass(frozen=True)
class Helped:
    """One passport that the signed-in person supports; `terms` is None once it is over."""

    supporter_id: str
    passport_id: str
    terms: SupporterTerms | None


def list_supporters(database: Database, passport: UnlockedPassport) -> list[Supporter]:
    """The owner's supporters, newest first."""
    passport.access.require_owner()
    mine = _supporters.c.passport_id == passport.passport_id
    query = select(_supporters).where(mine).order_by(_supporters.c.created_at.desc())
    with database.read() as connection:
        return [_opened(passport, row) for row in connection.execute(query)]


def get_supporter(database: Database, passport: UnlockedPassport, supporter_id: str) -> Supporter:
    """One of the owner's supporters. Raises UnknownSupporter."""
    passport.access.require_owner()
    with database.read() as connection:
        return _find(connection, passport, supporter_id)


def change_supporter(
    database: Database, passport: UnlockedPassport, supporter_id: str, terms: SupporterTerms
) -> None:
    """From the supporter's next request on, these are the terms.

    Raises UnknownSupporter or TermsNotUsable.
    """
    passport.access.require_owner()
    terms = terms.checked()
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        found = _find(connection, passport, supporter_id)
        changed = replace(found, terms=terms, terms_version=found.terms_version + 1)
        connection.execute(
            update(_supporters)
            .where(*_is(passport.passport_id, supporter_id))
            .values(
                terms_version=changed.terms_version, sealed_terms=_sealed_terms(passport, changed)
            )
        )
        record(connection, passport, "supporter-changed", name=terms.name)


def end_supporter(database: Database, passport: UnlockedPassport, supporter_id: str) -> None:
    """The supporter's way in is gone: their next request is refused. Raises UnknownSupporter."""
    passport.access.require_owner()
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        found = _find(connection, passport, supporter_id)
        _remove(connection, passport.passport_id, supporter_id)
        record(connection, passport, "supporter-ended", name=found.terms.name)


def add_supporter(
    connection: Connection,
    passport: UnlockedPassport,
    supporters_passport_id: str,
    terms: SupporterTerms,
    called: str,
) -> Supporter:
    """Give another passport's holder a way in, in the caller's transaction.

    `passport` is the owner's, opened by her own invitation. Raises AlreadySupporting.
    """
    twice = select(_supporters.c.supporter_id).where(
        _supporters.c.passport_id == passport.passport_id,
        _supporters.c.supporter_passport_id == supporters_passport_id,
    )
    if connection.execute(twice).first() is not None:
        raise AlreadySupporting
    added = Supporter(new_id(), terms, called, clock.epoch(), 1)
    public_key = inbox_public_key(connection, supporters_passport_id)
    slot = supporter_slot(
        passport.key, public_key, passport_id=passport.passport_id, slot_id=added.supporter_id
    )
    store_slot(connection, slot)
    connection.execute(
        insert(_supporters).values(
            passport_id=passport.passport_id,
            supporter_id=added.supporter_id,
            supporter_passport_id=supporters_passport_id,
            terms_version=added.terms_version,
            sealed_terms=_sealed_terms(passport, added),
            created_at=added.created_at,
        )
    )
    return added


def list_helped(database: Database, own: UnlockedPassport) -> list[Helped]:
    """Whom the signed-in person supports, newest first."""
    own.access.require_owner()
    with database.read() as connection:
        rows = connection.execute(_helped_rows(own).order_by(_supporters.c.created_at.desc())).all()
        private_key = inbox_private_key(connection, own) if rows else b""
    return [
        Helped(row.supporter_id, row.passport_id, _terms_or_none(database, private_key, row))
        for row in rows
    ]


def open_helped(
    database: Database, own: UnlockedPassport, helped_passport_id: str
) -> UnlockedPassport:
    """The passport that `own`'s holder helps in, as far as its owner allows today.

    Raises HelpingOver.
    """
    own.access.require_owner()
    with database.read() as connection:
        query = _helped_rows(own).where(_supporters.c.passport_id == helped_passport_id)
        row = connection.execute(query).first()
        if row is None:
            raise HelpingOver
        private_key = inbox_private_key(connection, own)
    try:
        opened, supporter = _open(database, private_key, row)
    except CannotOpen:
        raise HelpingOver from None
    if supporter.terms.is_over:
        raise HelpingOver
    return replace(opened, access=supporter.terms.access(supporter.supporter_id))


def stop_supporting(database: Database, own: UnlockedPassport, supporter_id: str) -> None:
    """The supporter gives their way in back. Raises UnknownSupporter."""
    own.access.require_owner()
    row = find_helped(database, own, supporter_id)
    try:
        helped = open_helped(database, own, row.passport_id)
    except HelpingOver:
        helped = None
    with database.write() as connection:
        lock_passport(connection, row.passport_id)
        if not _remove(connection, row.passport_id, supporter_id):
            raise UnknownSupporter
        if helped is not None:
            record(connection, helped, "supporter-left", name=helped.access.name)


def find_helped(database: Database, own: UnlockedPassport, supporter_id: str) -> Helped:
    """One that the signed-in person supports. Raises UnknownSupporter."""
    found = [helped for helped in list_helped(database, own) if helped.supporter_id == supporter_id]
    if not found:
        raise UnknownSupporter
    return found[0]


def forget_supported(connection: Connection, passport_id: str) -> None:
    """Take this passport's holder's ways into other passports away, such as when it is erased."""
    mine = _supporters.c.supporter_passport_id == passport_id
    theirs = select(_supporters.c.supporter_id).where(mine)
    connection.execute(
        delete(_slots).where(_slots.c.kind == "supporter", _slots.c.slot_id.in_(theirs))
    )
    connection.execute(
        delete(_supporters).where(_supporters.c.supporter_passport_id == passport_id)
    )


def _helped_rows(own: UnlockedPassport):  # type: ignore[no-untyped-def]
    return (
        select(_supporters, _slots.c.parameters, _slots.c.wrapped_key)
        .join(
            _slots,
            (_slots.c.passport_id == _supporters.c.passport_id)
            & (_slots.c.slot_id == _supporters.c.supporter_id),
        )
        .where(_supporters.c.supporter_passport_id == own.passport_id)
    )


def _open(
    database: Database, private_key: bytes, row: Row[Any]
) -> tuple[UnlockedPassport, Supporter]:
    slot = KeySlot(
        row.passport_id,
        row.supporter_id,
        "supporter",
        row.parameters,
        row.wrapped_key,
        database.erasure_keys.find(row.passport_id),
    )
    opened = UnlockedPassport(row.passport_id, open_as_supporter(slot, private_key))
    return opened, _opened(opened, row)


def _terms_or_none(database: Database, private_key: bytes, row: Row[Any]) -> SupporterTerms | None:
    try:
        terms = _open(database, private_key, row)[1].terms
    except CannotOpen:
        return None
    return None if terms.is_over else terms


def _find(connection: Connection, passport: UnlockedPassport, supporter_id: str) -> Supporter:
    if not is_id(supporter_id):
        raise UnknownSupporter
    query = select(_supporters).where(*_is(passport.passport_id, supporter_id))
    row = connection.execute(query).first()
    if row is None:
        raise UnknownSupporter
    return _opened(passport, row)


def _remove(connection: Connection, passport_id: str, supporter_id: str) -> bool:
    slot = (_slots.c.passport_id == passport_id, _slots.c.slot_id == supporter_id)
    connection.execute(delete(_slots).where(*slot))
    removed = connection.execute(delete(_supporters).where(*_is(passport_id, supporter_id)))
    return removed.rowcount == 1


def _is(passport_id: str, supporter_id: str):  # type: ignore[no-untyped-def]
    return _supporters.c.passport_id == passport_id, _supporters.c.supporter_id == supporter_id


def _sealed_terms(passport: UnlockedPassport, supporter: Supporter) -> bytes:
    text = to_json(supporter.terms.to_dict() | {"called": supporter.called})
    return passport.seal(
        labels.SUPPORTER_TERMS, supporter.supporter_id, text, supporter.terms_version
    )


def _opened(passport: UnlockedPassport, row: Row[Any]) -> Supporter:
    text = passport.open(
        labels.SUPPORTER_TERMS, row.supporter_id, row.sealed_terms, row.terms_version
    )
    values = json.loads(text)
    return Supporter(
        row.supporter_id,
        SupporterTerms.from_dict(values),
        values["called"],
        row.created_at,
        row.terms_version,
    )
