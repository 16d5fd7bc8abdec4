"""Owners with recovery helpers, for tests: named, confirmed, and helping."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest

from passport import clock
from passport.accounts.help_tickets import new_ticket
from passport.accounts.helper_invitations import accept_helping, invite_helper
from passport.accounts.helping_back_in import help_back_in, list_helped
from passport.accounts.recover_with_help import recover_with_help
from passport.accounts.recovery_helpers import confirm_helper, find_helper
from passport.accounts.sessions import open_session
from passport.crypto.help_ticket import HelpTicket
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage.database import Database
from passport.story.sections import section
from tests.residents import CHEAP, PEPPER, Resident, new_resident

HOUR = 60 * 60
NEW_PASSPHRASE = "lantern gravel mosaic otter"
WORDS = "Told once, to somebody who listened."


class Later:
    """Stops the clock, and moves it on or back."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch, self._now = monkeypatch, clock.now()
        self(0)

    def __call__(self, hours: float) -> datetime:
        self._now += timedelta(hours=hours)
        self._patch.setattr(clock, "now", lambda: self._now)
        return self._now


@dataclass
class Helped:
    """An owner with a story, and her recovery helpers."""

    owner: Resident
    helpers: list[Resident]
    ids: list[str]

    @property
    def database(self) -> Database:
        return self.owner.database

    def again(self, helper: int = 0) -> UnlockedPassport:
        return self.helpers[helper].passport

    def ticket(self) -> HelpTicket:
        """What she gets on a device without any way in."""
        return new_ticket(self.database, PEPPER)

    def helps(self, helper: int, number: str) -> datetime:
        """One of her helpers types her number."""
        return help_back_in(
            self.database, PEPPER, self.helpers[helper].passport, self.ids[helper], number
        )

    def gets_in(self, ticket: HelpTicket, passphrase: str = NEW_PASSPHRASE) -> str:
        """She sets a new passphrase with her ticket. Returns the session's cookie."""
        return recover_with_help(self.database, PEPPER, CHEAP, ticket, passphrase)

    def reads_her_story(self, cookie: str) -> bool:
        passport = open_session(self.database, cookie)
        assert passport is not None
        return section(self.database, passport, "my-story").content["text"] == WORDS


def name_helper(owner: Resident, helper: Resident, name: str, *, confirmed: bool = True) -> str:
    """Ask, accept, confirm. Returns the helper's id."""
    code = invite_helper(owner.database, owner.passport, name, "Rosa").code
    accept_helping(owner.database, helper.passport, code)
    helper_id = list_helped(owner.database, helper.passport)[-1].helper_id
    if confirmed:
        number = find_helper(owner.database, owner.passport, helper_id).check_number
        confirm_helper(owner.database, owner.passport, helper_id, number)
    return helper_id


def owner_with_helpers(database: Database, count: int) -> Helped:
    """An owner with a story and `count` confirmed helpers."""
    owner = new_resident(database)
    owner.write("my-story", WORDS)
    helpers = [new_resident(database) for _ in range(count)]
    names = ("Sam", "Alex", "Jo")
    ids = [name_helper(owner, h, n) for h, n in zip(helpers, names, strict=False)]
    return Helped(owner, helpers, ids)


def columns_of(database: Database, table: Any) -> list[Any]:
    """All rows of a table."""
    with database.read() as connection:
        return list(connection.execute(table.select()))
