"""Today I can't: a line at the very top of a share, which asks to read rather than to ask.

It ends by itself when the day does: the document says until when, and its readers' page looks.
The next refresh leaves it out.
"""

from dataclasses import replace

from passport import clock
from passport.activity.record import record
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.change_share import changing
from passport.sharing.share import UK, Share, end_of_day
from passport.sharing.share_files import write_files
from passport.sharing.share_rows import update_record
from passport.storage.database import Database
from passport.story.sections import read_story


def set_low_day(database: Database, passport: UnlockedPassport, share_id: str) -> Share:
    """Mark today, until midnight in the UK, as a low day on this share.

    Raises UnknownShare, ShareChanged if it is stopped. Marking it twice is the same as once.
    """
    return _mark(database, passport, share_id, end_of_today())


def clear_low_day(database: Database, passport: UnlockedPassport, share_id: str) -> Share:
    """Take the line off again before the day ends. Raises UnknownShare, ShareChanged."""
    return _mark(database, passport, share_id, None)


def end_of_today() -> int:
    """When today ends in the UK, in epoch seconds."""
    return end_of_day(clock.now().astimezone(UK).date())


def _mark(
    database: Database, passport: UnlockedPassport, share_id: str, until: int | None
) -> Share:
    with changing(database, passport, share_id) as (connection, share):
        if share.record.low_day_until == until:
            return share
        marked = replace(share, record=replace(share.record, low_day_until=until))
        update_record(connection, passport, share, marked.record)
        write_files(connection, passport, marked, read_story(connection, passport))
        act = "share-low-day-ended" if until is None else "share-low-day"
        record(connection, passport, act, recipient=share.terms.recipient)
    return marked
