"""Statements prepared once, for the one path on which SQLAlchemy costs more than the database.

A clinician's read runs three statements. Compiled once and given to the driver as they are, they
take a third of the time. Everything else uses SQLAlchemy's connections.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.sql import ClauseElement, ColumnElement

Row = Any
"""A row of a prepared SELECT: a named tuple with the selected columns' names."""


class _Compiled(NamedTuple):
    text: str
    fixed: dict[str, Any]
    checks: dict[str, Callable[[Any], Any]]


class PreparedStatement:
    """A SELECT, INSERT or UPDATE with named parameters, compiled when it is first run."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    @cached_property
    def columns(self) -> list[ColumnElement[Any]]:
        """The columns of a SELECT; none of any other statement."""
        return list(self._statement.selected_columns) if isinstance(self._statement, Select) else []

    @cached_property
    def row(self) -> Callable[[Iterable[Any]], Row]:
        """Makes a row of the columns' values."""
        names = " ".join(str(column.key) for column in self.columns)
        row: Any = namedtuple("Row", names)  # type: ignore[misc]
        make: Callable[[Iterable[Any]], Row] = row._make
        return make

    def numbered(self, dialect: Dialect) -> tuple[str, list[str], dict[str, Any]]:
        """PostgreSQL's own spelling, with $1, $2 …; the parameters' names in that order; and the
        values of those that are always the same."""
        make: Any = type(dialect)
        numeric = make(paramstyle="numeric_dollar")
        compiled: Any = self._statement.compile(dialect=numeric)
        return str(compiled), list(compiled.positiontup), _fixed(compiled)

    def run(self, cursor: Any, dialect: Dialect, values: Mapping[str, Any]) -> list[Row]:
        """Run it with these values; the rows of a SELECT, else none.

        Each value passes its column's type, which may refuse it (ValueError).
        """
        if dialect.name not in self._compiled:
            self._compiled[dialect.name] = self._compile(dialect)
        text, fixed, checks = self._compiled[dialect.name]
        given = {name: checks[name](v) if name in checks else v for name, v in values.items()}
        cursor.execute(text, fixed | given)
        return [self.row(row) for row in cursor.fetchall()] if self.columns else []

    def _compile(self, dialect: Dialect) -> _Compiled:
        # SQLite's own style is by position; both drivers understand names.
        named = sqlite.dialect(paramstyle="named") if dialect.name == "sqlite" else dialect
        compiled: Any = self._statement.compile(dialect=named)
        checks = {
            n: check for n, b in compiled.binds.items() if (check := b.type.bind_processor(named))
        }
        return _Compiled(str(compiled), _fixed(compiled), checks)


def _fixed(compiled: Any) -> dict[str, Any]:
    return {name: value for name, value in compiled.params.items() if value is not None}


class QuickTransaction:
    """A transaction straight on the driver, for prepared statements only."""

    def __init__(self, cursor: Any, dialect: Dialect) -> None:
        self._cursor, self._dialect = cursor, dialect

    def run(self, statement: PreparedStatement, **values: Any) -> list[Row]:
        """Run a prepared statement in this transaction."""
        return statement.run(self._cursor, self._dialect, values)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """What the block does is undone by itself when it raises; the rest of us is not."""
        self._cursor.execute("SAVEPOINT step")
        try:
            yield
        except BaseException:
            self._cursor.execute("ROLLBACK TO SAVEPOINT step")
            raise
        finally:
            self._cursor.execute("RELEASE SAVEPOINT step")
