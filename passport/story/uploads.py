"""Files on their way: pieces kept sealed, so that a lost connection loses nothing that was sent.

A recording is sent while it is made, so nobody knows beforehand how long it will be. What is never
finished goes after a day.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from passport import clock
from passport.crypto import labels
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.media.kinds import MOST_BYTES
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.identifiers import is_id, new_id
from passport.storage.passport_lock import lock_passport
from passport.story.attachment import AttachmentRefused, UnknownAttachment
from passport.words_to_translate import N_

KEPT_SECONDS = 24 * 60 * 60
# With its padding's mark a full part fills its bucket exactly.
PART_BYTES = 1024 * 1024 - 1
MOST_PARTS = 2000
MOST_UPLOADS = 5
_uploads, _parts = tables.uploads, tables.upload_parts


@dataclass(frozen=True)
class Upload:
    """What is known of a file on its way. `writer` is a supporter's id, or "" for the owner."""

    upload_id: str
    section_key: str
    name: str
    writer: str
    began_at: datetime


def begin_upload(
    database: Database, passport: UnlockedPassport, section_key: str, name: str
) -> Upload:
    """Make room for a file of a section; the oldest of somebody's too many unfinished ones goes.

    Raises NotPermitted.
    """
    passport.access.require("write", section_key)
    upload = Upload(new_id(), section_key, name[:200], _writer(passport), clock.now())
    values = asdict(upload) | {"began_at": upload.began_at.isoformat()}
    text = json.dumps(values, ensure_ascii=False).encode()
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        _sweep(connection, passport)
        connection.execute(
            insert(_uploads).values(
                passport_id=passport.passport_id,
                upload_id=upload.upload_id,
                sealed_record=passport.seal(labels.UPLOAD, upload.upload_id, text),
                expires_at=clock.epoch() + KEPT_SECONDS,
            )
        )
    return upload


def keep_part(
    database: Database,
    passport: UnlockedPassport,
    section_key: str,
    upload_id: str,
    part: int,
    piece: bytes,
) -> int:
    """Keep the next piece; how many there are now. One that is there already is not kept again.

    Raises UnknownAttachment, or AttachmentRefused when it grows too large or a piece is missing.
    """
    with _mine(database, passport, section_key, upload_id) as (connection, where):
        if not 0 < len(piece) <= PART_BYTES:
            raise AttachmentRefused(N_("We could not take this piece. Try again."))
        counted = select(func.count(), func.sum(func.length(_parts.c.sealed))).where(*where)
        count, size = connection.execute(counted).one()
        if part < count:
            return int(count)
        if part > count or count >= MOST_PARTS:
            raise AttachmentRefused(N_("We could not take this piece. Try again."))
        if (size or 0) + len(piece) > MOST_BYTES * 9 // 8:
            raise AttachmentRefused(N_("This file is larger than 50 MB. Choose a smaller one."))
        connection.execute(
            insert(_parts).values(
                passport_id=passport.passport_id,
                upload_id=upload_id,
                part=part,
                sealed=passport.seal(labels.UPLOAD_PART, f"{upload_id}/{part}", piece),
            )
        )
    return int(count) + 1


def count_parts(
    database: Database, passport: UnlockedPassport, section_key: str, upload_id: str
) -> int:
    """How many pieces are there: where to go on. Raises UnknownAttachment."""
    with _mine(database, passport, section_key, upload_id) as (connection, where):
        return int(connection.execute(select(func.count()).where(*where)).scalar_one())


def read_upload(
    database: Database, passport: UnlockedPassport, section_key: str, upload_id: str
) -> tuple[Upload, bytes]:
    """What was sent so far. Raises UnknownAttachment."""
    with _mine(database, passport, section_key, upload_id) as (connection, where):
        upload = _find_mine(connection, passport, section_key, upload_id)
        rows = connection.execute(select(_parts.c.part, _parts.c.sealed).where(*where))
        pieces = [
            passport.open(labels.UPLOAD_PART, f"{upload_id}/{row.part}", row.sealed)
            for row in sorted(rows, key=lambda row: row.part)
        ]
    return upload, b"".join(pieces)


def drop_upload(
    database: Database, passport: UnlockedPassport, section_key: str, upload_id: str
) -> None:
    """Forget it. Raises UnknownAttachment."""
    with database.write() as connection:
        end_upload(connection, passport, section_key, upload_id)


def end_upload(
    connection: Connection, passport: UnlockedPassport, section_key: str, upload_id: str
) -> None:
    """The same, in the transaction that keeps what was sent. Raises UnknownAttachment."""
    _find_mine(connection, passport, section_key, upload_id)
    _delete(connection, passport, upload_id)


def unfinished_uploads(
    database: Database, passport: UnlockedPassport, section_key: str
) -> list[Upload]:
    """What whoever is here began to send for a section and did not finish, oldest first."""
    passport.access.require("write", section_key)
    with database.read() as connection:
        found = _all(connection, passport)
    return [
        one for one in found if (one.section_key, one.writer) == (section_key, _writer(passport))
    ]


@contextmanager
def _mine(
    database: Database, passport: UnlockedPassport, section_key: str, upload_id: str
) -> Iterator[tuple[Connection, tuple[ColumnElement[bool], ...]]]:
    with database.write() as connection:
        _find_mine(connection, passport, section_key, upload_id)
        where = (_parts.c.passport_id == passport.passport_id, _parts.c.upload_id == upload_id)
        yield connection, where


def _find_mine(
    connection: Connection, passport: UnlockedPassport, section_key: str, upload_id: str
) -> Upload:
    if not is_id(upload_id):
        raise UnknownAttachment
    lock_passport(connection, passport.passport_id)
    found = next((u for u in _all(connection, passport) if u.upload_id == upload_id), None)
    if found is None or (found.section_key, found.writer) != (section_key, _writer(passport)):
        raise UnknownAttachment
    passport.access.require("write", section_key)
    return found


def _all(connection: Connection, passport: UnlockedPassport) -> list[Upload]:
    rows = connection.execute(
        select(_uploads)
        .where(_uploads.c.passport_id == passport.passport_id)
        .where(_uploads.c.expires_at > clock.epoch())
    )
    found = []
    for row in rows:
        values = json.loads(passport.open(labels.UPLOAD, row.upload_id, row.sealed_record))
        began_at = datetime.fromisoformat(values["began_at"]).astimezone(UTC)
        found.append(Upload(**values | {"began_at": began_at}))
    return sorted(found, key=lambda one: (one.began_at, one.upload_id))


def _sweep(connection: Connection, passport: UnlockedPassport) -> None:
    # Everybody's, for those who never come back.
    connection.execute(delete(_uploads).where(_uploads.c.expires_at <= clock.epoch()))
    # Nobody's new ones take the place of what somebody else is sending.
    mine = [one for one in _all(connection, passport) if one.writer == _writer(passport)]
    for old in mine[: -MOST_UPLOADS + 1]:
        _delete(connection, passport, old.upload_id)


def _delete(connection: Connection, passport: UnlockedPassport, upload_id: str) -> None:
    connection.execute(
        delete(_uploads).where(
            _uploads.c.passport_id == passport.passport_id, _uploads.c.upload_id == upload_id
        )
    )


def _writer(passport: UnlockedPassport) -> str:
    return passport.access.supporter_id or ""
