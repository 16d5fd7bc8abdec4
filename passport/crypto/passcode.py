"""Passcodes of shares. The service makes them, so that they are nobody's bank PIN."""

import secrets

DIGITS = 6


def new_passcode() -> str:
    """Six random digits, first zeros included."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
