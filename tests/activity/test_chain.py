"""A record that somebody with the database changed shows it, with the key and without."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, insert, select, update

from passport.activity.chain import FIRST_CHAIN, chain_value
from passport.activity.read import Line
from passport.activity.record import record
from passport.activity.sealed_entry import EntryText, seal_of_service
from passport.activity.verify import verify, verify_one
from passport.storage.database import Database
from passport.storage.inbox_keys import inbox_public_key
from tests.activity.records import (
    ENTRIES,
    HEADS,
    broken_in,
    faults_of,
    lines_of,
    newest_number,
    put,
    write_acts,
    write_service_act,
)
from tests.residents import Resident, new_resident

LENGTH = 7


@pytest.fixture
def maud(database: Database) -> Resident:
    """Somebody with seven entries in her record, of which the service made one."""
    resident = new_resident(database)
    write_acts(resident, *(["Please do"] * (LENGTH - 1 - newest_number(resident))))
    write_service_act(resident)
    assert newest_number(resident) == LENGTH
    return resident


@pytest.fixture(scope="module")
def ada(sqlite_database: Database) -> Resident:
    """The same, on SQLite alone, for tests that try many changes and undo each."""
    resident = new_resident(sqlite_database)
    write_acts(resident, *(["Please do"] * (LENGTH - 2 - newest_number(resident))))
    write_service_act(resident)
    write_acts(resident, "People")
    return resident


def remove(resident: Resident, *numbers: int) -> None:
    mine = ENTRIES.c.passport_id == resident.passport.passport_id
    with resident.database.write() as connection:
        connection.execute(delete(ENTRIES).where(mine, ENTRIES.c.number.in_(numbers)))


def make_anew(resident: Resident, start: int) -> None:
    """Compute every chain from `start` on, and what remembers the newest, as anybody can."""
    mine = ENTRIES.c.passport_id == resident.passport.passport_id
    with resident.database.write() as connection:
        query = select(ENTRIES).where(mine).order_by(ENTRIES.c.number)
        chain, number = FIRST_CHAIN, 0
        for row in connection.execute(query).all():
            number = row.number
            if number >= start:
                values = (number, row.created_at, row.is_by_service, row.sealed)
                fresh = chain_value(chain, resident.passport.passport_id, *values)
                at_row = (mine, ENTRIES.c.number == number)
                connection.execute(update(ENTRIES).where(*at_row).values(chain=fresh))
            else:
                fresh = row.chain
            chain = fresh
        head = HEADS.c.passport_id == resident.passport.passport_id
        connection.execute(update(HEADS).where(head).values(number=number, chain=chain))


def test_a_whole_record_has_no_fault(maud: Resident) -> None:
    assert broken_in(maud) == []
    assert faults_of(maud) == []
    assert [line.number for line in lines_of(maud) if isinstance(line, Line)] == [
        *range(LENGTH, 0, -1)
    ]


class _Undone(Exception):
    """Ends a transaction that must leave nothing."""


@contextmanager
def undone(resident: Resident) -> Iterator[Connection]:
    """A transaction of which nothing is kept."""
    with suppress(_Undone), resident.database.write() as connection:
        yield connection
        raise _Undone


CHANGES = st.one_of(
    st.tuples(st.just("sealed"), st.binary(min_size=1, max_size=40)),
    st.tuples(st.just("chain"), st.binary(max_size=40)),
    st.tuples(st.just("created_at"), st.integers(0, 2**40)),
    st.tuples(st.just("is_by_service"), st.booleans()),
    st.tuples(st.just("number"), st.integers(LENGTH + 1, 2**40)),
    st.tuples(st.just("passport_id"), st.just("other")),
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(number=st.integers(1, LENGTH - 1), change=CHANGES)
def test_any_change_of_any_column_is_found(
    ada: Resident, number: int, change: tuple[str, Any]
) -> None:
    column, value = change
    other = new_resident(ada.database) if column == "passport_id" else None
    if column == "sealed":
        value = b"\x01" + value
    mine = (ENTRIES.c.passport_id == ada.passport.passport_id, ENTRIES.c.number == number)
    with undone(ada) as connection:
        before = connection.execute(select(ENTRIES.c[column]).where(*mine)).scalar_one()
        if other:
            value = other.passport.passport_id
            theirs = ENTRIES.c.passport_id == value
            connection.execute(delete(ENTRIES).where(theirs, ENTRIES.c.number == number))
        connection.execute(update(ENTRIES).where(*mine).values({column: value}))
        found = verify_one(connection, ada.passport.passport_id).broken
        assert bool(found) == (value != before)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(numbers=st.sets(st.integers(1, LENGTH - 1), min_size=1))
def test_any_entries_that_are_removed_are_missed(ada: Resident, numbers: set[int]) -> None:
    mine = ENTRIES.c.passport_id == ada.passport.passport_id
    with undone(ada) as connection:
        connection.execute(delete(ENTRIES).where(mine, ENTRIES.c.number.in_(numbers)))
        assert verify_one(connection, ada.passport.passport_id).broken


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(pair=st.lists(st.integers(1, LENGTH - 1), min_size=2, max_size=2, unique=True))
def test_any_two_entries_that_change_places_are_found(ada: Resident, pair: list[int]) -> None:
    mine = ENTRIES.c.passport_id == ada.passport.passport_id
    first, second = pair
    with undone(ada) as connection:
        for old, new in ((first, 99), (second, first), (99, second)):
            at_row = (mine, ENTRIES.c.number == old)
            connection.execute(update(ENTRIES).where(*at_row).values(number=new))
        assert verify_one(connection, ada.passport.passport_id).broken


def test_a_changed_entry_is_shown_in_its_place_and_the_others_stay_readable(
    maud: Resident,
) -> None:
    put(maud, 3, created_at=1)
    assert [broken.number for broken in broken_in(maud)] == [3]
    assert faults_of(maud) == [("changed", 3, 3)]
    assert len(lines_of(maud)) == LENGTH


def test_missing_entries_are_counted_in_their_place(maud: Resident) -> None:
    remove(maud, 3, 4)
    assert [broken.what for broken in broken_in(maud)] == ["missing up to 4"]
    assert faults_of(maud) == [("missing", 3, 4)]


def test_the_first_entries_are_missed_too(maud: Resident) -> None:
    remove(maud, 1, 2)
    assert faults_of(maud) == [("missing", 1, 2)]
    assert broken_in(maud)


def test_a_chain_that_was_made_anew_is_whole_without_the_key_and_broken_with_it(
    maud: Resident,
) -> None:
    put(maud, 3, created_at=1)
    make_anew(maud, 3)
    assert broken_in(maud) == []
    assert faults_of(maud) == [("changed", 3, 3)]


def test_newest_entries_that_are_cut_off_are_missed(maud: Resident) -> None:
    remove(maud, LENGTH, LENGTH - 1)
    assert faults_of(maud) == [("missing", LENGTH - 1, LENGTH)]
    assert [broken.number for broken in broken_in(maud)] == [LENGTH - 1]


def test_what_was_cut_off_stays_missing_after_the_next_act(maud: Resident) -> None:
    remove(maud, LENGTH, LENGTH - 1)
    write_acts(maud, "People")
    assert faults_of(maud) == [("missing", LENGTH - 1, LENGTH)]
    assert broken_in(maud)


def test_an_own_act_can_not_be_cut_off_by_making_the_end_anew(maud: Resident) -> None:
    write_acts(maud, "People")
    remove(maud, LENGTH + 1)
    make_anew(maud, LENGTH)
    assert broken_in(maud) == []
    assert faults_of(maud) == [("missing", LENGTH + 1, LENGTH + 1)]
    write_acts(maud, "People")
    assert faults_of(maud) == [("missing", LENGTH + 1, LENGTH + 1)]


def test_a_lost_memory_of_the_newest_entry_is_told_and_stops_no_act(maud: Resident) -> None:
    with maud.database.write() as connection:
        connection.execute(delete(HEADS).where(HEADS.c.passport_id == maud.passport.passport_id))
    assert broken_in(maud)
    assert faults_of(maud) == [("end-unknown", LENGTH, LENGTH)]
    write_acts(maud, "People")
    assert faults_of(maud) == []


def test_an_own_act_can_not_be_replaced_by_one_of_the_service(maud: Resident) -> None:
    """Anybody with the database can seal to the inbox; the entry after it shows the forgery."""
    passport_id = maud.passport.passport_id
    with maud.database.write() as connection:
        mine = (ENTRIES.c.passport_id == passport_id, ENTRIES.c.number == 2)
        before = connection.execute(
            select(ENTRIES.c.chain).where(
                ENTRIES.c.passport_id == passport_id, ENTRIES.c.number == 1
            )
        ).scalar_one()
        forged = EntryText("card-wrong-pin", 5, before.hex())
        sealed = seal_of_service(inbox_public_key(connection, passport_id), passport_id, 2, forged)
        connection.execute(delete(ENTRIES).where(*mine))
        row = {"passport_id": passport_id, "number": 2, "is_by_service": True, "sealed": sealed}
        chain = chain_value(before, passport_id, 2, 5, True, sealed)
        connection.execute(insert(ENTRIES).values(**row, chain=chain, created_at=5))
    make_anew(maud, 3)
    assert broken_in(maud) == []
    assert faults_of(maud) == [("changed", 2, 2)]


def test_entries_of_parallel_writers_leave_no_gap_and_no_number_twice(database: Database) -> None:
    resident = new_resident(database)
    before = newest_number(resident)

    def work() -> None:
        for _ in range(5):
            with database.write() as connection:
                record(connection, resident.passport, "section-saved", title="People")

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert newest_number(resident) == before + 40
    assert broken_in(resident) == []
    assert faults_of(resident) == []


def test_an_act_that_is_undone_leaves_no_entry(maud: Resident) -> None:
    with undone(maud) as connection:
        record(connection, maud.passport, "section-saved", title="People")
    assert newest_number(maud) == LENGTH
    assert faults_of(maud) == []


def test_every_passport_is_checked_at_once(maud: Resident) -> None:
    other = new_resident(maud.database)
    remove(maud, 2)
    found = {each.passport_id: bool(each.broken) for each in verify(maud.database)}
    assert found[maud.passport.passport_id]
    assert not found[other.passport.passport_id]
