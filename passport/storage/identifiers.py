"""Identifiers of rows: random, so that nobody can guess or count them."""

import secrets


def new_id() -> str:
    """32 hex digits from 128 random bits."""
    return secrets.token_hex(16)
