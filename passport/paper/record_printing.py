"""Adds what was made to print to the record of a passport; what was in it is kept nowhere."""

from passport.activity.record import record
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage.database import Database


def record_printing(
    database: Database, passport: UnlockedPassport, parts: int, recipient: str
) -> None:
    """Somebody made a sheet of so many parts, with the QR code for `recipient` unless empty."""
    passport.access.require("read")
    with database.write() as connection:
        if recipient:
            record(connection, passport, "paper-made-with-code", recipient=recipient)
        else:
            record(connection, passport, "paper-made", parts=str(parts))
