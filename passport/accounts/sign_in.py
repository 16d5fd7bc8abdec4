"""Sign in with name and passphrase. An unknown name costs the same as a wrong passphrase."""

from functools import cache

from passport.accounts import slots
from passport.accounts.errors import NameNotUsable, WrongNameOrPassphrase
from passport.accounts.rules import LONGEST_PASSPHRASE, normalized_name
from passport.accounts.sessions import start_session
from passport.crypto.envelope import CannotOpen
from passport.crypto.key_slots import KeySlot, decoy_slot, open_with_passphrase
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.pepper import Pepper
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport

_decoy = cache(decoy_slot)


def sign_in(
    database: Database, pepper: Pepper, cost: Argon2Parameters, name: str, passphrase: str
) -> str:
    """Open a passport. Returns the session cookie's value. Raises WrongNameOrPassphrase.

    A slot made at another cost than today's is made anew on the way.
    """
    passphrase = passphrase[: LONGEST_PASSPHRASE * 2]
    slot, passport = _open(database, pepper, cost, name, passphrase)
    renewed = None
    if slot.parameters["argon2id"] != cost.as_dict():
        renewed = slots.passphrase_slot(passport, passphrase, cost)
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        # A recovery meanwhile has ended this passphrase, and every session that began with it.
        if not slots.is_stored(connection, slot):
            raise WrongNameOrPassphrase
        if renewed:
            slots.renew_slot(connection, passport, slot, renewed)
        slots.mark_used(connection, renewed or slot)
        return start_session(connection, passport)


def _open(
    database: Database, pepper: Pepper, cost: Argon2Parameters, name: str, passphrase: str
) -> tuple[KeySlot, UnlockedPassport]:
    with database.read() as connection:
        lookup = pepper.name_lookup(_tolerant(name))
        found = slots.find_slots(connection, database.erasure_keys, lookup, "passphrase")
    slot = found[0] if found else _decoy(cost)
    try:
        return slot, UnlockedPassport(slot.passport_id, open_with_passphrase(slot, passphrase))
    except CannotOpen:
        raise WrongNameOrPassphrase from None


def _tolerant(name: str) -> str:
    try:
        return normalized_name(name)
    except NameNotUsable:
        return ""
