"""How hard a new passphrase is to guess, and why, in words that help to choose a better one."""

from dataclasses import dataclass
from typing import Any

from zxcvbn import zxcvbn

from passport.accounts.errors import WeakPassphrase
from passport.accounts.rules import check_passphrase
from passport.crypto.passphrase import normalized
from passport.words_to_translate import N_

_MEASURED_CHARACTERS = 72
_MOST_TYPED = 512
BEST = 4
_TITLES = (
    N_("very easy to guess"),
    N_("easy to guess"),
    N_("not hard enough to guess"),
    N_("good"),
    N_("strong"),
)
_FAST_COMPUTERS = "offline_slow_hashing_1e4_per_second"
_REASONS = {
    "repeat": N_("It says the same thing again and again."),
    "sequence": N_("It has letters or numbers in a row, such as abc or 456."),
    "spatial": N_("It follows the keys on the keyboard."),
    "date": N_("It has a date in it."),
    "regex": N_("It has a year in it."),
    "passwords": N_("Part of it is a password that many people use."),
    "user_inputs": N_("Part of it is your sign-in name."),
    "male_names": N_("It has a first name in it."),
    "female_names": N_("It has a first name in it."),
    "surnames": N_("It has a family name in it."),
}


@dataclass(frozen=True)
class Strength:
    """What to tell about a passphrase. `score` is 0 to 4; `seconds` is what guessing it takes.

    `title` and `reasons` are English words that are in the catalogues of languages.
    """

    score: int
    title: str
    seconds: float
    reasons: tuple[str, ...]
    problem: WeakPassphrase | None


def strength(passphrase: str, name: str) -> Strength:
    """Judge a passphrase of somebody with this sign-in name.

    `problem` says what to change if it can't be taken; `reasons` are what makes it weaker.
    """
    text = normalized(passphrase[:_MOST_TYPED]).decode()[:_MEASURED_CHARACTERS]
    problem = _problem(passphrase, name)
    if not text:
        return Strength(0, _TITLES[0], 0, (), problem)
    found = zxcvbn(text, user_inputs=[name])
    score = min(found["score"], 2) if problem else found["score"]
    seconds = float(found["crack_times_seconds"][_FAST_COMPUTERS])
    return Strength(score, _TITLES[score], seconds, _reasons(found["sequence"]), problem)


def _problem(passphrase: str, name: str) -> WeakPassphrase | None:
    try:
        check_passphrase(passphrase, name)
    except WeakPassphrase as error:
        return error
    return None


def _reasons(sequence: list[dict[str, Any]]) -> tuple[str, ...]:
    keys = (match.get("dictionary_name") or match["pattern"] for match in sequence)
    # In the order in which they are found, each once.
    return tuple(dict.fromkeys(_REASONS[key] for key in keys if key in _REASONS))
