"""The server's pepper: makes lookups useless without the configuration. Opens no story."""

import hmac

from passport.crypto import labels
from passport.crypto.derivation import derive_key


class Pepper:
    """Keyed hashes of sign-in names and passcodes. `secret` is at least 32 random bytes."""

    def __init__(self, secret: bytes) -> None:
        if len(secret) < 32:
            raise ValueError("the pepper needs at least 32 bytes")
        self._name_key = derive_key(secret, labels.NAME_LOOKUP)
        self._salt_key = derive_key(secret, labels.NAME_SALT)
        self._passcode_key = derive_key(secret, labels.PASSCODE_HASH)
        self._reply_key = derive_key(secret, labels.REPLY_CAPABILITY)
        self._number_key = derive_key(secret, labels.HELP_NUMBER_LOOKUP)

    def __repr__(self) -> str:
        return "Pepper(…)"

    def name_lookup(self, name: str) -> bytes:
        """What a sign-in name's row is found by: 32 bytes."""
        return hmac.digest(self._name_key, name.encode(), "sha256")

    def name_salt(self, name: str) -> bytes:
        """The salt of every passphrase under a sign-in name: 16 bytes.

        Names are not unique. With one salt a single slow hash serves all passports of a name,
        and a name that nobody has costs the same.
        """
        return hmac.digest(self._salt_key, name.encode(), "sha256")[:16]

    def help_number_lookup(self, number: str) -> bytes:
        """What a help ticket's row is found by when a helper types its number: 32 bytes."""
        return hmac.digest(self._number_key, number.encode(), "sha256")

    def reply_proof(self, text: bytes) -> bytes:
        """What shows that this service itself let a reader answer, for this reading: 32 bytes."""
        return hmac.digest(self._reply_key, text, "sha256")

    def passcode_hash(self, share_id: str, passcode: str) -> bytes:
        """What a share keeps of its passcode: 32 bytes, bound to that share.

        No slow hash: the service makes the passcode, it is used nowhere else, and it opens
        nothing without the link's key.
        """
        # JSON may carry half a surrogate pair: a wrong passcode like any other.
        text = f"{share_id}:{passcode}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._passcode_key, text, "sha256")
