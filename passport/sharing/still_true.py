"""Is it still true? What its owner says about a section's age, and how often she wants to be asked.

Readers see when she last said so; what she says reaches her shares in the same transaction.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from passport import clock
from passport.accounts.preferences import read_preferences, write_preferences
from passport.activity.record import record
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.sharing.save_section import refresh_all_shares, refresh_shares
from passport.storage.database import Database
from passport.storage.passport_lock import lock_passport
from passport.story import sections
from passport.story.section import Section

RHYTHMS = (3, 6, 12, 0)
_DAYS_A_MONTH = 30.4375


def due(story: list[Section], months: int) -> list[Section]:
    """Sections that she has not looked at for so many months, the oldest first; none for 0."""
    if not months:
        return []
    before = clock.now() - timedelta(days=months * _DAYS_A_MONTH)
    old = [s for s in story if not s.is_empty and s.reviewed_at <= before]
    return sorted(old, key=_age)


def next_due(story: list[Section], months: int, after: str = "") -> Section | None:
    """The oldest of them; `after` a section that she does not want to look at now, the next."""
    found = due(story, months)
    passed = next((s for s in story if s.key == after), None)
    if passed is not None:
        found = [section for section in found if _age(section) > _age(passed)]
    return found[0] if found else None


def say_still_true(database: Database, passport: UnlockedPassport, key: str, version: int) -> None:
    """She read this version today, and it is still true; her shares say so at once.

    Raises UnknownSection, SavedElsewhere, NotPermitted.
    """
    with database.write() as connection:
        sections.still_true(connection, passport, key, version)
        refresh_shares(connection, passport, key)


def choose_rhythm(database: Database, passport: UnlockedPassport, months: int) -> None:
    """Ask her after so many months; her shares tell readers from when on a section is old.

    Raises ValueError for a rhythm that there is not, NotPermitted.
    """
    passport.access.require_owner()
    if months not in RHYTHMS:
        raise ValueError("there is no such rhythm")
    with database.write() as connection:
        lock_passport(connection, passport.passport_id)
        before = read_preferences(connection, passport)
        if before.review_months == months:
            return
        write_preferences(connection, passport, replace(before, review_months=months))
        refresh_all_shares(connection, passport)
        record(connection, passport, "review-months-changed")


def _age(section: Section) -> tuple[datetime, str]:
    return section.reviewed_at, section.key
