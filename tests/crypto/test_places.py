"""Every ciphertext opens in its own place, whole, and nowhere else (rules 1 and 2 of the keys)."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.crypto import envelope, hybrid_box, inbox, labels
from passport.crypto.envelope import CannotOpen
from passport.crypto.key_slots import (
    KeySlot,
    open_with_passphrase,
    open_with_recovery_secret,
    passphrase_slot,
    recovery_slot,
)
from passport.crypto.passport_key import PassportKey
from passport.crypto.place import Place
from passport.crypto.session_secret import SessionSecret
from passport.crypto.share_file import decrypt_file, encrypt_file
from tests.residents import CHEAP

HERE = Place(labels.SECTION, "a" * 32, "b" * 32, 3, "detail")
NEIGHBOURS = {
    "another purpose": replace(HERE, purpose=labels.RECEIPT),
    "another passport": replace(HERE, passport_id="c" * 32),
    "another row": replace(HERE, row_id="c" * 32),
    "an older version": replace(HERE, version=2),
    "a newer version": replace(HERE, version=4),
    "other details": replace(HERE, detail="detai"),
    "text moved between fields": replace(HERE, passport_id="a" * 31, row_id="a" + "b" * 32),
}
PRIVATE_KEY, PUBLIC_KEY = hybrid_box.generate_key_pair()
KEY, PASSPORT_KEY, SEALER = bytes(range(32)), PassportKey(bytes(range(32))), inbox.InboxSealer()
WORDS = b"I need a minute to answer"


@dataclass(frozen=True)
class Kind:
    """One kind of ciphertext: how it is sealed, and opened, in a place."""

    seal: Callable[[bytes, Place], bytes]
    open: Callable[[bytes, Place], bytes]


KINDS = {
    "envelope": Kind(
        lambda text, place: envelope.seal(KEY, text, place),
        lambda sealed, place: envelope.open_sealed(KEY, sealed, place),
    ),
    "passport's own": Kind(PASSPORT_KEY.seal, PASSPORT_KEY.open),
    "box": Kind(
        lambda text, place: hybrid_box.seal_to(PUBLIC_KEY, text, place),
        lambda sealed, place: hybrid_box.open_box(PRIVATE_KEY, sealed, place),
    ),
    "inbox item": Kind(
        lambda text, place: SEALER.seal(PUBLIC_KEY, text, place),
        lambda sealed, place: inbox.open_item(PRIVATE_KEY, sealed, place),
    ),
}
EACH_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)


@EACH_KIND
@given(text=st.binary(max_size=2000))
def test_it_opens_in_its_own_place(kind: Kind, text: bytes) -> None:
    assert kind.open(kind.seal(text, HERE), HERE) == text


@EACH_KIND
@pytest.mark.parametrize("neighbour", NEIGHBOURS.values(), ids=NEIGHBOURS)
def test_moved_to_a_neighbours_place_it_stays_shut(kind: Kind, neighbour: Place) -> None:
    sealed = kind.seal(WORDS, HERE)
    with pytest.raises(CannotOpen):
        kind.open(sealed, neighbour)


@EACH_KIND
@given(data=st.data())
def test_with_any_bit_flipped_it_stays_shut(kind: Kind, data: st.DataObject) -> None:
    sealed = kind.seal(WORDS, HERE)
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    with pytest.raises(CannotOpen):
        kind.open(_flipped(sealed, bit), HERE)


@EACH_KIND
@given(data=st.data())
def test_cut_short_or_made_longer_it_stays_shut(kind: Kind, data: st.DataObject) -> None:
    sealed = kind.seal(WORDS, HERE)
    cut = sealed[: data.draw(st.integers(0, len(sealed) - 1))]
    for damaged in (cut, sealed + data.draw(st.binary(min_size=1, max_size=40))):
        with pytest.raises(CannotOpen):
            kind.open(damaged, HERE)


@EACH_KIND
@given(junk=st.binary(max_size=3000))
def test_bytes_that_nobody_sealed_never_open(kind: Kind, junk: bytes) -> None:
    for bytes_ in (junk, b"\x01" + junk):
        with pytest.raises(CannotOpen):
            kind.open(bytes_, HERE)


@EACH_KIND
def test_it_says_its_version_first_and_an_unknown_one_is_refused(kind: Kind) -> None:
    sealed = kind.seal(WORDS, HERE)
    assert sealed[0] == 1
    for version in set(range(256)) - {1}:
        with pytest.raises(CannotOpen):
            kind.open(bytes([version]) + sealed[1:], HERE)


@EACH_KIND
def test_the_same_words_are_never_sealed_alike(kind: Kind) -> None:
    sealed = [kind.seal(WORDS, HERE) for _ in range(50)]
    assert len({text[-60:] for text in sealed}) == 50


def test_nonces_are_fresh_for_each_encryption() -> None:
    assert len({envelope.seal(KEY, WORDS, HERE)[1:13] for _ in range(2000)}) == 2000


def test_a_file_encrypted_again_under_its_key_gets_a_fresh_iv() -> None:
    tokens = {encrypt_file(KEY, WORDS, "text/plain").split(".")[2] for _ in range(500)}
    assert len(tokens) == 500


@given(st.tuples(*[st.text(max_size=6)] * 3), st.tuples(*[st.text(max_size=6)] * 3))
def test_no_two_places_share_an_encoding(one: tuple, other: tuple) -> None:
    same = Place(*one).to_bytes() == Place(*other).to_bytes()
    assert same == (one == other)


PASSPHRASE_SLOT = passphrase_slot(
    PASSPORT_KEY, "orchard violin", CHEAP, passport_id="a" * 32, slot_id="b" * 32
)
RECOVERY_SLOT = recovery_slot(PASSPORT_KEY, bytes(20), passport_id="a" * 32, slot_id="b" * 32)


def _open_slot(slot: KeySlot) -> PassportKey:
    if slot.kind == "passphrase":
        return open_with_passphrase(slot, "orchard violin")
    return open_with_recovery_secret(slot, bytes(20))


@pytest.mark.parametrize("slot", [PASSPHRASE_SLOT, RECOVERY_SLOT], ids=lambda slot: slot.kind)
@pytest.mark.parametrize("change", ["passport_id", "slot_id", "wrapped_key", "parameters"])
def test_a_slot_that_was_changed_stays_shut(slot: KeySlot, change: str) -> None:
    other: dict[str, object] = {
        "wrapped_key": _flipped(slot.wrapped_key, 200),
        "parameters": {**slot.parameters, "more": 1},
    }
    with pytest.raises(CannotOpen):
        _open_slot(replace(slot, **{change: other.get(change, "c" * 32)}))


@pytest.mark.parametrize(
    "cost",
    [
        {"memory_kib": 32, "iterations": 1, "lanes": 1},
        {"memory_kib": 64, "iterations": 2, "lanes": 1},
        {"memory_kib": 0, "iterations": 0, "lanes": 0},
        {"memory_kib": -1, "iterations": 1, "lanes": 1},
        {"memory_kib": "64", "iterations": 1, "lanes": 1},
        {"memory_kib": 64},
        {"surprise": 1},
        None,
    ],
)
def test_a_slots_cost_can_not_be_weakened_or_made_nonsense(cost: object) -> None:
    weakened = replace(PASSPHRASE_SLOT, parameters={**PASSPHRASE_SLOT.parameters, "argon2id": cost})
    with pytest.raises(CannotOpen):
        _open_slot(weakened)


@pytest.mark.parametrize("salt", ["", "no hex", "00" * 16, 7, None])
def test_a_slots_salt_can_not_be_changed(salt: object) -> None:
    salted = replace(PASSPHRASE_SLOT, parameters={**PASSPHRASE_SLOT.parameters, "salt": salt})
    with pytest.raises(CannotOpen):
        _open_slot(salted)


@given(bit=st.integers(0, len(PASSPHRASE_SLOT.wrapped_key) * 8 - 1))
def test_a_slot_with_any_bit_flipped_stays_shut(bit: int) -> None:
    for slot in (PASSPHRASE_SLOT, RECOVERY_SLOT):
        with pytest.raises(CannotOpen):
            _open_slot(replace(slot, wrapped_key=_flipped(slot.wrapped_key, bit)))


def test_a_slot_of_one_kind_does_not_open_as_another() -> None:
    with pytest.raises(CannotOpen):
        open_with_recovery_secret(PASSPHRASE_SLOT, bytes(20))
    with pytest.raises(CannotOpen):
        open_with_passphrase(RECOVERY_SLOT, "orchard violin")


def test_a_session_opens_its_own_passport_only() -> None:
    mine, other = SessionSecret.generate(), SessionSecret.generate()
    wrapped = mine.wrap(PASSPORT_KEY, "a" * 32)
    for secret, passport_id in ((mine, "c" * 32), (other, "a" * 32)):
        with pytest.raises(CannotOpen):
            secret.unwrap(wrapped, passport_id)
    with pytest.raises(CannotOpen):
        mine.unwrap(_flipped(wrapped, 300), "a" * 32)


TOKEN = encrypt_file(KEY, WORDS, "text/plain")


@given(data=st.data())
def test_a_share_file_with_any_bit_flipped_stays_shut(data: st.DataObject) -> None:
    parts = [urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in TOKEN.split(".")]
    which = data.draw(st.sampled_from([0, 2, 3, 4]))
    parts[which] = _flipped(parts[which], data.draw(st.integers(0, len(parts[which]) * 8 - 1)))
    with pytest.raises(CannotOpen):
        decrypt_file(KEY, ".".join(urlsafe_b64encode(p).decode().rstrip("=") for p in parts))


@given(st.text() | st.from_regex(r"[A-Za-z0-9_-]*(\.[A-Za-z0-9_-]*){4}", fullmatch=True))
def test_a_text_that_is_no_share_file_is_refused_as_such(text: str) -> None:
    with pytest.raises(CannotOpen):
        decrypt_file(KEY, text)


@given(st.recursive(st.none() | st.integers() | st.text(), lambda x: st.lists(x, max_size=3)))
def test_a_file_with_an_odd_header_is_refused_as_such(header: object) -> None:
    encoded = urlsafe_b64encode(json.dumps(header).encode()).decode().rstrip("=")
    with pytest.raises(CannotOpen):
        decrypt_file(KEY, ".".join([encoded, *TOKEN.split(".")[1:]]))


def test_a_file_under_another_shares_key_stays_shut() -> None:
    with pytest.raises(CannotOpen):
        decrypt_file(bytes(32), TOKEN)


def _flipped(text: bytes, bit: int) -> bytes:
    damaged = bytearray(text)
    damaged[bit // 8] ^= 1 << bit % 8
    return bytes(damaged)
