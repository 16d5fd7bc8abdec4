"""Signing up, telling, sharing and stopping with nothing but keys and what a screen reader says."""

import pytest
from playwright.sync_api import expect

from tests.journeys.at_the_keyboard import AtTheKeyboard
from tests.journeys.people import PASSPHRASE

pytestmark = pytest.mark.browser

DO = "Warm your hands first"


@pytest.mark.parametrize("with_scripts", [True, False])
def test_from_sign_up_to_a_share_that_was_stopped(browser, live_server, with_scripts):
    service = live_server()
    with browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=with_scripts
    ) as hers:
        maud = AtTheKeyboard(hers.new_page())
        maud.page.goto(service.base_url)
        maud.finds_the_page_in_order()
        maud.presses("button", "Make a passport")
        maud.types("Choose a name to sign in with", "maud ellery")
        maud.types("Choose a passphrase", PASSPHRASE)
        maud.presses("button", "Make my passport")
        maud.presses("button", "I have kept it")

        maud.presses("link", "Please do")
        maud.types("What should people do?", DO)
        maud.presses("button", "Save")
        expect(maud.page.get_by_role("main")).to_contain_text(DO)

        maud.presses("button", "Share my story")
        maud.types("Name of the team or person", "Ward 7")
        maud.presses("button", "Go on")
        maud.goes_to("checkbox", "Please do")
        maud.page.keyboard.press("Space")
        maud.presses("button", "Go on")
        maud.goes_to("radio", "A visit (2 days)")
        maud.page.keyboard.press("Space")
        maud.presses("button", "Go on")
        maud.presses("button", "Look at it before you share")
        maud.presses("button", "Make the QR code and link")
        expect(maud.page.get_by_role("img", name="QR code that opens this share")).to_be_visible()

        maud.presses("button", "Stop it for good")
        maud.presses("button", "Stop it for good")
        expect(maud.page.get_by_role("main")).not_to_contain_text("Show this to them")
