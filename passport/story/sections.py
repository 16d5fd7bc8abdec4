"""Write and read sections. Each save is a new version; old ones stay readable."""

import secrets
from dataclasses import replace

from sqlalchemy import Connection, Row, func, insert, select, update

from passport import clock
from passport.access import Access, NotPermitted
from passport.activity.record import record
from passport.crypto import labels
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport
from passport.story.catalogue import CATALOGUE, IDENTITY
from passport.story.drafts import forget_draft
from passport.story.errors import SavedElsewhere, SectionTooLong, UnknownSection
from passport.story.section import OWNER_WROTE, Section, SectionDraft
from passport.story.section_rules import cleaned, texts_in
from passport.story.text_rules import LONGEST_LINE
from passport.words_to_translate import N_

_versions = tables.section_versions
MOST_SECTIONS = 120
_ORDER = {kind.key: n for n, kind in enumerate((IDENTITY, *CATALOGUE))}


def new_own_key() -> str:
    """A key for a new section of the resident's own."""
    return f"own-{secrets.token_hex(4)}"


def save_section(
    connection: Connection,
    passport: UnlockedPassport,
    draft: SectionDraft,
    based_on: int,
    again: Section | None = None,
    suggested_by: str = "",
) -> Section:
    """Write a new version; `again` is the old one whose words these are, if they are.

    `suggested_by` is a reader whose words the owner took over; the section then says so.

    `based_on` is the version the resident was looking at (0: none yet).

    Raises UnknownSection, TitleMissing, SectionTooLong, or SavedElsewhere if another version
    was saved meanwhile. Saving the same words twice makes no second version. Raises NotPermitted
    for a supporter who may not write there, or would write over words that they may not read.
    """
    passport.access.require("write", draft.key)
    draft = cleaned(draft)
    lock_passport(connection, passport.passport_id)
    if again is None:
        forget_draft(connection, passport, draft.key, draft.form)
    current = find_section(connection, passport, draft.key)
    if current is not None:
        draft = _as_permitted(passport.access, current.fills(draft), current)
    if current is not None and current.says_the_same_as(draft):
        return current
    # Whoever may not read writes where nothing stands, so that there is no older page to refuse.
    sees_it = passport.access.allows("read", draft.key)
    is_older_page = current is not None and current.version != based_on
    if current is not None and is_older_page and sees_it and not _is_for_files(current, based_on):
        raise SavedElsewhere(current)
    if current is None:
        _refuse_too_many(connection, passport, draft.key)
    section = _next_version(draft, current, passport.access)
    if again is not None:
        section = replace(section, written_by=again.written_by, supported_by=again.supported_by)
    if suggested_by:
        helpers = dict.fromkeys(name for name in (section.supported_by, suggested_by) if name)
        section = replace(section, supported_by=", ".join(helpers)[:LONGEST_LINE])
    connection.execute(insert(_versions).values(_row(passport, section)))
    act = "section-saved" if again is None else "section-restored"
    record(connection, passport, act, title=section.title)
    return section


def _is_for_files(current: Section, based_on: int) -> bool:
    # A page opened before a photo came: there is no word that it could write over.
    is_bare = current.version == 1 and current.is_empty and not current.sensitive
    return is_bare and based_on == 0


def still_true(
    connection: Connection, passport: UnlockedPassport, key: str, version: int
) -> Section:
    """Note that its owner looked at this very version today, and that it is still true.

    Raises UnknownSection, NotPermitted for a supporter, or SavedElsewhere if it is not the newest.
    """
    passport.access.require_owner()
    lock_passport(connection, passport.passport_id)
    current = find_section(connection, passport, key)
    if current is None:
        raise UnknownSection
    if current.version != version:
        raise SavedElsewhere(current)
    checked = replace(current, reviewed_at=clock.now())
    row = _row(passport, checked)
    this = [_versions.c[name] == row[name] for name in ("passport_id", "section_id", "version")]
    connection.execute(update(_versions).where(*this).values(sealed=row["sealed"]))
    record(connection, passport, "section-checked", title=checked.title)
    return checked


def find_section(
    connection: Connection, passport: UnlockedPassport, key: str, version: int | None = None
) -> Section | None:
    """One section, the newest version unless another is asked for; None if there is none."""
    query = (
        select(_versions)
        .where(
            _versions.c.passport_id == passport.passport_id,
            _versions.c.section_id == passport.key.section_id(key),
        )
        .order_by(_versions.c.version.desc())
        .limit(1)
    )
    if version is not None:
        query = query.where(_versions.c.version == version)
    row = connection.execute(query).first()
    return None if row is None else _opened(passport, row)


def read_story(connection: Connection, passport: UnlockedPassport) -> list[Section]:
    """The newest version of every section, in the catalogue's order, her own sections last."""
    newest = (
        select(_versions.c.section_id, func.max(_versions.c.version).label("version"))
        .where(_versions.c.passport_id == passport.passport_id)
        .group_by(_versions.c.section_id)
        .subquery()
    )
    rows = connection.execute(
        select(_versions)
        .join(
            newest,
            (newest.c.section_id == _versions.c.section_id)
            & (newest.c.version == _versions.c.version),
        )
        .where(_versions.c.passport_id == passport.passport_id)
    )
    with_files = _with_files(connection, passport)
    sections = [
        replace(_opened(passport, row), has_files=row.section_id in with_files) for row in rows
    ]
    return sorted(sections, key=lambda s: (_ORDER.get(s.key, len(_ORDER)), s.title, s.key))


def _with_files(connection: Connection, passport: UnlockedPassport) -> set[str]:
    files = tables.attachments
    mine = files.c.passport_id == passport.passport_id
    return set(connection.execute(select(files.c.section_id).where(mine)).scalars())


def story(database: Database, passport: UnlockedPassport) -> list[Section]:
    """What one may read of it: the newest version of every section, in the catalogue's order."""
    return _readable(passport, _whole_story(database, passport))


def filled_keys(database: Database, passport: UnlockedPassport) -> frozenset[str]:
    """Keys of the sections with words in them, of those that one may read or write."""
    access = passport.access
    return frozenset(
        section.key
        for section in _whole_story(database, passport)
        if not section.is_empty
        and (access.allows("read", section.key) or access.allows("write", section.key))
    )


def shareable_story(database: Database, passport: UnlockedPassport) -> list[Section]:
    """The newest version of every section that one may share, words and all.

    Pages show words out of it only to who may read them.
    """
    found = _whole_story(database, passport)
    return [section for section in found if passport.access.allows("share", section.key)]


def _whole_story(database: Database, passport: UnlockedPassport) -> list[Section]:
    with database.read() as connection:
        return read_story(connection, passport)


def _readable(passport: UnlockedPassport, sections: list[Section]) -> list[Section]:
    return [section for section in sections if passport.access.allows("read", section.key)]


def section(
    database: Database, passport: UnlockedPassport, key: str, version: int | None = None
) -> Section:
    """One section, in a transaction of its own. Raises UnknownSection, NotPermitted."""
    passport.access.require("read", key)
    with database.read() as connection:
        found = find_section(connection, passport, key, version)
    if found is None:
        raise UnknownSection
    return found


def section_history(database: Database, passport: UnlockedPassport, key: str) -> list[Section]:
    """Every version of one section, newest first.

    Raises UnknownSection if there is none, NotPermitted.
    """
    passport.access.require("read", key)
    with database.read() as connection:
        rows = connection.execute(
            select(_versions)
            .where(
                _versions.c.passport_id == passport.passport_id,
                _versions.c.section_id == passport.key.section_id(key),
            )
            .order_by(_versions.c.version.desc())
        ).all()
    if not rows:
        raise UnknownSection
    return [_opened(passport, row) for row in rows]


def read_versions(connection: Connection, passport: UnlockedPassport) -> dict[str, list[Section]]:
    """The owner's every version of every section, by section key, oldest first."""
    passport.access.require_owner()
    rows = connection.execute(
        select(_versions)
        .where(_versions.c.passport_id == passport.passport_id)
        .order_by(_versions.c.version)
    )
    found: dict[str, list[Section]] = {}
    for row in rows:
        opened = _opened(passport, row)
        found.setdefault(opened.key, []).append(opened)
    return found


def restore_versions(
    connection: Connection, passport: UnlockedPassport, versions: list[Section]
) -> None:
    """Put versions as they are, such as those of an export, into a passport without a story."""
    passport.access.require_owner()
    rows = [_row(passport, version) for version in versions]
    if rows:
        connection.execute(insert(_versions), rows)


def has_story(connection: Connection, passport: UnlockedPassport) -> bool:
    """Whether anything was ever written in this passport."""
    query = select(_versions.c.version).where(_versions.c.passport_id == passport.passport_id)
    return connection.execute(query.limit(1)).first() is not None


def _refuse_too_many(connection: Connection, passport: UnlockedPassport, key: str) -> None:
    if key in _ORDER:
        return
    # A supporter can't use up the room that is left for the owner's own words.
    most = MOST_SECTIONS if passport.access.is_owner else MOST_SECTIONS // 2
    mine = _versions.c.passport_id == passport.passport_id
    different = select(func.count(_versions.c.section_id.distinct())).where(mine)
    if connection.execute(different).scalar_one() >= most:
        raise SectionTooLong(N_("Your story has as many parts as it can hold. Add to one of them."))


def _as_permitted(access: Access, draft: SectionDraft, current: Section) -> SectionDraft:
    if not access.allows("read", draft.key) and not current.is_empty:
        raise NotPermitted
    # Taking the mark off lets the section out in shares, so that it is for who may share it.
    may_take_off = access.allows("share", draft.key)
    return replace(draft, sensitive=draft.sensitive or (current.sensitive and not may_take_off))


def _next_version(draft: SectionDraft, current: Section | None, access: Access) -> Section:
    now = clock.now()
    return Section(
        key=draft.key,
        title=draft.title,
        content=draft.content,
        version=1 if current is None else current.version + 1,
        written_at=now,
        reviewed_at=now,
        sensitive=draft.sensitive,
        language=draft.language,
        other_language=draft.other_language or "",
        other_content=draft.other_content,
        written_by=OWNER_WROTE if access.is_owner else access.name,
        supported_by=_helped_by(draft, current) if access.is_owner else None,
    )


def _helped_by(draft: SectionDraft, current: Section | None) -> str | None:
    """Whose words the owner keeps in what she saves, if a supporter wrote some of them."""
    if current is None:
        return None
    helper = current.supported_by if current.written_by == OWNER_WROTE else current.written_by
    before = texts_in([current.content, current.other_content])
    kept = set(before) & set(texts_in([draft.content, draft.other_content])) - {""}
    return helper if kept else None


def _row(passport: UnlockedPassport, section: Section) -> dict[str, object]:
    section_id = passport.key.section_id(section.key)
    return {
        "passport_id": passport.passport_id,
        "section_id": section_id,
        "version": section.version,
        "sealed": passport.seal(labels.SECTION, section_id, section.to_json(), section.version),
        "created_at": int(section.written_at.timestamp()),
    }


def _opened(passport: UnlockedPassport, row: Row[tuple[object, ...]]) -> Section:
    plaintext = passport.open(labels.SECTION, row.section_id, row.sealed, row.version)
    return Section.from_json(plaintext, row.version)
