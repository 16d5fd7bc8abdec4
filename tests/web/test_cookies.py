"""Every cookie of the service, read off its answers as a browser gets them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from werkzeug.http import parse_cookie

from passport.wiring import wiring
from tests.applications import make_app
from tests.residents import PASSPHRASE, Resident, new_resident
from tests.web.test_ways_in import NEW, PIN, new_card
from tests.web.visitor import Visitor

OVER_TLS = "https://passport.example"
NAMES = {"session", "form", "help-ticket", "titles", "language"}


@contextmanager
def cookies_given(app: Flask) -> Iterator[list[str]]:
    """The `Set-Cookie` lines of all answers meanwhile."""
    given: list[str] = []
    answers = app.wsgi_app

    def watched(environ, start_response):
        def start(status, headers, *rest):
            given.extend(value for name, value in headers if name.lower() == "set-cookie")
            return start_response(status, headers, *rest)

        return answers(environ, start)

    app.wsgi_app = watched  # type: ignore[method-assign]
    yield given
    app.wsgi_app = answers  # type: ignore[method-assign]


def gets_every_cookie(app: Flask, base_url: str) -> list[str]:
    """Sign up, choose titles, ask for a help number, sign in again, leave."""
    visitor, who = Visitor(app, base_url=base_url), {"name": "Amina K"}
    with cookies_given(app) as given:
        visitor.sends("/sign-up", **who, passphrase=NEW)
        visitor.sends("/account/settings", neutral_titles="y")
        visitor.presses("/account", "/language", language="cy")
        visitor.presses("/recover/with-help", "/recover/with-help/number")
        visitor.presses("/recover/with-help", "/recover/with-help/forget")
        visitor.presses("/story", "/sign-out")
        visitor.sends("/sign-in", **who, passphrase=NEW)
        visitor.sees("/leave")
    return given


def name_of(cookie: str) -> str:
    return next(iter(parse_cookie(cookie)))


def flags_of(cookie: str) -> set[str]:
    return {part.strip() for part in cookie.split(";")[1:]}


def test_every_cookie_over_tls_is_bound_to_this_host_and_hidden_from_scripts(tmp_path):
    given = gets_every_cookie(make_app(tmp_path, base_url=OVER_TLS), OVER_TLS)
    assert {name_of(cookie) for cookie in given} == {f"__Host-{name}" for name in NAMES}
    for cookie in given:
        flags = flags_of(cookie)
        # RFC 6265bis: a browser takes a `__Host-` cookie with these alone, and without a domain.
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= flags, cookie
        assert not any(flag.lower().startswith("domain") for flag in flags), cookie


def test_on_a_developers_machine_cookies_are_hidden_from_scripts_too(app):
    given = gets_every_cookie(app, "http://localhost")
    assert {name_of(cookie) for cookie in given} == NAMES
    assert all({"HttpOnly", "SameSite=Lax", "Path=/"} <= flags_of(cookie) for cookie in given)


def test_what_is_signed_in_ends_with_the_browser(tmp_path):
    given = gets_every_cookie(make_app(tmp_path, base_url=OVER_TLS), OVER_TLS)
    sessions = [
        c for c in given if name_of(c) == "__Host-session" and parse_cookie(c).get(name_of(c))
    ]
    assert sessions
    assert not any("Max-Age" in cookie or "Expires" in cookie for cookie in sessions)


def test_a_session_without_the_hosts_own_prefix_signs_nobody_in_over_tls(tmp_path):
    """What another host of the same domain, or a page without TLS, could plant."""
    app = make_app(tmp_path, base_url=OVER_TLS)
    with app.app_context():
        mallory = new_resident(wiring().database)
    planted = Visitor(app, mallory.cookie, OVER_TLS)
    assert planted.sees("/story").location == "/sign-in?next=/story"


@pytest.mark.parametrize("address", ["/sign-up", "/sign-in", "/recover", "/card"])
def test_getting_in_gives_a_session_that_nobody_could_plant(app, maud: Resident, address: str):
    """A session that was there before, such as one that somebody planted, is not taken over."""
    typed = {
        "/sign-up": {"name": "Amina K", "passphrase": NEW},
        "/sign-in": {"name": maud.name, "passphrase": PASSPHRASE},
        "/recover": {"code": maud.recovery_code, "passphrase": NEW},
        "/card": {"code": new_card(maud)[1], "pin": PIN},
    }[address]
    visitor = Visitor(app)
    page = visitor.sees(address)
    visitor.client.set_cookie("session", "A" * 43)
    assert visitor.sends(address, page, **typed).status_code == 303
    session = visitor.client.get_cookie("session")
    assert session is not None
    assert session.value != "A" * 43
    # The token of the form from before is over too.
    again = visitor.form(page).filled(typed)
    assert visitor.client.post(address, data=again).status_code == 200
