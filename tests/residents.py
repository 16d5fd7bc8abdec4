"""Invented residents, made through the services as the pages make them."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4
from weakref import WeakKeyDictionary

from passport.accounts.sessions import open_session
from passport.accounts.sign_up import sign_up
from passport.accounts.slots import unconfirmed_recovery_code
from passport.crypto.inbox import InboxSealer
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.pepper import Pepper
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.create_share import create_share
from passport.sharing.read_at_once import Addressees
from passport.sharing.read_share import Services
from passport.sharing.save_section import save_section
from passport.sharing.share import Share, ShareTerms
from passport.storage.database import Database
from passport.story.catalogue import section_type
from passport.story.section import Section, SectionDraft

CHEAP = Argon2Parameters(memory_kib=64, iterations=1, lanes=1)
PEPPER_SECRET = b"a pepper for tests, 32 bytes long"
PEPPER = Pepper(PEPPER_SECRET)
_READING: WeakKeyDictionary[Database, Services] = WeakKeyDictionary()
PASSPHRASE = "orchard violin tundra kettle"


@dataclass(frozen=True)
class Resident:
    """Somebody with a passport, signed in."""

    database: Database
    name: str
    cookie: str
    passport: UnlockedPassport
    recovery_code: str

    def write(self, key: str, words: Any, *, based_on: int | None = None, **more: Any) -> Section:
        """Save a section; `words` is its whole content, or the answer to its first question."""
        kind = section_type(key)
        assert kind is not None
        content = words if isinstance(words, dict) else {kind.parts[0].key: words}
        draft = SectionDraft(key, content, **more)
        version = self._version(key) if based_on is None else based_on
        return save_section(self.database, self.passport, draft, version)

    def share(
        self, *sections: str, recipient: str = "Rose ward", once: str = "", **terms: Any
    ) -> Share:
        """Share these sections."""
        chosen = ShareTerms(recipient, sections, **terms)
        return create_share(self.database, PEPPER, self.passport, chosen, once)

    def _version(self, key: str) -> int:
        from passport.story.sections import find_section

        with self.database.read() as connection:
            found = find_section(connection, self.passport, key)
        return found.version if found else 0


def new_resident(database: Database, name: str | None = None) -> Resident:
    """Somebody new, with a name that nobody else has."""
    name = name or f"resident {uuid4().hex}"
    cookie = sign_up(database, PEPPER, CHEAP, name, PASSPHRASE)
    passport = open_session(database, cookie)
    assert passport is not None
    code = unconfirmed_recovery_code(database, passport)
    assert code is not None
    return Resident(database, name, cookie, passport, code)


def reading(database: Database) -> Services:
    """What reading a share needs, as one process has it."""
    return _READING.setdefault(database, Services(database, PEPPER, InboxSealer(), Addressees()))
