"""Save a section and bring every share that includes it up to date, in one transaction."""

from dataclasses import replace

from sqlalchemy import Connection

from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.share import Share
from passport.sharing.share_files import lock_shares, write_files
from passport.sharing.share_rows import all_shares
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport
from passport.story import sections
from passport.story.catalogue import IDENTITY
from passport.story.errors import SavedElsewhere, UnknownSection
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
    draft = replace(old.as_draft, sensitive=sensitive)
    with database.write() as connection:
        saved = sections.save_section(connection, passport, draft, based_on, again=old)
        refresh_shares(connection, passport, saved.key)
    return saved


def save_answer(
    database: Database,
    passport: UnlockedPassport,
    draft: SectionDraft,
    part_key: str,
    based_on: int,
) -> Section:
    """Save the answer to one question of a section; every other answer stays as it is.

    Raises what `story.sections.save_section` raises; SavedElsewhere only if this very answer was
    changed since version `based_on`.
    """
    passport.access.require("write", draft.key)
    passport.access.require("read", draft.key)
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        current = sections.find_section(connection, passport, draft.key)
        if current is not None:
            _refuse_changed(connection, passport, current, part_key, based_on)
            draft = with_answer(current, draft, part_key)
        version = 0 if current is None else current.version
        saved = sections.save_section(connection, passport, draft, version)
        refresh_shares(connection, passport, saved.key)
    return saved


def _refuse_changed(
    connection: Connection,
    passport: UnlockedPassport,
    current: Section,
    part_key: str,
    based_on: int,
) -> None:
    if current.version == based_on:
        return
    seen = sections.find_section(connection, passport, current.key, based_on) if based_on else None
    before = seen.content.get(part_key) if seen else None
    if (current.content.get(part_key) or None) != (before or None):
        raise SavedElsewhere(current)


def save_other_language(
    database: Database,
    passport: UnlockedPassport,
    draft: SectionDraft,
    based_on: int,
) -> Section:
    """Save what `draft` says in its other language; the first language stays as it is.

    Raises what `story.sections.save_section` raises; UnknownSection if nothing is there yet.
    """
    passport.access.require("write", draft.key)
    passport.access.require("read", draft.key)
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        current = sections.find_section(connection, passport, draft.key)
        if current is None:
            raise UnknownSection
        both = with_other_language(current, draft)
        saved = sections.save_section(connection, passport, both, based_on)
        refresh_shares(connection, passport, saved.key)
    return saved


def with_answer(section: Section, typed: SectionDraft, part_key: str) -> SectionDraft:
    """The section as it would be with the answer that was typed to one question."""
    content = section.content | {part_key: typed.content.get(part_key)}
    return replace(section.as_draft, content=content, form=typed.form)


def with_other_language(section: Section, typed: SectionDraft) -> SectionDraft:
    """The section as it would be with what was typed in its other language."""
    return replace(
        section.as_draft,
        other_language=typed.other_language,
        other_content=typed.other_content,
        form=typed.form,
    )


def refresh_shares(connection: Connection, passport: UnlockedPassport, key: str) -> None:
    """Encrypt anew the files of each share that includes the section with this key."""
    shares = [s for s in all_shares(connection, passport) if s.record.secrets]
    touched = [
        share
        for share in shares
        if key in share.terms.sections or (key == IDENTITY.key and share.terms.identity)
    ]
    _write(connection, passport, touched)


def refresh_all_shares(connection: Connection, passport: UnlockedPassport) -> None:
    """Encrypt anew the files of every share that is not stopped."""
    _write(connection, passport, [s for s in all_shares(connection, passport) if s.record.secrets])


def _write(connection: Connection, passport: UnlockedPassport, shares: list[Share]) -> None:
    if not shares:
        return
    lock_shares(connection, passport.passport_id)
    story = sections.read_story(connection, passport)
    for share in shares:
        write_files(connection, passport, share, story)
