"""What the running service is made of, joined once in `create_app`; web, API and CLI ask here."""

from dataclasses import dataclass

from flask import Flask, current_app

from config.settings import Settings
from passport.crypto.inbox import InboxSealer
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.pepper import Pepper
from passport.sharing.read_at_once import Addressees
from passport.sharing.read_share import Services
from passport.storage.database import Database

_EXTENSION = "story-passport"


@dataclass(frozen=True)
class Wiring:
    """The parts that services are given. One for each application."""

    settings: Settings
    database: Database
    pepper: Pepper
    sealer: InboxSealer
    addressees: Addressees

    @property
    def argon2(self) -> Argon2Parameters:
        """What one passphrase guess costs here."""
        return Argon2Parameters(memory_kib=self.settings.argon2_memory_kib)

    @property
    def reading(self) -> Services:
        """What reading a share needs."""
        return Services(self.database, self.pepper, self.sealer, self.addressees)


def wire(app: Flask, settings: Settings) -> None:
    """Make the parts and hang them on the application."""
    database = Database(
        settings.database_url,
        erasure_url=settings.erasure_database_url,
        sqlite_synchronous=settings.sqlite_synchronous,
    )
    app.extensions[_EXTENSION] = Wiring(
        settings, database, Pepper(settings.secrets.pepper), InboxSealer(), Addressees()
    )


def share_parts(app: Flask, other: Flask) -> None:
    """Give another application the same parts."""
    other.extensions[_EXTENSION] = app.extensions[_EXTENSION]


def wiring() -> Wiring:
    """The parts of the current application."""
    found: Wiring = current_app.extensions[_EXTENSION]
    return found
