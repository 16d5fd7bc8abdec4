"""The measure: asked once for a day of a share, kept for her eyes alone, and counted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from passport import clock
from passport.access import NotPermitted
from passport.accounts.sessions import open_session
from passport.sharing.told_again import (
    Measure,
    NotAnAnswer,
    day_of,
    keep_answer,
    measure,
    next_question,
)
from passport.storage import tables
from passport.storage.database import Database
from tests.residents import Resident, new_resident
from tests.sharing.clinician import read
from tests.supporters import some_terms, supporter_of


@pytest.fixture
def bee(database: Database) -> Resident:
    resident = new_resident(database)
    resident.write("please-do", ["Knock first"])
    return resident


def _hours_later(hours: int, monkeypatch: pytest.MonkeyPatch) -> None:
    then = clock.now() + timedelta(hours=hours)
    monkeypatch.setattr(clock, "now", lambda: then)


def _answer(bee: Resident, answer: str) -> None:
    question = next_question(bee.database, bee.passport)
    assert question is not None
    keep_answer(bee.database, bee.passport, question.share_id, question.day, answer)


def test_nobody_is_asked_before_anybody_has_read(bee: Resident) -> None:
    bee.share("please-do")
    assert next_question(bee.database, bee.passport) is None


def test_she_is_asked_later_and_once_for_all_readings_of_a_share_on_a_day(
    bee: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = bee.share("please-do"), bee.share("please-do")
    for share in (one, one, other):
        read(bee.database, share)
    assert next_question(bee.database, bee.passport) is None
    _hours_later(3, monkeypatch)
    asked = set()
    while question := next_question(bee.database, bee.passport):
        asked.add(question.share_id)
        _answer(bee, "no")
    assert asked == {one.share_id, other.share_id}
    assert measure(bee.database, bee.passport) == Measure(no=2, a_little=0, yes=0)


def test_what_was_long_ago_is_left_in_peace(bee: Resident, monkeypatch: pytest.MonkeyPatch) -> None:
    read(bee.database, bee.share("please-do"))
    _hours_later(15 * 24, monkeypatch)
    assert next_question(bee.database, bee.passport) is None


def test_a_second_answer_about_the_same_day_changes_nothing(
    bee: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = bee.share("please-do")
    read(bee.database, share)
    for answer in ("yes", "no"):
        keep_answer(bee.database, bee.passport, share.share_id, day_of(clock.now()), answer)
    assert measure(bee.database, bee.passport) == Measure(no=0, a_little=0, yes=1)


def test_who_would_rather_not_say_is_not_counted(
    bee: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(bee.database, bee.share("please-do"))
    _hours_later(3, monkeypatch)
    _answer(bee, "rather-not-say")
    assert measure(bee.database, bee.passport).count == 0
    assert next_question(bee.database, bee.passport) is None


def test_only_answers_that_were_offered_about_readings_that_were_are_kept(bee: Resident) -> None:
    share = bee.share("please-do")
    today = day_of(clock.now())
    for share_id, answer in ((share.share_id, "no"), ("0" * 32, "no")):
        with pytest.raises(NotAnAnswer):
            keep_answer(bee.database, bee.passport, share_id, today, answer)
    read(bee.database, share)
    with pytest.raises(NotAnAnswer):
        keep_answer(bee.database, bee.passport, share.share_id, today, "perhaps")


def test_what_is_stored_tells_neither_the_answer_nor_by_its_length(bee: Resident) -> None:
    lengths = set()
    for answer in ("no", "rather-not-say"):
        share = bee.share("please-do")
        read(bee.database, share)
        keep_answer(bee.database, bee.passport, share.share_id, day_of(clock.now()), answer)
    with bee.database.read() as connection:
        mine = tables.told_again.c.passport_id == bee.passport.passport_id
        rows = connection.execute(select(tables.told_again).where(mine)).all()
    for row in rows:
        lengths.add(len(row.sealed))
    assert (len(rows), len(lengths)) == (2, 1)


def test_a_supporter_is_neither_asked_nor_told(bee: Resident) -> None:
    sam = supporter_of(bee, some_terms("read", "write", "share"))
    sam.begins()
    helping = open_session(bee.database, sam.own.cookie)
    assert helping is not None
    for ask in (next_question, measure):
        with pytest.raises(NotPermitted):
            ask(bee.database, helping)
