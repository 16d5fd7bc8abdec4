"""Transactions: whole or not at all, never half-way, and honest when the database is not there."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import event, func, insert, select, text

from passport.storage import database as database_module
from passport.storage import tables
from passport.storage.database import Database, DatabaseFull, DatabaseUnavailable
from passport.storage.identifiers import new_id
from passport.story.sections import section
from tests.databases import sqlite
from tests.residents import new_resident

PASSPORT = {"inbox_public_key": b"public", "inbox_private_key": b"\x01sealed", "created_at": 1}


def _add_passport(connection, passport_id: str | None = None) -> str:  # type: ignore[no-untyped-def]
    passport_id = passport_id or new_id()
    connection.execute(insert(tables.passports).values(passport_id=passport_id, **PASSPORT))
    return passport_id


def _is_there(database: Database, passport_id: str) -> bool:
    row = tables.passports.c.passport_id
    with database.read() as connection:
        return connection.execute(select(row).where(row == passport_id)).first() is not None


@pytest.mark.parametrize("clear", [b"clear text", b"", b"\x02newer", b"{}"])
def test_a_column_for_ciphertext_refuses_clear_text(database: Database, clear: bytes) -> None:
    row = {"passport_id": new_id(), **PASSPORT, "inbox_private_key": clear}
    with pytest.raises(Exception, match="ciphertext only"), database.write() as connection:
        connection.execute(insert(tables.passports).values(row))
    assert not _is_there(database, row["passport_id"])


SEALED = ("sealed", "packed", "wrapped", "boxed", "inbox_private", "unconfirmed")


def test_every_column_that_holds_sealed_words_is_typed_so() -> None:
    sealed = {
        f"{table.name}.{column.name}"
        for table in tables.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, tables.Ciphertext)
    }
    named = {
        f"{table.name}.{column.name}"
        for table in tables.metadata.tables.values()
        for column in table.columns
        if column.name.startswith(SEALED)
    }
    assert sealed == named


def test_what_a_block_wrote_is_there_when_it_ends(database: Database) -> None:
    with database.write() as connection:
        passport_id = _add_passport(connection)
    assert _is_there(database, passport_id)


def test_when_a_block_raises_nothing_of_it_is_kept(database: Database) -> None:
    passport_id = new_id()
    with pytest.raises(RuntimeError), database.write() as connection:  # noqa: PT012
        _add_passport(connection, passport_id)
        raise RuntimeError
    assert not _is_there(database, passport_id)


def test_nobody_sees_half_done_work(database: Database) -> None:
    with database.write() as connection:
        passport_id = _add_passport(connection)
        assert not _is_there(database, passport_id)


def test_a_read_sees_one_moment(database: Database) -> None:
    count = select(func.count()).select_from(tables.passports)
    with database.read() as reading:
        before = reading.execute(count).scalar_one()
        with database.write() as connection:
            _add_passport(connection)
        assert reading.execute(count).scalar_one() == before


def test_many_writers_at_once_all_get_through(database: Database) -> None:
    def write(_: int) -> str:
        with database.write() as connection:
            connection.execute(select(func.count()).select_from(tables.passports)).scalar_one()
            return _add_passport(connection)

    with ThreadPoolExecutor(16) as threads:
        written = list(threads.map(write, range(120)))
    assert all(_is_there(database, passport_id) for passport_id in written)


@pytest.fixture
def impatient(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setattr(database_module, "BUSY_SECONDS", 0.2)
    return sqlite(tmp_path)


def test_a_locked_database_is_said_to_be_unavailable(impatient: Database, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "passport.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    passport_id = new_id()
    with pytest.raises(DatabaseUnavailable), impatient.write() as connection:
        _add_passport(connection, passport_id)
    other.execute("ROLLBACK")
    assert not _is_there(impatient, passport_id)
    other.close()


def test_a_section_is_not_half_saved_when_the_database_is_locked(
    impatient: Database, tmp_path: Path
) -> None:
    resident = new_resident(impatient)
    resident.write("my-story", "Before.")
    other = sqlite3.connect(tmp_path / "passport.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnavailable, match="Nothing was saved"):
        resident.write("my-story", "After.")
    other.close()
    assert resident.write("my-story", "After.").version == 2


def test_a_full_disk_is_said_to_be_full_and_logged_without_a_word(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    full = sqlite(tmp_path)
    resident = new_resident(full)
    resident.write("my-story", "Before.")
    with full.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    full.close()

    @event.listens_for(full.engine, "connect")
    def _no_room(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute(f"PRAGMA max_page_count={pages}")

    with pytest.raises(DatabaseFull, match="no room left"):
        resident.write("my-story", "Heron " * 3000)
    assert section(full, resident.passport, "my-story").version == 1
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert "disk is full" in caplog.text
    assert "INSERT" not in caplog.text
    full.close()


@pytest.mark.postgres
def test_a_full_disk_of_postgresql_is_known_by_its_code(fresh_postgres_url: str) -> None:
    database = Database(fresh_postgres_url)
    with pytest.raises(DatabaseFull), database.write() as connection:
        connection.execute(text("do $$ begin raise exception using errcode = '53100'; end $$"))
    database.close()


def test_a_database_that_is_gone_is_said_to_be_unavailable(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/no-such-folder/passport.sqlite")
    with pytest.raises(DatabaseUnavailable), database.read():
        pass
    with pytest.raises(DatabaseUnavailable), database.write():
        pass


def test_no_connection_free_is_said_to_be_unavailable(
    impatient: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Database(impatient.url, pool_size=1)
    with small.read(), small.read(), pytest.raises(DatabaseUnavailable), small.read():
        pass
    small.close()


@pytest.mark.postgres
def test_a_broken_connection_is_said_to_be_unavailable_and_then_made_anew(
    fresh_postgres_url: str,
) -> None:
    database = Database(fresh_postgres_url)
    killer = Database(fresh_postgres_url)
    with pytest.raises(DatabaseUnavailable), database.write() as connection:  # noqa: PT012
        backend = connection.execute(text("select pg_backend_pid()")).scalar_one()
        with killer.write() as other:
            other.execute(text("select pg_terminate_backend(:pid)"), {"pid": backend})
        time.sleep(0.2)
        connection.execute(text("select 1"))
    with database.read() as connection:
        assert connection.execute(text("select 1")).scalar_one() == 1
    database.close()
    killer.close()


@pytest.mark.postgres
def test_a_server_that_is_not_there_is_said_to_be_unavailable() -> None:
    database = Database("postgresql+psycopg://postgres@127.0.0.1:1/none")
    with pytest.raises(DatabaseUnavailable), database.read():
        pass


@pytest.mark.postgres
def test_a_row_locked_too_long_is_said_to_be_unavailable(fresh_postgres_url: str) -> None:
    first, second = Database(fresh_postgres_url), Database(fresh_postgres_url)
    with first.write() as connection:
        connection.execute(text("create table one (n int); insert into one values (1)"))
    with first.write() as holder:
        holder.execute(text("update one set n = 2"))
        with pytest.raises(DatabaseUnavailable), second.write() as waiting:  # noqa: PT012
            waiting.execute(text("set lock_timeout = '100ms'"))
            waiting.execute(text("update one set n = 3"))
    first.close()
    second.close()


def test_sqlite_survives_a_power_cut_and_wipes_what_is_deleted(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/passport.sqlite")
    expected = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    with database.read() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected
        }
    assert found == expected
    database.close()


def test_a_new_sqlite_file_is_its_owners_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    database = Database(f"sqlite:///{tmp_path}/new.sqlite")
    with database.write() as connection:
        connection.execute(text("CREATE TABLE x (y)"))
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    database.close()
    assert modes == dict.fromkeys(["new.sqlite", "new.sqlite-wal", "new.sqlite-shm"], 0o600)
