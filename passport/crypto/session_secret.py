"""The session secret: lives in the browser's cookie only; the server keeps what it wraps."""

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass

from passport.crypto import labels
from passport.crypto.derivation import KEY_BYTES, derive_key
from passport.crypto.passport_key import PassportKey
from passport.crypto.place import Place


@dataclass(frozen=True, repr=False)
class SessionSecret:
    """256 random bits, one per sign-in."""

    secret: bytes

    @classmethod
    def generate(cls) -> "SessionSecret":
        """A fresh secret."""
        return cls(os.urandom(KEY_BYTES))

    @classmethod
    def from_cookie(cls, value: str) -> "SessionSecret | None":
        """The secret in a cookie's value, or None if that is no session secret."""
        try:
            secret = urlsafe_b64decode(value + "=")
        except ValueError:
            return None
        return cls(secret) if len(secret) == KEY_BYTES else None

    def to_cookie(self) -> str:
        """The secret as a cookie carries it: 43 base64url characters."""
        return urlsafe_b64encode(self.secret).decode().rstrip("=")

    @property
    def lookup(self) -> bytes:
        """What the server finds the session's row by: 32 bytes that don't lead back here."""
        return derive_key(self.secret, labels.SESSION_LOOKUP)

    def wrap(self, key: PassportKey, passport_id: str) -> bytes:
        """The passport key as the session's row keeps it."""
        return key.wrapped(derive_key(self.secret, labels.SESSION_KEY), self._place(passport_id))

    def unwrap(
        self, wrapped: bytes, passport_id: str, erasure_key: bytes | None = None
    ) -> PassportKey:
        """The passport key out of the session's row. Raises CannotOpen."""
        wrapping_key = derive_key(self.secret, labels.SESSION_KEY)
        return PassportKey.unwrapped(wrapping_key, wrapped, self._place(passport_id), erasure_key)

    def _place(self, passport_id: str) -> Place:
        return Place(labels.SESSION_WRAP, passport_id, self.lookup.hex())
