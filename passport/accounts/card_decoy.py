"""What is worked on when a card is unknown or locked, so that it costs what a wrong PIN costs."""

import secrets
from functools import cache

from sqlalchemy import Connection, delete, insert

from passport import clock
from passport.activity.chain import FIRST_CHAIN
from passport.activity.sealed_entry import EntryText, seal_of_service
from passport.crypto import hybrid_box, key_slots
from passport.crypto.key_slots import KeySlot
from passport.crypto.owner_card import CardSecret
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.passport_key import PassportKey
from passport.storage import tables

_NOBODY = "0" * 32
_challenges = tables.passkey_challenges


@cache
def decoy_slot(cost: Argon2Parameters) -> KeySlot:
    """A slot whose card nobody has: stretching a PIN for it costs what it does for a real one."""
    card, key = CardSecret.generate(), PassportKey.generate()
    return key_slots.card_slot(key, card, "0000", cost, passport_id=_NOBODY, slot_id=_NOBODY)


def keep_nothing(connection: Connection) -> None:
    """Seal and write as if a wrong PIN were being recorded, and leave nothing behind.

    A row that comes and goes makes the database wait for its disk, as the record of a wrong PIN
    does. A challenge that nobody was given belongs to no passport, so it can be that row.
    """
    text = EntryText("card-wrong-pin", clock.epoch(), FIRST_CHAIN.hex())
    seal_of_service(_decoy_inbox(), _NOBODY, 1, text)
    number = secrets.token_bytes(32)
    connection.execute(insert(_challenges).values(challenge_lookup=number, expires_at=0))
    connection.execute(delete(_challenges).where(_challenges.c.challenge_lookup == number))


@cache
def _decoy_inbox() -> bytes:
    return hybrid_box.generate_key_pair()[1]
