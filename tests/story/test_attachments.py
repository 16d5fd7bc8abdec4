"""Files of a section: sealed in parts, bound to their place, within limits, by leave."""

import os
from datetime import UTC

import pytest
from sqlalchemy import select, update

from passport.access import Access, NotPermitted
from passport.crypto.envelope import CannotOpen
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.story import attachment as rules
from passport.story.attachment import Attachment, AttachmentRefused, UnknownAttachment
from passport.story.attachments import (
    PART_BYTES,
    add_attachment,
    list_attachments,
    read_attachment,
    remove_attachment,
)
from passport.story.errors import UnknownSection
from tests.residents import Resident, new_resident

_parts, _attachments = tables.attachment_parts, tables.attachments


@pytest.fixture
def bee(database: Database) -> Resident:
    return new_resident(database)


def photo(content: bytes = b"\x89PNG", **more: str) -> Attachment:
    values = {"name": "dog.png", "content_type": "image/png", **more}
    return Attachment(content=content, **values)


def added(resident: Resident, file: Attachment, key: str = "my-story") -> str:
    with resident.database.write() as connection:
        return add_attachment(connection, resident.passport, key, file).attachment_id


def content_of(resident: Resident, attachment_id: str) -> bytes:
    with resident.database.read() as connection:
        return read_attachment(connection, resident.passport, attachment_id)[1]


@pytest.mark.parametrize("size", [1, 4096, PART_BYTES - 1, PART_BYTES, PART_BYTES + 1, 3 << 20])
def test_a_file_is_read_as_it_was_added(bee: Resident, size: int) -> None:
    content = os.urandom(size)
    assert content_of(bee, added(bee, photo(content))) == content


def test_it_says_what_it_is_and_who_added_it(bee: Resident) -> None:
    added(bee, photo(caption="My dog", transcript="A brown dog on a beach"))
    with bee.database.read() as connection:
        (found,) = list_attachments(connection, bee.passport, "my-story")
    assert (found.name, found.content_type, found.size) == ("dog.png", "image/png", 4)
    assert (found.caption, found.transcript) == ("My dog", "A brown dog on a beach")
    assert found.written_by == "self"
    assert found.written_at.tzinfo == UTC


def test_a_section_lists_its_own_files_only(bee: Resident) -> None:
    added(bee, photo(), "people")
    with bee.database.read() as connection:
        assert list_attachments(connection, bee.passport, "my-story") == []


def test_a_full_part_costs_one_mebibyte_and_an_envelope(bee: Resident) -> None:
    added(bee, photo(bytes(PART_BYTES * 2)))
    mine = _parts.c.passport_id == bee.passport.passport_id
    with bee.database.read() as connection:
        sealed = connection.execute(select(_parts.c.sealed).where(mine)).scalars().all()
    assert [len(part) for part in sealed] == [(1 << 20) + 29] * 2


def test_a_removed_file_is_gone(bee: Resident) -> None:
    attachment_id = added(bee, photo())
    with bee.database.write() as connection:
        remove_attachment(connection, bee.passport, attachment_id)
    with pytest.raises(UnknownAttachment):
        content_of(bee, attachment_id)
    with bee.database.read() as connection:
        mine = _parts.c.attachment_id == attachment_id
        assert connection.execute(select(_parts).where(mine)).all() == []


@pytest.mark.parametrize("attachment_id", ["", "\0", "0" * 32, "../x"])
def test_an_unknown_file_is_unknown(bee: Resident, attachment_id: str) -> None:
    with pytest.raises(UnknownAttachment):
        content_of(bee, attachment_id)


def test_a_file_of_somebody_else_is_unknown(bee: Resident, database: Database) -> None:
    attachment_id = added(bee, photo())
    with pytest.raises(UnknownAttachment):
        content_of(new_resident(database), attachment_id)


def _swap(bee: Resident, one: tuple[str, int], other: tuple[str, int]) -> None:
    with bee.database.write() as connection:
        sealed = connection.execute(
            select(_parts.c.sealed).where(
                _parts.c.attachment_id == other[0], _parts.c.part == other[1]
            )
        ).scalar_one()
        connection.execute(
            update(_parts)
            .where(_parts.c.attachment_id == one[0], _parts.c.part == one[1])
            .values(sealed=sealed)
        )


def test_a_part_opens_in_its_own_place_only(bee: Resident) -> None:
    one, other = (added(bee, photo(os.urandom(PART_BYTES + 5))) for _ in range(2))
    longer = added(bee, photo(os.urandom(PART_BYTES * 2 + 5)))
    for place in ((one, 1), (other, 0), (longer, 0)):
        _swap(bee, (one, 0), place)
        with pytest.raises(CannotOpen):
            content_of(bee, one)


def test_a_missing_part_is_no_shorter_file(bee: Resident) -> None:
    attachment_id = added(bee, photo(os.urandom(PART_BYTES + 5)))
    with bee.database.write() as connection:
        connection.execute(
            _parts.delete().where(_parts.c.attachment_id == attachment_id, _parts.c.part == 1)
        )
    with pytest.raises(CannotOpen):
        content_of(bee, attachment_id)


def test_a_record_opens_in_its_own_place_only(bee: Resident) -> None:
    one, other = added(bee, photo()), added(bee, photo())
    with bee.database.write() as connection:
        sealed = connection.execute(
            select(_attachments.c.sealed_record).where(_attachments.c.attachment_id == other)
        ).scalar_one()
        connection.execute(
            update(_attachments)
            .where(_attachments.c.attachment_id == one)
            .values(sealed_record=sealed)
        )
    with pytest.raises(CannotOpen):
        content_of(bee, one)


@pytest.mark.parametrize(
    "file",
    [
        photo(b""),
        photo(name=""),
        photo(name="x" * 201),
        photo(content_type="text/html"),
        photo(content_type="image/svg+xml"),
        photo(caption="x" * 2001),
        photo(transcript="x" * 20_001),
        photo(bytes(rules.MOST_BYTES + 1)),
    ],
    ids=lambda file: f"{file.name[:8]} {file.content_type} {len(file.content)}",
)
def test_what_cannot_be_kept_is_refused(bee: Resident, file: Attachment) -> None:
    with pytest.raises(AttachmentRefused):
        added(bee, file)


def test_an_unknown_section_has_no_files(bee: Resident) -> None:
    with pytest.raises(UnknownSection):
        added(bee, photo(), "nowhere")


def test_a_passport_is_full_at_some_point(bee: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("passport.story.attachments.MOST_BYTES_TOGETHER", 100)
    added(bee, photo(bytes(60)))
    with pytest.raises(AttachmentRefused, match="no room"):
        added(bee, photo(bytes(41)))
    added(bee, photo(bytes(40)))


def _as_sam(bee: Resident, *permissions: str, sections: frozenset[str]) -> UnlockedPassport:
    access = Access("s" * 32, "Sam", frozenset(permissions), sections)  # type: ignore[arg-type]
    return UnlockedPassport(bee.passport.passport_id, bee.passport.key, access)


def test_a_supporter_does_with_files_what_she_may_do_with_their_section(bee: Resident) -> None:
    attachment_id = added(bee, photo())
    reader = _as_sam(bee, "read", sections=frozenset({"my-story"}))
    writer = _as_sam(bee, "read", "write", sections=frozenset({"people"}))
    with bee.database.write() as connection:
        assert read_attachment(connection, reader, attachment_id)
        assert list_attachments(connection, reader, "my-story")
        for forbidden in (
            lambda: remove_attachment(connection, reader, attachment_id),
            lambda: add_attachment(connection, reader, "my-story", photo()),
            lambda: read_attachment(connection, writer, attachment_id),
            lambda: remove_attachment(connection, writer, attachment_id),
            lambda: list_attachments(connection, writer, "my-story"),
        ):
            with pytest.raises(NotPermitted):
                forbidden()
        assert add_attachment(connection, writer, "people", photo()).written_by == "Sam"
