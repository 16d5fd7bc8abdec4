"""The envelope: AES-256-GCM with a version byte in front, bound to its place.

Format 1: `0x01 ‖ nonce (12 bytes, random) ‖ ciphertext and tag`. The associated data is
the version byte and the place.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from passport.crypto.place import Place

VERSION = b"\x01"
NONCE_BYTES = 12
OVERHEAD_BYTES = len(VERSION) + NONCE_BYTES + 16


class CannotOpen(Exception):
    """A ciphertext did not open: wrong key, wrong place, damaged, or a version we don't know."""


def seal(key: bytes, plaintext: bytes, place: Place) -> bytes:
    """Plaintext encrypted under a 32-byte key, so that it opens in `place` only."""
    nonce = os.urandom(NONCE_BYTES)
    ciphertext = AESGCM(key).encrypt(nonce, plaintext, VERSION + place.to_bytes())
    return VERSION + nonce + ciphertext


def open_sealed(key: bytes, sealed: bytes, place: Place) -> bytes:
    """The plaintext of an envelope. Raises CannotOpen."""
    if len(sealed) < OVERHEAD_BYTES or sealed[:1] != VERSION:
        raise CannotOpen("not an envelope of a version this service knows")
    nonce, ciphertext = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, VERSION + place.to_bytes())
    except InvalidTag:
        raise CannotOpen("the key or the place is wrong, or the bytes are damaged") from None
