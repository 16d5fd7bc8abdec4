"""Keep, list, read and remove the files of a section. Everything about them is sealed."""

import json
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from passport import clock
from passport.activity.record import record
from passport.crypto import labels
from passport.crypto.envelope import CannotOpen
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.identifiers import is_id, new_id
from passport.storage.passport_lock import lock_passport
from passport.story.attachment import (
    MOST_ATTACHMENTS,
    MOST_BYTES_TOGETHER,
    Attachment,
    AttachmentRefused,
    StoredAttachment,
    UnknownAttachment,
    cleaned_attachment,
    cleaned_words,
)
from passport.story.attachment_blobs import DATABASE_BLOBS, Blobs
from passport.story.catalogue import section_type
from passport.story.errors import UnknownSection
from passport.words_to_translate import N_

_attachments = tables.attachments
# With its padding's mark, a full part fills its bucket of 1 MiB exactly.
PART_BYTES = 1024 * 1024 - 1


def add_attachment(
    connection: Connection,
    passport: UnlockedPassport,
    section_key: str,
    attachment: Attachment,
    blobs: Blobs = DATABASE_BLOBS,
) -> StoredAttachment:
    """Keep a file with a section.

    Raises UnknownSection, NotPermitted, or AttachmentRefused if it can't be kept or the passport
    has no room for it.
    """
    passport.access.require("write", section_key)
    by = "self" if passport.access.is_owner else passport.access.name
    stored = store_attachment(
        connection, passport, section_key, attachment, clock.now(), by, blobs=blobs
    )
    record(connection, passport, "attachment-added", name=stored.name)
    return stored


def list_attachments(
    connection: Connection, passport: UnlockedPassport, section_key: str
) -> list[StoredAttachment]:
    """The files of one section, oldest first. Raises NotPermitted."""
    passport.access.require("read", section_key)
    return [one for one in _all(connection, passport) if one.section_key == section_key]


def attachments_of(
    connection: Connection, passport: UnlockedPassport, section_keys: set[str]
) -> list[StoredAttachment]:
    """The files of several sections, oldest first, for the service's own work on shares."""
    return [one for one in _all(connection, passport) if one.section_key in section_keys]


def bytes_of(
    connection: Connection,
    passport: UnlockedPassport,
    stored: StoredAttachment,
    blobs: Blobs = DATABASE_BLOBS,
) -> bytes:
    """What a file holds, for the service's own work. Raises CannotOpen."""
    total = _parts_of(stored.size)
    parts = [_open_part(connection, passport, stored, n, total, blobs) for n in range(total)]
    return b"".join(parts)


def all_attachments(connection: Connection, passport: UnlockedPassport) -> list[StoredAttachment]:
    """The owner's files of all sections, oldest first. Raises NotPermitted."""
    passport.access.require_owner()
    return _all(connection, passport)


def read_attachment(
    connection: Connection,
    passport: UnlockedPassport,
    attachment_id: str,
    blobs: Blobs = DATABASE_BLOBS,
) -> tuple[StoredAttachment, bytes]:
    """One file with its bytes. Raises UnknownAttachment, NotPermitted, CannotOpen."""
    found = _find(connection, passport, attachment_id)
    passport.access.require("read", found.section_key)
    return found, bytes_of(connection, passport, found, blobs)


def remove_attachment(
    connection: Connection,
    passport: UnlockedPassport,
    attachment_id: str,
    blobs: Blobs = DATABASE_BLOBS,
) -> None:
    """Delete one file for good. Raises UnknownAttachment, NotPermitted."""
    found = _find(connection, passport, attachment_id)
    passport.access.require("write", found.section_key)
    lock_passport(connection, passport.passport_id)
    blobs.remove(connection, passport.passport_id, attachment_id)
    connection.execute(
        delete(_attachments).where(
            _attachments.c.passport_id == passport.passport_id,
            _attachments.c.attachment_id == attachment_id,
        )
    )
    record(connection, passport, "attachment-removed", name=found.name)


def change_attachment(
    connection: Connection,
    passport: UnlockedPassport,
    attachment_id: str,
    caption: str,
    transcript: str,
) -> StoredAttachment:
    """Say other words about a file. Raises UnknownAttachment, NotPermitted, AttachmentRefused."""
    found = _find(connection, passport, attachment_id)
    passport.access.require("write", found.section_key)
    lock_passport(connection, passport.passport_id)
    found = _find(connection, passport, attachment_id)
    caption, transcript = cleaned_words(caption, transcript)
    if (caption, transcript) == (found.caption, found.transcript):
        return found
    changed = replace(found, caption=caption, transcript=transcript, version=found.version + 1)
    connection.execute(
        update(_attachments)
        .where(
            _attachments.c.passport_id == passport.passport_id,
            _attachments.c.attachment_id == attachment_id,
        )
        .values(version=changed.version, sealed_record=_sealed(passport, changed))
    )
    record(connection, passport, "attachment-described", name=found.name)
    return changed


def find_attachment(
    connection: Connection, passport: UnlockedPassport, attachment_id: str
) -> StoredAttachment:
    """One file without its bytes. Raises UnknownAttachment, NotPermitted."""
    found = _find(connection, passport, attachment_id)
    passport.access.require("read", found.section_key)
    return found


def store_attachment(
    connection: Connection,
    passport: UnlockedPassport,
    section_key: str,
    attachment: Attachment,
    written_at: datetime,
    written_by: str,
    *,
    blobs: Blobs = DATABASE_BLOBS,
) -> StoredAttachment:
    """Keep a file that was added at another time, such as one that comes from an export.

    Asks no leave and leaves no record: whoever calls this does. Raises UnknownSection,
    AttachmentRefused.
    """
    if section_type(section_key) is None:
        raise UnknownSection
    attachment = cleaned_attachment(attachment)
    lock_passport(connection, passport.passport_id)
    _refuse_too_much(_all(connection, passport), len(attachment.content))
    stored = StoredAttachment(
        attachment_id=new_id(),
        section_key=section_key,
        name=attachment.name,
        content_type=attachment.content_type,
        size=len(attachment.content),
        caption=attachment.caption,
        transcript=attachment.transcript,
        written_at=written_at,
        written_by=written_by,
    )
    _insert(connection, passport, stored)
    _put_parts(connection, passport, stored, attachment.content, blobs)
    return stored


def _insert(connection: Connection, passport: UnlockedPassport, stored: StoredAttachment) -> None:
    connection.execute(
        insert(_attachments).values(
            passport_id=passport.passport_id,
            attachment_id=stored.attachment_id,
            section_id=passport.key.section_id(stored.section_key),
            version=stored.version,
            sealed_record=_sealed(passport, stored),
            created_at=int(stored.written_at.timestamp()),
        )
    )


def _sealed(passport: UnlockedPassport, stored: StoredAttachment) -> bytes:
    values = asdict(stored) | {"written_at": stored.written_at.isoformat()}
    # These two stand beside it, and it opens only where they do.
    del values["attachment_id"], values["version"]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()
    return passport.seal(labels.ATTACHMENT, stored.attachment_id, text, stored.version)


def _put_parts(
    connection: Connection,
    passport: UnlockedPassport,
    stored: StoredAttachment,
    content: bytes,
    blobs: Blobs,
) -> None:
    total = _parts_of(stored.size)
    for part in range(total):
        piece = content[part * PART_BYTES : (part + 1) * PART_BYTES]
        row_id = _part_id(stored.attachment_id, part, total)
        sealed = passport.seal(labels.ATTACHMENT_PART, row_id, piece)
        blobs.put(connection, passport.passport_id, stored.attachment_id, part, sealed)


def _open_part(
    connection: Connection,
    passport: UnlockedPassport,
    stored: StoredAttachment,
    part: int,
    total: int,
    blobs: Blobs,
) -> bytes:
    sealed = blobs.get(connection, passport.passport_id, stored.attachment_id, part)
    if sealed is None:
        raise CannotOpen("a part of the file is missing")
    return passport.open(
        labels.ATTACHMENT_PART, _part_id(stored.attachment_id, part, total), sealed
    )


def _part_id(attachment_id: str, part: int, total: int) -> str:
    # The total too, so that no file can be cut short unnoticed.
    return f"{attachment_id}/{part}/{total}"


def _parts_of(size: int) -> int:
    return -(-size // PART_BYTES)


def _find(
    connection: Connection, passport: UnlockedPassport, attachment_id: str
) -> StoredAttachment:
    if not is_id(attachment_id):
        raise UnknownAttachment
    row = connection.execute(
        select(_attachments).where(
            _attachments.c.passport_id == passport.passport_id,
            _attachments.c.attachment_id == attachment_id,
        )
    ).first()
    if row is None:
        raise UnknownAttachment
    return _opened(passport, row)


def _all(connection: Connection, passport: UnlockedPassport) -> list[StoredAttachment]:
    rows = connection.execute(
        select(_attachments).where(_attachments.c.passport_id == passport.passport_id)
    )
    found = [_opened(passport, row) for row in rows]
    return sorted(found, key=lambda one: (one.written_at, one.name, one.attachment_id))


def _opened(passport: UnlockedPassport, row: Row[Any]) -> StoredAttachment:
    text = passport.open(labels.ATTACHMENT, row.attachment_id, row.sealed_record, row.version)
    values = json.loads(text)
    values["written_at"] = datetime.fromisoformat(values["written_at"])
    return StoredAttachment(attachment_id=row.attachment_id, version=row.version, **values)


def _refuse_too_much(kept: list[StoredAttachment], more: int) -> None:
    if len(kept) >= MOST_ATTACHMENTS or sum(one.size for one in kept) + more > MOST_BYTES_TOGETHER:
        raise AttachmentRefused(N_("There is no room for this file. Remove another file first."))
