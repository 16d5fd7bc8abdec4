"""Fixtures that every test may use. What they start is stopped when the run ends."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import accessibility, live_service, servers
from tests.compiled_once import compile_once
from tests.live_service import LiveService

compile_once()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL server for this run. Ask for `fresh_postgres_url` to have a database alone."""
    with servers.postgresql() as url:
        yield url


@pytest.fixture
def fresh_postgres_url(postgres_url: str) -> Iterator[str]:
    """The SQLAlchemy URL of an empty PostgreSQL database that no other test sees."""
    with servers.fresh_database(postgres_url) as url:
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis server for this run; every test of the run shares what is in it."""
    with servers.redis_server() as url:
        yield url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. Each `browser.new_context()` is a person with a browser of their own."""
    with servers.chromium() as chromium:
        yield chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page in a browser that nobody has used before."""
    with browser.new_context() as context:
        yield context.new_page()


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """`axe(page)` lists what keeps people out of the page: `assert axe(page) == []`."""
    return accessibility.problems_found


@pytest.fixture
def live_server(tmp_path: Path) -> Iterator[Callable[..., LiveService]]:
    """`live_server(REDIS_URL=...)` starts the real service with these in its environment.

    Each call makes a new instance, unless `instance_path` names one that is already there.
    """
    with ExitStack() as stack:

        def start(instance_path: Path | None = None, **env: str) -> LiveService:
            started = sum(1 for _ in tmp_path.glob("instance-*.log"))
            path = instance_path or tmp_path / f"instance-{started}"
            return stack.enter_context(live_service.running(path, env))

        yield start


@pytest.fixture(scope="session")
def shared_live_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveService]:
    """One service for all tests that do not mind what others left in it."""
    path = tmp_path_factory.mktemp("shared") / "instance"
    with live_service.running(path, {}) as service:
        yield service
