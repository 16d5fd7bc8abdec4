"""Every kind of key slot: with any one bit of it changed it stays shut, and never opens wrongly."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.crypto import hybrid_box
from passport.crypto.envelope import CannotOpen
from passport.crypto.helpers_slot import helpers_slot, open_with_pieces
from passport.crypto.key_slots import (
    KeySlot,
    SlotKind,
    card_slot,
    card_wrapping_key,
    open_card,
    open_with_passkey,
    open_with_passphrase,
    open_with_recovery_secret,
    passkey_slot,
    passphrase_slot,
    recovery_slot,
)
from passport.crypto.owner_card import CardSecret
from passport.crypto.passport_key import PassportKey, new_erasure_key
from passport.crypto.supporter_slot import open_as_supporter, supporter_slot
from tests.residents import CHEAP

KEY = PassportKey.generate(new_erasure_key())
MINE: dict[str, Any] = {"passport_id": "a" * 32, "slot_id": "b" * 32}
CARD, SECRET, TYPED = CardSecret.generate(), bytes(range(20)), "lantern gravel mosaic otter"


@dataclass(frozen=True)
class Way:
    """A slot, and how its holder opens it."""

    slot: KeySlot
    open: Callable[[KeySlot], PassportKey]

    @property
    def parameters(self) -> bytes:
        """The slot's parameters as they are stored."""
        return json.dumps(self.slot.parameters, sort_keys=True, separators=(",", ":")).encode()


def _ways() -> dict[str, Way]:
    private_key, public_key = hybrid_box.generate_key_pair()
    by_helpers, pieces = helpers_slot(KEY, 3, 48, **MINE)
    passkey = passkey_slot(KEY, bytes(32), {"credential_id": "q80", "rp_id": "p.example"}, **MINE)
    return {
        "passphrase": Way(
            passphrase_slot(KEY, TYPED, CHEAP, **MINE), lambda s: open_with_passphrase(s, TYPED)
        ),
        "recovery-code": Way(
            recovery_slot(KEY, SECRET, **MINE), lambda s: open_with_recovery_secret(s, SECRET)
        ),
        "owner-card": Way(
            card_slot(KEY, CARD, "8352", CHEAP, **MINE),
            lambda s: open_card(s, card_wrapping_key(s, CARD, "8352")),
        ),
        "passkey": Way(passkey, lambda s: open_with_passkey(s, bytes(32))),
        "supporter": Way(
            supporter_slot(KEY, public_key, **MINE), lambda s: open_as_supporter(s, private_key)
        ),
        "recovery-helpers": Way(by_helpers, lambda s: open_with_pieces(s, pieces[:2])),
    }


WAYS = _ways()
KINDS = st.sampled_from(sorted(WAYS))
BYTES = st.binary(max_size=80)


def _each_bit_flipped(data: bytes) -> Iterator[bytes]:
    assert data
    for bit in range(len(data) * 8):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        yield bytes(changed)


def _stays_shut(way: Way, slot: KeySlot) -> None:
    with pytest.raises(CannotOpen):
        way.open(slot)


def test_every_kind_is_here() -> None:
    assert set(WAYS) == set(get_args(SlotKind))


@pytest.mark.parametrize("kind", WAYS)
def test_as_it_was_made_it_opens(kind: str) -> None:
    assert WAYS[kind].open(WAYS[kind].slot)._secret == KEY._secret


@pytest.mark.parametrize("kind", WAYS)
def test_any_bit_of_the_wrapped_key_flipped_and_it_stays_shut(kind: str) -> None:
    way = WAYS[kind]
    for changed in _each_bit_flipped(way.slot.wrapped_key):
        _stays_shut(way, replace(way.slot, wrapped_key=changed))


@pytest.mark.parametrize("kind", WAYS)
def test_any_bit_of_the_parameters_flipped_and_it_stays_shut(kind: str) -> None:
    way = WAYS[kind]
    for flipped in _each_bit_flipped(way.parameters):
        with suppress(ValueError):  # no JSON any more: the row can't even be read
            changed = json.loads(flipped)
            if isinstance(changed, dict):
                _stays_shut(way, replace(way.slot, parameters=changed))


@pytest.mark.parametrize("kind", WAYS)
def test_any_bit_of_the_erasure_key_flipped_and_it_stays_shut(kind: str) -> None:
    way = WAYS[kind]
    for changed in _each_bit_flipped(KEY.erasure_key or b""):
        _stays_shut(way, replace(way.slot, erasure_key=changed))


@given(KINDS, BYTES)
def test_other_bytes_in_the_wrapped_keys_place_never_open(kind: str, other: bytes) -> None:
    _stays_shut(WAYS[kind], replace(WAYS[kind].slot, wrapped_key=other))


@pytest.mark.parametrize("kind", WAYS)
def test_without_its_erasure_key_it_stays_shut(kind: str) -> None:
    _stays_shut(WAYS[kind], replace(WAYS[kind].slot, erasure_key=None))


@given(KINDS, KINDS)
def test_one_kind_is_never_another(kind: str, other: str) -> None:
    if kind != other:
        _stays_shut(WAYS[kind], replace(WAYS[kind].slot, kind=other))  # type: ignore[arg-type]


@pytest.mark.parametrize("moved", ["passport_id", "slot_id"])
@pytest.mark.parametrize("kind", WAYS)
def test_in_another_place_it_stays_shut(kind: str, moved: str) -> None:
    _stays_shut(WAYS[kind], replace(WAYS[kind].slot, **{moved: "c" * 32}))
