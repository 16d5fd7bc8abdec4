"""What somebody typed into a section's form and has not saved yet, kept sealed.

Drafts belong to one section and to whoever typed them: the owner, or one supporter. Each open form
has its own, so that two devices never write over each other's. They never become part of the story
by themselves, and no share shows them.
"""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

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
from passport.words_to_translate import N_

KEPT_SECONDS = 30 * 24 * 60 * 60
MOST_BYTES = 200_000
MOST_FORMS = 5
_OTHER = "/other"
_drafts = tables.drafts
Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Draft:
    """The form's fields (names and texts, in order) as they were last kept.

    `form` tells one open form from another. `turn` is `<page>.<number>`: copies of one page count
    up, so that one that was overtaken on its way is known.
    """

    fields: Fields
    kept_at: datetime
    form: str = ""
    turn: str = ""

    def overtakes(self, older: "Draft") -> bool:
        """Whether this copy was made after the other, or by another page than it."""
        page, _, number = self.turn.partition(".")
        before, _, last = older.turn.partition(".")
        return page != before or not number.isdecimal() or int(number) > int(last or 0)


def others_words(section_key: str) -> str:
    """The name that drafts of a section's second language are kept under."""
    return section_key + _OTHER


def save_draft(
    database: Database,
    passport: UnlockedPassport,
    name: str,
    fields: Fields,
    form: str = "",
    turn: str = "",
) -> None:
    """Keep what stands in an open form instead of what was kept of that form before.

    `name` is the section's key, or `others_words` of it. What was typed into other open forms of
    the section stays. Raises UnknownSection, SectionTooLong, or NotPermitted for a supporter who
    may not write there.
    """
    passport.access.require("write", _section_key(name))
    draft = Draft(fields, clock.now(), form, turn)
    if len(_json(draft)) > MOST_BYTES:
        raise SectionTooLong(N_("This is too long to keep a copy of. Make it shorter."))
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        _sweep(connection, passport)
        _refuse_unknown(connection, passport, _section_key(name))
        kept = _read(connection, passport, name)
        before = next((one for one in kept if one.form == form), None)
        if before is None or draft.overtakes(before):
            others = [one for one in kept if one.form != form]
            _write(connection, passport, name, [draft, *others][:MOST_FORMS])


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


def find_drafts(database: Database, passport: UnlockedPassport, name: str) -> list[Draft]:
    """What was kept of this section for whoever asks, one for each open form, newest first."""
    passport.access.require("write", _section_key(name))
    with database.read() as connection:
        return _read(connection, passport, name)


def find_draft(database: Database, passport: UnlockedPassport, name: str) -> Draft | None:
    """The newest of them; None if nothing was kept, or it is damaged."""
    return next(iter(find_drafts(database, passport, name)), None)


def throw_away(
    database: Database, passport: UnlockedPassport, name: str, form: str | None = None
) -> None:
    """Forget what was kept of this section for whoever asks: of one open form, or all of it."""
    passport.access.require("write", _section_key(name))
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        _forget(connection, passport, name, form)


def forget_draft(
    connection: Connection, passport: UnlockedPassport, name: str, form: str | None = None
) -> None:
    """The same in the transaction that saves the section, which holds the passport's lock.

    What was typed into the form for a new section of her own waits under no key of its own yet.
    """
    names = [name, others_words(name)]
    if name.startswith(f"{OWN_SECTION.key}-"):
        names.append(OWN_SECTION.key)
    for each in names:
        _forget(connection, passport, each, form)


def kept_forms(connection: Connection, passport: UnlockedPassport, name: str) -> list[Draft]:
    """What whoever acts has not finished in a form that is none of a section's, newest first.

    The caller says who may. `name` is none of a section's keys.
    """
    return _read(connection, passport, name)


def keep_forms(
    connection: Connection, passport: UnlockedPassport, name: str, drafts: list[Draft]
) -> None:
    """Let the newest few of these stand for all that `kept_forms` gives."""
    lock_passport(connection, passport.passport_id)
    _sweep(connection, passport)
    if drafts:
        _write(connection, passport, name, drafts[:MOST_FORMS])
    else:
        connection.execute(delete(_drafts).where(*_is(passport, name)))


def _forget(
    connection: Connection, passport: UnlockedPassport, name: str, form: str | None
) -> None:
    kept = [] if form is None else _read(connection, passport, name)
    left = [one for one in kept if one.form != form]
    if not left:
        connection.execute(delete(_drafts).where(*_is(passport, name)))
    elif len(left) < len(kept):
        _write(connection, passport, name, left)


def _read(connection: Connection, passport: UnlockedPassport, name: str) -> list[Draft]:
    row = connection.execute(select(_drafts).where(*_is(passport, name))).first()
    if row is None:
        return []
    try:
        text = passport.open(labels.DRAFT, row.draft_id, row.sealed, row.version)
    except CannotOpen:
        # Nobody's story depends on it: better an empty form than none at all.
        return []
    oldest = clock.now() - timedelta(seconds=KEPT_SECONDS)
    found = [_from_json(one, row.updated_at) for one in _one_or_many(json.loads(text))]
    return [draft for draft in found if draft.kept_at >= oldest]


def _one_or_many(kept: list[Any]) -> list[dict[str, Any]]:
    # Before each form had its own, the one draft's fields stood there alone.
    if kept and isinstance(kept[0], list):
        return [{"fields": kept}]
    return kept


def _from_json(values: dict[str, Any], updated_at: int) -> Draft:
    kept_at = values.get("kept_at")
    return Draft(
        [(str(name), str(value)) for name, value in values["fields"]],
        datetime.fromisoformat(kept_at) if kept_at else clock.from_epoch(updated_at),
        values.get("form", ""),
        values.get("turn", ""),
    )


def _json(*drafts: Draft) -> bytes:
    kept = [asdict(draft) | {"kept_at": draft.kept_at.isoformat()} for draft in drafts]
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def _write(
    connection: Connection, passport: UnlockedPassport, name: str, drafts: list[Draft]
) -> None:
    draft_id, mine = _draft_id(passport, name), _is(passport, name)
    before = connection.execute(select(_drafts.c.version).where(*mine)).scalar_one_or_none() or 0
    connection.execute(delete(_drafts).where(*mine))
    connection.execute(
        insert(_drafts).values(
            passport_id=passport.passport_id,
            draft_id=draft_id,
            version=before + 1,
            sealed=passport.seal(labels.DRAFT, draft_id, _json(*drafts), before + 1),
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


def _is(passport: UnlockedPassport, name: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (
        _drafts.c.passport_id == passport.passport_id,
        _drafts.c.draft_id == _draft_id(passport, name),
    )


def _draft_id(passport: UnlockedPassport, name: str) -> str:
    return passport.key.draft_id(name, passport.access.supporter_id or "owner")


def _section_key(name: str) -> str:
    return name.removesuffix(_OTHER)
