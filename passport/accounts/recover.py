"""Back in with the recovery code: a new passphrase, a new code, every other session ended."""

from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy.exc import NoResultFound

from passport.accounts import slots
from passport.accounts.errors import WrongCode
from passport.accounts.name_and_passphrase import new_passphrase_slot
from passport.accounts.sessions import end_all_sessions, start_session
from passport.accounts.sign_in import tolerant_name
from passport.activity.record import record
from passport.crypto.envelope import CannotOpen
from passport.crypto.key_slots import open_with_passphrase, open_with_recovery_secret
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.pepper import Pepper
from passport.crypto.recovery_code import decode, lookup_of, used_lookup_of
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport
from passport.words_to_translate import N_

_slots, _names = tables.key_slots, tables.sign_in_names


def recover(
    database: Database,
    pepper: Pepper,
    cost: Argon2Parameters,
    code: str,
    new_passphrase: str,
    name: str = "",
    device: str = "",
) -> str:
    """Set a new passphrase with the recovery code. Returns the session cookie's value.

    `name` helps to find codes of the time before codes were found without one. Raises
    MistypedCode (names the wrong groups), WeakPassphrase or WrongCode. The next recovery code
    waits at `slots.unconfirmed_recovery_code`; this one no longer works.
    """
    secret = decode(code)
    name_lookup = pepper.name_lookup(tolerant_name(name))
    with database.read() as connection:
        passport = _unlock(connection, database, secret, name_lookup)
    slot = new_passphrase_slot(database, pepper, cost, passport, new_passphrase)
    with database.write() as connection:
        try:
            lock_passport(connection, passport.passport_id)
        except NoResultFound:
            # It has just been erased.
            raise WrongCode from None
        # The code is tried again under the lock: of two at once, only the first counts.
        _unlock(connection, database, secret, name_lookup)
        slots.store_slot(connection, slot, secret_lookup=used_lookup_of(secret))
        slots.store_new_recovery_code(connection, passport)
        end_all_sessions(connection, passport.passport_id)
        record(connection, passport, "recovery-code-used")
        return start_session(connection, passport, device, N_("the recovery code"))


def recover_again(database: Database, code: str, passphrase: str, device: str = "") -> str:
    """Sign in whoever has just set this passphrase with this code: she has pressed twice.

    Returns the session cookie's value. Raises WrongCode.
    """
    lookup = used_lookup_of(decode(code))
    with database.read() as connection:
        found = slots.read_slots(
            connection, database.erasure_keys, _slots.c.secret_lookup == lookup
        )
    for slot in found:
        try:
            passport = UnlockedPassport(slot.passport_id, open_with_passphrase(slot, passphrase))
        except CannotOpen:
            continue
        with database.write() as connection:
            if slots.is_stored(connection, slot):
                return start_session(connection, passport, device, N_("the recovery code"))
    raise WrongCode


def _unlock(
    connection: Connection, database: Database, secret: bytes, name_lookup: bytes
) -> UnlockedPassport:
    for which in (_slots.c.secret_lookup == lookup_of(secret), _of_before(name_lookup)):
        mine = (which, _slots.c.kind == "recovery-code")
        for slot in slots.read_slots(connection, database.erasure_keys, *mine):
            try:
                return UnlockedPassport(slot.passport_id, open_with_recovery_secret(slot, secret))
            except CannotOpen:
                continue
    raise WrongCode


def _of_before(name_lookup: bytes) -> ColumnElement[bool]:
    """Codes under a name that are found in no other way."""
    hers = select(_names.c.passport_id).where(_names.c.name_lookup == name_lookup)
    return _slots.c.secret_lookup.is_(None) & _slots.c.passport_id.in_(hers)
