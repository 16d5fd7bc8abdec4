"""Rules for sign-in names and passphrases."""

import unicodedata

from zxcvbn import zxcvbn

from passport.accounts.errors import NameNotUsable, WeakPassphrase
from passport.crypto.passphrase import normalized

SHORTEST_NAME, LONGEST_NAME = 3, 60
SHORTEST_PASSPHRASE, LONGEST_PASSPHRASE = 12, 256
_ENOUGH = 3  # zxcvbn: 3 of 4, "safely unguessable", over 10^8 guesses
_MEASURED_CHARACTERS = 72  # zxcvbn slows down with length; this much is plenty to judge by


def normalized_name(name: str) -> str:
    """The same text for the same name, whatever the case and spaces. Raises NameNotUsable."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    # Folding case can undo the normal form, so it is made again.
    text = " ".join(unicodedata.normalize("NFKC", folded).casefold().split())
    if len(text) < SHORTEST_NAME:
        raise NameNotUsable(f"Use at least {SHORTEST_NAME} letters or numbers for your name.")
    if len(text) > LONGEST_NAME:
        raise NameNotUsable(f"Use no more than {LONGEST_NAME} letters or numbers for your name.")
    if any(unicodedata.category(character).startswith("C") for character in text):
        raise NameNotUsable("Use only letters, numbers and spaces for your name.")
    return text


def check_passphrase(passphrase: str, name: str) -> None:
    """Raises WeakPassphrase if others could guess it. Length counts, not odd characters.

    Judged as it is stretched, so that spaces at its ends lend it no strength.
    """
    passphrase = normalized(passphrase).decode()
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WeakPassphrase(
            f"Use at least {SHORTEST_PASSPHRASE} letters. Three or four words are good."
        )
    if len(passphrase) > LONGEST_PASSPHRASE:
        raise WeakPassphrase(f"Use no more than {LONGEST_PASSPHRASE} letters.")
    if zxcvbn(passphrase[:_MEASURED_CHARACTERS], user_inputs=[name])["score"] < _ENOUGH:
        raise WeakPassphrase(
            "That is too easy to guess. Try three or four words that have nothing to do "
            "with each other."
        )
