"""What somebody typed into a section's form and has not saved yet, kept sealed.

A draft belongs to one section and to whoever typed it: the owner, or one supporter. It never
becomes part of the story by itself, and no share shows it.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from passport import clock
from passport.crypto import labels
from passport.crypto.envelope import CannotOpen
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport
from passport.story.catalogue import OWN_SECTION, section_type
from passport.story.errors import SectionTooLong, UnknownSection

KEPT_SECONDS = 30 * 24 * 60 * 60
MOST_BYTES = 200_000
_drafts = tables.drafts
Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Draft:
    """The form's fields (names and texts, in order) as they were last kept."""

    fields: Fields
    kept_at: datetime


def save_draft(
    database: Database, passport: UnlockedPassport, section_key: str, fields: Fields
) -> None:
    """Keep what stands in the form instead of what was kept before.

    Raises UnknownSection, SectionTooLong, or NotPermitted for a supporter who may not write there.
    """
    passport.access.require("write", section_key)
    text = json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()
    if len(text) > MOST_BYTES:
        raise SectionTooLong("This is too long to keep a copy of. Make it shorter.")
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        _sweep(connection, passport)
        _refuse_unknown(connection, passport, section_key)
        _write(connection, passport, _draft_id(passport, section_key), text)


def _refuse_unknown(connection: Connection, passport: UnlockedPassport, key: str) -> None:
    # Keys of her own sections are of any number, so that drafts of sections that are not there
    # could fill the database.
    if key == OWN_SECTION.key:
        return
    kind = section_type(key)
    if kind is None or (kind is OWN_SECTION and not _is_written(connection, passport, key)):
        raise UnknownSection


def _is_written(connection: Connection, passport: UnlockedPassport, key: str) -> bool:
    versions = tables.section_versions
    mine = (
        versions.c.passport_id == passport.passport_id,
        versions.c.section_id == passport.key.section_id(key),
    )
    return connection.execute(select(versions.c.version).where(*mine).limit(1)).first() is not None


def find_draft(database: Database, passport: UnlockedPassport, section_key: str) -> Draft | None:
    """What was kept of this section for whoever asks; None if nothing was, or it is damaged."""
    passport.access.require("write", section_key)
    draft_id, mine = _draft_id(passport, section_key), _is(passport, section_key)
    with database.read() as connection:
        row = connection.execute(select(_drafts).where(*mine)).first()
    if row is None or row.updated_at < clock.epoch() - KEPT_SECONDS:
        return None
    try:
        text = passport.open(labels.DRAFT, draft_id, row.sealed, row.version)
    except CannotOpen:
        # Nobody's story depends on it: better an empty form than none at all.
        return None
    fields = [(str(name), str(value)) for name, value in json.loads(text)]
    return Draft(fields, datetime.fromtimestamp(row.updated_at, UTC))


def throw_away(database: Database, passport: UnlockedPassport, section_key: str) -> None:
    """Forget what was kept of this section for whoever asks."""
    passport.access.require("write", section_key)
    with database.write() as connection:
        forget_draft(connection, passport, section_key)


def forget_draft(connection: Connection, passport: UnlockedPassport, section_key: str) -> None:
    """The same in the transaction that saves the section.

    What was typed into the form for a new section of her own waits under no key of its own yet.
    """
    connection.execute(delete(_drafts).where(*_is(passport, section_key)))
    if section_key.startswith(f"{OWN_SECTION.key}-"):
        connection.execute(delete(_drafts).where(*_is(passport, OWN_SECTION.key)))


def _write(connection: Connection, passport: UnlockedPassport, draft_id: str, text: bytes) -> None:
    mine = (_drafts.c.passport_id == passport.passport_id, _drafts.c.draft_id == draft_id)
    before = connection.execute(select(_drafts.c.version).where(*mine)).scalar_one_or_none() or 0
    connection.execute(delete(_drafts).where(*mine))
    connection.execute(
        insert(_drafts).values(
            passport_id=passport.passport_id,
            draft_id=draft_id,
            version=before + 1,
            sealed=passport.seal(labels.DRAFT, draft_id, text, before + 1),
            updated_at=clock.epoch(),
        )
    )


def _sweep(connection: Connection, passport: UnlockedPassport) -> None:
    """Drafts that nobody came back for go, and with them those of supporters who have left."""
    connection.execute(
        delete(_drafts).where(
            _drafts.c.passport_id == passport.passport_id,
            _drafts.c.updated_at < clock.epoch() - KEPT_SECONDS,
        )
    )


def _is(
    passport: UnlockedPassport, section_key: str
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        _drafts.c.passport_id == passport.passport_id,
        _drafts.c.draft_id == _draft_id(passport, section_key),
    )


def _draft_id(passport: UnlockedPassport, section_key: str) -> str:
    return passport.key.draft_id(section_key, passport.access.supporter_id or "owner")
