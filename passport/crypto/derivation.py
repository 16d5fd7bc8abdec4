"""Keys from keys: HKDF-SHA256 (RFC 5869) with a label that says what the new key is for."""

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


def derive_key(secret: bytes, label: str, *, salt: bytes | None = None) -> bytes:
    """A 32-byte key for the purpose `label` names (one of `labels`), from a random `secret`."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=label.encode()).derive(secret)
