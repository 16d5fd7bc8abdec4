"""Photos, voice and papers go with their part of the story, to whom she chose, and no further."""

import json
from base64 import b64decode, b64encode

import pytest
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.documentreference import DocumentReference
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from passport.crypto.share_file import decode_key, decrypt_file
from passport.fhir.document import read_document
from passport.sharing import share_attachments
from passport.sharing.change_contents import change_contents
from passport.sharing.change_share import list_shares, pause_share, revoke_share
from passport.sharing.errors import NoLongerActive, NotAllowed
from passport.sharing.read_share import read_direct_file, read_location, read_manifest
from passport.sharing.save_attachment import (
    describe_attachment,
    remove_attachment,
    save_attachment,
)
from passport.sharing.share import Share, ShareTerms
from passport.storage import tables
from passport.storage.database import Database
from passport.story.attachment import Attachment, AttachmentRefused
from tests.residents import Resident, new_resident
from tests.sharing.clinician import NURSE, address_of, reading

PARTS = ("please-do", "home", "people", "most-important")


@pytest.fixture
def bee(database: Database) -> Resident:
    resident = new_resident(database)
    resident.write("please-do", ["Warm your hands"])
    resident.write("home", "A step at the door")
    return resident


def add(resident: Resident, key: str, mark: str, **about: str) -> str:
    file = Attachment(f"secret-name-{mark}.jpg", "image/jpeg", f"bytes of {mark}".encode(), **about)
    return save_attachment(resident.database, resident.passport, key, file).attachment_id


def opened(share: Share, jwe: str) -> dict:
    assert share.record.secrets
    return json.loads(decrypt_file(decode_key(share.record.secrets.share_key), jwe)[0])


def read(database: Database, share: Share, limit: int | None = None) -> tuple[dict, list[dict]]:
    """The document of a share, and its further files, opened."""
    first, *further = read_manifest(
        reading(database), address_of(share), NURSE, share.passcode, limit
    )
    assert [one.embedded for one in further] == [None] * len(further)
    jwes = [read_location(reading(database), one.location or "") for one in further]
    document = first.embedded or read_location(reading(database), first.location or "")
    return opened(share, document), [opened(share, jwe) for jwe in jwes]


def bytes_in(files: list[dict]) -> list[bytes]:
    return [b64decode(file["content"][0]["attachment"]["data"]) for file in files]


@pytest.mark.parametrize("limit", [None, 0, 10_000_000])
@pytest.mark.parametrize("with_passcode", [True, False])
def test_a_shared_part_takes_its_files_along_each_by_itself(
    database: Database, bee: Resident, limit: int | None, with_passcode: bool
) -> None:
    add(bee, "please-do", "splint", caption="My splint", transcript="Straps round the wrist")
    add(bee, "home", "door")
    share = bee.share("please-do", with_passcode=with_passcode)
    # Read twice: the second time by the shorter way.
    for _ in range(2):
        document, files = read(database, share, limit)
        assert bytes_in(files) == [b"bytes of splint"]
    (about,) = read_document(document).sections[0].files
    assert (about.title, about.transcript) == ("My splint", "Straps round the wrist")
    assert files[0]["id"] == str(about.id)
    assert b64encode(b"bytes of splint").decode() not in json.dumps(document)
    DocumentReference.model_validate(files[0])


def test_neither_names_of_files_nor_other_parts_are_told(database: Database, bee: Resident) -> None:
    add(bee, "please-do", "splint")
    add(bee, "home", "door", caption="My front door")
    document, files = read(database, bee.share("please-do"))
    told = json.dumps([document, files])
    assert "secret-name" not in told
    assert "front door" not in told
    assert read_document(document).sections[0].files[0].title == "Photo"


def test_a_location_gives_its_file_once_and_ends_with_the_share(
    database: Database, bee: Resident
) -> None:
    add(bee, "please-do", "splint")
    share = bee.share("please-do")
    locations = [
        read_manifest(reading(database), address_of(share), NURSE)[1].location or ""
        for _ in range(3)
    ]
    assert read_location(reading(database), locations[0])
    with pytest.raises(NoLongerActive):
        read_location(reading(database), locations[0])
    pause_share(database, bee.passport, share.share_id)
    with pytest.raises(NoLongerActive):
        read_location(reading(database), locations[1])
    revoke_share(database, bee.passport, share.share_id)
    assert rows_of(database, share) == {}
    assert locations_of(database, share) == []


def rows_of(database: Database, share: Share) -> dict[str, bytes]:
    files = tables.share_files
    mine = (files.c.share_id == share.share_id, files.c.position > 0)
    with database.read() as connection:
        found = connection.execute(select(files.c.file_id, files.c.sealed_jwe).where(*mine))
        return {row.file_id: bytes(row.sealed_jwe) for row in found}


def locations_of(database: Database, share: Share) -> list[object]:
    locations = tables.share_locations
    with database.read() as connection:
        return list(
            connection.execute(select(locations).where(locations.c.share_id == share.share_id))
        )


def test_only_what_changed_is_encrypted_again(database: Database, bee: Resident) -> None:
    splint, other = add(bee, "please-do", "splint"), add(bee, "please-do", "other")
    share = bee.share("please-do")
    before = rows_of(database, share)
    bee.write("please-do", ["Newer words"])
    assert rows_of(database, share) == before
    describe_attachment(database, bee.passport, splint, "My splint", "")
    after = rows_of(database, share)
    assert len(after) == 2
    assert len(before.items() & after.items()) == 1
    remove_attachment(database, bee.passport, other)
    add(bee, "please-do", "third")
    document, files = read(database, share)
    assert bytes_in(files) == [b"bytes of splint", b"bytes of third"]
    titles = [file.title for file in read_document(document).sections[0].files]
    assert titles == ["My splint", "Photo"]


def test_a_part_that_becomes_sensitive_takes_its_files_out_of_shares(
    database: Database, bee: Resident
) -> None:
    add(bee, "please-do", "splint")
    share = bee.share("please-do", "home")
    bee.write("please-do", ["Warm your hands"], sensitive=True)
    document, files = read(database, share)
    assert files == []
    assert [section.files for section in read_document(document).sections] == [()]
    assert rows_of(database, share) == {}


def test_a_direct_link_has_the_words_about_files_and_no_file(
    database: Database, bee: Resident
) -> None:
    add(bee, "please-do", "splint", caption="My splint")
    share = bee.share("please-do", is_direct=True)
    document = opened(share, read_direct_file(reading(database), address_of(share), NURSE))
    assert "My splint" in document["entry"][0]["resource"]["section"][0]["text"]["div"]
    assert rows_of(database, share) == {}


def test_files_in_shares_have_a_limit_that_is_said_plainly(
    database: Database, bee: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(bee, "please-do", "splint")
    share, of_words = bee.share("please-do"), bee.share("home")
    (size,) = map(len, rows_of(database, share).values())
    monkeypatch.setattr(share_attachments, "MOST_BYTES_SHARED", 2 * size - 1)
    with pytest.raises(NotAllowed, match="Stop a share"):
        bee.share("please-do")
    with pytest.raises(NotAllowed, match="Stop a share"):
        change_contents(database, bee.passport, of_words.share_id, ShareTerms("-", ("please-do",)))
    with pytest.raises(AttachmentRefused, match="Stop a share"):
        add(bee, "please-do", "second")
    assert len(list_shares(database, bee.passport)) == 2
    assert bytes_in(read(database, share)[1]) == [b"bytes of splint"]
    bee.write("please-do", ["Words are kept as ever"])
    assert "Words are kept as ever" in json.dumps(read(database, share)[0])
    revoke_share(database, bee.passport, share.share_id)
    assert rows_of(database, bee.share("please-do"))


def test_a_photo_with_a_caption_alone_is_shared_like_words(
    database: Database, bee: Resident
) -> None:
    add(bee, "most-important", "garden", caption="My garden in May")
    bee.write("home", "")
    add(bee, "home", "door")
    share = bee.share("most-important", "home")
    document, files = read(database, share)
    written = read_document(document).sections
    assert [(one.key, one.parts) for one in written] == [("most-important", ()), ("home", ())]
    assert written[0].files[0].title == "My garden in May"
    assert bytes_in(files) == [b"bytes of garden", b"bytes of door"]
    Bundle.model_validate(document)


def test_whoever_has_more_than_the_limit_can_still_let_out_less(
    database: Database, bee: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(bee, "please-do", "splint")
    add(bee, "home", "door")
    share = bee.share("please-do", "home")
    bee.share("please-do", "home")
    monkeypatch.setattr(share_attachments, "MOST_BYTES_SHARED", 1)
    less = ShareTerms("-", ("home",))
    change_contents(database, bee.passport, share.share_id, less)
    document, files = read(database, share)
    assert [one.key for one in read_document(document).sections] == ["home"]
    assert bytes_in(files) == [b"bytes of door"]
    with pytest.raises(NotAllowed, match="Stop a share"):
        change_contents(
            database, bee.passport, share.share_id, ShareTerms("-", ("please-do", "home"))
        )
    assert bytes_in(read(database, share)[1]) == [b"bytes of door"]


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    files=st.lists(st.sampled_from(PARTS), max_size=5),
    sensitive=st.sets(st.sampled_from(PARTS)),
    chosen=st.sets(st.sampled_from(PARTS), min_size=1),
    agreed=st.sets(st.sampled_from(PARTS)),
)
def test_whatever_is_ticked_exactly_its_files_are_let_out(
    database: Database, files: list[str], sensitive: set[str], chosen: set[str], agreed: set[str]
) -> None:
    resident = new_resident(database)
    for key in PARTS:
        answer: object = ["Words"] if key == "please-do" else "Words"
        answer = [{"name": "Ann"}] if key == "people" else answer
        resident.write(key, answer, sensitive=key in sensitive)
    for number, key in enumerate(files):
        add(resident, key, f"{number}-{key}", caption=f"Caption {number} {key}.")
    let_out = {key for key in chosen if key not in sensitive or key in agreed}
    if not let_out:
        return
    share = resident.share(*sorted(chosen), sensitive=tuple(sorted(agreed)))
    document, shared = read(database, share)
    expected = {f"{n}-{key}" for n, key in enumerate(files) if key in let_out}
    assert {one.decode().removeprefix("bytes of ") for one in bytes_in(shared)} == expected
    told = json.dumps([document, shared])
    for number, key in enumerate(files):
        assert (f"Caption {number} {key}." in told) == (key in let_out)
