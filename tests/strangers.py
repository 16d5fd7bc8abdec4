"""What a stranger may ask who wants to know whether somebody has a passport: one line for each way.

`tests/web/test_strangers.py` compares the answers, `bench/strangers.py` their times too.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

from passport.accounts.owner_cards import card_code, make_card
from passport.accounts.sessions import open_session
from passport.accounts.sign_up import sign_up
from passport.crypto.owner_card import CardSecret
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.pepper import Pepper
from passport.crypto.recovery_code import new_recovery_code
from passport.storage.database import Database

PASSPHRASE, WRONG, NEW = "orchard violin tundra kettle", "lantern gravel mosaic", "walnut ferry {}"
KNOWN_NAMES, PIN, TRIES_OF_A_CARD = 8, "8352", 6
_NUMBERS = count(10_000_000)
Typed = dict[str, str]


@dataclass(frozen=True)
class Way:
    """A page, and what is typed there about somebody who is known, and who is not."""

    address: str
    known: Callable[[], Typed]
    unknown: Callable[[], Typed]


class Somebody:
    """Several people with passports, whose names and cards are asked about in turn."""

    def __init__(self, database: Database, pepper: Pepper, cost: Argon2Parameters) -> None:
        self._parts = (database, pepper, cost)
        self._names = [unknown_name() for _ in range(KNOWN_NAMES)]
        for name in self._names:
            sign_up(database, pepper, cost, name, PASSPHRASE)
        self._turn, self._cards = count(), iter(())

    def name(self) -> str:
        """A name that somebody has."""
        return self._names[next(self._turn) % KNOWN_NAMES]

    def card(self) -> str:
        """The code of a card that somebody has, with tries left."""
        code = next(self._cards, "")
        if not code:
            self._cards = iter([self._new_card()] * TRIES_OF_A_CARD)
            return next(self._cards)
        return code

    def _new_card(self) -> str:
        database, pepper, cost = self._parts
        cookie = sign_up(database, pepper, cost, unknown_name(), PASSPHRASE)
        passport = open_session(database, cookie)
        assert passport is not None
        code = card_code(database, passport, make_card(database, cost, passport, PIN, ""))
        assert code is not None
        return code


def unknown_name() -> str:
    """A name that nobody has, as long as those that somebody has."""
    return f"resident {next(_NUMBERS)}"


def _new_words() -> str:
    return NEW.format(next(_NUMBERS)) + " drizzle anthem"


def ways(somebody: Somebody) -> dict[str, Way]:
    """Every way to ask. A new page is one line more."""

    def asked(address: str, typed: Callable[[str], Typed]) -> Way:
        return Way(address, lambda: typed(somebody.name()), lambda: typed(unknown_name()))

    def card(code: str) -> Typed:
        return {"code": code, "pin": "0000"}

    return {
        "sign-in": asked("/sign-in", lambda name: {"name": name, "passphrase": WRONG}),
        "interrupted": asked(
            "/story/my-story/edit", lambda name: {"name": name, "passphrase": WRONG}
        ),
        "sign-up": asked("/sign-up", lambda name: {"name": name, "passphrase": _new_words()}),
        "recovery": asked(
            "/recover",
            lambda name: {"name": name, "code": new_recovery_code(), "passphrase": _new_words()},
        ),
        "card": Way(
            "/card", lambda: card(somebody.card()), lambda: card(CardSecret.generate().to_code())
        ),
    }


def without_echo(text: str, typed: Typed) -> str:
    """A page without what differs each time: tokens, the words typed, and the words offered."""
    for number, value in enumerate(typed.values()):
        text = text.replace(value, f"typed {number}")
    text = re.sub(r'(class="passport-suggestion"[^>]*>)[^<]*', r"\1", text)
    return re.sub(r'(name="(?:csrf_token|suggestion)"[^>]* value=")[^"]*', r"\1", text)
