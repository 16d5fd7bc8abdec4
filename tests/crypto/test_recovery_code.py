"""A recovery code typed from paper: forgiven what can be, and named what can't."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passport.crypto.recovery_code import (
    ALPHABET,
    GROUPS,
    MistypedCode,
    decode,
    encode,
    new_recovery_code,
)

SECRETS = st.binary(min_size=20, max_size=20)
POSITIONS = st.integers(0, GROUPS - 1)
INSIDE = st.integers(0, 4)


@given(SECRETS)
def test_a_code_gives_its_secret_back(secret: bytes) -> None:
    assert decode(encode(secret)) == secret


def test_a_new_code_has_160_random_bits() -> None:
    secrets = {decode(new_recovery_code()) for _ in range(100)}
    assert len(secrets) == 100
    assert {len(secret) * 8 for secret in secrets} == {160}


@given(SECRETS, POSITIONS, INSIDE, st.characters(codec="utf-8"))
def test_any_one_slip_is_named(secret: bytes, group: int, inside: int, slip: str) -> None:
    groups = encode(secret).split("-")
    text = groups[group]
    groups[group] = text[:inside] + slip + text[inside + 1 :]
    # It may be no slip (the same sign, a look-alike), or change the length; it never passes.
    assert _blamed("-".join(groups), secret) in ((group + 1,), (), None)


def test_every_slip_in_every_place_of_a_code_is_named() -> None:
    secret = bytes(range(20))
    code = encode(secret)
    for at, right in enumerate(code):
        for slip in set(ALPHABET) - {right, "-"}:
            if right != "-":
                with pytest.raises(MistypedCode) as raised:
                    decode(code[:at] + slip + code[at + 1 :])
                assert raised.value.groups == (at // 6 + 1,)


@given(SECRETS, POSITIONS, st.integers(0, 3))
def test_two_neighbours_exchanged_are_found(secret: bytes, group: int, at: int) -> None:
    groups = encode(secret).split("-")
    text = groups[group]
    groups[group] = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    # It may be no slip (the same sign, a look-alike), or change the length; it never passes.
    assert _blamed("-".join(groups), secret) in ((group + 1,), (), None)


@given(SECRETS, POSITIONS, POSITIONS)
def test_two_groups_exchanged_are_found(secret: bytes, one: int, other: int) -> None:
    groups = encode(secret).split("-")
    groups[one], groups[other] = groups[other], groups[one]
    blamed = _blamed("-".join(groups), secret)
    assert blamed is None or set(blamed) == {one + 1, other + 1}


@given(SECRETS, st.sets(POSITIONS, min_size=1))
def test_every_wrong_group_is_named(secret: bytes, wrong: set[int]) -> None:
    groups = encode(secret).split("-")
    for group in wrong:
        last = ALPHABET.index(groups[group][-1])
        groups[group] = groups[group][:-1] + ALPHABET[last - 1]
    with pytest.raises(MistypedCode) as raised:
        decode("-".join(groups))
    assert raised.value.groups == tuple(sorted(group + 1 for group in wrong))


@given(SECRETS, st.data())
def test_case_spaces_dashes_and_look_alikes_are_forgiven(
    secret: bytes, data: st.DataObject
) -> None:
    typed = ""
    for character in encode(secret):
        alike = {"0": "0Oo", "1": "1IiLl", "V": "VvUu", "-": ["-", " ", "", "–", "\n", " . "]}
        choices = alike.get(character, character + character.lower())
        typed += data.draw(st.sampled_from(list(choices)))
    assert decode(f"  {typed}\t") == secret


@given(st.text(max_size=60))
def test_a_text_that_is_no_code_is_called_mistyped(text: str) -> None:
    with pytest.raises(MistypedCode):
        decode(text)


@pytest.mark.parametrize("change", [lambda code: code[:-1], lambda code: code + "0", lambda _: ""])
def test_too_few_or_too_many_characters_blame_no_group(change) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(MistypedCode) as raised:
        decode(change(encode(bytes(20))))
    assert raised.value.groups == ()


def _blamed(typed: str, secret: bytes) -> tuple[int, ...] | None:
    """The groups that are called wrong; None if the code was read, and read right."""
    try:
        read = decode(typed)
    except MistypedCode as error:
        return error.groups
    assert read == secret
    return None
