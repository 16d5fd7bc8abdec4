"""Challenges that passkeys sign: each is for one purpose, for five minutes and for one answer."""

import secrets
from hashlib import sha256

from sqlalchemy import delete, insert

from passport import clock
from passport.accounts.passkey_errors import PasskeyTooLate
from passport.storage import tables
from passport.storage.database import Database

CHALLENGE_BYTES = 32
VALID_SECONDS = 5 * 60
SIGNING_IN = "sign-in"

_challenges = tables.passkey_challenges


def adding(passport_id: str) -> str:
    """The purpose of a challenge for a new passkey of this passport, and of no other."""
    return f"add/{passport_id}"


def new_challenge(database: Database, purpose: str) -> bytes:
    """32 random bytes to sign. The database keeps their hash with the purpose."""
    challenge, now = secrets.token_bytes(CHALLENGE_BYTES), clock.epoch()
    with database.write() as connection:
        connection.execute(delete(_challenges).where(_challenges.c.expires_at <= now))
        connection.execute(
            insert(_challenges).values(
                challenge_lookup=_lookup(purpose, challenge), expires_at=now + VALID_SECONDS
            )
        )
    return challenge


def use_challenge(database: Database, purpose: str, challenge: bytes) -> None:
    """Spend a challenge, whatever becomes of its answer. Raises PasskeyTooLate.

    Of two answers to the same challenge at once, only one gets past here.
    """
    mine = _challenges.c.challenge_lookup == _lookup(purpose, challenge)
    with database.write() as connection:
        spent = connection.execute(
            delete(_challenges).where(mine, _challenges.c.expires_at > clock.epoch())
        )
    if spent.rowcount != 1:
        raise PasskeyTooLate


def _lookup(purpose: str, challenge: bytes) -> bytes:
    return sha256(f"{purpose}:".encode() + challenge).digest()
