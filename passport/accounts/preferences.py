"""What an owner chose about how the service behaves, sealed under her passport's key."""

import json
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection, select, update

from passport.activity.record import record
from passport.crypto import labels
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage import tables
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport

_passports = tables.passports


@dataclass(frozen=True)
class Preferences:
    """Her choices; as they stand here if she has made none."""

    neutral_titles: bool = False
    """Whether no page's title or picture says which service this is."""
    prompts: bool = True
    """Whether questions about her story come with examples."""
    review_months: int = 6
    """After how many months she is asked whether a part of her story is still true; 0 for never."""
    skipped: tuple[str, ...] = ()
    """Questions that she skipped, in that order, so that they come last."""
    today: str = ""
    """How she said that her day is, after the day: `2026-03-27 low`."""
    looks: tuple[str, ...] = ()
    """How pages look to her, such as `large` or `calm`: keys of `web.looks`."""
    never_ask_told_again: bool = False
    """Whether she is not to be asked if she still had to tell her story again."""
    language: str = ""
    """The code of the language that her pages are in; empty if her browser is to be asked."""

    @classmethod
    def from_choices(cls, choices: dict[str, Any]) -> "Preferences":
        """Choices by name, such as an export's. Those that this version does not know are left."""
        usual = cls()
        kinds = {field.name: type(getattr(usual, field.name)) for field in fields(cls)}
        given: dict[str, Any] = {
            k: tuple(v) if isinstance(v, list) else v for k, v in choices.items()
        }
        return cls(**{k: v for k, v in given.items() if k in kinds and _is_like(v, kinds[k])})


def preferences(database: Database, passport: UnlockedPassport) -> Preferences:
    """What the owner of this passport chose."""
    with database.read() as connection:
        return read_preferences(connection, passport)


def read_preferences(connection: Connection, passport: UnlockedPassport) -> Preferences:
    """The same, in a transaction of the caller's."""
    row = connection.execute(
        select(_passports.c.sealed_preferences, _passports.c.preferences_version).where(
            _passports.c.passport_id == passport.passport_id
        )
    ).one()
    if row.sealed_preferences is None:
        return Preferences()
    text = passport.open(
        labels.PREFERENCES, passport.passport_id, row.sealed_preferences, row.preferences_version
    )
    return Preferences.from_choices(json.loads(text))


def save_preferences(database: Database, passport: UnlockedPassport, chosen: Preferences) -> None:
    """Keep what the owner chose. Raises NotPermitted for a supporter."""
    passport.access.require_owner()
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        if read_preferences(connection, passport) != chosen:
            write_preferences(connection, passport, chosen)
            record(connection, passport, "settings-changed")


def change_quietly(database: Database, passport: UnlockedPassport, **changes: Any) -> None:
    """Keep what the pages remember for the owner by the way: no act worth a line in her record.

    Raises NotPermitted for a supporter.
    """
    passport.access.require_owner()
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        before = read_preferences(connection, passport)
        if replace(before, **changes) != before:
            write_preferences(connection, passport, replace(before, **changes))


def write_preferences(
    connection: Connection, passport: UnlockedPassport, chosen: Preferences
) -> None:
    """Seal and keep them, in a transaction of the caller's that holds the passport's lock."""
    mine = _passports.c.passport_id == passport.passport_id
    version = (
        1 + connection.execute(select(_passports.c.preferences_version).where(mine)).scalar_one()
    )
    text = json.dumps(asdict(chosen)).encode()
    sealed = passport.seal(labels.PREFERENCES, passport.passport_id, text, version)
    connection.execute(
        update(_passports)
        .where(mine)
        .values(sealed_preferences=sealed, preferences_version=version)
    )


def _is_like(value: object, kind: type) -> bool:
    if kind is tuple:
        return isinstance(value, tuple) and all(isinstance(one, str) for one in value)
    return type(value) is kind
