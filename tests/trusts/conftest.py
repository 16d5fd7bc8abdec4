"""A resident, and two organisations that she may share with."""

from pathlib import Path

import pytest
from flask import Flask

from passport.crypto.unlocked_passport import UnlockedPassport
from tests.applications import make_app
from tests.trusts.trust import Trust, new_resident, register_trust


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    """The application, on SQLite."""
    return make_app(tmp_path)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def app_on_each_database(request: pytest.FixtureRequest, tmp_path: Path) -> Flask:
    """The application, once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return make_app(tmp_path)
    return make_app(tmp_path, database_url=request.getfixturevalue("fresh_postgres_url"))


@pytest.fixture
def resident(app: Flask) -> UnlockedPassport:
    """A resident who has written something."""
    return new_resident(app)


@pytest.fixture
def trust(app: Flask) -> Trust:
    """A registered organisation."""
    return register_trust(app)


@pytest.fixture
def other_trust(app: Flask) -> Trust:
    """Another one."""
    return register_trust(app, "Fenwick Hospice")
