"""A passport's inbox keys: anybody may seal to the public one, only its owner has the private."""

from sqlalchemy import Connection, select

from passport.crypto import labels
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage.tables import passports


def inbox_public_key(connection: Connection, passport_id: str) -> bytes:
    """What others seal to (1,216 bytes)."""
    mine = passports.c.passport_id == passport_id
    return bytes(connection.execute(select(passports.c.inbox_public_key).where(mine)).scalar_one())


def inbox_private_key(connection: Connection, passport: UnlockedPassport) -> bytes:
    """What opens the inbox (96 bytes). Raises CannotOpen."""
    mine = passports.c.passport_id == passport.passport_id
    sealed = connection.execute(select(passports.c.inbox_private_key).where(mine)).scalar_one()
    return passport.open(labels.INBOX_PRIVATE_KEY, passport.passport_id, sealed)
