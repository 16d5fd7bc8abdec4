"""What somebody chose on the way to a share, kept sealed until the share is made.

Each try has a number of its own, so that two tabs never mix their choices; a share is made with
its try's number, once. The newest few tries are kept, those of an owner and of a supporter apart.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from passport import clock
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport
from passport.story.drafts import Draft, Fields, keep_forms, kept_forms

_NAME = "unfinished-shares"


@dataclass(frozen=True)
class Unfinished:
    """One try: its number, and the fields that were filled in so far, in order."""

    number: str
    fields: Fields

    def first(self, name: str) -> str:
        """What stands in a field; empty if nothing does."""
        return next((value for key, value in self.fields if key == name), "")


def unfinished_shares(database: Database, passport: UnlockedPassport) -> list[Unfinished]:
    """Every try of whoever acts, the last touched one first. Raises NotPermitted."""
    passport.access.require("share")
    with database.read() as connection:
        return [Unfinished(one.form, one.fields) for one in kept_forms(connection, passport, _NAME)]


def keep_choices(
    database: Database,
    passport: UnlockedPassport,
    number: str,
    names: Collection[str],
    fields: Fields,
) -> None:
    """Let these fields stand for all that was kept under `names`. Raises NotPermitted."""
    passport.access.require("share")
    with database.write() as connection:
        mine, others = _split(connection, passport, number)
        before = [(name, value) for name, value in mine if name not in names]
        tried = Draft([*before, *fields], clock.now(), number)
        keep_forms(connection, passport, _NAME, [tried, *others])


def forget_choices(database: Database, passport: UnlockedPassport, number: str) -> None:
    """The share is made, or is not wanted any more."""
    passport.access.require("share")
    with database.write() as connection:
        keep_forms(connection, passport, _NAME, _split(connection, passport, number)[1])


def _split(
    connection: Connection, passport: UnlockedPassport, number: str
) -> tuple[Fields, list[Draft]]:
    lock_passport(connection, passport.passport_id)
    kept = kept_forms(connection, passport, _NAME)
    mine = next((one.fields for one in kept if one.form == number), [])
    return mine, [one for one in kept if one.form != number]
