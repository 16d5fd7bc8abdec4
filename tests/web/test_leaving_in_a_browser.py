"""Leaving in a real browser without scripts: export, erase, sign up anew, import."""

from playwright.sync_api import Browser, expect

from passport.accounts.sessions import open_session
from passport.story.sections import story
from passport.wiring import wiring
from tests.residents import PASSPHRASE
from tests.web.test_every_page import NARROW, press, problems_of

PAGES = ("/account/export", "/account/import", "/account/erase")


def test_out_erased_and_in_again_without_scripts(served, browser: Browser, tmp_path, axe):
    with browser.new_context(viewport=NARROW, java_script_enabled=False) as context:
        context.add_cookies(
            [{"name": "session", "value": served.maud.cookie, "url": served.base_url}]
        )
        page = context.new_page()
        page.goto(f"{served.base_url}/account")
        page.get_by_role("link", name="Save everything in a file").click()
        with page.expect_download() as saved:
            page.get_by_role("button", name="Save the file to move").click()
        file = tmp_path / saved.value.suggested_filename
        saved.value.save_as(file)
        page.goto(f"{served.base_url}/account/erase")
        page.get_by_label("I understand that nobody can bring my passport back").check()
        press(page, "Go on")
        press(page, "Erase everything now")
        expect(page.get_by_role("heading", name="Your passport is erased")).to_be_visible()
        with page.expect_download() as receipt:
            page.get_by_role("button", name="Save the receipt").click()
        assert receipt.value.suggested_filename == "receipt.txt"
        page.goto(f"{served.base_url}/sign-up")
        page.get_by_label("Choose a name to sign in with").fill("Maud again")
        page.get_by_label("Choose a passphrase").fill(PASSPHRASE)
        press(page, "Make my passport")
        page.goto(f"{served.base_url}/account/import")
        page.get_by_label("Choose the file").set_input_files(file)
        press(page, "Bring it in")
        expect(
            page.get_by_text("Your story is here: 1 part, 1 version and 0 files.")
        ).to_be_visible()
        cookie = next(c["value"] for c in context.cookies() if c["name"] == "session")
    with served.app.app_context():
        passport = open_session(wiring().database, cookie)
        assert [one.key for one in story(wiring().database, passport)] == ["please-do"]


def test_each_step_is_open_to_everyone(served, browser: Browser, axe):
    with browser.new_context(viewport=NARROW) as context:
        context.add_cookies(
            [{"name": "session", "value": served.maud.cookie, "url": served.base_url}]
        )
        page = context.new_page()
        for address in PAGES:
            page.goto(served.base_url + address)
            assert problems_of(page, axe) == [], address
        press(page, "Go on")
        assert problems_of(page, axe) == []
        page.get_by_label("I understand that nobody can bring my passport back").check()
        press(page, "Go on")
        assert problems_of(page, axe) == []
        press(page, "Erase everything now")
        assert problems_of(page, axe) == []
