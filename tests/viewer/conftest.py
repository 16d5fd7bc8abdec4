"""The viewer on a service of its own, another service elsewhere, and somebody who reads."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from passport import viewer
from passport.viewer import pages
from passport.web import page_language, security_headers, templating
from tests.viewer import story_service
from tests.viewer.reader import Reader
from tests.viewer.story_service import Service

LISTEN = """
document.addEventListener('securitypolicyviolation', (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""
# The browser's own note of an answer that tests ask for, like 404.
EXPECTED = "Failed to load resource"


def viewer_app() -> Flask:
    app = Flask(__name__, static_folder=None)
    app.config["SECRET_KEY"] = "for tests"
    templating.init_app(app)
    page_language.init_app(app)
    security_headers.init_app(app, "http://127.0.0.1")
    viewer.register(app)
    return app


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """The viewer and, at the same origin, a service that keeps stories."""
    settings = SimpleNamespace(base_url="http://127.0.0.1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "wiring", lambda: SimpleNamespace(settings=settings))
        with story_service.running(viewer_app()) as found:
            yield found


@pytest.fixture(scope="session")
def other_service() -> Iterator[Service]:
    """A service that keeps stories at another origin."""
    with story_service.running(Flask(__name__, static_folder=None)) as found:
        yield found


@pytest.fixture(autouse=True)
def _nothing_asked_yet(service: Service, other_service: Service) -> None:
    service.asked.clear()
    other_service.asked.clear()


@pytest.fixture
def new_reader(browser: Browser, service: Service) -> Iterator[Callable[..., Reader]]:
    """`new_reader(**context)` is a person with a browser; nothing in it may go wrong unseen."""
    contexts, troubles = [], []

    def note(page: Page) -> None:
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "console",
            lambda said: (
                said.type in ("error", "warning")
                and EXPECTED not in said.text
                and troubles.append(said.text)
            ),
        )

    def start(**options: object) -> Reader:
        context = browser.new_context(**options)
        contexts.append(context)
        context.add_init_script(LISTEN)
        context.on("page", note)
        return Reader(context.new_page(), service.origin)

    yield start
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture
def reader(new_reader: Callable[..., Reader]) -> Reader:
    """A person with a browser that nobody has used before."""
    return new_reader()
