"""One database: SQLite by default, PostgreSQL in larger places; the same rules in both.

A write transaction sees nobody else's half-done work and is durable when it ends.
"""

import logging
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoFreeConnection
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

from passport.errors import PassportError
from passport.storage.erasure_keys import ErasureKeys
from passport.storage.group_commit import GroupCommit
from passport.storage.prepared import PreparedStatement, QuickTransaction, Row
from passport.storage.round_trip import RoundTrips
from passport.words_to_translate import N_

BUSY_SECONDS = 5
_DISK_FULL = "53100"  # of PostgreSQL: its manual, appendix A
_log = logging.getLogger(__name__)
T = TypeVar("T")


class DatabaseUnavailable(PassportError):
    """The database is locked, gone or broke off. Nothing of the transaction was kept."""

    def __init__(self) -> None:
        super().__init__(
            N_("The service is busy just now. Nothing was saved. Try again in a moment.")
        )


class DatabaseFull(DatabaseUnavailable):
    """There is no room left on the database's disk. Nothing of the transaction was kept."""

    def __init__(self) -> None:
        PassportError.__init__(
            self,
            N_(
                "The service has no room left. Nothing was saved. "
                "Whoever runs the service must make room."
            ),
        )


class Database:
    """Hands out transactions. Services take one of these and open what they need."""

    def __init__(
        self,
        url: str,
        *,
        erasure_url: str | None = None,
        sqlite_synchronous: str = "FULL",
        pool_size: int = 8,
    ) -> None:
        self.url, self._erasure_url, self._pool_size = url, erasure_url, pool_size
        self.engine = _engine(url, pool_size)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._group = GroupCommit(self.quick_write, self.engine.dialect.loaded_dbapi.Error)
        self._writer = Lock()
        if self.is_sqlite:
            _prepare_sqlite(self.engine, sqlite_synchronous)

    @cached_property
    def erasure_keys(self) -> ErasureKeys:
        """The store of erasure keys: at `erasure_url`, else in a file beside an SQLite database."""
        return ErasureKeys(Database(self._erasure_url or _beside(self.url), pool_size=2))

    def make_tables(self, metadata: MetaData) -> None:
        """Make those of these tables that are not there yet. Raises DatabaseUnavailable."""
        with self.write() as connection:
            if not self.is_sqlite:
                # Two processes that start together must not both find the table missing.
                connection.exec_driver_sql("SELECT pg_advisory_xact_lock(1784)")
            metadata.create_all(connection)

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A write transaction: committed when the block ends, undone when it raises.

        Raises DatabaseUnavailable. On SQLite it holds the one write lock from its start
        (BEGIN IMMEDIATE), so that it never fails half-way with "database is locked".
        """
        with (
            _translated(),
            self._one_writer(),
            self.engine.connect() as connection,
            self._writing(connection),
        ):
            yield connection

    @contextmanager
    def remodel(self) -> Iterator[Connection]:
        """A write transaction for migrations. Raises DatabaseUnavailable.

        SQLite changes a table by making it anew; with foreign keys enforced, dropping the old
        one would empty every table that refers to it (sqlite.org/lang_altertable.html, 7).
        """
        with _translated(), self._one_writer(), self.engine.connect() as connection:
            self._enforce_foreign_keys(connection, False)
            try:
                with self._writing(connection):
                    yield connection
            finally:
                self._enforce_foreign_keys(connection, True)

    @contextmanager
    def _writing(self, connection: Connection) -> Iterator[None]:
        if self.is_sqlite:
            connection.execution_options(begin="IMMEDIATE")
        with connection.begin():
            yield

    def _enforce_foreign_keys(self, connection: Connection, enforced: bool) -> None:
        driver = connection.connection.driver_connection
        if self.is_sqlite and driver is not None:
            driver.execute(f"PRAGMA foreign_keys={'ON' if enforced else 'OFF'}")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that only reads, and sees one moment. Raises DatabaseUnavailable."""
        with _translated(), self.engine.connect() as connection:
            if not self.is_sqlite:
                connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )
            with connection.begin():
                yield connection

    def forget_deleted(self, table: str) -> bool:
        """Let go of what a table's deleted rows held, as far as the database can; whether it could.

        SQLite's write-ahead log still has them until it is emptied; PostgreSQL's table until a
        vacuum, and its own log and archives for as long as those are kept. Waits a few seconds
        at most: others may be reading.
        """
        statement = "PRAGMA wal_checkpoint(TRUNCATE)" if self.is_sqlite else f'VACUUM "{table}"'
        try:
            with _translated(), self.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT")
                answer = connection.exec_driver_sql(statement)
                return not answer.returns_rows or answer.first()[0] == 0  # type: ignore[index]
        except DatabaseUnavailable:
            return False

    @contextmanager
    def quick_write(self) -> Iterator[QuickTransaction]:
        """`write`, for prepared statements only: same rules, same errors, a third of the time."""
        driver = self.engine.dialect.loaded_dbapi
        with _translated(driver.OperationalError, driver.InterfaceError), self._one_writer():
            connection = self.engine.raw_connection()
            try:
                cursor = self._quick_cursor(connection)
                if self.is_sqlite:
                    cursor.execute("BEGIN IMMEDIATE")
                yield QuickTransaction(cursor, self.engine.dialect)
                connection.commit()
            except driver.Error as error:
                if self.engine.dialect.is_disconnect(error, connection, None):
                    connection.invalidate(error)
                raise
            finally:
                # Given back, it is rolled back unless it was committed.
                connection.close()

    def run_alone(self, statement: PreparedStatement, **values: Any) -> list[Row]:
        """The rows of one prepared statement that is a whole transaction of its own.

        On PostgreSQL in a single round trip. Raises DatabaseUnavailable.
        """
        if self.is_sqlite:
            with self.quick_write() as transaction:
                return transaction.run(statement, **values)
        driver = self.engine.dialect.loaded_dbapi
        with _translated(driver.OperationalError, driver.InterfaceError):
            return self._round_trips.run(statement, values)

    @cached_property
    def _round_trips(self) -> RoundTrips:
        return RoundTrips(self.engine, self._pool_size)

    def _quick_cursor(self, connection: PoolProxiedConnection) -> Any:
        # PostgreSQL would spell bytes out in hex, twice as long.
        return connection.cursor() if self.is_sqlite else connection.cursor(binary=True)

    def write_together(self, work: Callable[[QuickTransaction], T], *, is_plain: bool = False) -> T:
        """What `work` returns after a quick write, which may share its commit with other threads'.

        Work is plain if it locks no rows and raises only before it writes. On PostgreSQL only
        plain work shares a commit: two transactions that lock the same rows in another order
        would wait for each other. Raises what `work` raises, with nothing of it kept, and
        DatabaseUnavailable.
        """
        if self.is_sqlite or is_plain:
            return self._group.run(work, is_plain=is_plain)
        with self.quick_write() as transaction:
            return work(transaction)

    @contextmanager
    def _one_writer(self) -> Iterator[None]:
        """On SQLite, threads wait for each other here: its own waiting sleeps and polls."""
        if not self.is_sqlite:
            yield
            return
        if not self._writer.acquire(timeout=BUSY_SECONDS):
            raise DatabaseUnavailable
        try:
            yield
        finally:
            self._writer.release()

    def close(self) -> None:
        """Give all connections back."""
        if "erasure_keys" in vars(self):
            self.erasure_keys.close()
        if "_round_trips" in vars(self):
            self._round_trips.close()
        self.engine.dispose()


def _beside(url: str) -> str:
    address = make_url(url)
    if not address.drivername.startswith("sqlite"):
        raise ValueError("say where erasure keys are kept: erasure_url")
    name = str(address.database).removesuffix(".sqlite")
    return f"sqlite:///{name}-erasure.sqlite"


@contextmanager
def _translated(*drivers: type[Exception]) -> Iterator[None]:
    unavailable: tuple[type[Exception], ...]
    unavailable = (OperationalError, InterfaceError, NoFreeConnection, *drivers)
    try:
        yield
    except unavailable as error:
        raise _unavailable(error) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise DatabaseUnavailable from error
        raise


def _unavailable(error: Exception) -> DatabaseUnavailable:
    original = getattr(error, "orig", error)
    is_full = (
        getattr(original, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        or getattr(original, "sqlstate", None) == _DISK_FULL
    )
    if not is_full:
        return DatabaseUnavailable()
    # Waiting helps nobody here. The error itself may quote a statement, so it stays out.
    _log.error("The database's disk is full: nothing is saved until somebody makes room.")
    return DatabaseFull()


def _engine(url: str, pool_size: int) -> Engine:
    options: dict[str, Any] = {
        "pool_size": pool_size,
        "max_overflow": pool_size,
        "pool_timeout": BUSY_SECONDS,
    }
    if url.startswith("sqlite"):
        options |= {"poolclass": QueuePool, "connect_args": {"timeout": BUSY_SECONDS}}
    elif url.startswith("postgresql"):
        options |= {
            "connect_args": {"connect_timeout": BUSY_SECONDS, "options": "-c lock_timeout=5s"}
        }
    # Parameters are ciphertext and hashes, but a log is no place even for those.
    return create_engine(url, hide_parameters=True, **options)


def _prepare_sqlite(engine: Engine, synchronous: str) -> None:
    @event.listens_for(engine, "do_connect")
    def _ours_alone(*_: Any) -> None:
        # SQLite would let everybody on the machine read a new file. Its log takes after the file.
        if engine.url.database not in (None, "", ":memory:"):
            with suppress(OSError):
                os.close(os.open(str(engine.url.database), os.O_CREAT | os.O_EXCL, 0o600))

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy says BEGIN, not the driver
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={synchronous}")
        cursor.execute("PRAGMA foreign_keys=ON")
        # Overwrites what is deleted, so that a thief finds no old rows in free pages.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("begin", "")
        connection.exec_driver_sql(f"BEGIN {mode}")
