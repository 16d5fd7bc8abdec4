"""The name that an owner signs in with, which only her own key opens."""

from sqlalchemy import select

from passport.crypto import labels
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage.database import Database
from passport.storage.tables import sign_in_names


def sign_in_name(database: Database, passport: UnlockedPassport) -> str:
    """The name as the service knows it: in small letters, with single spaces."""
    passport.access.require_owner()
    query = select(sign_in_names.c.sealed_name).where(
        sign_in_names.c.passport_id == passport.passport_id
    )
    with database.read() as connection:
        sealed = connection.execute(query).scalar_one()
    return passport.open(labels.SIGN_IN_NAME, passport.passport_id, sealed).decode()
