"""Still true? What she says about a section's age reaches whoever reads it."""

from datetime import timedelta

import pytest

from passport import clock
from passport.access import Access, NotPermitted
from passport.accounts.preferences import preferences
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.fhir.document import read_document
from passport.sharing.share import Share
from passport.sharing.still_true import choose_rhythm, due, next_due, say_still_true
from passport.storage.database import Database
from passport.story.errors import SavedElsewhere, UnknownSection
from passport.story.sections import section, section_history, story
from tests.residents import Resident, new_resident
from tests.sharing.clinician import bundle


@pytest.fixture
def bee(database: Database) -> Resident:
    resident = new_resident(database)
    resident.write("most-important", "My knees hurt.")
    resident.write("please-do", ["Knock first"])
    return resident


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch):
    """Moves the clock on by so many days."""
    now = clock.now()
    return lambda days: monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=days))


def _due(bee: Resident, months: int = 6) -> list[str]:
    return [one.key for one in due(story(bee.database, bee.passport), months)]


def _read(bee: Resident, share: Share):
    return read_document(bundle(bee.database, share))


def test_a_section_is_due_after_the_months_she_chose_and_never_if_she_said_never(
    bee: Resident, later
) -> None:
    later(100)
    assert _due(bee, 3) == ["most-important", "please-do"]
    assert _due(bee, 6) == []
    later(400)
    assert _due(bee, 0) == []


def test_not_now_leads_to_the_next_and_comes_back_another_time(bee: Resident, later) -> None:
    later(200)
    found = story(bee.database, bee.passport)
    first = next_due(found, 6)
    assert first is not None
    second = next_due(found, 6, after=first.key)
    assert second is not None
    assert first.key != second.key
    assert next_due(found, 6, after=second.key) is None


def test_still_true_reaches_readers_at_once_and_makes_no_new_version(bee: Resident, later) -> None:
    share = bee.share("please-do", duration="year")
    later(200)
    say_still_true(bee.database, bee.passport, "please-do", 1)
    (shared,) = _read(bee, share).sections
    assert shared.reviewed_at is not None
    assert shared.reviewed_at - shared.written_at > timedelta(days=199)
    assert len(section_history(bee.database, bee.passport, "please-do")) == 1
    assert _due(bee) == ["most-important"]


def test_what_changed_meanwhile_is_not_said_to_be_still_true(bee: Resident) -> None:
    bee.write("please-do", ["Knock twice"])
    before = section(bee.database, bee.passport, "please-do")
    with pytest.raises(SavedElsewhere):
        say_still_true(bee.database, bee.passport, "please-do", 1)
    with pytest.raises(UnknownSection):
        say_still_true(bee.database, bee.passport, "home", 1)
    assert section(bee.database, bee.passport, "please-do") == before


def test_her_rhythm_travels_with_her_shares(bee: Resident) -> None:
    share = bee.share("please-do")
    choose_rhythm(bee.database, bee.passport, 3)
    assert preferences(bee.database, bee.passport).review_months == 3
    assert _read(bee, share).review_months == 3
    choose_rhythm(bee.database, bee.passport, 0)
    assert _read(bee, share).review_months is None
    with pytest.raises(ValueError, match="no such rhythm"):
        choose_rhythm(bee.database, bee.passport, 5)


def test_only_the_owner_says_that_it_is_still_true(bee: Resident) -> None:
    everything = Access("5" * 32, "Sam", frozenset({"read", "write", "share"}), None)
    helped = UnlockedPassport(bee.passport.passport_id, bee.passport.key, everything)
    with pytest.raises(NotPermitted):
        say_still_true(bee.database, helped, "please-do", 1)
    with pytest.raises(NotPermitted):
        choose_rhythm(bee.database, helped, 3)
