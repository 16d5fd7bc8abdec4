"""Sign in with an owner card and its PIN, or prove with it who is signed in.

An unknown card, a wrong PIN and a locked card get one answer for one price. Wrong PINs are counted
over the card's lifetime, under a lock on its row, so that tries at once get exactly the budget.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import NoResultFound

from passport.accounts import slots
from passport.accounts.card_decoy import decoy_slot, keep_nothing
from passport.accounts.errors import CardRefused, WrongPassphrase
from passport.accounts.owner_cards import tidy_pin
from passport.accounts.prove import keep_proof, session_to_prove
from passport.accounts.sessions import start_session
from passport.activity.record import record_by_service
from passport.crypto import key_slots
from passport.crypto.envelope import CannotOpen
from passport.crypto.key_slots import KeySlot
from passport.crypto.owner_card import CardSecret
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport
from passport.words_to_translate import N_

_cards, _slots = tables.owner_cards, tables.key_slots
# What an open passport is for: a new session, or proof for the one that there is.
GoIn = Callable[[Connection, UnlockedPassport], str]


@dataclass(frozen=True)
class _Found:
    slot: KeySlot
    lookup: bytes = field(repr=False)
    is_real: bool = True


def sign_in_with_card(
    database: Database,
    cost: Argon2Parameters,
    code: str,
    pin: str,
    device: str = "",
) -> str:
    """Open a passport. Returns the session cookie's value; `device` is what its browser says it is.

    Raises MistypedCode or CardRefused. Nobody is told whether a card is real, locked or cancelled,
    or how many tries it has: its owner sees that among her ways in.
    """
    card = CardSecret.from_code(code)
    found = _find(database, cost, card)
    return _open(
        database,
        found,
        card,
        pin,
        lambda c, passport: start_session(c, passport, device, N_("an owner card")),
    )


def prove_with_card(
    database: Database, cost: Argon2Parameters, cookie: str | None, code: str, pin: str
) -> str:
    """Prove by a card of the session's own passport. Returns the new cookie's value.

    Raises MistypedCode or CardRefused. A card of another passport is as unknown as one that never
    was, and loses no try.
    """
    card = CardSecret.from_code(code)
    found, session = _find(database, cost, card), session_to_prove(database, cookie)
    if session is None or found.slot.passport_id != session.passport_id:
        found = _Found(decoy_slot(cost), card.lookup, is_real=False)

    def keep(connection: Connection, passport: UnlockedPassport) -> str:
        try:
            return keep_proof(connection, cookie, passport.passport_id, passport.key)
        except WrongPassphrase:
            raise CardRefused from None

    return _open(database, found, card, pin, keep)


def _open(database: Database, found: _Found, card: CardSecret, pin: str, go_in: GoIn) -> str:
    wrapping_key = key_slots.card_wrapping_key(found.slot, card, tidy_pin(pin))
    # A refusal is returned, not raised, until the transaction has kept that a try was spent.
    with database.write() as connection:
        outcome = _try(connection, found, wrapping_key, go_in)
    if isinstance(outcome, str):
        return outcome
    raise outcome


def _find(database: Database, cost: Argon2Parameters, card: CardSecret) -> _Found:
    lookup = card.lookup
    with database.read() as connection:
        row = connection.execute(
            select(_slots)
            .join(
                _cards,
                (_cards.c.passport_id == _slots.c.passport_id)
                & (_cards.c.slot_id == _slots.c.slot_id),
            )
            .where(_cards.c.card_lookup == lookup)
        ).first()
    if row is None:
        return _Found(decoy_slot(cost), lookup, is_real=False)
    erasure_key = database.erasure_keys.find(row.passport_id)
    slot = KeySlot(
        row.passport_id, row.slot_id, "owner-card", row.parameters, row.wrapped_key, erasure_key
    )
    return _Found(slot, lookup)


def _try(
    connection: Connection,
    found: _Found,
    wrapping_key: bytes,
    go_in: GoIn,
) -> str | CardRefused:
    left = _attempts_left(connection, found)
    if not left:
        keep_nothing(connection)
        return CardRefused()
    slot = found.slot
    try:
        key = key_slots.open_card(slot, wrapping_key)
    except CannotOpen:
        _spend_one(connection, found, left)
        return CardRefused()
    slots.mark_used(connection, slot)
    return go_in(connection, UnlockedPassport(slot.passport_id, key))


def _attempts_left(connection: Connection, found: _Found) -> int:
    """How many tries the card has, held until the transaction ends; 0 if there is no such card."""
    # The passport first, as everybody who changes its ways in does; then the card's row.
    with suppress(NoResultFound):
        lock_passport(connection, found.slot.passport_id)
    mine = _cards.c.card_lookup == found.lookup
    query = select(_cards.c.attempts_left).where(mine).with_for_update()
    # A card made since it was looked for is still unknown here: the decoy was stretched for it.
    return (connection.execute(query).scalar_one_or_none() or 0) if found.is_real else 0


def _spend_one(connection: Connection, found: _Found, left: int) -> None:
    mine = _cards.c.card_lookup == found.lookup
    connection.execute(update(_cards).where(mine).values(attempts_left=left - 1))
    act = "card-wrong-pin" if left > 1 else "card-locked"
    record_by_service(connection, found.slot.passport_id, act)
