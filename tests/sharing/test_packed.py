"""Who says that it opens packed files gets them so; everyone else gets what they always got."""

import json
from base64 import urlsafe_b64decode

import pytest
from sqlalchemy import select, update

from passport.crypto.padding import bucket_size
from passport.sharing.change_share import revoke_share
from passport.sharing.errors import NoLongerActive, WrongPasscode
from passport.sharing.read_share import read_manifest
from passport.sharing.share import Share
from passport.storage import tables
from passport.storage.database import Database
from tests.residents import Resident, new_resident, reading
from tests.sharing.clinician import (
    NURSE,
    address_of,
    at_location,
    decrypted,
    jwe_of,
    location_of,
    packed_jwe_of,
)

_files = tables.share_files
LONG = " ".join(f"Told once, and then {n} times more." for n in range(500))


@pytest.fixture
def bee(database: Database) -> Resident:
    resident = new_resident(database)
    resident.write("my-story", LONG)
    return resident


def header_of(jwe: str) -> dict[str, str]:
    return dict(json.loads(_bytes(jwe.split(".")[0])))


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def kept(bee: Resident, share: Share, column: str) -> bytes:
    query = select(_files.c[column]).where(_files.c.share_id == share.share_id)
    with bee.database.read() as connection:
        return bytes(connection.execute(query).scalar_one())


def put(bee: Resident, share: Share, **values: bytes | None) -> None:
    mine = _files.c.share_id == share.share_id
    with bee.database.write() as connection:
        connection.execute(update(_files).where(mine).values(**values))


def test_both_kinds_of_reader_get_the_same_words_before_and_after_a_refresh(bee: Resident) -> None:
    share = bee.share("my-story")
    for words in ("Told once, and then 499 times", "Something else"):
        # The second read of each takes another way on PostgreSQL than the first.
        for _ in range(2):
            plain, packed = jwe_of(bee.database, share), packed_jwe_of(bee.database, share)
            assert "zip" not in header_of(plain)
            assert header_of(packed)["zip"] == "DEF"
            assert plain.split(".")[2] != packed.split(".")[2], "each has an IV of its own"
            story = json.loads(decrypted(share, plain))
            assert words in json.dumps(story)
            assert json.loads(decrypted(share, packed)) == story
        assert len(packed) < len(plain)
        bee.write("my-story", "Something else")


def test_a_passcode_guards_the_packed_file_too(bee: Resident) -> None:
    share = bee.share("my-story", with_passcode=True)
    for _ in range(2):
        assert header_of(packed_jwe_of(bee.database, share, share.passcode))["zip"] == "DEF"
    with pytest.raises(WrongPasscode):
        packed_jwe_of(bee.database, share, "no")
    with pytest.raises(WrongPasscode):
        packed_jwe_of(bee.database, share)


def test_a_packed_files_length_is_a_buckets_whatever_the_words(bee: Resident) -> None:
    share = bee.share("my-story")
    lengths = set()
    for words in ("x", "I need a minute", "a lot of the same " * 50, LONG):
        bee.write("my-story", words)
        length = len(_bytes(packed_jwe_of(bee.database, share).split(".")[3]))
        assert length == bucket_size(length)
        lengths.add(length)
    assert len(lengths) <= 3


def test_the_length_that_a_reader_stops_at_is_that_of_the_file_it_would_get(bee: Resident) -> None:
    share = bee.share("my-story")
    most = len(packed_jwe_of(bee.database, share))
    for takes_packed in (True, False):
        (file,) = read_manifest(
            reading(bee.database),
            address_of(share),
            NURSE,
            embedded_length_max=most,
            takes_packed=takes_packed,
        )
        assert (file.embedded is not None) == takes_packed
    (file,) = read_manifest(
        reading(bee.database),
        address_of(share),
        NURSE,
        embedded_length_max=most - 1,
        takes_packed=True,
    )
    assert file.location


def test_what_waits_at_a_location_is_not_packed(bee: Resident) -> None:
    jwe = at_location(bee.database, location_of(bee.database, bee.share("my-story")))
    assert "zip" not in header_of(jwe)


def test_a_direct_file_is_not_packed(bee: Resident) -> None:
    share = bee.share("my-story", is_direct=True, duration="month")
    assert "zip" not in header_of(jwe_of(bee.database, share))


def test_a_share_from_before_files_were_packed_opens_and_is_packed_at_the_next_save(
    bee: Resident,
) -> None:
    share = bee.share("my-story")
    put(bee, share, packed_jwe=None)
    for _ in range(2):
        assert packed_jwe_of(bee.database, share) == jwe_of(bee.database, share)
    bee.write("my-story", "Something else")
    assert header_of(packed_jwe_of(bee.database, share))["zip"] == "DEF"


def test_one_put_in_the_place_of_the_other_is_not_handed_out(bee: Resident) -> None:
    share = bee.share("my-story")
    plain, packed = (kept(bee, share, name) for name in ("sealed_jwe", "packed_jwe"))
    put(bee, share, sealed_jwe=packed, packed_jwe=plain)
    for read in (jwe_of, packed_jwe_of):
        with pytest.raises(NoLongerActive):
            read(bee.database, share)


def test_revoking_leaves_nothing_packed_to_read(bee: Resident) -> None:
    share = bee.share("my-story")
    packed_jwe_of(bee.database, share)
    revoke_share(bee.database, bee.passport, share.share_id)
    with pytest.raises(NoLongerActive):
        packed_jwe_of(bee.database, share)
