"""The passport key: one per passport, opens everything that is its owner's own."""

import hmac
import os
from functools import cache

from passport.crypto import envelope, labels
from passport.crypto.derivation import KEY_BYTES, derive_key
from passport.crypto.padding import pad, unpad
from passport.crypto.place import Place


class PassportKey:
    """256 random bits in memory. Never stored in clear: only wrapped, in key slots and sessions."""

    def __init__(self, secret: bytes, erasure_key: bytes | None = None) -> None:
        if len(secret) != KEY_BYTES:
            raise ValueError("a passport key has 32 bytes")
        self._secret, self._erasure_key = secret, erasure_key
        self._subkey = cache(lambda label: derive_key(self._secret, label))

    @classmethod
    def generate(cls, erasure_key: bytes | None = None) -> "PassportKey":
        """A fresh random passport key, which no wrapping opens without `erasure_key` (32 bytes)."""
        return cls(os.urandom(KEY_BYTES), erasure_key)

    @property
    def erasure_key(self) -> bytes | None:
        """What every wrapping of this key needs besides its own secret."""
        return self._erasure_key

    def __repr__(self) -> str:
        return "PassportKey(…)"

    def __reduce__(self) -> str:
        raise TypeError("a passport key does not leave the process")

    def seal(self, plaintext: bytes, place: Place) -> bytes:
        """Plaintext padded and sealed under the subkey for `place.purpose`."""
        return envelope.seal(self._subkey(place.purpose), pad(plaintext), place)

    def open(self, sealed: bytes, place: Place) -> bytes:
        """The plaintext that `seal` was given. Raises CannotOpen."""
        padded = envelope.open_sealed(self._subkey(place.purpose), sealed, place)
        return unpad(padded)

    def section_id(self, section_key: str) -> str:
        """A section's row identifier: 32 hex digits that tell a thief nothing of which section.

        The same key gives the same identifier, so a row is found without storing its name.
        """
        return self._row_id(labels.SECTION_ID, section_key)

    def draft_id(self, section_key: str, writer: str) -> str:
        """The row identifier of what one writer (a supporter's id, or "owner") typed there."""
        return self._row_id(labels.DRAFT_ID, f"{section_key}/{writer}")

    def told_again_id(self, share_id: str, day: str) -> str:
        """The row identifier of the one answer about a share's readings on one day."""
        return self._row_id(labels.TOLD_AGAIN_ID, f"{share_id}/{day}")

    def shared_attachment_id(self, share_id: str, attachment_id: str, version: int) -> str:
        """The row identifier of one version of a file in one share.

        Whoever has the key can tell which files a share has and whether they are the newest;
        a thief can't tell which share has which.
        """
        return self._row_id(labels.SHARED_ATTACHMENT, f"{share_id}/{attachment_id}/{version}")

    def _row_id(self, label: str, text: str) -> str:
        return hmac.digest(self._subkey(label), text.encode(), "sha256")[:16].hex()

    def wrapped(self, wrapping_key: bytes, place: Place) -> bytes:
        """This key sealed under another key, for a key slot or a session."""
        return envelope.seal(_with_erasure(wrapping_key, self._erasure_key), self._secret, place)

    @classmethod
    def unwrapped(
        cls, wrapping_key: bytes, sealed: bytes, place: Place, erasure_key: bytes | None = None
    ) -> "PassportKey":
        """The passport key out of a key slot or a session. Raises CannotOpen."""
        mixed = _with_erasure(wrapping_key, erasure_key)
        return cls(envelope.open_sealed(mixed, sealed, place), erasure_key)


def new_erasure_key() -> bytes:
    """256 random bits that every wrapping of one passport's key needs, and no backup holds."""
    return os.urandom(KEY_BYTES)


def _with_erasure(wrapping_key: bytes, erasure_key: bytes | None) -> bytes:
    # Passports made before erasure keys existed have none.
    if erasure_key is None:
        return wrapping_key
    return derive_key(wrapping_key, labels.ERASURE, salt=erasure_key)
