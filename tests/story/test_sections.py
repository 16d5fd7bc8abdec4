"""Writing: every version kept, nobody's words lost, and a stolen row good for nothing elsewhere."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, update

from passport import clock
from passport.crypto.envelope import CannotOpen
from passport.sharing.save_section import save_section
from passport.storage import tables
from passport.storage.database import Database
from passport.story.errors import (
    NotADate,
    SavedElsewhere,
    SectionTooLong,
    TitleMissing,
    UnknownSection,
)
from passport.story.section import SectionDraft
from passport.story.section_rules import nhs_number_warning
from passport.story.sections import new_own_key, section, section_history, story
from tests.residents import Resident, new_resident


@pytest.fixture
def bee(database: Database) -> Resident:
    """Somebody with nothing written yet."""
    return new_resident(database)


@pytest.fixture
def writer(sqlite_database: Database) -> Resident:
    """Somebody, where the kind of database makes no difference."""
    return new_resident(sqlite_database)


def _text(bee: Resident, key: str = "my-story", version: int | None = None) -> str:
    return section(bee.database, bee.passport, key, version).content["text"]


def test_each_save_is_a_new_version_and_old_ones_stay_readable(bee: Resident) -> None:
    for words in ("First.", "Second.", "Third."):
        bee.write("my-story", words)
    assert _text(bee) == "Third."
    assert [_text(bee, version=n) for n in (1, 2, 3)] == ["First.", "Second.", "Third."]
    history = section_history(bee.database, bee.passport, "my-story")
    assert [(s.version, s.content["text"]) for s in history] == [
        (3, "Third."),
        (2, "Second."),
        (1, "First."),
    ]


def test_the_same_words_twice_make_one_version(bee: Resident) -> None:
    first = bee.write("my-story", "Told once.\n")
    again = bee.write("my-story", "Told once.", based_on=0)
    assert again == first
    assert again.version == 1


def test_marking_as_sensitive_is_a_change_of_its_own(bee: Resident) -> None:
    bee.write("my-story", "Told once.")
    assert bee.write("my-story", "Told once.", sensitive=True).version == 2


def test_two_tabs_lose_neither_text(bee: Resident) -> None:
    bee.write("my-story", "As it was.")
    bee.write("my-story", "From the first tab.", based_on=1)
    with pytest.raises(SavedElsewhere) as raised:
        bee.write("my-story", "From the second tab.", based_on=1)
    assert raised.value.current.content["text"] == "From the first tab."
    assert raised.value.current.version == 2
    assert _text(bee) == "From the first tab."
    assert bee.write("my-story", "Both.", based_on=raised.value.current.version).version == 3


def test_two_first_saves_lose_neither_text(bee: Resident) -> None:
    bee.write("my-story", "One.", based_on=0)
    with pytest.raises(SavedElsewhere):
        bee.write("my-story", "Other.", based_on=0)


def test_of_many_saves_at_once_one_wins_and_the_rest_are_told(bee: Resident) -> None:
    def save(n: int) -> bool:
        try:
            bee.write("my-story", f"Text {n}.", based_on=0)
        except SavedElsewhere:
            return False
        return True

    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(save, range(16))) == 1
    assert len(section_history(bee.database, bee.passport, "my-story")) == 1


def test_nobody_reads_anothers_section(bee: Resident) -> None:
    bee.write("my-story", "Mine.")
    other = new_resident(bee.database)
    with pytest.raises(UnknownSection):
        section(bee.database, other.passport, "my-story")
    assert story(bee.database, other.passport) == []


def test_a_story_comes_in_the_catalogues_order_own_sections_last(bee: Resident) -> None:
    own = [new_own_key() for _ in range(2)]
    bee.write(own[0], "Tea at four.", title="Tea")
    bee.write(own[1], "Ants.", title="A fear")
    for key in ("clinical", "people", "identity", "most-important"):
        empty = {"conditions": ["Asthma"]} if key == "clinical" else {}
        bee.write(key, empty)
    keys = [s.key for s in story(bee.database, bee.passport)]
    assert keys == ["identity", "most-important", "people", "clinical", own[1], own[0]]


def test_an_own_section_keeps_its_title(bee: Resident) -> None:
    key = new_own_key()
    bee.write(key, "Tea at four.", title="  My \u202etea\n")
    assert section(bee.database, bee.passport, key).title == "My tea"
    assert bee.write(key, "Tea at four.", title="Tea time").version == 2


def test_a_catalogue_section_can_not_be_renamed(writer: Resident) -> None:
    assert writer.write("my-story", "x", title="Hello").title == "My story so far"


@pytest.mark.parametrize("title", ["", "   ", "\u202e\u2066", "\x00\x1b"])
def test_an_own_section_needs_a_title(writer: Resident, title: str) -> None:
    with pytest.raises(TitleMissing):
        writer.write(new_own_key(), "words", title=title)


def test_a_title_over_200_letters_is_refused(writer: Resident) -> None:
    writer.write(new_own_key(), "words", title="t" * 200)
    with pytest.raises(SectionTooLong):
        writer.write(new_own_key(), "words", title="t" * 201)


def test_20_000_letters_are_kept_and_one_more_is_told(writer: Resident) -> None:
    writer.write("my-story", "é" * 20_000)
    assert _text(writer) == "é" * 20_000
    with pytest.raises(SectionTooLong, match="1 letters too long"):
        writer.write("my-story", "é" * 20_001)
    assert _text(writer) == "é" * 20_000


def test_the_limit_counts_all_answers_of_a_section_together(writer: Resident) -> None:
    with pytest.raises(SectionTooLong):
        writer.write("wellness", {"good-day": "a" * 10_001, "bad-day": "b" * 10_000})
    with pytest.raises(SectionTooLong):
        writer.write("people", [{"name": "n" * 100} for _ in range(201)])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("two\r\nlines", "two\nlines"),
        ("bell\x07 null\x00 escape\x1b[31m", "bell null escape[31m"),
        ("half a pair \ud83d here", "half a pair  here"),
        ("no character \ufffe\uffff\ufdd0", "no character "),
        ("👩🏽‍🦽 and 🏴󠁧󠁢󠁷󠁬󠁳󠁿", "👩🏽‍🦽 and 🏴󠁧󠁢󠁷󠁬󠁳󠁿"),
        ("میری کہانی \u200fa\u200e", "میری کہانی \u200fa\u200e"),
        ("\u202egnirts", "\u202egnirts"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{{ 7 * 7 }} %s \\u0041", "{{ 7 * 7 }} %s \\u0041"),
    ],
)
def test_words_are_kept_as_typed_and_unseen_signs_left_out(
    writer: Resident, typed: str, kept: str
) -> None:
    writer.write("my-story", typed)
    assert _text(writer) == kept.rstrip()


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"))))
def test_any_words_come_back_as_they_were(sqlite_database: Database, text: str) -> None:
    noncharacters = {c for c in text if ord(c) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(c) <= 0xFDEF}
    kept = "".join(c for c in text if c not in noncharacters)
    writer = new_resident(sqlite_database)
    writer.write("my-story", text)
    assert _text(writer) == kept.rstrip()


def test_lines_choices_and_people_are_cleaned_of_what_is_empty(writer: Resident) -> None:
    writer.write("please-do", ["  Knock  first ", "", " \t", "Say\nyour name"])
    writer.write("communicate", {"aids": ["glasses", "speak-slowly", "no-such", "glasses"]})
    writer.write("people", [{"name": " Ann "}, {"name": " ", "x": "y"}, {"phone": "07700 900123"}])
    found = {s.key: s.content for s in story(writer.database, writer.passport)}
    assert found["please-do"] == {"lines": ["Knock first", "Say your name"]}
    assert found["communicate"] == {"aids": ["speak-slowly", "glasses"], "text": ""}
    assert found["people"]["people"] == [
        {"name": "Ann", "relationship": "", "phone": "", "when": ""},
        {"name": "", "relationship": "", "phone": "07700 900123", "when": ""},
    ]


@pytest.mark.parametrize("typed", ["1962-02-30", "yesterday", "27/3/1962", "1962"])
def test_a_day_that_is_in_no_calendar_is_told(writer: Resident, typed: str) -> None:
    with pytest.raises(NotADate):
        writer.write("identity", {"birth-date": typed})


@pytest.mark.parametrize("typed", ["2949-03-27", "2026-07-16", "1879-12-31", "0062-03-27"])
def test_nobody_is_born_in_days_to_come_or_before_1880(
    writer: Resident, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 7, 15, 12, tzinfo=UTC))
    for day in ("2026-07-15", "1880-01-01"):
        writer.write("identity", {"birth-date": day})
    with pytest.raises(NotADate, match="Write it like"):
        writer.write("identity", {"birth-date": typed})


def test_a_wrong_looking_nhs_number_is_a_warning_and_never_a_block(writer: Resident) -> None:
    writer.write("identity", {"nhs-number": "123"})
    assert nhs_number_warning("123") is not None
    assert nhs_number_warning("943 476 5919") is None
    assert nhs_number_warning("") is None


@pytest.mark.parametrize("key", ["no-such", "own-", "own-<script>", ""])
def test_a_section_that_does_not_exist_can_not_be_written(writer: Resident, key: str) -> None:
    with pytest.raises(UnknownSection):
        save_section(writer.database, writer.passport, SectionDraft(key, {}), 0)


def test_a_row_says_neither_which_section_it_is_nor_how_long(bee: Resident) -> None:
    bee.write("crisis", {"want": "a"})
    bee.write("crisis", {"want": "a" * 90})
    rows = _rows(bee)
    assert len({len(row.sealed) for row in rows}) == 1
    other = new_resident(bee.database)
    other.write("crisis", {"want": "a"})
    assert {row.section_id for row in rows}.isdisjoint(row.section_id for row in _rows(other))


@pytest.mark.parametrize("moved_to", ["section", "version", "passport"])
def test_a_row_moved_elsewhere_does_not_open(bee: Resident, moved_to: str) -> None:
    bee.write("my-story", "Old words.")
    bee.write("my-story", "New words.")
    bee.write("home", "At home.")
    key, thief = bee.passport.key, bee
    place = {"section_id": key.section_id("home"), "version": 2}
    if moved_to == "version":
        place = {"section_id": key.section_id("my-story"), "version": 3}
    if moved_to == "passport":
        thief = new_resident(bee.database)
        place = {"section_id": thief.passport.key.section_id("my-story"), "version": 1}
    stolen = next(row.sealed for row in _rows(bee) if row.version == 1)
    with bee.database.write() as connection:
        connection.execute(
            insert(tables.section_versions).values(
                passport_id=thief.passport.passport_id, **place, sealed=stolen, created_at=1
            )
        )
    with pytest.raises(CannotOpen):
        story(thief.database, thief.passport)


def test_an_old_version_put_over_the_new_one_does_not_open(bee: Resident) -> None:
    bee.write("my-story", "Old words.")
    bee.write("my-story", "New words.")
    versions = tables.section_versions
    old = next(row.sealed for row in _rows(bee) if row.version == 1)
    newest = (versions.c.passport_id == bee.passport.passport_id) & (versions.c.version == 2)
    with bee.database.write() as connection:
        connection.execute(update(versions).where(newest).values(sealed=old))
    with pytest.raises(CannotOpen):
        _text(bee)


def test_a_section_says_when_it_was_written(
    writer: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert writer.write("my-story", "Then.").written_at == moment
    monkeypatch.setattr(clock, "now", lambda: moment + timedelta(days=1))
    assert section(writer.database, writer.passport, "my-story").written_at == moment


def _rows(bee: Resident) -> list:  # type: ignore[type-arg]
    versions = tables.section_versions
    mine = versions.c.passport_id == bee.passport.passport_id
    with bee.database.read() as connection:
        return list(connection.execute(select(versions).where(mine)))


def test_a_story_with_as_many_parts_as_it_can_hold_says_so(sqlite_database, monkeypatch):
    monkeypatch.setattr("passport.story.sections.MOST_SECTIONS", 2)
    resident = new_resident(sqlite_database)
    resident.write("own-00000001", "A.", title="Garden")
    resident.write("own-00000002", "B.", title="Music")
    with pytest.raises(SectionTooLong, match="as many parts"):
        resident.write("own-00000003", "C.", title="Birds")
    resident.write("own-00000001", "D.", title="Garden")
    # What everybody is asked has room in any case, whatever a supporter added.
    resident.write("home", "A flat.")
