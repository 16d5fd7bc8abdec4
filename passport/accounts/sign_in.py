"""Sign in with name and passphrase. An unknown name costs the same as a wrong passphrase."""

from sqlalchemy.exc import NoResultFound

from passport.accounts import slots
from passport.accounts.errors import NameNotUsable, WrongNameOrPassphrase
from passport.accounts.name_and_passphrase import NameAndPassphrase
from passport.accounts.rules import LONGEST_PASSPHRASE, normalized_name
from passport.accounts.sessions import start_session
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.pepper import Pepper
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport


def sign_in(
    database: Database,
    pepper: Pepper,
    cost: Argon2Parameters,
    name: str,
    passphrase: str,
    device: str = "",
) -> str:
    """Open a passport. Returns the session cookie's value. Raises WrongNameOrPassphrase.

    A slot made at another cost than today's is made anew on the way. `device` is as in
    `start_session`.
    """
    passphrase = passphrase[: LONGEST_PASSPHRASE * 2]
    typed = NameAndPassphrase(pepper, cost, tolerant_name(name), passphrase)
    return sign_in_as(database, typed, device)


def sign_in_as(database: Database, typed: NameAndPassphrase, device: str) -> str:
    """Open the passport of this name that the passphrase opens. As `sign_in`."""
    with database.read() as connection:
        found = typed.find(connection, database)
    typed.stretch_for(found)
    opened = typed.opened(found)
    if opened is None:
        raise WrongNameOrPassphrase
    slot, passport = opened
    renewed = None if typed.is_of_today(slot) else typed.new_slot(passport)
    with database.write() as connection:
        try:
            lock_passport(connection, passport.passport_id)
        except NoResultFound:
            # It has just been erased.
            raise WrongNameOrPassphrase from None
        # A recovery meanwhile has ended this passphrase, and every session that began with it.
        if not slots.is_stored(connection, slot):
            raise WrongNameOrPassphrase
        if renewed:
            slots.renew_slot(connection, passport, slot, renewed)
        slots.mark_used(connection, renewed or slot)
        return start_session(connection, passport, device)


def tolerant_name(name: str) -> str:
    """The name as it is kept; empty, which nobody's is, for one that can't be kept."""
    try:
        return normalized_name(name)
    except NameNotUsable:
        return ""
