"""Owner cards: a printed code and a PIN open the passport, on any telephone.

Its code waits here, sealed, until she says that the card is printed.
"""

from sqlalchemy import insert, select, update
from zxcvbn import zxcvbn

from passport.accounts import slots, ways_in
from passport.accounts.errors import WaysInChanged, WeakPin
from passport.activity.record import record
from passport.crypto import key_slots, labels
from passport.crypto.owner_card import CardSecret
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.identifiers import is_id, new_id
from passport.storage.passport_lock import lock_passport
from passport.words_to_translate import N_

ATTEMPTS = 10
SHORTEST_PIN, LONGEST_PIN = 4, 8
# Of 10,000 PINs with four digits this refuses what people choose first: 1234, 1111, 1941, 2580.
_FEWEST_GUESSES = 5000

_cards, _slots = tables.owner_cards, tables.key_slots


def check_pin(pin: str) -> str:
    """The PIN's digits. Raises WeakPin unless it is 4 to 8 digits that are not tried first."""
    digits = tidy_pin(pin)
    if not (digits.isascii() and digits.isdigit()):
        raise WeakPin(N_("Use only digits, such as 0 to 9."))
    if not SHORTEST_PIN <= len(digits) <= LONGEST_PIN:
        raise WeakPin(
            N_("Use %(shortest)s to %(longest)s digits."),
            shortest=SHORTEST_PIN,
            longest=LONGEST_PIN,
        )
    if zxcvbn(digits)["guesses"] < _FEWEST_GUESSES:
        raise WeakPin(
            N_(
                "Many people choose that PIN, so it would be tried first. Choose other digits: "
                "not a year, and no digits in a row."
            )
        )
    return digits


def tidy_pin(typed: str) -> str:
    """A PIN as people type it, with spaces or hyphens, as digits alone."""
    return "".join(typed.replace("-", " ").split())[: LONGEST_PIN * 2]


def make_card(
    database: Database, cost: Argon2Parameters, passport: UnlockedPassport, pin: str, name: str
) -> str:
    """A new card. Returns its slot's id; the code waits at `card_code` until it is printed.

    Raises WeakPin or TooManyWaysIn.
    """
    passport.access.require_owner()
    pin, card, slot_id = check_pin(pin), CardSecret.generate(), new_id()
    slot = key_slots.card_slot(
        passport.key, card, pin, cost, passport_id=passport.passport_id, slot_id=slot_id
    )
    name = ways_in.tidy_name(name)
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        ways_in.check_room_for(ways_in.ways_in(connection, passport), "owner-card")
        slots.store_slot(
            connection,
            slot,
            passport.seal(labels.CARD_CODE_COPY, slot_id, card.to_code().encode()),
            sealed_name=slots.sealed_name(passport, slot_id, name),
        )
        connection.execute(
            insert(_cards).values(
                card_lookup=card.lookup,
                passport_id=passport.passport_id,
                slot_id=slot_id,
                attempts_left=ATTEMPTS,
            )
        )
        record(connection, passport, "card-added", name=name or "Card")
    return slot_id


def card_code(database: Database, passport: UnlockedPassport, slot_id: str) -> str | None:
    """A card's code until its owner has said that it is printed; else None."""
    passport.access.require_owner()
    if not is_id(slot_id):
        return None
    with database.read() as connection:
        sealed = connection.execute(
            select(_slots.c.unconfirmed_code).where(*_card(passport, slot_id))
        ).scalar_one_or_none()
    return passport.open(labels.CARD_CODE_COPY, slot_id, sealed).decode() if sealed else None


def confirm_card(database: Database, passport: UnlockedPassport, slot_id: str) -> None:
    """Its owner has the card: from now on nobody can read its code here.

    Raises WaysInChanged if it was cancelled meanwhile.
    """
    passport.access.require_owner()
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        changed = connection.execute(
            update(_slots).where(*_card(passport, slot_id)).values(unconfirmed_code=None)
        )
        if not changed.rowcount:
            raise WaysInChanged


def _card(passport: UnlockedPassport, slot_id: str):  # type: ignore[no-untyped-def]
    return (
        _slots.c.passport_id == passport.passport_id,
        _slots.c.slot_id == slot_id,
        _slots.c.kind == "owner-card",
    )
