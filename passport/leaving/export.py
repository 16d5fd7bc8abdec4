"""Everything in a passport as one JSON file (`story-passport/export/1`), for its owner alone."""

import json
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, func, select

from passport import clock
from passport.accounts.preferences import read_preferences
from passport.activity.read import Fault, Line
from passport.activity.record import record
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.leaving.checksum import checksum_of
from passport.leaving.export_schema import FORMAT
from passport.leaving.past_acts import exported_activity, plain_sentence
from passport.leaving.past_replies import exported_answers, exported_inbox
from passport.sharing.change_share import list_shares
from passport.sharing.receipts import MOST_SHOWN, Receipt, list_receipts
from passport.sharing.share import Share
from passport.storage import tables
from passport.storage.database import Database
from passport.story.attachment import StoredAttachment
from passport.story.attachments import all_attachments, read_attachment
from passport.story.section import Section
from passport.story.sections import read_story, read_versions

SOFTWARE = "Story Passport"
MOST_READINGS = 20_000
_PIECE = 64 * 1024

Json = dict[str, Any]


def make_export(
    database: Database,
    passport: UnlockedPassport,
    service: str,
    sentence: Callable[[Line | Fault], str] = plain_sentence,
) -> Json:
    """All of the owner's passport, and a record in her activity that this file was made.

    `service` is this service's address; `sentence` says an act in her language. Shares are in it
    as records of what was shared with whom: no link, key or passcode.
    Raises NotPermitted, DatabaseUnavailable.
    """
    passport.access.require_owner()
    readings, left_out = _readings(database, passport)
    shares = [_share(share, readings) for share in list_shares(database, passport)]
    with database.read() as connection:
        export = {
            "format": FORMAT,
            "made_at": _text(clock.now()),
            "made_by": {"service": service, "software": SOFTWARE},
            "passport_made_at": _moment(_made_at(connection, passport)),
            "preferences": asdict(read_preferences(connection, passport)),
            "sections": _sections(connection, passport),
            "shares": shares,
            "older_readings_left_out": left_out,
            "inbox": exported_inbox(connection, passport),
            "told_again": exported_answers(connection, passport),
            "activity": exported_activity(connection, passport, sentence),
        }
    with database.write() as connection:
        record(connection, passport, "export-made")
    return export | {"checksum": checksum_of(export)}


def export_text(export: Json) -> Iterator[bytes]:
    """The file, piece by piece, so that it is never in memory twice."""
    gathered, size = [], 0
    for piece in json.JSONEncoder(ensure_ascii=False, indent=1).iterencode(export):
        gathered.append(piece)
        size += len(piece)
        if size > _PIECE:
            yield "".join(gathered).encode()
            gathered, size = [], 0
    yield "".join(gathered).encode()


def _made_at(connection: Connection, passport: UnlockedPassport) -> int:
    passports = tables.passports
    query = select(passports.c.created_at).where(passports.c.passport_id == passport.passport_id)
    return int(connection.execute(query).scalar_one())


def _sections(connection: Connection, passport: UnlockedPassport) -> list[Json]:
    versions = read_versions(connection, passport)
    files: dict[str, list[Json]] = {}
    for stored in all_attachments(connection, passport):
        found = _attachment(*read_attachment(connection, passport, stored.attachment_id))
        files.setdefault(stored.section_key, []).append(found)
    order = [section.key for section in read_story(connection, passport)]
    return [
        {
            "key": key,
            "versions": [_version(one) for one in versions.get(key, [])],
            "attachments": files.get(key, []),
        }
        for key in [*order, *sorted(files.keys() - set(order))]
    ]


def _version(section: Section) -> Json:
    return {
        "version": section.version,
        "title": section.title,
        "content": section.content,
        "language": section.language,
        "sensitive": section.sensitive,
        "written_by": section.written_by,
        "supported_by": section.supported_by,
        "written_at": _text(section.written_at),
        "reviewed_at": _text(section.reviewed_at),
        **_other_language(section),
    }


def _other_language(section: Section) -> Json:
    if not section.has_other:
        return {}
    return {
        "other_language": section.other_language,
        "other_content": section.other_content,
    }


def _attachment(stored: StoredAttachment, content: bytes) -> Json:
    return {
        "name": stored.name,
        "content_type": stored.content_type,
        "caption": stored.caption,
        "transcript": stored.transcript,
        "written_at": _text(stored.written_at),
        "written_by": stored.written_by,
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
        "content": b64encode(content).decode(),
    }


def _share(share: Share, readings: dict[str, list[Json]]) -> Json:
    terms = share.terms
    return {
        "recipient": terms.recipient,
        "organisation": share.record.organisation,
        "sections": list(terms.sections),
        "identity": list(terms.identity),
        "sensitive": list(terms.sensitive),
        "duration": terms.duration,
        "with_passcode": terms.with_passcode,
        "is_direct": terms.is_direct,
        "may_hand_over": terms.may_hand_over,
        "is_emergency": terms.is_emergency,
        "state": share.state,
        "made_at": _moment(share.created_at),
        "expires_at": None if share.expires_at is None else _moment(share.expires_at),
        "stopped_at": None if share.revoked_at is None else _moment(share.revoked_at),
        "readings": readings.get(share.share_id, []),
    }


def _readings(database: Database, passport: UnlockedPassport) -> tuple[dict[str, list[Json]], int]:
    """Each share's readings, newest first, and how many older ones there are beyond the most."""
    found: dict[str, list[Json]] = {}
    for skip in range(0, MOST_READINGS, MOST_SHOWN):
        page = list_receipts(database, passport, skip=skip)
        for receipt in page:
            found.setdefault(receipt.share_id, []).append(_reading(receipt))
        if len(page) < MOST_SHOWN:
            return found, 0
    return found, _count_readings(database, passport) - MOST_READINGS


def _count_readings(database: Database, passport: UnlockedPassport) -> int:
    mine = tables.receipts.c.passport_id == passport.passport_id
    with database.read() as connection:
        return int(connection.execute(select(func.count()).where(mine)).scalar_one())


def _reading(receipt: Receipt) -> Json:
    return {
        "reader": receipt.reader.recipient,
        "verified_as": receipt.reader.verified_as,
        "read_at": _text(receipt.read_at),
    }


def _moment(epoch: int) -> str:
    return _text(datetime.fromtimestamp(epoch, UTC))


def _text(moment: datetime) -> str:
    return moment.isoformat()
