"""Make a passport: a key, two ways in, an inbox, and a first session.

Several people may use one sign-in name, so that signing up tells nobody whether a name is known.
"""

from sqlalchemy import Connection, func, insert, select

from passport import clock
from passport.accounts import slots
from passport.accounts.errors import NameNotUsable
from passport.accounts.name_and_passphrase import NameAndPassphrase
from passport.accounts.rules import check_passphrase, normalized_name
from passport.accounts.sessions import start_session
from passport.accounts.sign_in import sign_in_as
from passport.activity.record import record
from passport.crypto import hybrid_box, labels
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.passport_key import PassportKey
from passport.crypto.pepper import Pepper
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.identifiers import new_id
from passport.storage.passport_lock import lock_name
from passport.words_to_translate import N_

FEWEST_OF_A_NAME, _SPREAD = 100, 64
_NEW_SECONDS = 60 * 60
_MAKING_SECONDS = 60

_names = tables.sign_in_names


def sign_up(
    database: Database,
    pepper: Pepper,
    cost: Argon2Parameters,
    name: str,
    passphrase: str,
    device: str = "",
) -> str:
    """Make a passport and sign in. Returns the session cookie's value.

    Whoever has a passport under this name and passphrase is signed in to that one: she has
    pressed twice. Raises NameNotUsable or WeakPassphrase. A new passport's recovery code waits
    at `slots.unconfirmed_recovery_code`.
    """
    sign_in_name = normalized_name(name)
    check_passphrase(passphrase, sign_in_name)
    typed = NameAndPassphrase(pepper, cost, sign_in_name, passphrase)
    with database.read() as connection:
        typed.stretch_for(typed.find(connection, database))
    with database.write() as connection:
        lock_name(connection, typed.lookup)
        if typed.opened(typed.find(connection, database)) is None:
            _refuse_one_too_many(connection, typed.lookup)
            passport = _new_passport(connection, database)
            _keep_name(connection, passport, typed.lookup, sign_in_name)
            slots.store_slot(connection, typed.new_slot(passport))
            slots.store_new_recovery_code(connection, passport)
            record(connection, passport, "passport-made")
            return start_session(connection, passport, device)
    return sign_in_as(database, typed, device)


def is_new(database: Database, passport: UnlockedPassport) -> bool:
    """Whether this passport was made within the last hour, and has the ways in that it began with.

    Whoever has just got back in to hers is not to be told that she has none.
    """
    passports, ways = tables.passports, tables.key_slots
    query = (
        select(passports.c.created_at, func.max(ways.c.created_at))
        .join_from(passports, ways, passports.c.passport_id == ways.c.passport_id)
        .where(passports.c.passport_id == passport.passport_id)
        .group_by(passports.c.created_at)
    )
    with database.read() as connection:
        made_at, newest_at = connection.execute(query).one()
    return bool(clock.epoch() - made_at < _NEW_SECONDS and newest_at - made_at < _MAKING_SECONDS)


def most_of_a_name(name_lookup: bytes) -> int:
    """How many passports one name may have, so that nobody makes signing in to it slow.

    It differs from name to name: else whoever fills a name up could count who was there before.
    """
    return FEWEST_OF_A_NAME + name_lookup[-1] % _SPREAD


def _refuse_one_too_many(connection: Connection, name_lookup: bytes) -> None:
    query = select(func.count()).where(_names.c.name_lookup == name_lookup)
    if connection.execute(query).scalar_one() >= most_of_a_name(name_lookup):
        raise NameNotUsable(N_("This name can not be used. Choose another name."))


def _new_passport(connection: Connection, database: Database) -> UnlockedPassport:
    passport_id = new_id()
    # A half that a failed transaction leaves over belongs to nobody, and opens nothing.
    key = PassportKey.generate(database.erasure_keys.make(passport_id))
    passport = UnlockedPassport(passport_id, key)
    private_key, public_key = hybrid_box.generate_key_pair()
    sealed = passport.seal(labels.INBOX_PRIVATE_KEY, passport_id, private_key)
    connection.execute(
        insert(tables.passports).values(
            passport_id=passport_id,
            inbox_public_key=public_key,
            inbox_private_key=sealed,
            created_at=clock.epoch(),
        )
    )
    return passport


def _keep_name(
    connection: Connection, passport: UnlockedPassport, name_lookup: bytes, name: str
) -> None:
    sealed = passport.seal(labels.SIGN_IN_NAME, passport.passport_id, name.encode())
    connection.execute(
        insert(_names).values(
            name_lookup=name_lookup, passport_id=passport.passport_id, sealed_name=sealed
        )
    )
