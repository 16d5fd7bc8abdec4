"""Times in plain words, as they are in the UK."""

from datetime import UTC, datetime

import pytest

from passport import clock
from passport.web.words import count_words, day_words, listed, time_words, until_words


@pytest.fixture(autouse=True)
def _on_a_summer_noon(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at(2026, 7, 15, 12, 0))


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc]


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(2026, 7, 15, 8, 5), "today at 09:05"),
        (at(2026, 7, 14, 23, 30), "today at 00:30"),
        (at(2026, 7, 14, 22, 30), "yesterday at 23:30"),
        (at(2026, 7, 3, 9, 0), "on Friday 3 July at 10:00"),
        (at(2026, 1, 3, 9, 0), "on Saturday 3 January at 09:00"),
        (at(2025, 12, 4, 9, 0), "on Thursday 4 December 2025 at 09:00"),
    ],
)
def test_a_moment_is_said_in_uk_time(moment, words):
    assert time_words(moment) == words
    assert time_words(moment).startswith(day_words(moment))


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (at(2026, 7, 15, 16, 0), "until today at 17:00"),
        (at(2026, 7, 16, 16, 0), "until tomorrow at 17:00"),
        (at(2026, 7, 17, 16, 0), "until 17:00 on Friday 17 July"),
        (at(2027, 7, 17, 16, 0), "until 17:00 on Saturday 17 July 2027"),
        (at(2026, 7, 15, 23, 0), "until the end of today"),
        (at(2027, 3, 28, 0, 0), "until the end of Saturday 27 March 2027"),
        (None, "until you stop it"),
    ],
)
def test_an_end_is_said_as_near_as_matters(moment, words):
    assert until_words(moment) == words


def test_lists_and_numbers_read_as_people_say_them():
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert count_words(1, "part", "parts") == "1 part"
    assert count_words(6, "part", "parts") == "6 parts"
