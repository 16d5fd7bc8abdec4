"""Save a section and bring every share that includes it up to date, in one transaction."""

from sqlalchemy import Connection

from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.share_files import lock_shares, write_files
from passport.sharing.share_rows import all_shares
from passport.storage.database import Database
from passport.story import sections
from passport.story.catalogue import IDENTITY
from passport.story.section import Section, SectionDraft


def save_section(
    database: Database, passport: UnlockedPassport, draft: SectionDraft, based_on: int
) -> Section:
    """Save what the resident wrote; her shares say the same from that moment, or nothing changed.

    Raises what `story.sections.save_section` raises.
    """
    with database.write() as connection:
        saved = sections.save_section(connection, passport, draft, based_on)
        refresh_shares(connection, passport, saved.key)
    return saved


def restore_section(
    database: Database, passport: UnlockedPassport, old: Section, based_on: int, *, sensitive: bool
) -> Section:
    """Save an old version's words again, in the name of whoever wrote them then.

    Raises what `story.sections.save_section` raises.
    """
    passport.access.require("read", old.key)
    draft = SectionDraft(old.key, old.content, old.title, sensitive, old.language)
    with database.write() as connection:
        saved = sections.save_section(connection, passport, draft, based_on, again=old)
        refresh_shares(connection, passport, saved.key)
    return saved


def refresh_shares(connection: Connection, passport: UnlockedPassport, key: str) -> None:
    """Encrypt anew the files of each share that includes the section with this key."""
    shares = [s for s in all_shares(connection, passport) if s.record.secrets]
    touched = [
        share
        for share in shares
        if key in share.terms.sections or (key == IDENTITY.key and share.terms.identity)
    ]
    if not touched:
        return
    lock_shares(connection, passport.passport_id)
    story = sections.read_story(connection, passport)
    for share in touched:
        write_files(connection, passport, share, story)
