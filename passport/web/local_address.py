"""Addresses inside this service, for going on where somebody was."""

from urllib.parse import quote, urlsplit

from flask import request

# Whoever comes to these without a passport signs in or makes one, and goes on there.
_INVITATIONS = ("/join", "/help-back-in")


def local_address(text: str | None, otherwise: str = "/story") -> str:
    """`text` if it is a path of this service, else `otherwise`: never another site.

    Browsers read `//host`, `/\\host` and control characters as other sites.
    """
    if not text or not text.startswith("/") or text.startswith("//") or len(text) > 500:
        return otherwise
    if "\\" in text or any(ord(character) < 33 or ord(character) == 127 for character in text):
        return otherwise
    try:
        parts = urlsplit(text)
    except ValueError:
        return otherwise
    return otherwise if parts.scheme or parts.netloc else text


def proof_address(then: str) -> str:
    """The page that asks to sign in again, and leads to the address `then` afterwards."""
    return f"/sign-in-again?next={quote(then, safe='/')}"


def sign_in_address(then: str) -> str:
    """The sign-in page that leads to the address `then` afterwards."""
    return f"/sign-in?next={quote(then, safe='/')}"


def leading_on(address: str) -> str:
    """`address` of a page to get in by, which leads to where this person was going."""
    then = request.args.get("next") or (request.path if request.path in _INVITATIONS else "")
    return f"{address}?next={quote(local_address(then), safe='/')}" if then else address
