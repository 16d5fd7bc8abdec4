"""Migrations bring an empty database of either kind to the tables, and down again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import func, inspect, select

from passport.storage import migrate, tables
from passport.storage.column_types import Ciphertext
from passport.storage.database import Database
from tests.databases import BOTH
from tests.residents import new_resident


@pytest.fixture(params=BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path}/empty.sqlite"
    if request.param == "postgresql":
        url = request.getfixturevalue("fresh_postgres_url")
    database = Database(url, erasure_url=f"sqlite:///{tmp_path}/erasure.sqlite")
    yield database
    database.close()


def test_an_empty_database_becomes_exactly_the_tables(empty: Database) -> None:
    assert not migrate.is_current(empty)
    migrate.upgrade(empty)
    assert migrate.is_current(empty)
    with empty.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": _compare_type})
        assert compare_metadata(context, tables.metadata) == []


def test_migrating_twice_changes_nothing(empty: Database) -> None:
    migrate.upgrade(empty)
    resident = new_resident(empty)
    resident.write("my-story", "Told once.")
    migrate.upgrade(empty)
    assert _count(empty, tables.section_versions) == 1


def test_migrations_go_down_and_up_again(empty: Database) -> None:
    migrate.upgrade(empty)
    migrate.downgrade(empty)
    with empty.read() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    migrate.upgrade(empty)
    new_resident(empty)


def test_a_migration_that_makes_a_table_anew_empties_none_that_refers_to_it(
    empty: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate.upgrade(empty)
    new_resident(empty).write("my-story", "Told once.")

    def next_migration(config: Config, _revision: str) -> None:
        operations = Operations(MigrationContext.configure(config.attributes["connection"]))
        with operations.batch_alter_table("passports") as batch:
            batch.alter_column("created_at", nullable=True)

    monkeypatch.setattr(migrate.command, "upgrade", next_migration)
    migrate.upgrade(empty)
    assert _count(empty, tables.section_versions) == 1


def test_foreign_keys_are_enforced_again_after_a_migration(empty: Database) -> None:
    migrate.upgrade(empty)
    new_resident(empty)
    with empty.write() as connection:
        connection.execute(tables.passports.delete())
    assert _count(empty, tables.key_slots) == 0


def _count(database: Database, table) -> int:  # type: ignore[no-untyped-def]
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _compare_type(_context, _inspected, column, _kind, metadata_type):  # type: ignore[no-untyped-def]
    # Ciphertext is bytes to a database; every other type is compared as Alembic does.
    if isinstance(metadata_type, Ciphertext):
        return not isinstance(column.type, Ciphertext)
    return None
