"""Migrated databases of both kinds. A room's conftest imports the fixtures it wants."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import tests.pace  # noqa: F401
from passport.storage import migrate
from passport.storage.database import Database
from tests import servers

BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgres))


def sqlite(folder: Path, name: str = "passport.sqlite") -> Database:
    """A SQLite database in `folder`, migrated."""
    database = Database(f"sqlite:///{folder / name}", sqlite_synchronous="NORMAL", pool_size=40)
    migrate.upgrade(database)
    return database


@pytest.fixture(scope="module", params=BOTH)
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A migrated database, once of each kind. Tests of a module share it: sign up somebody new."""
    if request.param == "sqlite":
        found = sqlite(tmp_path_factory.mktemp("database"))
        yield found
        found.close()
        return
    with servers.fresh_database(request.getfixturevalue("postgres_url")) as url:
        erasure_url = f"sqlite:///{tmp_path_factory.mktemp('erasure')}/erasure.sqlite"
        found = Database(url, erasure_url=erasure_url, pool_size=40)
        migrate.upgrade(found)
        yield found
        found.close()


@pytest.fixture(scope="module")
def sqlite_database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A migrated SQLite database, where the kind makes no difference."""
    found = sqlite(tmp_path_factory.mktemp("sqlite"))
    yield found
    found.close()
