"""A passport while its owner is signed in: which one it is, and the key that opens it."""

from dataclasses import dataclass

from passport.access import OWNER, Access
from passport.crypto.passport_key import PassportKey
from passport.crypto.place import Place


@dataclass(frozen=True)
class UnlockedPassport:
    """What services of a signed-in person work with. Lives as long as one request."""

    passport_id: str
    key: PassportKey
    access: Access = OWNER

    def seal(self, purpose: str, row_id: str, plaintext: bytes, version: int = 1) -> bytes:
        """Plaintext sealed for one row of this passport."""
        return self.key.seal(plaintext, Place(purpose, self.passport_id, row_id, version))

    def open(self, purpose: str, row_id: str, sealed: bytes, version: int = 1) -> bytes:
        """The plaintext of one row of this passport. Raises CannotOpen."""
        return self.key.open(sealed, Place(purpose, self.passport_id, row_id, version))
