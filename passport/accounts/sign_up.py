"""Make a passport: a key, two ways in, an inbox, and a first session."""

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from passport import clock
from passport.accounts import slots
from passport.accounts.errors import NameTaken
from passport.accounts.rules import check_passphrase, normalized_name
from passport.accounts.sessions import start_session
from passport.crypto import hybrid_box, labels
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.passport_key import PassportKey
from passport.crypto.pepper import Pepper
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.identifiers import new_id


def sign_up(
    database: Database, pepper: Pepper, cost: Argon2Parameters, name: str, passphrase: str
) -> str:
    """Make a passport and sign in. Returns the session cookie's value.

    Raises NameNotUsable, WeakPassphrase or NameTaken. The recovery code waits at
    `slots.unconfirmed_recovery_code`.
    """
    sign_in_name = normalized_name(name)
    check_passphrase(passphrase, sign_in_name)
    passport_id = new_id()
    erasure_key = database.erasure_keys.make(passport_id)
    passport = UnlockedPassport(passport_id, PassportKey.generate(erasure_key))
    slot = slots.passphrase_slot(passport, passphrase, cost)
    try:
        with database.write() as connection:
            connection.execute(insert(tables.passports).values(_passport_row(passport)))
            connection.execute(
                insert(tables.sign_in_names).values(
                    name_lookup=pepper.name_lookup(sign_in_name),
                    passport_id=passport.passport_id,
                    sealed_name=passport.seal(
                        labels.SIGN_IN_NAME, passport.passport_id, sign_in_name.encode()
                    ),
                )
            )
            slots.store_slot(connection, slot)
            slots.store_new_recovery_code(connection, passport)
            return start_session(connection, passport)
    except IntegrityError:
        raise NameTaken from None


def _passport_row(passport: UnlockedPassport) -> dict[str, object]:
    private_key, public_key = hybrid_box.generate_key_pair()
    return {
        "passport_id": passport.passport_id,
        "inbox_public_key": public_key,
        "inbox_private_key": passport.seal(
            labels.INBOX_PRIVATE_KEY, passport.passport_id, private_key
        ),
        "created_at": clock.epoch(),
    }
