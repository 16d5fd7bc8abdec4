"""A passkey's slot opens with its own PRF output, whole and in its own place, or not at all."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.crypto.envelope import CannotOpen
from passport.crypto.key_slots import (
    PASSKEY_PRF_INPUT,
    KeySlot,
    open_with_passkey,
    open_with_recovery_secret,
    passkey_slot,
)
from passport.crypto.passport_key import PassportKey, new_erasure_key
from passport.crypto.place import Place

PRF_OUTPUT, HERE = bytes(range(32)), Place("check", "passport", "row")
PARAMETERS = {"credential_id": "q80kLYOPxQ7Vw1E2cM0oGA", "rp_id": "passport.example"}


def slot_of(key: PassportKey) -> KeySlot:
    return passkey_slot(key, PRF_OUTPUT, PARAMETERS, passport_id="a" * 32, slot_id="b" * 32)


def flipped(data: bytes, bit: int) -> bytes:
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


KEY = PassportKey.generate(new_erasure_key())
SLOT = slot_of(KEY)
WORDS = json.dumps(PARAMETERS, sort_keys=True).encode()


def test_the_devices_own_output_opens_its_slot() -> None:
    opened = open_with_passkey(SLOT, PRF_OUTPUT)
    assert opened.open(KEY.seal(b"told once", HERE), HERE) == b"told once"


@given(st.integers(0, 8 * 32 - 1))
def test_an_output_that_differs_in_one_bit_opens_nothing(bit: int) -> None:
    with pytest.raises(CannotOpen):
        open_with_passkey(SLOT, flipped(PRF_OUTPUT, bit))


def test_a_slot_with_any_bit_of_its_key_flipped_opens_nothing() -> None:
    for bit in range(8 * len(SLOT.wrapped_key)):
        damaged = replace(SLOT, wrapped_key=flipped(SLOT.wrapped_key, bit))
        with pytest.raises(CannotOpen):
            open_with_passkey(damaged, PRF_OUTPUT)


def test_a_slot_with_any_bit_of_its_parameters_flipped_opens_nothing() -> None:
    tried = 0
    for bit in range(8 * len(WORDS)):
        try:
            parameters: Any = json.loads(flipped(WORDS, bit))
        except ValueError:
            continue  # The database itself would not read it.
        tried += 1
        with pytest.raises(CannotOpen):
            open_with_passkey(replace(SLOT, parameters=parameters), PRF_OUTPUT)
    assert tried > 200


@pytest.mark.parametrize(
    "change",
    [
        {"passport_id": "c" * 32},
        {"slot_id": "c" * 32},
        {"kind": "recovery-code"},
        {"erasure_key": new_erasure_key()},
        {"erasure_key": None},
    ],
)
def test_a_slot_opens_in_its_own_place_only(change: dict[str, Any]) -> None:
    moved = replace(SLOT, **change)
    with pytest.raises(CannotOpen):
        open_with_passkey(moved, PRF_OUTPUT)


def test_no_other_kind_of_slot_makes_the_same_key_of_the_same_secret() -> None:
    with pytest.raises(CannotOpen):
        open_with_recovery_secret(replace(SLOT, kind="recovery-code"), PRF_OUTPUT)


def test_every_passkey_is_asked_the_same_so_that_an_old_one_still_answers() -> None:
    expected = "378dd13e6de5350ddfa470635143655dbaff68f270287ccdb4372e4bdf2ac96d"
    assert PASSKEY_PRF_INPUT.hex() == expected
