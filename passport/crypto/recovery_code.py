"""The recovery code: 160 random bits for paper, in eight groups that each check themselves."""

import os

from passport.crypto import typed_code
from passport.crypto.typed_code import ALPHABET, MistypedCode, encode

__all__ = ["ALPHABET", "GROUPS", "MistypedCode", "decode", "encode", "new_recovery_code"]

_SECRET_BYTES = 20
GROUPS = typed_code.group_count(_SECRET_BYTES)


def new_recovery_code() -> str:
    """A fresh code such as `7K2MQ-…`: eight groups of five characters."""
    return encode(os.urandom(_SECRET_BYTES))


def decode(typed: str) -> bytes:
    """The 20-byte secret of a code as somebody typed it. Raises MistypedCode."""
    return typed_code.decode(typed, _SECRET_BYTES)
