"""The owner card: 256 random bits on paper, which open a key slot together with a PIN.

Whoever finds the card lacks the PIN, and whoever has the database lacks the card.
"""

import os
from dataclasses import dataclass

from passport.crypto import labels, typed_code
from passport.crypto.derivation import KEY_BYTES, derive_key


@dataclass(frozen=True, repr=False)
class CardSecret:
    """What a card's QR code carries."""

    secret: bytes

    @classmethod
    def generate(cls) -> "CardSecret":
        """The secret of a new card."""
        return cls(os.urandom(KEY_BYTES))

    @classmethod
    def from_code(cls, typed: str) -> "CardSecret":
        """The secret in a code, scanned or typed. Raises MistypedCode."""
        return cls(typed_code.decode(typed, KEY_BYTES))

    def to_code(self) -> str:
        """The secret as the card shows it: thirteen groups of five characters."""
        return typed_code.encode(self.secret)

    @property
    def lookup(self) -> bytes:
        """What the server finds the card's row by: 32 bytes that don't lead back here."""
        return derive_key(self.secret, labels.CARD_LOOKUP)

    def wrapping_key(self, stretched_pin: bytes) -> bytes:
        """What wraps the passport key in the card's slot; `stretched_pin` is Argon2id(PIN)."""
        return derive_key(self.secret + stretched_pin, labels.SLOT_OWNER_CARD)
