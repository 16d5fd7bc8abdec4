"""Sealed boxes: anyone with the public key can add, only the private key reads.

HPKE (RFC 9180) with the hybrid KEM ML-KEM-768 + X25519, HKDF-SHA256 and AES-256-GCM: safe
against recordings opened by tomorrow's quantum computers. Box format 1: `0x01 ‖ HPKE output`;
the place goes into HPKE's `info`, as RFC 9180 section 8.1 advises for single-shot use.
"""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from passport.crypto.envelope import CannotOpen
from passport.crypto.place import Place

VERSION = b"\x01"
PUBLIC_KEY_BYTES = 1184 + 32
PRIVATE_KEY_BYTES = 64 + 32
_SUITE = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


def generate_key_pair() -> tuple[bytes, bytes]:
    """A fresh (private key, public key): ML-KEM seed ‖ X25519 (96 bytes), and 1,216 bytes."""
    kem, curve = MLKEM768PrivateKey.generate(), X25519PrivateKey.generate()
    private = kem.private_bytes_raw() + curve.private_bytes_raw()
    return private, public_key_of(private)


def public_key_of(private_key: bytes) -> bytes:
    """The public key that belongs to a 96-byte private key. Raises ValueError."""
    kem, curve = _private_parts(private_key)
    return kem.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw()


def seal_to(public_key: bytes, plaintext: bytes, place: Place) -> bytes:
    """Plaintext that only the private key's holder opens, in `place` only.

    Raises ValueError if `public_key` is not one.
    """
    return VERSION + _SUITE.encrypt(plaintext, _public(public_key), info=_info(place))


def open_box(private_key: bytes, box: bytes, place: Place) -> bytes:
    """The plaintext of a box. Raises CannotOpen."""
    if box[:1] != VERSION:
        raise CannotOpen("not a sealed box of a version this service knows")
    key = MLKEM768X25519PrivateKey(*_private_parts(private_key))
    try:
        return _SUITE.decrypt(box[1:], key, info=_info(place))
    except (InvalidTag, ValueError):
        raise CannotOpen("the key or the place is wrong, or the bytes are damaged") from None


def _info(place: Place) -> bytes:
    return VERSION + place.to_bytes()


def _public(public_key: bytes) -> MLKEM768X25519PublicKey:
    if len(public_key) != PUBLIC_KEY_BYTES:
        raise ValueError(f"an HPKE public key has {PUBLIC_KEY_BYTES} bytes")
    return MLKEM768X25519PublicKey(
        MLKEM768PublicKey.from_public_bytes(public_key[:-32]),
        X25519PublicKey.from_public_bytes(public_key[-32:]),
    )


def _private_parts(private_key: bytes) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    if len(private_key) != PRIVATE_KEY_BYTES:
        raise ValueError(f"an HPKE private key has {PRIVATE_KEY_BYTES} bytes")
    return (
        MLKEM768PrivateKey.from_seed_bytes(private_key[:64]),
        X25519PrivateKey.from_private_bytes(private_key[64:]),
    )
