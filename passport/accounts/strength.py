"""How hard a new passphrase is to guess, and why, in words that help to choose a better one."""

from dataclasses import dataclass
from typing import Any

from zxcvbn import zxcvbn

from passport.accounts.errors import WeakPassphrase
from passport.accounts.rules import check_passphrase
from passport.crypto.passphrase import normalized

_MEASURED_CHARACTERS = 72
_MOST_TYPED = 512
BEST = 4
_TITLES = ("Very easy to guess", "Easy to guess", "Not hard enough to guess", "Good", "Strong")
_FAST_COMPUTERS = "offline_slow_hashing_1e4_per_second"
_REASONS = {
    "repeat": "It says the same thing again and again.",
    "sequence": "It has letters or numbers in a row, such as abc or 456.",
    "spatial": "It follows the keys on the keyboard.",
    "date": "It has a date in it.",
    "regex": "It has a year in it.",
    "passwords": "Part of it is a password that many people use.",
    "user_inputs": "Part of it is your sign-in name.",
    "male_names": "It has a first name in it.",
    "female_names": "It has a first name in it.",
    "surnames": "It has a family name in it.",
}


@dataclass(frozen=True)
class Strength:
    """What to tell about a passphrase. `score` is 0 to 4; `time` is what guessing it takes."""

    score: int
    title: str
    time: str
    reasons: tuple[str, ...]
    problem: str | None


def strength(passphrase: str, name: str) -> Strength:
    """Judge a passphrase of somebody with this sign-in name.

    `problem` says what to change if it can't be taken; `reasons` are what makes it weaker.
    """
    text = normalized(passphrase[:_MOST_TYPED]).decode()[:_MEASURED_CHARACTERS]
    problem = _problem(passphrase, name)
    if not text:
        return Strength(0, _TITLES[0], "no time", (), problem)
    found = zxcvbn(text, user_inputs=[name])
    score = min(found["score"], 2) if problem else found["score"]
    time = found["crack_times_display"][_FAST_COMPUTERS]
    return Strength(score, _TITLES[score], time, _reasons(found["sequence"]), problem)


def _problem(passphrase: str, name: str) -> str | None:
    try:
        check_passphrase(passphrase, name)
    except WeakPassphrase as error:
        return str(error)
    return None


def _reasons(sequence: list[dict[str, Any]]) -> tuple[str, ...]:
    keys = (match.get("dictionary_name") or match["pattern"] for match in sequence)
    # In the order in which they are found, each once.
    return tuple(dict.fromkeys(_REASONS[key] for key in keys if key in _REASONS))
