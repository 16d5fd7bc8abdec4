"""Whose form it is: a mark in every form that is shown to somebody who is signed in."""

from hashlib import sha256

from flask import current_app, g
from itsdangerous import Signer

OWNER = "owner"


def owner_mark() -> str:
    """The mark of the passport that is open: the same each time, and telling nothing about it.

    Empty if nobody is signed in.
    """
    passport = g.get("passport")
    return _signer().get_signature(passport.passport_id).decode() if passport else ""


def is_of_another(mark: str | None) -> bool:
    """Whether a form with this mark was made for another passport than the one that is open.

    A form without a mark is nobody's: its token decides.
    """
    return bool(mark) and not is_mine(mark)


def is_mine(mark: str | None) -> bool:
    """Whether a form with this mark was made for the passport that is open."""
    return bool(mark) and _signer().verify_signature(g.passport.passport_id, mark or "")


def _signer() -> Signer:
    secret = current_app.config["SECRET_KEY"]
    return Signer(secret, salt="owner-mark", key_derivation="hmac", digest_method=sha256)
