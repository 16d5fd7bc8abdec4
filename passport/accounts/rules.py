"""Rules for sign-in names and passphrases."""

import unicodedata

from zxcvbn import zxcvbn

from passport.accounts.errors import NameNotUsable, WeakPassphrase
from passport.crypto.passphrase import normalized
from passport.words_to_translate import N_

SHORTEST_NAME, LONGEST_NAME = 3, 60
SHORTEST_PASSPHRASE, LONGEST_PASSPHRASE = 12, 256
# Making the normal form of many letters can take minutes, so it is made of few only.
_MOST_TYPED = 512
_ENOUGH = 3  # zxcvbn: 3 of 4, "safely unguessable", over 10^8 guesses
_MEASURED_CHARACTERS = 72  # zxcvbn slows down with length; this much is plenty to judge by


def normalized_name(name: str) -> str:
    """The same text for the same name, whatever the case and spaces. Raises NameNotUsable."""
    if len(name) > _MOST_TYPED:
        raise _name_too_long()
    folded = unicodedata.normalize("NFKC", name).casefold()
    # Folding case can undo the normal form, so it is made again.
    text = " ".join(unicodedata.normalize("NFKC", folded).casefold().split())
    if len(text) < SHORTEST_NAME:
        raise NameNotUsable(
            N_("Use at least %(number)s letters or numbers for your name."), number=SHORTEST_NAME
        )
    if len(text) > LONGEST_NAME:
        raise _name_too_long()
    if any(unicodedata.category(character).startswith("C") for character in text):
        raise NameNotUsable(N_("Use only letters, numbers and spaces for your name."))
    return text


def check_passphrase(passphrase: str, name: str) -> None:
    """Raises WeakPassphrase if others could guess it. Length counts, not odd characters.

    Judged as it is stretched, so that spaces at its ends lend it no strength.
    """
    if len(passphrase) > _MOST_TYPED:
        raise _passphrase_too_long()
    passphrase = normalized(passphrase).decode()
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WeakPassphrase(
            N_("Use at least %(number)s letters. Three or four words are good."),
            number=SHORTEST_PASSPHRASE,
        )
    if len(passphrase) > LONGEST_PASSPHRASE:
        raise _passphrase_too_long()
    if zxcvbn(passphrase[:_MEASURED_CHARACTERS], user_inputs=[name])["score"] < _ENOUGH:
        raise WeakPassphrase(
            N_(
                "That is too easy to guess. Try three or four words that have nothing to do "
                "with each other."
            )
        )


def _name_too_long() -> NameNotUsable:
    return NameNotUsable(
        N_("Use no more than %(number)s letters or numbers for your name."), number=LONGEST_NAME
    )


def _passphrase_too_long() -> WeakPassphrase:
    return WeakPassphrase(N_("Use no more than %(number)s letters."), number=LONGEST_PASSPHRASE)
