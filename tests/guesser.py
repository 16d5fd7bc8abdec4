"""A guesser with many connections from as many addresses, all under one sign-in name."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import requests

from tests.live_service import LiveService
from tests.web.visitor import ShownForm, forms_on

NAME, PASSPHRASE = "Maud Ellery", "copper otter sings at noon"
NEW_PASSPHRASE = "walnut ferry drizzle anthem"


@dataclass(frozen=True)
class Guessing:
    """How many guesses were looked at, how many were sent away, whether the owner got in."""

    tried: int
    kept_waiting: int
    owner_got_in: bool


def guess(service: LiveService, connections: int, seconds: float) -> Guessing:
    """Make a passport, guess at it, and let its owner in by her code while the guessing goes on.

    The service must be started with TRUSTED_PROXIES=1: each connection is an address of its own.
    """
    code = _new_passport(service)
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(connections + 1) as threads:
        guesses = [threads.submit(_guess_on, service, n, until) for n in range(connections)]
        time.sleep(seconds / 2)
        got_in = _recovers(service, code)
        answers = [answer for guessing in guesses for answer in guessing.result()]
    return Guessing(answers.count(True), answers.count(False), got_in)


def _browser(address: str) -> requests.Session:
    session = requests.Session()
    session.headers["X-Forwarded-For"] = address
    return session


def _sent(session: requests.Session, url: str, **typed: str) -> requests.Response:
    return session.post(url, data=_form(session, url).filled(typed), timeout=60)


def _form(session: requests.Session, url: str) -> ShownForm:
    page = session.get(url, timeout=60)
    return next(form for form in forms_on(page) if form.action == "")  # type: ignore[arg-type]


def _new_passport(service: LiveService) -> str:
    sent = {"name": NAME, "passphrase": PASSPHRASE}
    page = _sent(_browser("203.0.113.1"), f"{service.base_url}/sign-up", **sent)
    return "-".join(part.split("<")[0] for part in page.text.split('passport-code__group">')[1:])


def _guess_on(service: LiveService, number: int, until: float) -> list[bool]:
    """Whether each guess of one connection was looked at, and not sent away."""
    url, session = f"{service.base_url}/sign-in", _browser(f"198.51.100.{number}")
    form, looked_at = _form(session, url), []
    while time.monotonic() < until:
        typed = {"name": NAME, "passphrase": f"guess {number} {len(looked_at)}"}
        page = session.post(url, data=form.filled(typed), timeout=60).text
        is_too_many = "There were too many tries" in page
        if is_too_many == ("is not right" in page):
            raise RuntimeError(f"neither an answer nor a limit:\n{page}")
        looked_at.append(not is_too_many)
    return looked_at


def _recovers(service: LiveService, code: str) -> bool:
    typed = {"code": code, "passphrase": NEW_PASSPHRASE}
    page = _sent(_browser("203.0.113.2"), f"{service.base_url}/recover", **typed)
    return page.status_code == 200 and "You are in again" in page.text
