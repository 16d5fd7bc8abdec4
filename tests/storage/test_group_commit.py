"""Writes that share a commit: each gets its own answer, and none before it is durable."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, bindparam, insert, select

from passport.storage.database import Database, DatabaseUnavailable
from passport.storage.prepared import PreparedStatement

metadata = MetaData()
notes = Table("notes", metadata, Column("number", Integer, primary_key=True))
ADD = PreparedStatement(insert(notes))
FIND = PreparedStatement(select(notes).where(notes.c.number == bindparam("wanted")))


@pytest.fixture
def database(tmp_path):
    found = Database(f"sqlite:///{tmp_path}/notes.sqlite")
    with found.write() as connection:
        metadata.create_all(connection)
    yield found
    found.close()


def kept(database):
    with database.read() as connection:
        return sorted(connection.execute(select(notes.c.number)).scalars())


def add(database, number):
    def work(transaction):
        transaction.run(ADD, number=number)
        return number * 10

    return database.write_together(work)


def test_each_thread_gets_its_own_answer_and_all_is_kept(database):
    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda n: add(database, n), range(200)))
    assert answers == [n * 10 for n in range(200)]
    assert kept(database) == list(range(200))


def test_what_one_does_wrong_is_undone_and_the_others_keep_theirs(database):
    def work(transaction, number):
        transaction.run(ADD, number=number)
        if number % 3 == 0:
            raise LookupError(number)
        return number

    def run(number):
        try:
            return database.write_together(lambda t: work(t, number))
        except LookupError as error:
            return error.args

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(run, range(60)))
    assert answers == [(n,) if n % 3 == 0 else n for n in range(60)]
    assert kept(database) == [n for n in range(60) if n % 3]


def test_nobody_is_answered_before_the_commit(database, monkeypatch):
    """While one holds the turn, others queue; what they see of each other is committed."""
    inside, go_on = Event(), Event()

    def slow(transaction):
        transaction.run(ADD, number=1)
        inside.set()
        go_on.wait(10)
        return "slow"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(database.write_together, slow)
        inside.wait(10)
        second = pool.submit(add, database, 2)
        assert kept(database) == []
        assert not first.done()
        assert not second.done()
        go_on.set()
        assert (first.result(10), second.result(10)) == ("slow", 20)
    assert kept(database) == [1, 2]


def test_a_commit_that_fails_keeps_nothing_and_tells_everyone(database, monkeypatch):
    inside, go_on = Event(), Event()

    def waits(transaction):
        inside.set()
        go_on.wait(10)

    def breaks(transaction):
        transaction.run(ADD, number=5)
        transaction.run(ADD, number=5)

    def attempt(work):
        try:
            return database.write_together(work)
        except Exception as error:
            return type(error).__name__

    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(attempt, waits)
        inside.wait(10)
        others = [
            pool.submit(attempt, lambda t: t.run(ADD, number=7)),
            pool.submit(attempt, breaks),
        ]
        while len(database._group._queue) < 2:
            pass
        go_on.set()
        assert first.result(10) is None
        assert [other.result(10) for other in others] == ["IntegrityError"] * 2
    assert kept(database) == []


def test_a_prepared_statement_finds_by_name_and_refuses_what_its_column_refuses(database):
    add(database, 3)
    with database.quick_write() as transaction:
        (row,) = transaction.run(FIND, wanted=3)
    assert row.number == 3


def test_a_database_that_is_gone_says_so(tmp_path):
    gone = Database(f"sqlite:///{tmp_path}/nowhere/at-all.sqlite")
    with pytest.raises(DatabaseUnavailable):
        gone.write_together(lambda t: t.run(FIND, wanted=1))


def test_a_thread_that_is_stopped_leaves_nobody_else_an_empty_answer(database):
    turn_is_taken, others_queue = Event(), Event()

    def holds_the_turn(_):
        turn_is_taken.set()
        others_queue.wait(5)

    def is_stopped(_):
        raise KeyboardInterrupt

    with ThreadPoolExecutor(3) as pool:
        pool.submit(database.write_together, holds_the_turn)
        turn_is_taken.wait(5)
        # One of these two will do the work of both.
        both = [pool.submit(database.write_together, work) for work in (is_stopped, lambda _: 7)]
        while len(database._group._queue) < 2:
            time.sleep(0.001)
        others_queue.set()
        errors = {type(each.exception()) for each in both}
    assert errors == {KeyboardInterrupt, RuntimeError}
