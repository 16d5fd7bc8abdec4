"""An owner lets somebody help, sees what they wrote, and ends it: two real browsers."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.people import PASSPHRASE, AtHerBrowser, AtTheWard, scan

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}}
DESK = {"viewport": {"width": 1280, "height": 900}}
WORDS = "Sit down before you speak to her"


def test_a_supporter_helps_and_is_gone_when_the_owner_ends_it(browser, live_server, axe, tmp_path):
    service = live_server()
    with browser.new_context(**DESK) as hers, browser.new_context(**PHONE) as theirs:
        rosa = AtHerBrowser(hers.new_page(), service.base_url)
        rosa.signs_up("Rosa Marin")
        link = invites(rosa.page, service.base_url, axe)

        sam = theirs.new_page()
        sam.goto(link)
        expect(sam.get_by_role("main")).to_contain_text("You need a passport of your own to help")
        assert "#" not in sam.url
        assert axe(sam) == []
        makes_a_passport(sam)
        expect(sam).to_have_url(f"{service.base_url}/join")
        assert len(sam.get_by_label("Your invitation code").input_value()) == 47
        sam.get_by_role("button", name="See the invitation").click()
        expect(sam.get_by_role("heading", level=1)).to_contain_text("Rosa invites you to help")
        expect(sam.get_by_role("main")).to_contain_text("You are signed in as sam winter")
        assert axe(sam) == []
        sam.get_by_label("Your name").fill("Sam Winter")
        sam.get_by_role("button", name="Yes, I will help").click()
        assert axe(sam) == []
        sam.get_by_role("button", name="Help Rosa").click()
        expect(sam.get_by_text("You are helping Rosa")).to_be_visible()
        assert axe(sam) == []
        sam.screenshot(path=tmp_path / "helping-390.png", full_page=True)

        writes(sam, service.base_url)
        expect(sam.get_by_role("main")).to_contain_text("You wrote this for Rosa")

        rosa.page.goto(f"{service.base_url}/story/please-do")
        expect(rosa.page.get_by_role("main")).to_contain_text("Sam wrote this for you")
        expect(rosa.page.get_by_text(WORDS)).to_be_visible()
        rosa.page.goto(f"{service.base_url}/supporters")
        expect(rosa.page.get_by_role("main")).to_contain_text("Sam Winter")
        assert axe(rosa.page) == []
        rosa.page.screenshot(path=tmp_path / "supporters-1280.png", full_page=True)

        rosa.shares("Ward 7", "Please do")
        ward = browser.new_context(**PHONE)
        clinician = AtTheWard(ward.new_page())
        clinician.opens(scan(rosa.shows_her_screen()), "Nurse Adeyemi", rosa.passcode)
        clinician.reads(WORDS)
        clinician.reads("Written with Sam")
        ward.close()

        rosa.page.goto(f"{service.base_url}/supporters")
        rosa.page.get_by_role("button", name="End it").click()
        assert axe(rosa.page) == []
        rosa.page.get_by_role("button", name="End it now").click()
        expect(rosa.page.get_by_role("main")).to_contain_text("You have no supporters now")

        sam.goto(f"{service.base_url}/story/please-do")
        expect(sam.get_by_role("heading", level=1)).to_contain_text("You are not helping any more")
        expect(sam.get_by_text(WORDS)).not_to_be_visible()
        assert axe(sam) == []
        sam.goto(f"{service.base_url}/supporting")
        expect(sam.get_by_role("main")).to_contain_text("You help nobody now")


def invites(page: Page, base_url: str, axe) -> str:
    """Ask for a supporter who reads and writes all; returns the link in the QR code."""
    page.goto(f"{base_url}/account")
    page.get_by_role("link", name="My supporters").click()
    page.get_by_role("button", name="Invite someone").click()
    assert axe(page) == []
    page.get_by_label("What do you call them?").fill("Sam")
    page.get_by_label("What do they call you?").fill("Rosa")
    page.get_by_label("Only what I choose").check()
    page.get_by_label("Read what is written").check()
    page.get_by_label("Write and change it").check()
    assert axe(page) == []
    page.get_by_role("button", name="Make the invitation").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Invitation for Sam")
    assert axe(page) == []
    page.wait_for_load_state("networkidle")
    return scan(page.screenshot(full_page=True))


def makes_a_passport(page: Page) -> None:
    page.get_by_role("main").get_by_role("button", name="Make a passport").click()
    page.get_by_label("Choose a name to sign in with").fill("Sam Winter")
    page.get_by_label("Choose a passphrase", exact=True).fill(PASSPHRASE)
    page.get_by_role("main").get_by_role("button", name="Make my passport").click()
    page.get_by_role("button", name="I have kept it").click()


def writes(page: Page, base_url: str) -> None:
    page.goto(f"{base_url}/story/please-do")
    page.get_by_role("button", name="Write it").click()
    expect(page).to_have_url(re.compile("/edit$"))
    page.get_by_label("What should people do?").fill(WORDS)
    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.get_by_text(WORDS)).to_be_visible()
