"""An invented resident for tests of whole applications: signed up, with a few words written."""

from dataclasses import dataclass

from flask import Flask

from passport.accounts.sessions import open_session
from passport.accounts.sign_up import sign_up
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.create_share import create_share
from passport.sharing.save_section import save_section
from passport.sharing.share import Share, ShareTerms
from passport.sharing.shlink import Shlink, link_of
from passport.story.section import SectionDraft
from passport.wiring import Wiring, wiring

NAME, PASSPHRASE = "Maud Ellery", "copper otter sings at noon"
PLEASE_DO = "Warm your hands before you touch my knee"


@dataclass(frozen=True)
class Resident:
    """A signed-up resident and the application she is in."""

    app: Flask
    cookie: str
    passport: UnlockedPassport

    @property
    def wired(self) -> Wiring:
        """The application's parts."""
        with self.app.app_context():
            return wiring()

    def writes(self, key: str, based_on: int = 0, **content: object) -> None:
        """Save one section."""
        save_section(self.wired.database, self.passport, SectionDraft(key, content), based_on)

    def shares(self, *sections: str, **terms: object) -> Share:
        """Make a share of these sections for a ward."""
        chosen = ShareTerms("Ward 7", sections or ("please-do",), **terms)
        return create_share(self.wired.database, self.wired.pepper, self.passport, chosen)

    def link(self, share: Share) -> Shlink:
        """The share's link."""
        found = link_of(share, self.wired.settings.base_url)
        if found is None:
            raise ValueError("a revoked share has no link")
        return found


def sign_up_resident(app: Flask, name: str = NAME) -> Resident:
    """A resident who has written what people should please do."""
    with app.app_context():
        wired = wiring()
    cookie = sign_up(wired.database, wired.pepper, wired.argon2, name, PASSPHRASE)
    passport = open_session(wired.database, cookie)
    if passport is None:
        raise ValueError("a new session is open")
    resident = Resident(app, cookie, passport)
    resident.writes("please-do", lines=[PLEASE_DO])
    return resident
