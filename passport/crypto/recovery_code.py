"""The recovery code: 160 random bits for paper, in eight groups that each check themselves.

A group is four letters or digits (Crockford's base 32) and a check character over them and the
group's position, so that a mistyped or misplaced group can be named. The check is Damm's (2007)
in the field of 32 elements: unlike ISO 7064's, it finds every exchange of two neighbours.
"""

import os
import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS = 8
_DATA_CHARACTERS = 4
_GROUP_CHARACTERS = _DATA_CHARACTERS + 1
_SECRET_BYTES = 20
_LOOK_ALIKES = str.maketrans("OILU", "011V")


class MistypedCode(ValueError):
    """A recovery code that can't be right. `groups` names the wrong groups, counted from 1.

    `groups` is empty when there are too few or too many characters to tell.
    """

    def __init__(self, groups: tuple[int, ...] = ()) -> None:
        self.groups = groups
        super().__init__("the recovery code is mistyped")


def new_recovery_code() -> str:
    """A fresh code such as `7K2MQ-…`: eight groups of five characters."""
    return encode(os.urandom(_SECRET_BYTES))


def encode(secret: bytes) -> str:
    """The code for a 20-byte secret."""
    number = int.from_bytes(secret, "big")
    digits = [ALPHABET[number >> shift & 31] for shift in range(155, -5, -5)]
    texts = ["".join(digits[i : i + _DATA_CHARACTERS]) for i in range(0, 32, _DATA_CHARACTERS)]
    return "-".join(text + _check(text, position) for position, text in enumerate(texts))


def decode(typed: str) -> bytes:
    """The 20-byte secret of a code as somebody typed it. Raises MistypedCode.

    Case, spaces and hyphens don't matter, and letters that look like others are forgiven.
    """
    code = re.sub(r"[\s\-–—_.]+", "", typed).upper().translate(_LOOK_ALIKES)
    if len(code) != GROUPS * _GROUP_CHARACTERS:
        raise MistypedCode
    groups = [code[i : i + _GROUP_CHARACTERS] for i in range(0, len(code), _GROUP_CHARACTERS)]
    wrong = tuple(n + 1 for n, group in enumerate(groups) if not _is_right(group, n))
    if wrong:
        raise MistypedCode(wrong)
    number = 0
    for character in "".join(group[:_DATA_CHARACTERS] for group in groups):
        number = number << 5 | ALPHABET.index(character)
    return number.to_bytes(_SECRET_BYTES, "big")


def _check(text: str, position: int) -> str:
    total = _doubled(position + 1)
    for character in text:
        total = _doubled(total ^ ALPHABET.index(character))
    return ALPHABET[total]


def _doubled(element: int) -> int:
    # Times x in GF(2)[x] modulo x^5 + x^2 + 1.
    return element << 1 ^ (0b100101 if element & 16 else 0)


def _is_right(group: str, position: int) -> bool:
    text, check = group[:_DATA_CHARACTERS], group[_DATA_CHARACTERS]
    return set(group) <= set(ALPHABET) and _check(text, position) == check
