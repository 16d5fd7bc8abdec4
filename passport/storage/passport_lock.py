"""One writer at a time for each passport, and for each sign-in name."""

from sqlalchemy import Connection, func, select

from passport.storage.tables import passports


def lock_passport(connection: Connection, passport_id: str) -> None:
    """Hold this passport's row until the transaction ends.

    Saving, sharing, refreshing and revoking take it first, so that a share made while a section
    is being saved can't miss the new words. (SQLite's BEGIN IMMEDIATE does the same for all.)
    """
    row = passports.c.passport_id
    # NO KEY UPDATE: a reader's receipt, which refers to this row, need not wait for us.
    query = select(row).where(row == passport_id).with_for_update(key_share=True)
    connection.execute(query).one()


def lock_name(connection: Connection, name_lookup: bytes) -> None:
    """Hold a sign-in name until the transaction ends, whether or not anybody has it.

    (SQLite's BEGIN IMMEDIATE does the same for all names.)
    """
    if connection.dialect.name == "postgresql":
        number = int.from_bytes(name_lookup[:8], "big", signed=True)
        connection.execute(select(func.pg_advisory_xact_lock(number)))
