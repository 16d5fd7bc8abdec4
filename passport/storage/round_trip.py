"""One prepared statement as a whole transaction on PostgreSQL, in a single round trip.

It speaks to libpq through psycopg's own `pq` module, because a cursor costs a clinician's read
more than the database does. Connections never begin a transaction, so none is ever rolled back.
"""

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import pq
from psycopg.errors import error_from_result
from sqlalchemy import BigInteger, Boolean, Engine, Integer, LargeBinary, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from passport.storage.prepared import PreparedStatement, Row

_TEXT, _BINARY = pq.Format.TEXT, pq.Format.BINARY


class RoundTrips:
    """Connections for statements that stand alone. Safe to use from many threads."""

    def __init__(self, engine: Engine, most_idle: int) -> None:
        self._engine, self._most_idle = engine, most_idle
        self._idle: deque[_Connection] = deque()

    def run(self, statement: PreparedStatement, values: Mapping[str, Any]) -> list[Row]:
        """The rows of this statement, which is committed by then. Raises psycopg.Error."""
        with self._connection() as connection:
            return connection.run(statement, values)

    def close(self) -> None:
        """Close the connections that nobody is using."""
        while self._idle:
            self._idle.pop().close()

    @contextmanager
    def _connection(self) -> Iterator["_Connection"]:
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = _Connection(self._engine)
        try:
            yield connection
        finally:
            if connection.is_usable and len(self._idle) < self._most_idle:
                self._idle.append(connection)
            else:
                connection.close()


class _Connection:
    def __init__(self, engine: Engine) -> None:
        self._dialect = engine.dialect
        pooled = engine.raw_connection()
        self._connection: psycopg.Connection[Any] = pooled.dbapi_connection  # type: ignore[assignment]
        pooled.detach()
        self._connection.autocommit = True
        # Each looks up a row or two by key: planning it anew would take as long as running it.
        self._connection.execute("SET plan_cache_mode = force_generic_plan")
        self._prepared: dict[PreparedStatement, _Prepared] = {}

    @property
    def is_usable(self) -> bool:
        return self._connection.pgconn.status == pq.ConnStatus.OK

    def close(self) -> None:
        self._connection.close()

    def run(self, statement: PreparedStatement, values: Mapping[str, Any]) -> list[Row]:
        prepared = self._prepared.get(statement) or self._prepare(statement)
        given = [values[n] if n in values else prepared.fixed[n] for n in prepared.names]
        result = self._connection.pgconn.exec_prepared(
            prepared.key,
            [v if type(v) is bytes else str(v).encode() for v in given],
            [_BINARY if type(v) is bytes else _TEXT for v in given],
            _BINARY,
        )
        self._check(result)
        columns = list(enumerate(prepared.readers))
        return [
            prepared.row(
                None if (value := result.get_value(n, i)) is None else read(value)
                for i, read in columns
            )
            for n in range(result.ntuples)
        ]

    def _prepare(self, statement: PreparedStatement) -> "_Prepared":
        key = f"s{len(self._prepared)}".encode()
        text, names, fixed = statement.numbered(self._dialect)
        self._check(self._connection.pgconn.prepare(key, text.encode()))
        self._prepared[statement] = _Prepared(key, names, fixed, statement)
        return self._prepared[statement]

    def _check(self, result: Any) -> None:
        if result.status not in (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK):
            raise error_from_result(result, encoding="utf-8")


class _Prepared:
    def __init__(
        self, key: bytes, names: list[str], fixed: dict[str, Any], statement: PreparedStatement
    ) -> None:
        self.key, self.names, self.fixed, self.row = key, names, fixed, statement.row
        self.readers = [_reader(column.type) for column in statement.columns]


def _reader(kind: TypeEngine[Any]) -> Callable[[bytes], Any]:
    """How a column's value is read from PostgreSQL's binary format."""
    if isinstance(kind, TypeDecorator):
        kind = kind.impl_instance
    if isinstance(kind, BigInteger | Integer):
        return lambda value: int.from_bytes(value, "big", signed=True)
    if isinstance(kind, Boolean):
        return lambda value: value == b"\x01"
    if isinstance(kind, LargeBinary):
        return bytes
    if isinstance(kind, String):
        return bytes.decode
    raise TypeError(f"no reader for columns of type {kind}")
