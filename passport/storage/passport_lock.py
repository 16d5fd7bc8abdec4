"""One writer at a time for each passport, and for each sign-in name."""

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import NoResultFound

from passport.errors import PassportError
from passport.storage.tables import passports
from passport.words_to_translate import N_


class PassportGone(PassportError, NoResultFound):
    """The passport was erased meanwhile."""

    def __init__(self) -> None:
        super().__init__(N_("This passport has been erased. Nothing more can be done with it."))


def lock_passport(connection: Connection, passport_id: str) -> None:
    """Hold this passport's row until the transaction ends. Raises PassportGone.

    Saving, sharing, refreshing and revoking take it first, so that a share made while a section
    is being saved can't miss the new words. (SQLite's BEGIN IMMEDIATE does the same for all.)
    """
    row = passports.c.passport_id
    # NO KEY UPDATE: a reader's receipt, which refers to this row, need not wait for us.
    query = select(row).where(row == passport_id).with_for_update(key_share=True)
    if connection.execute(query).first() is None:
        raise PassportGone


def lock_name(connection: Connection, name_lookup: bytes) -> None:
    """Hold a sign-in name until the transaction ends, whether or not anybody has it.

    (SQLite's BEGIN IMMEDIATE does the same for all names.)
    """
    if connection.dialect.name == "postgresql":
        number = int.from_bytes(name_lookup[:8], "big", signed=True)
        connection.execute(select(func.pg_advisory_xact_lock(number)))
