"""Passkeys in a real browser, with Chromium's virtual authenticator as the device."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from passport import clock
from passport.accounts.sessions import PROOF_SECONDS
from tests.residents import PASSPHRASE
from tests.web.test_every_page import NARROW, problems_of

DEVICE = {
    "protocol": "ctap2",
    "ctap2Version": "ctap2_1",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
    "hasPrf": True,
}
CANT_LOCK = "This device can't lock your story with a passkey."


@dataclass
class Person:
    """Somebody with a browser, and a device with or without a PRF."""

    page: Page
    cdp: CDPSession
    device: str
    at: str

    def goes(self, path: str) -> None:
        self.page.goto(self.at + path)

    def presses(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def passkeys(self) -> list[dict[str, Any]]:
        answer = self.cdp.send("WebAuthn.getCredentials", {"authenticatorId": self.device})
        return answer["credentials"]

    def takes(self, credential: dict[str, Any]) -> None:
        values = {"authenticatorId": self.device, "credential": credential}
        self.cdp.send("WebAuthn.addCredential", values)

    def is_no_longer_recognised(self) -> None:
        values = {"authenticatorId": self.device, "isUserVerified": False}
        self.cdp.send("WebAuthn.setUserVerified", values)

    def takes_another_device(self) -> None:
        """After a few failures a device refuses for good, as a locked phone does."""
        self.cdp.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": self.device})
        answer = self.cdp.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        self.device = answer["authenticatorId"]

    def sees(self, words: str) -> None:
        self.page.get_by_text(words).first.wait_for()

    def forgets_all_but_her_device(self) -> None:
        """Chromium keeps a virtual device's PRF secret in its page: all else is new."""
        self.page.context.clear_cookies()
        self.cdp.send("Storage.clearDataForOrigin", {"origin": self.at, "storageTypes": "all"})

    def adds_a_passkey(self, name: str = "My phone") -> None:
        self.goes("/ways-in/passkeys/new")
        self.page.get_by_label("What do you call this device?").fill(name)
        self.presses("Add a passkey")


@pytest.fixture
def at(served) -> str:
    """The service under a name: browsers make no passkeys for a number."""
    return served.base_url.replace("127.0.0.1", "localhost")


@pytest.fixture
def person(browser: Browser, at: str) -> Callable[..., Any]:
    @contextmanager
    def come(cookie: str | None = None, **habits: object) -> Iterator[Person]:
        with browser.new_context(viewport=NARROW) as context:
            if cookie:
                context.add_cookies([{"name": "session", "value": cookie, "url": at}])
            page = context.new_page()
            page.set_default_timeout(10_000)
            cdp = context.new_cdp_session(page)
            cdp.send("WebAuthn.enable")
            options = {"options": {**DEVICE, **habits}}
            device = cdp.send("WebAuthn.addVirtualAuthenticator", options)["authenticatorId"]
            yield Person(page, cdp, device, at)

    return come


def rows(served) -> int:
    from passport.storage.tables import passkeys
    from passport.wiring import wiring

    with served.app.app_context(), wiring().database.read() as connection:
        return len(connection.execute(passkeys.select()).all())


def test_a_passkey_is_added_opens_the_story_from_nothing_else_and_is_removed(served, person, axe):
    with person(served.maud.cookie) as maud:
        maud.adds_a_passkey()
        maud.sees("You can now sign in with the passkey “My phone”.")
        maud.forgets_all_but_her_device()
        maud.goes("/sign-in?next=/story/please-do")
        assert problems_of(maud.page, axe) == []
        maud.presses("Sign in with a passkey")
        maud.sees("Warm your hands first")
        maud.presses("Sign out")
        maud.sees("You are signed out.")
        removed(served)
        maud.goes("/sign-in")
        maud.presses("Sign in with a passkey")
        maud.sees("That passkey does not open a passport here.")
        assert problems_of(maud.page, axe) == []
        expect(maud.page.get_by_role("link", name="Use your recovery code")).to_be_visible()


def test_a_passkey_proves_that_she_is_still_there(served, person, axe, monkeypatch):
    with person(served.maud.cookie) as maud:
        maud.adds_a_passkey()
        maud.sees("You can now sign in with the passkey “My phone”.")
        now = clock.epoch() + PROOF_SECONDS + 60
        monkeypatch.setattr(clock, "epoch", lambda: now)
        maud.goes("/ways-in/cards/new")
        maud.sees("show us that it is still you")
        assert problems_of(maud.page, axe) == []
        maud.presses("Go on with a passkey")
        maud.sees("Choose a PIN")


def removed(served) -> None:
    from passport.accounts.ways_in import list_ways_in, remove_way_in

    maud = served.maud
    for way in list_ways_in(maud.database, maud.passport):
        if way.kind == "passkey":
            remove_way_in(maud.database, maud.passport, way.slot_id, maud.cookie)


def test_a_device_that_has_a_passkey_already_is_told_so(served, person):
    with person(served.maud.cookie) as maud:
        maud.adds_a_passkey()
        maud.sees("You can now sign in")
        maud.adds_a_passkey("The same phone")
        maud.sees("This device has a passkey for your passport already.")
    assert rows(served) == 1


def test_a_device_without_a_prf_says_so_and_leaves_the_other_ways_in(served, person, axe):
    with person(served.maud.cookie, hasPrf=False) as maud:
        maud.adds_a_passkey()
        maud.sees(CANT_LOCK)
        assert maud.page.evaluate("document.activeElement.dataset.passkeyProblem") == ""
        assert problems_of(maud.page, axe) == []
        assert rows(served) == 0
        maud.page.context.clear_cookies()
        maud.goes("/sign-in")
        maud.page.get_by_label("Your sign-in name").fill(served.maud.name)
        maud.page.get_by_label("Your passphrase", exact=True).fill(PASSPHRASE)
        maud.presses("Sign in")
        maud.page.wait_for_url("**/story")


def test_a_passkey_copied_without_its_prf_secret_opens_nothing_and_says_so(served, person):
    with person(served.maud.cookie) as maud, person(hasPrf=False) as phone:
        maud.adds_a_passkey()
        maud.sees("You can now sign in")
        phone.takes(maud.passkeys()[0])
        phone.goes("/sign-in/passkey")
        phone.presses("Sign in with a passkey")
        phone.sees(CANT_LOCK)


def test_whoever_stops_in_the_devices_own_window_has_changed_nothing(served, person, axe):
    with person(served.maud.cookie) as maud:
        maud.goes("/ways-in/passkeys/new")
        maud.is_no_longer_recognised()
        maud.page.get_by_label("What do you call this device?").fill("My phone")
        maud.presses("Add a passkey")
        maud.sees("You stopped, or your device did not ask you.")
        expect(maud.page.get_by_label("What do you call this device?")).to_have_value("My phone")
        assert problems_of(maud.page, axe) == []
        assert rows(served) == 0
        maud.takes_another_device()
        maud.page.wait_for_timeout(1100)  # A second press within a second is taken for a slip.
        maud.presses("Add a passkey")
        maud.sees("You can now sign in")
        maud.page.context.clear_cookies()
        maud.goes("/sign-in")
        maud.is_no_longer_recognised()
        maud.presses("Sign in with a passkey")
        maud.sees("You stopped, or your device did not ask you.")


def test_the_form_is_corrected_before_the_device_is_asked(served, person):
    with person(served.maud.cookie) as maud:
        maud.goes("/ways-in/passkeys/new")
        maud.presses("Add a passkey")
        maud.sees("Write a name, such as my phone.")
        assert maud.passkeys() == []


def test_at_a_number_the_page_says_where_passkeys_are(served, browser, axe):
    with browser.new_context(viewport=NARROW) as context:
        session = {"name": "session", "value": served.maud.cookie, "url": served.base_url}
        context.add_cookies([session])
        page = context.new_page()
        page.goto(f"{served.base_url}/ways-in/passkeys/new")
        expect(page.get_by_text("Passkeys do not work at this address.")).to_be_visible()
        assert (
            page.get_by_role("link", name="http://localhost")
            .get_attribute("href")
            .endswith("/ways-in/passkeys/new")
        )
        assert problems_of(page, axe) == []
        page.goto(f"{served.base_url}/sign-in/passkey")
        context.clear_cookies()
        page.goto(f"{served.base_url}/sign-in")
        expect(page.get_by_role("button", name="Sign in with a passkey")).to_have_count(0)


def test_without_scripts_the_page_says_that_passkeys_need_them(served, browser, at, axe):
    with browser.new_context(viewport=NARROW, java_script_enabled=False) as context:
        context.add_cookies([{"name": "session", "value": served.maud.cookie, "url": at}])
        page = context.new_page()
        page.goto(f"{at}/ways-in/passkeys/new")
        expect(page.get_by_text("Yours does not, so you can't add one here.")).to_be_visible()
        expect(page.get_by_role("button", name="Add a passkey")).to_be_hidden()
        context.clear_cookies()
        page.goto(f"{at}/sign-in")
        expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
        expect(page.get_by_role("button", name="Sign in", exact=True)).to_be_visible()


def test_the_pages_with_passkeys_are_open_to_everyone(served, person, axe):
    with person(served.maud.cookie) as maud:
        maud.goes("/ways-in/passkeys/new")
        assert problems_of(maud.page, axe) == []
        maud.page.context.clear_cookies()
        for path in ("/sign-in", "/sign-in/passkey"):
            maud.goes(path)
            assert problems_of(maud.page, axe) == []


def test_options_are_given_to_nobody_without_the_pages_own_token(stranger, signed_in):
    for visitor, path in (
        (stranger, "/sign-in/passkey/options"),
        (signed_in, "/ways-in/passkeys/options"),
    ):
        answer = visitor.client.post(path, base_url=visitor.base_url)
        assert answer.status_code == 422
        assert answer.json == {}


def test_an_answer_to_nothing_is_refused_in_plain_words_with_the_same_status(stranger):
    page = stranger.sees("/sign-in/passkey")
    said = set()
    for credential in ("", "{}", "x" * 30_000, '{"id": "AA", "rawId": "AA"}'):
        data = stranger.form(page).filled({"credential": credential, "prf": "A" * 43})
        answer = stranger.client.post("/sign-in/passkey", data=data, base_url=stranger.base_url)
        said.add(answer.status_code)
        assert "There is a problem" in answer.text
        assert "session" not in answer.headers.get("Set-Cookie", "").split("=")[0]
    assert said == {200}


def test_a_stranger_is_sent_to_sign_in_before_any_passkey_is_made(stranger):
    assert stranger.sees("/ways-in/passkeys/new").status_code == 303
