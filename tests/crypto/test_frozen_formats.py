"""What version 1 wrote stays readable. If a test here fails, somebody's story no longer opens."""

import json
from pathlib import Path
from typing import Any

import pytest

from passport.crypto import envelope, hybrid_box, inbox, padding, recovery_code
from passport.crypto.key_slots import (
    KeySlot,
    open_with_passkey,
    open_with_passphrase,
    open_with_recovery_secret,
)
from passport.crypto.passport_key import PassportKey
from passport.crypto.pepper import Pepper
from passport.crypto.place import Place
from passport.crypto.session_secret import SessionSecret
from passport.crypto.share_file import decrypt_file, open_file

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text())
TEXT = VECTORS["text"].encode()
CHECK = Place("check", "passport", "row")


def _bytes(case: str, name: str) -> bytes:
    return bytes.fromhex(VECTORS[case][name])


def _place(case: str) -> Place:
    return Place(**VECTORS[case]["place"])


def _is_the_frozen_key(key: PassportKey) -> bool:
    frozen = PassportKey(_bytes("slots", "secret"))
    return key.open(frozen.seal(b"same", CHECK), CHECK) == b"same"


def test_an_old_envelope_opens() -> None:
    sealed = _bytes("envelope", "sealed")
    opened = envelope.open_sealed(_bytes("envelope", "key"), sealed, _place("envelope"))
    assert opened == TEXT


def test_what_an_old_passport_key_sealed_opens() -> None:
    key = PassportKey(_bytes("passport_key", "secret"))
    assert key.open(_bytes("passport_key", "sealed"), _place("passport_key")) == TEXT


def test_sections_keep_their_row_identifiers() -> None:
    key = PassportKey(_bytes("passport_key", "secret"))
    expected = VECTORS["passport_key"]["section_ids"]
    assert {name: key.section_id(name) for name in expected} == expected


def test_drafts_keep_their_row_identifiers() -> None:
    key = PassportKey(_bytes("passport_key", "secret"))
    expected = VECTORS["passport_key"]["draft_ids"]
    assert {name: key.draft_id(*name.split("/")) for name in expected} == expected


def _slot(kind: str) -> KeySlot:
    values = VECTORS["slots"][kind]["slot"]
    return KeySlot(**values | {"wrapped_key": bytes.fromhex(values["wrapped_key"])})


def test_an_old_passphrase_slot_opens() -> None:
    typed = VECTORS["slots"]["passphrase"]["typed"]
    assert _is_the_frozen_key(open_with_passphrase(_slot("passphrase"), typed))


def test_an_old_recovery_slot_opens() -> None:
    secret = bytes.fromhex(VECTORS["slots"]["recovery-code"]["secret"])
    assert _is_the_frozen_key(open_with_recovery_secret(_slot("recovery-code"), secret))


def test_an_old_passkeys_slot_opens() -> None:
    prf_output = bytes.fromhex(VECTORS["slots"]["passkey"]["prf_output"])
    assert _is_the_frozen_key(open_with_passkey(_slot("passkey"), prf_output))


def test_an_old_session_opens() -> None:
    case = VECTORS["session"]
    secret = SessionSecret.from_cookie(case["cookie"])
    assert secret is not None
    assert secret.lookup.hex() == case["lookup"]
    assert _is_the_frozen_key(secret.unwrap(bytes.fromhex(case["wrapped"]), case["passport_id"]))


def test_an_old_box_opens() -> None:
    private_key = _bytes("box", "private_key")
    assert hybrid_box.public_key_of(private_key) == _bytes("box", "public_key")
    assert hybrid_box.open_box(private_key, _bytes("box", "sealed"), _place("box")) == TEXT


def test_an_old_inbox_item_opens() -> None:
    sealed = _bytes("inbox_item", "sealed")
    private_key = _bytes("inbox_item", "private_key")
    assert inbox.open_item(private_key, sealed, _place("inbox_item")) == TEXT


def test_an_old_share_file_opens() -> None:
    case = VECTORS["share_file"]
    opened = decrypt_file(_bytes("share_file", "key"), case["token"])
    assert opened == (TEXT, case["content_type"])


def test_old_names_and_passcodes_are_found_again() -> None:
    case = VECTORS["pepper"]
    pepper = Pepper(_bytes("pepper", "secret"))
    assert pepper.name_lookup(case["name"]).hex() == case["name_lookup"]
    assert pepper.passcode_hash(case["share_id"], case["passcode"]).hex() == case["passcode_hash"]


@pytest.mark.parametrize("case", VECTORS["recovery_codes"], ids=lambda case: case["code"])
def test_an_old_recovery_code_is_read(case: dict[str, str]) -> None:
    assert recovery_code.decode(case["code"]).hex() == case["secret"]
    assert recovery_code.encode(bytes.fromhex(case["secret"])) == case["code"]


def test_buckets_keep_their_sizes() -> None:
    expected = VECTORS["buckets"]
    assert {size: padding.bucket_size(int(size)) for size in expected} == expected


def test_old_padding_comes_off() -> None:
    assert padding.unpad(bytes.fromhex(VECTORS["padded"])) == b"told once"


ERASURE = VECTORS["erasure"]
ERASURE_KEY = bytes.fromhex(ERASURE["erasure_key"])


def _slot_with_erasure(kind: str) -> KeySlot:
    values = ERASURE[kind]["slot"]
    wrapped_key = bytes.fromhex(values["wrapped_key"])
    return KeySlot(**values | {"wrapped_key": wrapped_key, "erasure_key": ERASURE_KEY})


def test_an_old_passphrase_slot_opens_with_its_erasure_key() -> None:
    slot = _slot_with_erasure("passphrase")
    assert _is_the_frozen_key(open_with_passphrase(slot, ERASURE["passphrase"]["typed"]))


def test_an_old_recovery_slot_opens_with_its_erasure_key() -> None:
    secret = bytes.fromhex(ERASURE["recovery-code"]["secret"])
    slot = _slot_with_erasure("recovery-code")
    assert _is_the_frozen_key(open_with_recovery_secret(slot, secret))


def test_an_old_session_opens_with_its_erasure_key() -> None:
    case = ERASURE["session"]
    secret = SessionSecret.from_cookie(case["cookie"])
    assert secret is not None
    wrapped = bytes.fromhex(case["wrapped"])
    assert _is_the_frozen_key(secret.unwrap(wrapped, case["passport_id"], ERASURE_KEY))


@pytest.mark.parametrize(("column", "key"), [("sealed", ERASURE_KEY), ("sealed_without", None)])
def test_an_old_kept_share_file_opens(column: str, key: bytes | None) -> None:
    case = ERASURE["share_file"]
    sealed = bytes.fromhex(case[column])
    assert open_file(key, sealed, case["share_id"], case["file_id"]) == case["token"]


def test_names_keep_their_salts() -> None:
    case = VECTORS["names"]
    assert Pepper(_bytes("names", "secret")).name_salt(case["name"]).hex() == case["name_salt"]


def test_old_recovery_codes_are_found_again() -> None:
    case, secret = VECTORS["recovery_lookups"], _bytes("recovery_lookups", "secret")
    assert recovery_code.lookup_of(secret).hex() == case["lookup"]
    assert recovery_code.used_lookup_of(secret).hex() == case["used_lookup"]
