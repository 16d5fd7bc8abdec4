"""Addresses of shares and of their files: the database keeps only what finds them."""

import secrets
from hashlib import sha256

ADDRESS_CHARACTERS = 43


def new_address() -> str:
    """43 base64url characters from 256 random bits."""
    return secrets.token_urlsafe(32)


def lookup_of(address: str) -> bytes:
    """What a row is found by, so that a thief of the database has no addresses."""
    return sha256(address.encode()).digest()
