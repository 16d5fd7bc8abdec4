"""Back in with the recovery code: a new passphrase, a new code, every other session ended."""

from sqlalchemy import Connection

from passport.accounts import slots
from passport.accounts.errors import NameNotUsable, WrongNameOrCode
from passport.accounts.rules import check_passphrase, normalized_name
from passport.accounts.sessions import end_all_sessions, start_session
from passport.crypto.envelope import CannotOpen
from passport.crypto.key_slots import KeySlot, open_with_recovery_secret
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.pepper import Pepper
from passport.crypto.recovery_code import decode
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport


def recover(
    database: Database,
    pepper: Pepper,
    cost: Argon2Parameters,
    name: str,
    code: str,
    new_passphrase: str,
) -> str:
    """Set a new passphrase with the recovery code. Returns the session cookie's value.

    Raises MistypedCode (names the wrong groups), WeakPassphrase or WrongNameOrCode. The next
    recovery code waits at `slots.unconfirmed_recovery_code`; this one no longer works.
    """
    secret = decode(code)
    try:
        sign_in_name = normalized_name(name)
    except NameNotUsable:
        raise WrongNameOrCode from None
    check_passphrase(new_passphrase, sign_in_name)
    lookup = pepper.name_lookup(sign_in_name)

    def _find(connection: Connection) -> list[KeySlot]:
        return slots.find_slots(connection, database.erasure_keys, lookup, "recovery-code")

    with database.read() as connection:
        passport = _unlock(_find(connection), secret)
    new_slot = slots.passphrase_slot(passport, new_passphrase, cost)
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        # The code is tried again under the lock: of two at once, only the first counts.
        _unlock(_find(connection), secret)
        slots.store_slot(connection, new_slot)
        slots.store_new_recovery_code(connection, passport)
        end_all_sessions(connection, passport.passport_id)
        return start_session(connection, passport)


def _unlock(found: list[KeySlot], secret: bytes) -> UnlockedPassport:
    for slot in found:
        try:
            return UnlockedPassport(slot.passport_id, open_with_recovery_secret(slot, secret))
        except CannotOpen:
            continue
    raise WrongNameOrCode
