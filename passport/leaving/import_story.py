"""Bring a story from an export into a passport that has none: every word, version and file.

Into an empty passport only. Two stories could be merged in many ways, each of which loses or
mixes something; a new passport costs nothing.

Shares, readings and acts stay records in the file: their links belong to the service that made
them, and nobody may write the past of this service's own record.
"""

import binascii
from base64 import b64decode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection

from passport import clock
from passport.accounts.preferences import Preferences, write_preferences
from passport.activity.record import record
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.leaving.errors import Edited, PassportNotEmpty, TooMuch
from passport.leaving.read_export import read_export
from passport.leaving.restored_version import restored_version
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport
from passport.story.attachment import (
    MOST_BYTES_TOGETHER,
    Attachment,
    AttachmentRefused,
    cleaned_attachment,
)
from passport.story.attachments import all_attachments, store_attachment
from passport.story.catalogue import section_type
from passport.story.section import Section
from passport.story.sections import has_story, restore_versions
from passport.story.text_rules import clean_line
from passport.words_to_translate import N_

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_FILES_TOO_LARGE = N_("There are more than 200 MB of files in it, so we can't bring it in.")
_CLOCKS_DIFFER = timedelta(days=1)


@dataclass(frozen=True)
class Brought:
    """How much came in."""

    sections: int
    versions: int
    attachments: int


@dataclass(frozen=True)
class _File:
    section_key: str
    attachment: Attachment
    written_at: datetime
    written_by: str


def import_story(database: Database, passport: UnlockedPassport, raw: bytes) -> Brought:
    """Bring in all of a file, or nothing of it.

    Raises ImportRefused with one sentence for whoever brought it; NotPermitted,
    DatabaseUnavailable.
    """
    passport.access.require_owner()
    with database.read() as connection:
        _refuse_unless_empty(connection, passport)
    export = read_export(raw)
    histories = export["sections"]
    versions, files = _versions(histories), _files(histories)
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        _refuse_unless_empty(connection, passport)
        restore_versions(connection, passport, versions)
        _keep(connection, passport, files)
        write_preferences(connection, passport, Preferences.from_choices(export["preferences"]))
        record(connection, passport, "story-imported")
    return Brought(len(histories), len(versions), len(files))


def _refuse_unless_empty(connection: Connection, passport: UnlockedPassport) -> None:
    if has_story(connection, passport) or all_attachments(connection, passport):
        raise PassportNotEmpty


def _versions(histories: list[dict[str, Any]]) -> list[Section]:
    keys = [history["key"] for history in histories]
    if len(set(keys)) != len(keys):
        raise Edited("sections › key")
    found = []
    for history in histories:
        if section_type(history["key"]) is None:
            raise Edited("sections › key")
        numbers = [values["version"] for values in history["versions"]]
        if len(set(numbers)) != len(numbers):
            raise Edited("sections › versions › version")
        if any(number >= 2**31 for number in numbers):
            raise Edited("sections › versions › version")
        for values in history["versions"]:
            found.append(restored_version(history["key"], _with_dates(values)))
    return found


def _files(histories: list[dict[str, Any]]) -> list[_File]:
    files = [(h["key"], values) for h in histories for values in h["attachments"]]
    if sum(values["size"] for _, values in files) > MOST_BYTES_TOGETHER:
        raise TooMuch(_FILES_TOO_LARGE)
    return [_file(key, _with_dates(values)) for key, values in files]


def _file(section_key: str, values: dict[str, Any]) -> _File:
    try:
        content = b64decode(values.pop("content"), validate=True)
    except (binascii.Error, ValueError):
        raise Edited("attachments › content") from None
    if len(content) != values["size"] or sha256(content).hexdigest() != values["sha256"]:
        raise Edited("attachments › content")
    attachment = Attachment(
        values["name"], values["content_type"], content, values["caption"], values["transcript"]
    )
    try:
        is_as_kept = cleaned_attachment(attachment) == attachment
    except AttachmentRefused:
        is_as_kept = False
    if not is_as_kept:
        raise Edited("attachments › caption")
    by = values["written_by"]
    if not by or by != clean_line(by):
        raise Edited("attachments › written_by")
    return _File(section_key, attachment, values["written_at"], by)


def _keep(connection: Connection, passport: UnlockedPassport, files: list[_File]) -> None:
    for one in files:
        store_attachment(
            connection,
            passport,
            one.section_key,
            one.attachment,
            one.written_at,
            one.written_by,
        )


def _with_dates(values: dict[str, Any]) -> dict[str, Any]:
    latest = clock.now() + _CLOCKS_DIFFER
    dates = {name: value for name, value in values.items() if name.endswith("_at")}
    odd = [name for name, moment in dates.items() if not EARLIEST <= moment <= latest]
    if odd:
        raise Edited(odd[0])
    values.update({name: moment.astimezone(UTC) for name, moment in dates.items()})
    return values
