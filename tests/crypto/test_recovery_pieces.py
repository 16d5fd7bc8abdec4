"""Secrets in pieces: enough of them give the secret back, fewer give nothing."""

import json
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.crypto import hybrid_box
from passport.crypto.envelope import CannotOpen
from passport.crypto.help_ticket import HelpTicket, MistypedNumber, read_number
from passport.crypto.helpers_slot import HelpersRule, helpers_slot, needed_of, open_with_pieces
from passport.crypto.key_slots import KeySlot
from passport.crypto.passport_key import PassportKey
from passport.crypto.pepper import Pepper
from passport.crypto.place import Place
from passport.crypto.split_secret import join, split

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text())
KEY, CHECK = PassportKey(bytes(range(32)), bytes(32)), Place("check", "passport", "row")
SCHEMES = [(1, 1), (2, 2), (2, 3)]


def _is(key: PassportKey, other: PassportKey) -> bool:
    return key.open(other.seal(b"same", CHECK), CHECK) == b"same"


def _slot(count: int = 3, wait: int = 48) -> tuple[KeySlot, list[str]]:
    return helpers_slot(KEY, count, wait, passport_id="a" * 32, slot_id="b" * 32)


@given(
    secret=st.binary(min_size=32, max_size=32),
    scheme=st.sampled_from(SCHEMES),
    data=st.data(),
)
def test_any_pieces_that_are_enough_give_the_secret_back(
    secret: bytes, scheme: tuple[int, int], data: st.DataObject
) -> None:
    needed, count = scheme
    pieces = split(secret, needed, count)
    for chosen in combinations(pieces, needed):
        assert join(data.draw(st.permutations(chosen))) == secret


@given(secret=st.binary(min_size=32, max_size=32), scheme=st.sampled_from(SCHEMES))
def test_fewer_pieces_give_nothing(secret: bytes, scheme: tuple[int, int]) -> None:
    needed, count = scheme
    pieces = split(secret, needed, count)
    for few in range(needed):
        for chosen in combinations(pieces, few):
            with pytest.raises(CannotOpen):
                join(chosen)


def test_one_piece_of_two_is_as_likely_with_any_secret() -> None:
    """The first byte of a piece says nothing of the secret's: it takes every value, evenly."""
    pieces = [split(bytes(32), 2, 2)[0] for _ in range(400)]
    words = {piece.split()[5] for piece in pieces}
    assert len(set(pieces)) == 400
    assert len(words) > 200


def test_pieces_of_two_secrets_do_not_join() -> None:
    one, other = split(bytes(32), 2, 3), split(bytes(32), 2, 3)
    with pytest.raises(CannotOpen):
        join([one[0], other[1]])
    with pytest.raises(CannotOpen):
        join([one[0], one[0]])


@given(words=st.lists(st.sampled_from(split(bytes(32), 2, 2)[0].split()), max_size=40))
def test_words_that_are_no_piece_are_refused(words: list[str]) -> None:
    with pytest.raises(CannotOpen):
        join([" ".join(words), split(bytes(32), 2, 2)[0]])


@pytest.mark.parametrize("secret", [b"", bytes(16), bytes(31), bytes(33)])
def test_only_whole_secrets_are_split(secret: bytes) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        split(secret, 2, 3)


@pytest.mark.parametrize(("count", "needed"), [(1, 1), (2, 2), (3, 2)])
def test_so_many_helpers_are_needed(count: int, needed: int) -> None:
    slot, pieces = _slot(count)
    assert (len(pieces), needed_of(count)) == (count, needed)
    assert HelpersRule.of(slot) == HelpersRule(needed, 48)
    assert _is(open_with_pieces(slot, pieces[-needed:]), KEY)


@given(data=st.data())
def test_a_helpers_slot_with_any_bit_flipped_stays_shut(data: st.DataObject) -> None:
    slot, pieces = _slot()
    bit = data.draw(st.integers(0, len(slot.wrapped_key) * 8 - 1))
    flipped = bytearray(slot.wrapped_key)
    flipped[bit // 8] ^= 1 << bit % 8
    with pytest.raises(CannotOpen):
        open_with_pieces(replace(slot, wrapped_key=bytes(flipped)), pieces)


@pytest.mark.parametrize(
    "changed",
    [
        {"needed": 2, "wait_hours": 0},
        {"needed": 2, "wait_hours": 47},
        {"needed": 1, "wait_hours": 48},
        {"needed": 2, "wait_hours": 48, "more": 1},
        {"needed": 2},
        {"needed": None, "wait_hours": 48},
        {},
    ],
)
def test_how_many_and_how_long_can_not_be_changed(changed: dict[str, Any]) -> None:
    slot, pieces = _slot()
    with pytest.raises(CannotOpen):
        open_with_pieces(replace(slot, parameters=changed), pieces)


@pytest.mark.parametrize(
    "change",
    [{"passport_id": "c" * 32}, {"slot_id": "c" * 32}, {"erasure_key": None}, {"kind": "passkey"}],
)
def test_a_helpers_slot_opens_in_its_own_place_only(change: dict[str, Any]) -> None:
    slot, pieces = _slot()
    with pytest.raises(CannotOpen):
        open_with_pieces(replace(slot, **change), pieces)


@given(secret=st.binary(min_size=20, max_size=20))
def test_all_of_a_ticket_comes_from_its_code(secret: bytes) -> None:
    ticket = HelpTicket(secret)
    again = HelpTicket.from_code(ticket.to_code())
    assert (again.lookup, again.number) == (ticket.lookup, ticket.number)
    assert read_number(again.number) == ticket.number


def test_what_is_sealed_to_a_ticket_only_that_ticket_opens() -> None:
    ticket, other = HelpTicket.generate(), HelpTicket.generate()
    box = hybrid_box.seal_to(ticket.public_key, b"piece", CHECK)
    assert hybrid_box.open_box(ticket.private_key, box, CHECK) == b"piece"
    with pytest.raises(CannotOpen):
        hybrid_box.open_box(other.private_key, box, CHECK)


@given(ticket=st.builds(HelpTicket, st.binary(min_size=20, max_size=20)), data=st.data())
def test_a_wrong_digit_or_two_neighbours_swapped_are_found(
    ticket: HelpTicket, data: st.DataObject
) -> None:
    number = ticket.number
    at = data.draw(st.integers(0, 9))
    wrong = number[:at] + data.draw(st.sampled_from("0123456789")) + number[at + 1 :]
    swapped = number[: at - 1] + number[at] + number[at - 1] + number[at + 1 :] if at else number
    for typed in {wrong, swapped} - {number}:
        with pytest.raises(MistypedNumber):
            read_number(typed)


@pytest.mark.parametrize("typed", ["", "123", "x" * 10, "١٢٣٤٥٦٧٨٩٠", "1" * 4000])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(MistypedNumber):
        read_number(typed)


def test_an_old_helpers_slot_opens_with_its_pieces() -> None:
    case = VECTORS["recovery_helpers"]
    values = case["slot"]
    slot = KeySlot(
        **values
        | {
            "wrapped_key": bytes.fromhex(values["wrapped_key"]),
            "erasure_key": bytes.fromhex(values["erasure_key"]),
        }
    )
    frozen = PassportKey(bytes.fromhex(case["secret"]))
    for pieces in combinations(case["pieces"], 2):
        assert _is(open_with_pieces(slot, list(pieces)), frozen)


def test_an_old_ticket_finds_and_opens_what_was_its() -> None:
    case = VECTORS["help_ticket"]
    ticket = HelpTicket.from_code(case["code"])
    assert (ticket.lookup.hex(), ticket.number) == (case["lookup"], case["number"])
    assert ticket.public_key.hex() == case["public_key"]
    opened = hybrid_box.open_box(
        ticket.private_key, bytes.fromhex(case["box"]), Place(**case["place"])
    )
    assert opened.decode() == case["text"]


def test_an_old_number_is_found_again() -> None:
    case = VECTORS["help_ticket"]
    pepper = Pepper(bytes.fromhex(VECTORS["pepper"]["secret"]))
    assert len(pepper.help_number_lookup(case["number"])) == 32
    frozen = Pepper(bytes(range(32)))
    assert frozen.help_number_lookup(case["number"]).hex() == case["number_lookup"]
