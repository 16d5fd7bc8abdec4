"""The recovery code: 160 random bits for paper, in eight groups that each check themselves."""

import os

from passport.crypto import labels, typed_code
from passport.crypto.derivation import derive_key
from passport.crypto.typed_code import ALPHABET, MistypedCode, encode

__all__ = [
    "ALPHABET",
    "GROUPS",
    "MistypedCode",
    "decode",
    "encode",
    "lookup_of",
    "new_recovery_code",
    "used_lookup_of",
]

_SECRET_BYTES = 20
GROUPS = typed_code.group_count(_SECRET_BYTES)


def new_recovery_code() -> str:
    """A fresh code such as `7K2MQ-…`: eight groups of five characters."""
    return encode(os.urandom(_SECRET_BYTES))


def decode(typed: str) -> bytes:
    """The 20-byte secret of a code as somebody typed it. Raises MistypedCode."""
    return typed_code.decode(typed, _SECRET_BYTES)


def lookup_of(secret: bytes) -> bytes:
    """What a recovery code's slot is found by, without any name: 32 bytes."""
    return derive_key(secret, labels.RECOVERY_CODE_LOOKUP)


def used_lookup_of(secret: bytes) -> bytes:
    """What the passphrase that a used code has set is found by: 32 bytes. Opens nothing."""
    return derive_key(secret, labels.USED_RECOVERY_CODE_LOOKUP)
