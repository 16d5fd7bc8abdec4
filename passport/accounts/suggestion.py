"""Words to take as a passphrase, drawn from the EFF's long list, which `xkcdpass` brings."""

import secrets
from functools import cache

from xkcdpass.xkcd_password import generate_wordlist

WORDS = 4


@cache
def _words() -> tuple[str, ...]:
    # The whole list: 7,776 words, of 12.9 bits each.
    return tuple(generate_wordlist("eff-long", min_length=1, max_length=99))


def new_suggestion() -> str:
    """Four words with spaces between, of 51 random bits together."""
    return " ".join(secrets.choice(_words()) for _ in range(WORDS))
