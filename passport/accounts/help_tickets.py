"""Help tickets: what a browser without any way in holds while its owner is helped back in.

Anybody can have one, and says nothing of who they are: a ticket is worth nothing until helpers
give their pieces to it. It ends when it was used or stopped, or else after a week.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from passport import clock
from passport.accounts.recovery_errors import TicketOver, TooManyTickets
from passport.accounts.recovery_pieces import helpers_slot_of
from passport.crypto.help_ticket import HelpTicket
from passport.crypto.helpers_slot import HelpersRule
from passport.crypto.pepper import Pepper
from passport.storage import tables
from passport.storage.database import Database

_tickets, _requests = tables.recovery_tickets, tables.recovery_requests
_pieces = tables.recovery_pieces
VALID_SECONDS = 7 * 24 * 60 * 60
# How long what ended is kept, so that its holder can be told what became of it.
_TOLD_SECONDS = 30 * 24 * 60 * 60
_TRIES = 5


@dataclass(frozen=True)
class TicketState:
    """How far a ticket is. `ready_at` is None until a helper has typed its number."""

    agreed: int
    needed: int
    ready_at: datetime | None
    expires_at: datetime

    @property
    def is_ready(self) -> bool:
        """Whether its holder can get in now."""
        is_over = self.ready_at is not None and self.ready_at <= clock.now()
        return is_over and self.agreed >= self.needed


def new_ticket(database: Database, pepper: Pepper) -> HelpTicket:
    """A ticket whose secret only the caller has. Raises TooManyTickets."""
    now = clock.epoch()
    for _ in range(_TRIES):
        ticket = HelpTicket.generate()
        try:
            with database.write() as connection:
                connection.execute(
                    delete(_tickets).where(_tickets.c.expires_at < now - _TOLD_SECONDS)
                )
                connection.execute(
                    insert(_tickets).values(
                        ticket_lookup=ticket.lookup,
                        number_lookup=pepper.help_number_lookup(ticket.number),
                        public_key=ticket.public_key,
                        expires_at=now + VALID_SECONDS,
                    )
                )
        except IntegrityError:
            continue
        return ticket
    raise TooManyTickets


def ticket_state(database: Database, ticket: HelpTicket) -> TicketState:
    """How far this ticket is. Raises TicketOver."""
    with database.read() as connection:
        row = open_ticket(connection, ticket)
        request = request_for(connection, ticket)
        if request is None:
            return TicketState(0, 0, None, _moment(row.expires_at))
        slot = helpers_slot_of(connection, database.erasure_keys, request.passport_id)
        if slot is None:
            raise TicketOver("stopped")
        agreed = connection.execute(
            select(func.count())
            .select_from(_pieces)
            .where(
                _pieces.c.passport_id == request.passport_id,
                _pieces.c.ticket_lookup == ticket.lookup,
            )
        ).scalar_one()
        needed = HelpersRule.of(slot).needed
    return TicketState(agreed, needed, _moment(request.ready_at), _moment(row.expires_at))


def open_ticket(connection: Connection, ticket: HelpTicket) -> Row[Any]:
    """The row of a ticket that still works. Raises TicketOver."""
    mine = _tickets.c.ticket_lookup == ticket.lookup
    row = connection.execute(select(_tickets).where(mine)).first()
    if row is None:
        raise TicketOver("unknown")
    if row.ended:
        raise TicketOver(row.ended)
    if row.expires_at <= clock.epoch():
        raise TicketOver("expired")
    return row


def request_for(connection: Connection, ticket: HelpTicket) -> Row[Any] | None:
    """What helpers have begun for this ticket; None if nobody has typed its number."""
    mine = _requests.c.ticket_lookup == ticket.lookup
    query = select(_requests).where(mine, _requests.c.stopped_at.is_(None))
    return connection.execute(query).first()


def ticket_with_number(connection: Connection, number_lookup: bytes) -> Row[Any] | None:
    """The ticket that this number belongs to, if it still works."""
    query = select(_tickets).where(
        _tickets.c.number_lookup == number_lookup,
        _tickets.c.ended.is_(None),
        _tickets.c.expires_at > clock.epoch(),
    )
    return connection.execute(query).first()


def keep_until(connection: Connection, ticket: Row[Any], ready_at: int) -> None:
    """Let the ticket live a week longer than the wait, so that its holder has time to come."""
    until = max(ticket.expires_at, ready_at + VALID_SECONDS)
    mine = _tickets.c.ticket_lookup == ticket.ticket_lookup
    connection.execute(update(_tickets).where(mine).values(expires_at=until))


def mark_used(connection: Connection, ticket: HelpTicket) -> None:
    """Somebody got in with it: it works no more."""
    mine = _tickets.c.ticket_lookup == ticket.lookup
    connection.execute(update(_tickets).where(mine).values(ended="used"))


def _moment(epoch: int) -> datetime:
    return datetime.fromtimestamp(epoch, UTC)
