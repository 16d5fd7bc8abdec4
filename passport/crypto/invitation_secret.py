"""An invitation's secret: 160 random bits in a link or on paper, that open a passport once."""

import os
from dataclasses import dataclass

from passport.crypto import labels
from passport.crypto.derivation import derive_key
from passport.crypto.passport_key import PassportKey
from passport.crypto.place import Place
from passport.crypto.recovery_code import decode, encode

_SECRET_BYTES = 20


@dataclass(frozen=True, repr=False)
class InvitationSecret:
    """What whoever is invited is given, and what the server keeps no copy of in clear."""

    secret: bytes

    @classmethod
    def generate(cls) -> "InvitationSecret":
        """A fresh secret."""
        return cls(os.urandom(_SECRET_BYTES))

    @classmethod
    def from_code(cls, typed: str) -> "InvitationSecret":
        """The secret of a code as somebody typed it. Raises MistypedCode."""
        return cls(decode(typed))

    @property
    def code(self) -> str:
        """Eight groups of five characters, each of which checks itself."""
        return encode(self.secret)

    @property
    def lookup(self) -> bytes:
        """What the invitation's row is found by: 32 bytes that don't lead back here."""
        return derive_key(self.secret, labels.INVITATION_LOOKUP)

    def wrap(self, key: PassportKey, passport_id: str, invitation_id: str, about: str) -> bytes:
        """The passport key as the invitation's row keeps it; `about` is bound to it."""
        place = Place(labels.INVITATION_WRAP, passport_id, invitation_id, detail=about)
        return key.wrapped(derive_key(self.secret, labels.INVITATION_KEY), place)

    def unwrap(
        self,
        wrapped: bytes,
        passport_id: str,
        invitation_id: str,
        about: str,
        erasure_key: bytes | None,
    ) -> PassportKey:
        """The passport key out of the invitation's row. Raises CannotOpen."""
        place = Place(labels.INVITATION_WRAP, passport_id, invitation_id, detail=about)
        wrapping_key = derive_key(self.secret, labels.INVITATION_KEY)
        return PassportKey.unwrapped(wrapping_key, wrapped, place, erasure_key)
