"""The photos, sounds, videos and papers of a share: each an encrypted file of its own.

A reader's first screen waits for none of them: the manifest only says where each is. What has not
changed is not encrypted again, since a file's identifier says which version of which one it holds.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, delete, func, insert, select, update

from passport import clock
from passport.crypto.padding import pad_json
from passport.crypto.share_file import decode_key, encrypt_file, seal_file
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.fhir.files import write_file
from passport.fhir.model import AttachedFile
from passport.media.kinds import MOST_BYTES_KEPT, Kind, kind_of
from passport.sharing.share import Share
from passport.sharing.share_document import CONTENT_TYPE
from passport.storage import tables
from passport.story.attachment import StoredAttachment
from passport.story.attachments import attachments_of, bytes_of
from passport.story.section import Section

# What a file is called that has no caption. Its own name may say more than its owner knows.
TITLES: dict[Kind, str] = {
    "photo": "Photo",
    "sound": "Sound",
    "video": "Video",
    "document": "Document",
}
# Each share has its own copy of each file, under its own key: so much of them for one passport.
MOST_BYTES_SHARED = 1000 * 1000 * 1000
_files, _locations = tables.share_files, tables.share_locations


@dataclass(frozen=True)
class SharedAttachment:
    """One file of a section that is let out, and the identifier of its row in this share."""

    file_id: str
    stored: StoredAttachment

    @property
    def described(self) -> AttachedFile:
        """What readers are told of it."""
        stored = self.stored
        caption = " ".join(stored.caption.split())
        return AttachedFile(
            id=UUID(self.file_id),
            content_type=stored.content_type,
            size=stored.size,
            title=caption or TITLES[kind_of(stored.content_type)],
            transcript=stored.transcript,
            added_at=stored.written_at,
        )


def shared_attachments(
    connection: Connection, passport: UnlockedPassport, share: Share, sections: list[Section]
) -> list[SharedAttachment]:
    """The files of the sections that are let out, in their order; those of no other section.

    One that came from elsewhere and is larger than readers take stays in.
    """
    order = {section.key: number for number, section in enumerate(sections)}
    found = attachments_of(connection, passport, set(order))
    return [
        SharedAttachment(_file_id(passport, share, one), one)
        for one in sorted(found, key=lambda one: order[one.section_key])
        if one.size <= MOST_BYTES_KEPT
    ]


def by_section(found: Iterable[SharedAttachment]) -> dict[str, tuple[AttachedFile, ...]]:
    """What readers are told of the files of each section."""
    files: dict[str, tuple[AttachedFile, ...]] = {}
    for one in found:
        key = one.stored.section_key
        files[key] = (*files.get(key, ()), one.described)
    return files


def write_attachments(
    connection: Connection, passport: UnlockedPassport, share: Share, wanted: list[SharedAttachment]
) -> None:
    """Bring the share's further files to exactly these. A direct share has none."""
    if share.terms.is_direct:
        wanted = []
    mine = (_files.c.share_id == share.share_id, _files.c.position > 0)
    there = set(connection.execute(select(_files.c.file_id).where(*mine)).scalars())
    for file_id in there - {one.file_id for one in wanted}:
        one_file = _files.c.file_id == file_id
        of_it = (_locations.c.share_id == share.share_id, _locations.c.file_id == file_id)
        connection.execute(delete(_locations).where(*of_it))
        connection.execute(delete(_files).where(*mine, one_file))
    for position, one in enumerate(wanted, 1):
        if one.file_id in there:
            one_file = _files.c.file_id == one.file_id
            connection.execute(update(_files).where(*mine, one_file).values(position=position))
        else:
            _write(connection, passport, share, one, position)


def have_room(connection: Connection, passport: UnlockedPassport) -> bool:
    """Whether the files in all shares of a passport, as they are now, are no more than it may have.

    Asked where files are added to shares, and never where words are saved.
    """
    return bytes_shared(connection, passport) <= MOST_BYTES_SHARED


def bytes_shared(connection: Connection, passport: UnlockedPassport) -> int:
    """How much the files in all shares of a passport take, all together."""
    shares = tables.shares
    mine = (shares.c.passport_id == passport.passport_id, _files.c.position > 0)
    together = func.coalesce(func.sum(func.length(_files.c.sealed_jwe)), 0)
    of_share = _files.c.share_id == shares.c.share_id
    found = connection.execute(select(together).where(of_share, *mine)).scalar_one()
    return int(found)


def _write(
    connection: Connection,
    passport: UnlockedPassport,
    share: Share,
    one: SharedAttachment,
    position: int,
) -> None:
    secrets = share.record.secrets
    if secrets is None:
        return
    resource = write_file(one.described, bytes_of(connection, passport, one.stored))
    text = pad_json(json.dumps(resource, ensure_ascii=False, separators=(",", ":")).encode())
    jwe = encrypt_file(decode_key(secrets.share_key), text, CONTENT_TYPE)
    connection.execute(
        insert(_files).values(
            share_id=share.share_id,
            file_id=one.file_id,
            position=position,
            content_type=CONTENT_TYPE,
            sealed_jwe=seal_file(passport.key.erasure_key, jwe, share.share_id, one.file_id),
            updated_at=clock.epoch(),
        )
    )


def _file_id(passport: UnlockedPassport, share: Share, one: StoredAttachment) -> str:
    return passport.key.shared_attachment_id(share.share_id, one.attachment_id, one.version)
