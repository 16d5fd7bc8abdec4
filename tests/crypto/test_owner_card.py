"""The owner card's slot: card and PIN together open it, and nothing else ever does."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.crypto import typed_code
from passport.crypto.envelope import CannotOpen
from passport.crypto.key_slots import KeySlot, card_slot, card_wrapping_key, open_card
from passport.crypto.owner_card import CardSecret
from passport.crypto.passport_key import PassportKey
from passport.crypto.place import Place
from passport.crypto.typed_code import MistypedCode
from tests.residents import CHEAP

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text())
PIN, PLACE = "8352", Place("check", "p", "r")
CARD, KEY = CardSecret(bytes(range(32))), PassportKey(b"k" * 32, b"e" * 32)
SLOT = card_slot(KEY, CARD, PIN, CHEAP, passport_id="a" * 32, slot_id="b" * 32)
SECRETS = st.binary(min_size=32, max_size=32)


def opened(slot: KeySlot, card: CardSecret = CARD, pin: str = PIN) -> PassportKey:
    return open_card(slot, card_wrapping_key(slot, card, pin))


def is_the_key(key: PassportKey) -> bool:
    return key.open(KEY.seal(b"same", PLACE), PLACE) == b"same"


def test_card_and_pin_open_it() -> None:
    assert is_the_key(opened(SLOT))


@given(st.integers(0, len(SLOT.wrapped_key) * 8 - 1))
def test_any_bit_of_the_wrapped_key_flipped_and_it_stays_shut(bit: int) -> None:
    damaged = bytearray(SLOT.wrapped_key)
    damaged[bit // 8] ^= 1 << bit % 8
    with pytest.raises(CannotOpen):
        opened(replace(SLOT, wrapped_key=bytes(damaged)))


@given(st.data())
def test_any_bit_of_its_header_flipped_and_it_stays_shut(data: st.DataObject) -> None:
    header = json.dumps([SLOT.passport_id, SLOT.slot_id, SLOT.kind, SLOT.parameters]).encode()
    bit = data.draw(st.integers(0, len(header) * 8 - 1))
    damaged = bytearray(header)
    damaged[bit // 8] ^= 1 << bit % 8
    try:
        passport_id, slot_id, kind, parameters = json.loads(bytes(damaged))
    except ValueError:
        return  # no JSON any more: the row can't even be read
    changed = replace(
        SLOT, passport_id=passport_id, slot_id=slot_id, kind=kind, parameters=parameters
    )
    if costs_too_much(parameters) or changed == SLOT:
        return
    with pytest.raises(CannotOpen):
        opened(changed)


@given(SECRETS)
def test_another_card_does_not_open_it(secret: bytes) -> None:
    if secret != CARD.secret:
        with pytest.raises(CannotOpen):
            opened(SLOT, CardSecret(secret))


@given(st.text("0123456789", min_size=1, max_size=8))
def test_another_pin_does_not_open_it(pin: str) -> None:
    if pin != PIN:
        with pytest.raises(CannotOpen):
            opened(SLOT, pin=pin)


def test_without_the_erasure_key_it_stays_shut() -> None:
    for other in (None, b"x" * 32):
        with pytest.raises(CannotOpen):
            opened(replace(SLOT, erasure_key=other))


def test_the_row_is_found_by_nothing_that_leads_back_to_the_card() -> None:
    assert CARD.lookup not in (CARD.secret, CARD.wrapping_key(bytes(32)))
    assert "secret" not in repr(CARD)


def test_two_cards_of_one_pin_share_no_key() -> None:
    other = card_slot(KEY, CARD, PIN, CHEAP, passport_id="a" * 32, slot_id="b" * 32)
    assert other.parameters["salt"] != SLOT.parameters["salt"]
    assert card_wrapping_key(other, CARD, PIN) != card_wrapping_key(SLOT, CARD, PIN)


@given(SECRETS)
def test_a_cards_code_gives_its_secret_back(secret: bytes) -> None:
    code = CardSecret(secret).to_code()
    assert len(code.split("-")) == 13
    assert CardSecret.from_code(code.lower().replace("-", " ")).secret == secret


@given(st.binary(max_size=77))
def test_a_code_of_any_length_gives_its_secret_back(secret: bytes) -> None:
    assert typed_code.decode(typed_code.encode(secret), len(secret)) == secret


@given(SECRETS, st.integers(0, 76), st.sampled_from(typed_code.ALPHABET))
def test_any_one_slip_in_a_cards_code_is_named(secret: bytes, at: int, slip: str) -> None:
    code = CardSecret(secret).to_code()
    if code[at] in (slip, "-"):
        return
    with pytest.raises(MistypedCode) as raised:
        CardSecret.from_code(code[:at] + slip + code[at + 1 :])
    assert raised.value.groups == (at // 6 + 1,)


def test_spare_bits_of_the_last_group_carry_nothing() -> None:
    longer = typed_code.encode(bytes(32) + b"\x10")  # 33 bytes: fourteen groups
    with pytest.raises(MistypedCode):
        CardSecret.from_code(longer[: 13 * 6 - 1])


def test_an_old_card_opens() -> None:
    case = VECTORS["owner_card"]
    values = case["slot"]
    slot = KeySlot(**values | {"wrapped_key": bytes.fromhex(values["wrapped_key"])})
    slot = replace(slot, erasure_key=bytes.fromhex(case["erasure_key"]))
    card = CardSecret.from_code(case["code"])
    assert card.lookup.hex() == case["lookup"]
    key = opened(slot, card, case["pin"])
    expected = PassportKey(bytes.fromhex(case["secret"]))
    assert key.open(expected.seal(b"same", PLACE), PLACE) == b"same"


def costs_too_much(parameters: Any) -> bool:
    try:
        cost = parameters["argon2id"]
        return max(cost["memory_kib"], cost["iterations"] * 64, cost["lanes"]) > 4096
    except (KeyError, TypeError):
        return False
