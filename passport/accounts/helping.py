"""Beginning and ending to act in the passport of somebody supported, for one session."""

from passport.accounts.errors import HelpingOver
from passport.accounts.sessions import help_in
from passport.accounts.supporters import find_helped, open_helped
from passport.activity.record import record
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport


def begin(database: Database, own: UnlockedPassport, cookie: str | None, supporter_id: str) -> None:
    """From the next request on, this session acts in the other's passport.

    Raises UnknownSupporter or HelpingOver.
    """
    found = find_helped(database, own, supporter_id)
    if found.terms is None:
        raise HelpingOver
    helped = open_helped(database, own, found.passport_id)
    with database.write() as connection:
        lock_passport(connection, helped.passport_id)
        record(connection, helped, "supporter-began", name=helped.access.name)
    help_in(database, cookie, helped.passport_id)


def stop(database: Database, cookie: str | None) -> None:
    """From the next request on, this session acts in its own passport."""
    help_in(database, cookie, None)
