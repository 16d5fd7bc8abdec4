"""How entries hang together: each value is SHA-256 over the one before it and its whole row.

So anybody can see, without any key, that an entry was changed, removed or put elsewhere.
"""

from hashlib import sha256

FIRST_CHAIN = bytes(32)


def chain_value(
    previous: bytes,
    passport_id: str,
    number: int,
    created_at: int,
    is_by_service: bool,
    sealed: bytes,
) -> bytes:
    """What chains an entry to the one before it: 32 bytes."""
    head = f"{passport_id} {number} {created_at} {int(is_by_service)} ".encode()
    return sha256(previous + head + sealed).digest()
