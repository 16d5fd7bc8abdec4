"""The helper's side: whom they help, and giving their piece to somebody who is locked out.

Nothing here opens a passport. A helper's piece goes from their inbox's box into the ticket's,
within their own request, and is shown to nobody.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, exists, insert, select, update

from passport import clock
from passport.accounts.help_tickets import keep_until, ticket_with_number
from passport.accounts.helper_invitations import own_check_number
from passport.accounts.recovery_errors import NotFinishedYet, UnknownOwner, WrongHelpNumber
from passport.accounts.recovery_helper_rows import is_row, open_owner, row_for
from passport.accounts.recovery_pieces import give_piece, helpers_slot_of
from passport.activity.record import record, record_by_service
from passport.crypto.envelope import CannotOpen
from passport.crypto.help_ticket import MistypedNumber, read_number
from passport.crypto.helpers_slot import HelpersRule
from passport.crypto.key_slots import KeySlot
from passport.crypto.pepper import Pepper
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport

_helpers, _requests = tables.recovery_helpers, tables.recovery_requests
_pieces = tables.recovery_pieces


@dataclass(frozen=True)
class Helped:
    """Somebody whose recovery helper one is. `ready_at` is set while a request is under way."""

    helper_id: str
    name: str
    check_number: str
    is_confirmed: bool
    ready_at: datetime | None


def list_helped(database: Database, helper: UnlockedPassport) -> list[Helped]:
    """Everybody whose recovery helper one is. Raises NotPermitted."""
    helper.access.require_owner()
    query = (
        select(_helpers, _requests.c.ready_at)
        .outerjoin(
            _pieces,
            (_pieces.c.passport_id == _helpers.c.passport_id)
            & (_pieces.c.helper_id == _helpers.c.helper_id),
        )
        .outerjoin(
            _requests,
            (_requests.c.passport_id == _pieces.c.passport_id)
            & (_requests.c.ticket_lookup == _pieces.c.ticket_lookup),
        )
        .where(_helpers.c.helper_passport_id == helper.passport_id)
        .order_by(_helpers.c.created_at)
    )
    with database.read() as connection:
        return [_helped(connection, helper, row) for row in connection.execute(query).all()]


def help_back_in(
    database: Database, pepper: Pepper, helper: UnlockedPassport, helper_id: str, number: str
) -> datetime:
    """Give one's piece to the ticket with this number. Returns when its holder can get in.

    Raises UnknownOwner, NotFinishedYet, WrongHelpNumber or NotPermitted.
    """
    helper.access.require_owner()
    try:
        number_lookup = pepper.help_number_lookup(read_number(number))
    except MistypedNumber:
        raise WrongHelpNumber from None
    with database.write() as connection:
        row = _locked_row(connection, helper, helper_id)
        slot = helpers_slot_of(connection, database.erasure_keys, row.passport_id)
        if slot is None or row.boxed_piece is None:
            raise NotFinishedYet
        ticket = ticket_with_number(connection, number_lookup)
        if ticket is None or _is_used_for_another(connection, ticket, row.passport_id):
            raise WrongHelpNumber
        return _give(connection, helper, row, slot, ticket)


def take_back_help(database: Database, helper: UnlockedPassport, helper_id: str) -> bool:
    """It was a mistake: take the piece back. Whether there was one. Raises UnknownOwner."""
    helper.access.require_owner()
    with database.write() as connection:
        row = _locked_row(connection, helper, helper_id)
        was_given = _drop_piece(connection, row.passport_id, helper_id)
        if was_given:
            name = _names(helper, row)["you"]
            record_by_service(connection, row.passport_id, "recovery-taken-back", name=name)
    return was_given


def step_down(database: Database, helper: UnlockedPassport, helper_id: str) -> None:
    """Be a helper no more. The owner sees it on her page. Raises UnknownOwner."""
    helper.access.require_owner()
    with database.write() as connection:
        row = _locked_row(connection, helper, helper_id)
        names = _names(helper, row)
        _drop_piece(connection, row.passport_id, helper_id)
        connection.execute(
            update(_helpers)
            .where(*is_row(row.passport_id, helper_id))
            .values(helper_passport_id=None, boxed_record=None, boxed_piece=None)
        )
        record_by_service(connection, row.passport_id, "recovery-helper-left", name=names["you"])
        record(connection, helper, "recovery-helping-ended", name=names["owner"])


def _locked_row(connection: Connection, helper: UnlockedPassport, helper_id: str) -> Row[Any]:
    row = row_for(connection, helper, helper_id)
    if row is None:
        raise UnknownOwner
    # Always in the same order, so that two who help each other never wait for each other.
    for passport_id in sorted({row.passport_id, helper.passport_id}):
        lock_passport(connection, passport_id)
    row = row_for(connection, helper, helper_id)
    if row is None:
        raise UnknownOwner
    return row


def _give(
    connection: Connection,
    helper: UnlockedPassport,
    row: Row[Any],
    slot: KeySlot,
    ticket: Row[Any],
) -> datetime:
    now = clock.epoch()
    try:
        boxed = give_piece(
            connection,
            helper,
            slot,
            row.helper_id,
            row.boxed_piece,
            ticket_lookup=ticket.ticket_lookup,
            ticket_key=ticket.public_key,
            agreed_at=now,
        )
    except CannotOpen:
        raise NotFinishedYet from None
    # One helper, one agreement: a new number takes the place of the one before.
    _drop_piece(connection, row.passport_id, row.helper_id, keep_for=ticket.ticket_lookup)
    ready_at, is_new = _request(connection, slot, ticket.ticket_lookup, now)
    connection.execute(
        insert(_pieces).values(
            passport_id=row.passport_id,
            helper_id=row.helper_id,
            ticket_lookup=ticket.ticket_lookup,
            boxed_piece=boxed,
            created_at=now,
        )
    )
    keep_until(connection, ticket, ready_at)
    names = _names(helper, row)
    if is_new:
        record_by_service(connection, row.passport_id, "recovery-started")
    record_by_service(connection, row.passport_id, "recovery-approved", name=names["you"])
    record(connection, helper, "recovery-helped", name=names["owner"])
    return _moment(ready_at)


def _request(
    connection: Connection, slot: KeySlot, ticket_lookup: bytes, now: int
) -> tuple[int, bool]:
    """The request for this ticket, begun now if there is none: when it is ready, and if it is new.

    The wait counts from the first helper: that is when the owner was told.
    """
    query = select(_requests.c.ready_at).where(
        _requests.c.passport_id == slot.passport_id, _requests.c.ticket_lookup == ticket_lookup
    )
    found = connection.execute(query).scalar_one_or_none()
    if found is not None:
        return int(found), False
    ready_at = now + HelpersRule.of(slot).wait_seconds
    connection.execute(
        insert(_requests).values(
            passport_id=slot.passport_id,
            ticket_lookup=ticket_lookup,
            started_at=now,
            ready_at=ready_at,
        )
    )
    return ready_at, True


def _drop_piece(
    connection: Connection, passport_id: str, helper_id: str, keep_for: bytes = b""
) -> bool:
    """Take back what this helper gave, and end requests that nobody supports any more."""
    dropped = connection.execute(
        delete(_pieces).where(
            _pieces.c.passport_id == passport_id, _pieces.c.helper_id == helper_id
        )
    )
    supported = exists().where(
        _pieces.c.passport_id == _requests.c.passport_id,
        _pieces.c.ticket_lookup == _requests.c.ticket_lookup,
    )
    connection.execute(
        delete(_requests).where(
            _requests.c.passport_id == passport_id,
            _requests.c.ticket_lookup != keep_for,
            _requests.c.stopped_at.is_(None),
            ~supported,
        )
    )
    return dropped.rowcount > 0


def _is_used_for_another(connection: Connection, ticket: Row[Any], passport_id: str) -> bool:
    query = select(_requests.c.passport_id).where(
        _requests.c.ticket_lookup == ticket.ticket_lookup, _requests.c.passport_id != passport_id
    )
    return connection.execute(query).first() is not None


def _helped(connection: Connection, helper: UnlockedPassport, row: Row[Any]) -> Helped:
    return Helped(
        row.helper_id,
        _names(helper, row)["owner"],
        own_check_number(connection, helper, row.helper_id),
        row.boxed_piece is not None,
        None if row.ready_at is None else _moment(row.ready_at),
    )


def _names(helper: UnlockedPassport, row: Row[Any]) -> dict[str, str]:
    return open_owner(helper, row.helper_id, row.boxed_record)


def _moment(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)
