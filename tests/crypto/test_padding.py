"""A length tells a thief little (rule 5 of the keys)."""

import json
import zlib
from secrets import token_hex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.crypto.padding import SMALLEST_STEP, bucket_size, packed_json, pad, pad_json, unpad
from passport.crypto.passport_key import PassportKey
from passport.crypto.place import Place


@given(st.binary(max_size=5000))
def test_padding_comes_off_again(text: bytes) -> None:
    assert unpad(pad(text)) == text


@given(st.integers(0, 2_000_000))
def test_a_bucket_holds_the_text_and_wastes_little(length: int) -> None:
    size = bucket_size(length)
    assert size >= max(length, 1)
    assert size - length <= max(SMALLEST_STEP, length / 8)


@given(st.integers(0, 100_000))
def test_longer_texts_never_get_smaller_buckets(length: int) -> None:
    assert bucket_size(length) <= bucket_size(length + 1)


def test_a_20_000_letter_section_can_have_few_sizes_only() -> None:
    assert len({bucket_size(length) for length in range(80_001)}) < 60


@given(st.integers(0, 255), st.integers(0, 255))
def test_short_texts_all_look_the_same(one: int, other: int) -> None:
    key, place = PassportKey(bytes(32)), Place("purpose", "passport", "row")
    sealed = [key.seal(b"x" * min(length, 254), place) for length in (one, other)]
    assert len(sealed[0]) == len(sealed[1])


@given(st.dictionaries(st.text(), st.text()))
def test_padded_json_says_the_same(document: dict[str, str]) -> None:
    padded = pad_json(json.dumps(document).encode())
    assert json.loads(padded) == document
    assert len(padded) == bucket_size(len(padded))


@given(st.dictionaries(st.text(), st.text()), st.integers(0, 300))
def test_packed_json_says_the_same_and_is_as_long_as_a_bucket(
    document: dict[str, str], times: int
) -> None:
    packed = packed_json(json.dumps([document] * times).encode())
    assert json.loads(zlib.decompress(packed, -15)) == [document] * times
    assert len(packed) == bucket_size(len(packed))


@pytest.mark.parametrize("sizes", [range(600), range(1_100_000, 1_230_000, 26_000)])
def test_packed_json_fills_every_gap_there_can_be(sizes: range) -> None:
    for size in sizes:
        document = json.dumps(token_hex(size)).encode()
        packed = packed_json(document)
        assert zlib.decompress(packed, -15).rstrip(b" ") == document
        assert len(packed) == bucket_size(len(packed))


@pytest.mark.parametrize("damaged", [b"", b"\0\0", b"words", b"words\x80\0\x01"])
def test_damaged_padding_is_refused(damaged: bytes) -> None:
    with pytest.raises(ValueError, match="damaged"):
        unpad(damaged)
