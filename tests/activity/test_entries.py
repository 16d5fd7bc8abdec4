"""What an entry holds, how it is kept, and that yesterday's stay readable."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from passport.access import Access, NotPermitted
from passport.activity.chain import FIRST_CHAIN, chain_value
from passport.activity.read import Line, read_activity
from passport.activity.record import record
from passport.activity.sealed_entry import (
    EntryText,
    Head,
    open_head,
    open_of_service,
    open_own,
    seal_of_service,
)
from passport.crypto.envelope import CannotOpen
from passport.crypto.passport_key import PassportKey
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.change_share import (
    extend_share,
    pause_share,
    renew_passcode,
    resume_share,
    revoke_share,
)
from passport.storage.database import Database
from passport.storage.inbox_keys import inbox_public_key
from tests.activity.records import ENTRIES, lines_of
from tests.residents import PEPPER, Resident, new_resident

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "crypto" / "vectors.json").read_text()
)
OLD = VECTORS["activity"]
ID = "a" * 32
PASSPORT = UnlockedPassport(ID, PassportKey(bytes.fromhex(VECTORS["passport_key"]["secret"])))


def test_an_old_entry_of_the_owner_opens_and_keeps_its_chain() -> None:
    sealed, text = bytes.fromhex(OLD["own"]["sealed"]), EntryText(**OLD["own"]["text"])
    assert open_own(PASSPORT, 1, sealed) == text
    assert chain_value(FIRST_CHAIN, ID, 1, text.at, False, sealed).hex() == OLD["own"]["chain"]


def test_an_old_entry_of_the_service_opens_and_keeps_its_chain() -> None:
    sealed, text = bytes.fromhex(OLD["service"]["sealed"]), EntryText(**OLD["service"]["text"])
    private_key = bytes.fromhex(VECTORS["box"]["private_key"])
    assert open_of_service(private_key, ID, 2, sealed) == text
    previous = bytes.fromhex(text.previous)
    assert chain_value(previous, ID, 2, text.at, True, sealed).hex() == OLD["service"]["chain"]


def test_what_remembered_an_old_newest_entry_opens() -> None:
    opened = open_head(PASSPORT, bytes.fromhex(OLD["head"]["sealed"]))
    assert opened == Head(OLD["head"]["number"], OLD["head"]["chain"])


def test_an_entry_opens_under_its_own_number_only() -> None:
    with pytest.raises(CannotOpen):
        open_own(PASSPORT, 2, bytes.fromhex(OLD["own"]["sealed"]))


@pytest.mark.parametrize("text", [b"[]", b"{}", b"\xff", b'{"act":1,"at":"x","previous":3}', b"["])
def test_a_box_with_nonsense_in_it_is_a_line_that_does_not_open(text: bytes) -> None:
    public, private = VECTORS["box"]["public_key"], VECTORS["box"]["private_key"]

    class Nonsense(EntryText):
        def to_json(self) -> bytes:
            return text

    box = seal_of_service(bytes.fromhex(public), ID, 1, Nonsense("x", 1, ""))
    with pytest.raises(CannotOpen):
        open_of_service(bytes.fromhex(private), ID, 1, box)


def test_a_supporter_may_not_read_the_record(sqlite_database: Database) -> None:
    maud = new_resident(sqlite_database)
    access = Access("1" * 32, "Ben", frozenset({"read", "write", "share"}), None)
    acting = UnlockedPassport(maud.passport.passport_id, maud.passport.key, access)
    with pytest.raises(NotPermitted):
        read_activity(sqlite_database, acting)


def sealed_of(resident: Resident) -> list[bytes]:
    mine = ENTRIES.c.passport_id == resident.passport.passport_id
    with resident.database.read() as connection:
        return list(connection.execute(select(ENTRIES.c.sealed).where(mine)).scalars())


def test_short_and_long_titles_look_alike(sqlite_database: Database) -> None:
    maud = new_resident(sqlite_database)
    with sqlite_database.write() as connection:
        record(connection, maud.passport, "section-saved", title="X")
        record(connection, maud.passport, "section-saved", title="A much longer title of a part")
    short, long = sealed_of(maud)[-2:]
    assert len(short) == len(long)


def test_lines_of_the_service_look_alike(sqlite_database: Database) -> None:
    maud = new_resident(sqlite_database)
    with sqlite_database.read() as connection:
        key = inbox_public_key(connection, maud.passport.passport_id)
    boxes = [
        seal_of_service(key, ID, 1, EntryText(act, 1, "00" * 32)) for act in ("a", "card-wrong-pin")
    ]
    assert len(boxes[0]) == len(boxes[1])


def test_each_act_of_sharing_is_written_down_without_passcode_link_or_words(
    database: Database,
) -> None:
    maud = new_resident(database)
    maud.write("please-do", ["Warm your hands first"])
    share = maud.share("please-do", recipient="Rose ward", with_passcode=True)
    pause_share(database, maud.passport, share.share_id)
    resume_share(database, maud.passport, share.share_id)
    extend_share(database, maud.passport, share.share_id, "month")
    passcode = renew_passcode(database, PEPPER, maud.passport, share.share_id)
    revoke_share(database, maud.passport, share.share_id)
    lines = [line for line in lines_of(maud) if isinstance(line, Line)]
    assert [line.act for line in lines][:7] == [
        "share-revoked",
        "share-passcode-renewed",
        "share-extended",
        "share-resumed",
        "share-paused",
        "share-made",
        "section-saved",
    ]
    said = repr(lines)
    secrets = share.record.secrets
    assert secrets is not None
    hidden = [passcode, str(share.passcode), secrets.address, secrets.share_key, "Warm your hands"]
    assert [text for text in hidden if text in said] == []


def test_saving_the_same_words_twice_is_one_act(sqlite_database: Database) -> None:
    maud = new_resident(sqlite_database)
    maud.write("please-do", ["Knock first"])
    maud.write("please-do", ["Knock first"])
    acts = [line.act for line in lines_of(maud) if isinstance(line, Line)]
    assert acts.count("section-saved") == 1
