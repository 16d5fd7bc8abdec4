"""A new passphrase, or a new recovery code, for somebody who is signed in."""

from passport.accounts import slots
from passport.accounts.errors import LastWayIn, WaysInChanged
from passport.accounts.name_and_passphrase import new_passphrase_slot
from passport.accounts.sessions import end_other_sessions
from passport.accounts.ways_in import ways_in
from passport.activity.record import record
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.pepper import Pepper
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport


def change_passphrase(
    database: Database,
    pepper: Pepper,
    cost: Argon2Parameters,
    passport: UnlockedPassport,
    passphrase: str,
    instead_of: str,
    cookie: str | None,
) -> None:
    """Set a new passphrase and sign out every browser but the one with this `cookie`.

    `instead_of` is the slot id of the passphrase that was there when its owner was asked, or
    empty if there was none. Raises WeakPassphrase, or WaysInChanged if it is another by now.
    """
    slot = new_passphrase_slot(database, pepper, cost, passport, passphrase)
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        found = [w.slot_id for w in ways_in(connection, passport) if w.kind == "passphrase"]
        if found != ([instead_of] if instead_of else []):
            raise WaysInChanged
        slots.store_slot(connection, slot)
        end_other_sessions(connection, passport.passport_id, cookie)
        record(connection, passport, "passphrase-changed" if found else "passphrase-added")


def renew_recovery_code(
    database: Database, passport: UnlockedPassport, instead_of: str, cookie: str | None
) -> None:
    """Make a new recovery code, to be read until it is confirmed; the old one ends at once.

    Raises WaysInChanged if the code `instead_of` (a slot id, or empty) is another by now, and
    LastWayIn if nothing else would open the passport until the new one is on paper.
    """
    passport.access.require_owner()
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        codes = [way for way in ways_in(connection, passport) if way.kind == "recovery-code"]
        if [way.slot_id for way in codes] != ([instead_of] if instead_of else []):
            raise WaysInChanged
        if any(way.is_last for way in codes):
            raise LastWayIn
        slots.store_new_recovery_code(connection, passport)
        end_other_sessions(connection, passport.passport_id, cookie)
        record(connection, passport, "recovery-code-made")
