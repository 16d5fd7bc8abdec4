"""A real browser that is killed while somebody types: how much of it is lost."""

import os
import random
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import requests
from playwright.sync_api import BrowserType, Page

from config.settings import load_settings
from passport.accounts.sessions import open_session
from passport.accounts.sign_up import sign_up
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.pepper import Pepper
from passport.crypto.unlocked_passport import UnlockedPassport
from passport.storage.database import Database
from passport.story.drafts import find_draft, throw_away
from tests.live_service import LiveService
from tests.residents import PASSPHRASE
from tests.servers import CHROMIUM_FLAGS, free_port, program

MOST_LOST_SECONDS = 2.0
LONGEST_TYPING = 6.0
_ALPHABET = "abcdefghij klmnop qrstuvwxyz éß مر 🦦"


@dataclass(frozen=True)
class Place:
    """A form: where it is, which box is typed into, and where its draft is kept."""

    address: str
    field: str
    draft: str


PLACES = (
    Place("/story/my-story/edit", "part-text", "my-story"),
    Place("/story/today", "part-called", "identity"),
    Place("/story/own/new", "part-text", "own"),
)


@dataclass(frozen=True)
class Loss:
    """What one kill cost: how long before it the oldest lost letter had been typed."""

    seconds: float
    letters: int
    typed: int


@dataclass(frozen=True)
class Writer:
    """Somebody signed in to a running service, whose drafts can be looked at."""

    service: LiveService
    database: Database
    passport: UnlockedPassport
    cookie: str

    def kept(self, place: Place) -> str:
        """The words of the newest draft."""
        draft = find_draft(self.database, self.passport, place.draft)
        return dict(draft.fields).get(place.field, "") if draft else ""


def new_writer(service: LiveService) -> Writer:
    """A new resident of this service."""
    settings = load_settings(service.env)
    database = Database(settings.database_url, erasure_url=settings.erasure_database_url)
    cheap = Argon2Parameters(memory_kib=64, iterations=1, lanes=1)
    name = f"writer {random.random()}"
    cookie = sign_up(database, Pepper(settings.secrets.pepper), cheap, name, PASSPHRASE)
    passport = open_session(database, cookie)
    if passport is None:
        raise ValueError("a new session is open")
    return Writer(service, database, passport, cookie)


def kill_while_typing(
    browser_type: BrowserType, writer: Writer, place: Place, chance: random.Random
) -> Loss:
    """Type until a moment that nobody chose, kill the browser, and look at what was kept."""
    with _chromium(browser_type) as (page, process):
        page.context.add_cookies(
            [{"name": "session", "value": writer.cookie, "url": writer.service.base_url}]
        )
        page.goto(writer.service.base_url + place.address)
        page.locator(f"[name={place.field}]").focus()
        typed, times = _type_until_killed(page, process, chance)
    kept = _settled(writer, place)
    throw_away(writer.database, writer.passport, place.draft)
    if not typed.startswith(kept):
        raise AssertionError("what was kept is not what was typed")
    lost = typed[len(kept) :]
    seconds = times[-1] - times[len(kept)] if lost else 0.0
    return Loss(round(seconds, 3), len(lost), len(typed))


def _type_until_killed(
    page: Page, process: subprocess.Popen, chance: random.Random
) -> tuple[str, list[float]]:
    """What stood in the box, and when each letter did; last, when the browser was killed."""
    until = time.monotonic() + chance.uniform(0.2, LONGEST_TYPING)
    typed, times = "", []
    while time.monotonic() < until:
        letter = chance.choice(_ALPHABET)
        page.keyboard.insert_text(letter)
        typed += letter
        times.append(time.monotonic())
        page.wait_for_timeout(chance.uniform(20, 180))
    os.killpg(process.pid, signal.SIGKILL)
    times.append(time.monotonic())
    process.wait(timeout=30)
    return typed, times


def _settled(writer: Writer, place: Place) -> str:
    """What is kept once the service has done what it had begun to receive."""
    before, kept = None, writer.kept(place)
    while before != kept:
        time.sleep(0.3)
        before, kept = kept, writer.kept(place)
    return kept


@contextmanager
def _chromium(browser_type: BrowserType) -> Iterator[tuple[Page, subprocess.Popen]]:
    """A browser in a process of its own, so that all of it can be killed at once."""
    port = free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        process = subprocess.Popen(
            [
                program("chromium"),
                *CHROMIUM_FLAGS,
                "--headless=new",
                f"--remote-debugging-port={port}",
                f"--user-data-dir={folder}",
                "about:blank",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(address, process)
            browser = browser_type.connect_over_cdp(address)
            yield browser.contexts[0].pages[0], process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(timeout=30)


def _wait_for(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if requests.get(f"{address}/json/list", timeout=2).json():
                return
        except requests.RequestException:
            time.sleep(0.1)
    raise RuntimeError("Chromium did not start")
