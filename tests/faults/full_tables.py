"""A row in every table that hangs on a passport, made from the tables themselves."""

from typing import Any
from uuid import uuid4

from sqlalchemy import Column, Connection, String, Table, insert, select

from passport.storage import tables
from passport.storage.column_types import Ciphertext


def tables_of_a_passport() -> set[str]:
    """Every table whose rows are one passport's: those that name it, and those that name these."""
    found = {table.name for table in tables.metadata.tables.values() if "passport_id" in table.c}
    while more := {name for name in tables.metadata.tables if _refers_to(name, found)} - found:
        found |= more
    return found


def fill(connection: Connection, passport_id: str) -> dict[str, dict[str, Any]]:
    """One row of this passport in every one of them: what is there already, else a new one."""
    mine = {"passport_id": passport_id}
    rows: dict[str, dict[str, Any]] = {}
    for table in tables.metadata.sorted_tables:
        there = _row(connection, table, mine) if "passport_id" in table.c else None
        rows[table.name] = there or _added(connection, table, rows)
    return {name: row for name, row in rows.items() if name in tables_of_a_passport()}


def _row(connection: Connection, table: Table, values: dict[str, Any]) -> dict[str, Any] | None:
    row = connection.execute(select(table).filter_by(**values)).first()
    return row._asdict() if row else None


def _added(connection: Connection, table: Table, rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    row = {column.name: _value(column) for column in table.columns}
    for key in table.foreign_key_constraints:
        parent = rows[key.referred_table.name]
        row |= {one.parent.name: parent[one.column.name] for one in key.elements}
    connection.execute(insert(table).values(row))
    return row


def _refers_to(name: str, others: set[str]) -> bool:
    keys = tables.metadata.tables[name].foreign_key_constraints
    return any(key.referred_table.name in others for key in keys)


def _value(column: Column[Any]) -> Any:
    kind = column.type
    if isinstance(kind, Ciphertext):
        return b"\x01" + uuid4().bytes
    if isinstance(kind, String):
        return uuid4().hex[: kind.length]
    known: dict[type, Any] = {bytes: uuid4().bytes, bool: False, int: 10**9}
    return known.get(kind.python_type, {})
