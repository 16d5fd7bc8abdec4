"""Identifiers of rows: random, so that nobody can guess or count them."""

import re
import secrets

_ID = re.compile("[0-9a-f]{32}")


def new_id() -> str:
    """32 hex digits from 128 random bits."""
    return secrets.token_hex(16)


def is_id(text: str) -> bool:
    """Whether `text` has an identifier's shape: ask before giving a stranger's to a database."""
    return _ID.fullmatch(text) is not None
