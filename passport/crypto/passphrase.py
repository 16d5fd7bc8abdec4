"""A key from a passphrase: Argon2id (RFC 9106), at least its second recommended option."""

import unicodedata
from dataclasses import asdict, dataclass
from threading import Lock

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from passport.crypto.derivation import KEY_BYTES

# OpenSSL's lanes share one pool of threads: two Argon2 at once with several lanes wait for each
# other for ever, or fail. One at a time uses all the pool, and no more than its own memory.
_ONE_AT_A_TIME = Lock()


@dataclass(frozen=True)
class Argon2Parameters:
    """Cost of one guess: memory in KiB, passes over it, lanes side by side."""

    memory_kib: int = 65536
    iterations: int = 3
    lanes: int = 4

    def as_dict(self) -> dict[str, int]:
        """The parameters as they are kept in a key slot."""
        return asdict(self)


def normalized(passphrase: str) -> bytes:
    """The same bytes for the same words, whatever the keyboard: NFKC, runs of spaces made one.

    Telephone keyboards add a space after a word; it must not lock anybody out.
    """
    return " ".join(unicodedata.normalize("NFKC", passphrase).split()).encode()


def stretch(passphrase: str, salt: bytes, parameters: Argon2Parameters) -> bytes:
    """32 bytes that cost `parameters` to guess once. `salt` is 16 random bytes."""
    words = normalized(passphrase)
    with _ONE_AT_A_TIME:
        return Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=parameters.iterations,
            lanes=parameters.lanes,
            memory_cost=parameters.memory_kib,
        ).derive(words)
