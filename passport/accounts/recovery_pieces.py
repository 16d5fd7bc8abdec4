"""Pieces of the secret that recovery helpers' key slot is under: made, given, and put together.

A piece is sealed to its helper's inbox, and when the helper agrees sealed again to the ticket of
whoever is locked out. Both places name the slot, so that pieces of an older slot open nothing.
"""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, update

from passport.accounts import slots
from passport.accounts.recovery_helper_rows import DEFAULT_WAIT_HOURS, helpers_of, is_row
from passport.accounts.stopping_recovery import stop_requests
from passport.crypto import hybrid_box, labels
from passport.crypto.helpers_slot import HelpersRule, helpers_slot
from passport.crypto.key_slots import KeySlot
from passport.crypto.place import Place
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.erasure_keys import ErasureKeys
from passport.storage.identifiers import new_id
from passport.storage.inbox_keys import inbox_private_key

_slots, _helpers = tables.key_slots, tables.recovery_helpers


@dataclass(frozen=True)
class GivenPiece:
    """A piece as the ticket's holder finds it, and when its helper agreed (epoch seconds)."""

    piece: str
    agreed_at: int


def make_pieces(connection: Connection, passport: UnlockedPassport) -> HelpersRule | None:
    """A new slot under a new secret, with a piece for each confirmed helper; None for no helper.

    Whatever was begun with the old pieces is stopped. Call under the passport's lock.
    """
    stop_requests(connection, passport.passport_id)
    _delete_all(connection, passport.passport_id)
    confirmed = [h for h in helpers_of(connection, passport) if h.state == "confirmed"]
    if not confirmed:
        return None
    wait = max((h.record.wait_hours for h in confirmed), default=DEFAULT_WAIT_HOURS)
    slot, pieces = helpers_slot(
        passport.key, len(confirmed), wait, passport_id=passport.passport_id, slot_id=new_id()
    )
    slots.store_slot(connection, slot)
    for helper, piece in zip(confirmed, pieces, strict=True):
        place = _helpers_place(slot, helper.helper_id)
        boxed = hybrid_box.seal_to(helper.public_key, piece.encode(), place)
        connection.execute(
            update(_helpers)
            .where(*is_row(passport.passport_id, helper.helper_id))
            .values(boxed_piece=boxed)
        )
    return HelpersRule.of(slot)


def helpers_slot_of(
    connection: Connection, erasure_keys: ErasureKeys, passport_id: str
) -> KeySlot | None:
    """The slot that this passport's helpers open together; None if there is none."""
    row = connection.execute(
        select(_slots).where(
            _slots.c.passport_id == passport_id, _slots.c.kind == "recovery-helpers"
        )
    ).first()
    if row is None:
        return None
    erasure_key = erasure_keys.find(passport_id)
    return KeySlot(
        passport_id, row.slot_id, "recovery-helpers", row.parameters, row.wrapped_key, erasure_key
    )


def give_piece(
    connection: Connection,
    helper: UnlockedPassport,
    slot: KeySlot,
    helper_id: str,
    boxed: bytes,
    *,
    ticket_lookup: bytes,
    ticket_key: bytes,
    agreed_at: int,
) -> bytes:
    """A helper's piece, out of their inbox's box and into one for a ticket. Raises CannotOpen."""
    private_key = inbox_private_key(connection, helper)
    piece = hybrid_box.open_box(private_key, boxed, _helpers_place(slot, helper_id)).decode()
    text = json.dumps({"piece": piece, "agreed_at": agreed_at}).encode()
    return hybrid_box.seal_to(ticket_key, text, _tickets_place(slot, helper_id, ticket_lookup))


def open_given(
    private_key: bytes, slot: KeySlot, helper_id: str, ticket_lookup: bytes, boxed: bytes
) -> GivenPiece:
    """A piece that was given to a ticket. Raises CannotOpen."""
    place = _tickets_place(slot, helper_id, ticket_lookup)
    return GivenPiece(**json.loads(hybrid_box.open_box(private_key, boxed, place)))


def _helpers_place(slot: KeySlot, helper_id: str) -> Place:
    return Place(labels.HELPERS_PIECE, slot.passport_id, helper_id, detail=slot.slot_id)


def _tickets_place(slot: KeySlot, helper_id: str, ticket_lookup: bytes) -> Place:
    detail = f"{slot.slot_id} {ticket_lookup.hex()}"
    return Place(labels.TICKETS_PIECE, slot.passport_id, helper_id, detail=detail)


def _delete_all(connection: Connection, passport_id: str) -> None:
    connection.execute(
        delete(_slots).where(
            _slots.c.passport_id == passport_id, _slots.c.kind == "recovery-helpers"
        )
    )
    mine = _helpers.c.passport_id == passport_id
    connection.execute(update(_helpers).where(mine).values(boxed_piece=None))
