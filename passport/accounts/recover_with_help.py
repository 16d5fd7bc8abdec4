"""Back in with the help of recovery helpers: a new passphrase, a new code, all sessions ended."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, select

from passport import clock
from passport.accounts import slots
from passport.accounts.help_tickets import mark_used, open_ticket, request_for
from passport.accounts.name_and_passphrase import new_passphrase_slot
from passport.accounts.recovery_errors import NotReadyYet, TicketOver
from passport.accounts.recovery_pieces import (
    GivenPiece,
    helpers_slot_of,
    make_pieces,
    open_given,
)
from passport.accounts.sessions import end_all_sessions, start_session
from passport.activity.record import record
from passport.crypto.envelope import CannotOpen
from passport.crypto.help_ticket import HelpTicket
from passport.crypto.helpers_slot import HelpersRule, open_with_pieces
from passport.crypto.key_slots import KeySlot
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.pepper import Pepper
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport
from passport.words_to_translate import N_

_pieces, _requests = tables.recovery_pieces, tables.recovery_requests


@dataclass(frozen=True)
class _Given:
    slot: KeySlot
    pieces: list[GivenPiece]
    ready_at: int

    @property
    def opens_at(self) -> int:
        # `ready_at` can be changed by whoever can write to the database; neither the waiting
        # time, which is bound into the slot, nor when a helper agreed, which is in the piece's box.
        first = min(piece.agreed_at for piece in self.pieces)
        return max(self.ready_at, first + HelpersRule.of(self.slot).wait_seconds)


def recover_with_help(
    database: Database,
    pepper: Pepper,
    cost: Argon2Parameters,
    ticket: HelpTicket,
    passphrase: str,
    device: str = "",
) -> str:
    """Set a new passphrase. Returns the session cookie's value.

    Raises TicketOver, NotReadyYet or WeakPassphrase. The next recovery code waits at
    `slots.unconfirmed_recovery_code`, and the helpers have new pieces.
    """
    with database.read() as connection:
        passport = _unlock(connection, database, ticket)
    new_slot = new_passphrase_slot(database, pepper, cost, passport, passphrase)
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        # Opened again under the lock: a sign-in, or a press of Stop, may have come first.
        _unlock(connection, database, ticket)
        mark_used(connection, ticket)
        _forget_request(connection, ticket)
        slots.store_slot(connection, new_slot)
        slots.store_new_recovery_code(connection, passport)
        make_pieces(connection, passport)
        record(connection, passport, "recovery-finished")
        end_all_sessions(connection, passport.passport_id)
        return start_session(connection, passport, device, N_("recovery helpers"))


def _unlock(connection: Connection, database: Database, ticket: HelpTicket) -> UnlockedPassport:
    given = _given_to(connection, database, ticket)
    if clock.epoch() < given.opens_at:
        raise NotReadyYet(datetime.fromtimestamp(given.opens_at, UTC))
    pieces = [piece.piece for piece in given.pieces]
    try:
        key = open_with_pieces(given.slot, pieces)
    except CannotOpen:
        raise NotReadyYet from None
    return UnlockedPassport(given.slot.passport_id, key)


def _given_to(connection: Connection, database: Database, ticket: HelpTicket) -> _Given:
    """What helpers gave to this ticket, if there are enough of them."""
    open_ticket(connection, ticket)
    request = request_for(connection, ticket)
    if request is None:
        raise NotReadyYet
    slot = helpers_slot_of(connection, database.erasure_keys, request.passport_id)
    if slot is None:
        raise TicketOver("stopped")
    pieces = _open_all(connection, slot, ticket)
    if len(pieces) < HelpersRule.of(slot).needed:
        raise NotReadyYet
    return _Given(slot, pieces, request.ready_at)


def _open_all(connection: Connection, slot: KeySlot, ticket: HelpTicket) -> list[GivenPiece]:
    rows = connection.execute(
        select(_pieces.c.helper_id, _pieces.c.boxed_piece)
        .where(_pieces.c.passport_id == slot.passport_id, _pieces.c.ticket_lookup == ticket.lookup)
        .order_by(_pieces.c.helper_id)
    )
    private_key, found = ticket.private_key, []
    for row in rows:
        try:
            found.append(
                open_given(private_key, slot, row.helper_id, ticket.lookup, row.boxed_piece)
            )
        except CannotOpen:
            continue
    return found


def _forget_request(connection: Connection, ticket: HelpTicket) -> None:
    # Its pieces go with it. Other tickets' requests are stopped, and shown, by the new pieces.
    connection.execute(delete(_requests).where(_requests.c.ticket_lookup == ticket.lookup))
