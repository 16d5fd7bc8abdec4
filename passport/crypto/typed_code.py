"""Codes that people type from paper: groups of five characters that each check themselves.

A group is four letters or digits (Crockford's base 32) and a check character over them and the
group's position, so that a mistyped or misplaced group can be named. The check is Damm's (2007)
in the field of 32 elements: unlike ISO 7064's, it finds every exchange of two neighbours.
"""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DATA_CHARACTERS = 4
_GROUP_CHARACTERS = _DATA_CHARACTERS + 1
_GROUP_BITS = _DATA_CHARACTERS * 5
_LOOK_ALIKES = str.maketrans("OILU", "011V")


class MistypedCode(ValueError):
    """A code that can't be right. `groups` names the wrong groups, counted from 1.

    `groups` is empty when there are too few or too many characters to tell.
    """

    def __init__(self, groups: tuple[int, ...] = ()) -> None:
        self.groups = groups
        super().__init__("the code is mistyped")


def group_count(secret_bytes: int) -> int:
    """How many groups the code for a secret of so many bytes has."""
    return -(-secret_bytes * 8 // _GROUP_BITS)


def encode(secret: bytes) -> str:
    """The code for a secret, such as `7K2MQ-…`; at most 77 bytes, 20 bits to a group."""
    groups = group_count(len(secret))
    number = int.from_bytes(secret, "big") << (groups * _GROUP_BITS - len(secret) * 8)
    characters = groups * _DATA_CHARACTERS
    digits = [ALPHABET[number >> 5 * (characters - 1 - n) & 31] for n in range(characters)]
    texts = ["".join(digits[n : n + _DATA_CHARACTERS]) for n in range(0, characters, 4)]
    return "-".join(text + _check(text, position) for position, text in enumerate(texts))


def decode(typed: str, secret_bytes: int) -> bytes:
    """The secret of a code as somebody typed it. Raises MistypedCode.

    Case, spaces and hyphens don't matter, and letters that look like others are forgiven.
    """
    code = re.sub(r"[\s\-–—_.]+", "", typed).upper().translate(_LOOK_ALIKES)
    count = group_count(secret_bytes)
    if len(code) != count * _GROUP_CHARACTERS:
        raise MistypedCode
    groups = [code[n : n + _GROUP_CHARACTERS] for n in range(0, len(code), _GROUP_CHARACTERS)]
    wrong = tuple(n + 1 for n, group in enumerate(groups) if not _is_right(group, n))
    if wrong:
        raise MistypedCode(wrong)
    number = 0
    for character in "".join(group[:_DATA_CHARACTERS] for group in groups):
        number = number << 5 | ALPHABET.index(character)
    spare = count * _GROUP_BITS - secret_bytes * 8
    if number & ((1 << spare) - 1):
        raise MistypedCode((count,))
    return (number >> spare).to_bytes(secret_bytes, "big")


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
