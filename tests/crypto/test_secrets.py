"""Passphrases, passcodes, peppered lookups, session secrets and the keys that stay in memory."""

import pickle
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.crypto.passcode import new_passcode
from passport.crypto.passphrase import Argon2Parameters, normalized, stretch
from passport.crypto.passport_key import PassportKey
from passport.crypto.pepper import Pepper
from passport.crypto.session_secret import SessionSecret
from passport.crypto.share_file import decode_key, encode_key, new_share_key
from tests.residents import CHEAP

WORDS = "Caf\u00e9 tundra violin"


@pytest.mark.parametrize(
    "typed",
    [
        "Cafe\u0301 tundra violin",  # an accent of its own
        "  Caf\u00e9  tundra\tviolin ",
        "Caf\u00e9\u00a0tundra violin",  # a space that does not break
        "\uff23af\u00e9 tundra violin",  # a full-width letter
    ],
)
def test_the_same_words_open_from_any_keyboard(typed: str) -> None:
    assert stretch(typed, bytes(16), CHEAP) == stretch(WORDS, bytes(16), CHEAP)


@pytest.mark.parametrize("typed", ["café tundra violin", "Cafe tundra violin", "Cafétundra violin"])
def test_other_words_do_not(typed: str) -> None:
    assert stretch(typed, bytes(16), CHEAP) != stretch(WORDS, bytes(16), CHEAP)


@given(st.text())
def test_a_passphrase_once_normalized_stays_so(text: str) -> None:
    assert normalized(normalized(text).decode()) == normalized(text)


def test_a_guess_costs_what_rfc_9106_recommends_second() -> None:
    cost = Argon2Parameters()
    assert cost.memory_kib >= 64 * 1024
    assert cost.iterations >= 3
    assert cost.lanes == 4
    assert len(stretch(WORDS, bytes(16), cost)) == 32


@pytest.mark.parametrize("more", ["memory_kib", "iterations"])
def test_another_cost_or_salt_makes_another_key(more: str) -> None:
    dearer = Argon2Parameters(**CHEAP.as_dict() | {more: CHEAP.as_dict()[more] * 2})
    keys = {
        stretch(WORDS, bytes(16), CHEAP),
        stretch(WORDS, bytes(16), dearer),
        stretch(WORDS, b"s" * 16, CHEAP),
    }
    assert len(keys) == 3


def test_a_passcode_has_six_digits_and_the_service_makes_it() -> None:
    passcodes = [new_passcode() for _ in range(3000)]
    assert all(re.fullmatch("[0-9]{6}", passcode) for passcode in passcodes)
    assert len(set(passcodes)) > 2900
    assert {passcode[0] for passcode in passcodes} == set("0123456789")


def test_the_same_passcode_leaves_another_hash_on_another_share() -> None:
    pepper = Pepper(bytes(32))
    assert pepper.passcode_hash("a" * 32, "123456") != pepper.passcode_hash("b" * 32, "123456")


def test_without_the_pepper_a_lookup_can_not_be_made() -> None:
    mine, other = Pepper(bytes(32)), Pepper(bytes(31) + b"\x01")
    assert mine.name_lookup("bee") != other.name_lookup("bee")
    assert mine.passcode_hash("share", "123456") != other.passcode_hash("share", "123456")


def test_a_short_pepper_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        Pepper(bytes(31))


@given(st.text(st.characters(categories=("Cs", "Nd", "L"))))
def test_any_text_can_be_tried_as_a_passcode(text: str) -> None:
    assert len(Pepper(bytes(32)).passcode_hash("a" * 32, text)) == 32


def test_a_session_secret_goes_through_a_cookie() -> None:
    secret = SessionSecret.generate()
    assert re.fullmatch("[A-Za-z0-9_-]{43}", secret.to_cookie())
    assert SessionSecret.from_cookie(secret.to_cookie()) == secret
    assert secret.secret not in (secret.lookup, secret.wrap(PassportKey.generate(), "a" * 32))


@given(st.text(max_size=60))
def test_a_cookie_that_is_no_session_secret_is_none(text: str) -> None:
    found = SessionSecret.from_cookie(text)
    assert found is None or len(found.secret) == 32


def test_a_share_key_goes_through_a_link() -> None:
    key = new_share_key()
    assert re.fullmatch("[A-Za-z0-9_-]{43}", encode_key(key))
    assert decode_key(encode_key(key)) == key


@given(st.text(max_size=60) | st.binary(max_size=40).map(encode_key))
def test_a_text_that_is_no_share_key_is_refused_as_such(text: str) -> None:
    try:
        assert len(decode_key(text)) == 32
        assert len(text) == 43
    except ValueError:
        pass


def test_keys_show_themselves_to_no_log_and_no_pickle() -> None:
    secret = b"an unmistakable 32 byte secret!!"
    for holder in (PassportKey(secret), SessionSecret(secret), Pepper(secret)):
        assert "unmistakable" not in f"{holder!r} {holder}"
    with pytest.raises(TypeError):
        pickle.dumps(PassportKey(secret))


def test_a_passport_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        PassportKey(bytes(16))
