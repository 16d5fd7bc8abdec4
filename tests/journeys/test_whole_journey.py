"""From sign-up to a clinician's screen and back, as people do it, in real browsers."""

import re

import pytest
from playwright.sync_api import expect

from tests.faults.word_search import Source, everything_in, find_words
from tests.journeys.people import PASSPHRASE, AtHerBrowser, AtTheWard, printed, scan

pytestmark = pytest.mark.browser

DO = "Warm your hands before you touch my knee"
DONT = "Never lift me by my left arm"
CHANGED = "Wait for my sister before you begin"
PHONE = {"viewport": {"width": 390, "height": 844}}


def test_a_story_travels_and_is_taken_back(browser, live_server):
    service = live_server()
    hers = browser.new_context(**PHONE)
    resident = AtHerBrowser(hers.new_page(), service.base_url)
    code = resident.signs_up("Maud Ellery")
    resident.writes("Please do", "What should people do?", DO)
    resident.writes("Please don't", "What should people not do?", DONT)
    resident.shares("Ward 7", "Please do")

    link = scan(resident.shows_her_screen())
    assert link.startswith(f"{service.base_url}/view#shlink:/")

    theirs = browser.new_context(**PHONE)
    asked: list[str] = []
    theirs.on("request", lambda request: asked.append(request.url))
    clinician = AtTheWard(theirs.new_page())
    clinician.opens(link, "Nurse Adeyemi, Ward 7", resident.passcode)
    clinician.reads(DO)
    expect(clinician.page.get_by_role("main")).not_to_contain_text(DONT)
    assert "shlink" not in clinician.page.url
    assert all(url.startswith(service.base_url) for url in asked)

    resident.page.reload()
    expect(resident.page.get_by_role("main")).to_contain_text("Nurse Adeyemi, Ward 7")
    expect(resident.page.get_by_role("main")).to_contain_text("not checked")

    share_page = resident.page.url
    resident.writes("Please do", "What should people do?", CHANGED)
    resident.page.goto(share_page)
    passcode = resident.passcode
    clinician.opens(link, "Dr Okafor", passcode)
    clinician.reads(CHANGED)
    expect(clinician.page.get_by_role("main")).not_to_contain_text(DO)

    resident.stops_the_share()
    clinician.opens(link, "Nurse Adeyemi", passcode)
    clinician.is_told("no longer")
    assert_thief_finds_nothing(service, [DO, DONT, CHANGED, "Adeyemi", PASSPHRASE, code])
    hers.close()
    theirs.close()


def test_a_wrong_passcode_tells_how_many_tries_are_left(browser, live_server, axe):
    service = live_server()
    with browser.new_context(**PHONE) as hers, browser.new_context(**PHONE) as theirs:
        resident = AtHerBrowser(hers.new_page(), service.base_url)
        resident.signs_up("Edie Marsh")
        resident.writes("Please do", "What should people do?", DO)
        resident.shares("The dentist", "Please do")
        clinician = AtTheWard(theirs.new_page())
        clinician.opens(scan(resident.shows_her_screen()), "A nurse", "000000wrong")
        clinician.is_told("9")
        assert axe(clinician.page) == []
        clinician.page.get_by_label("Passcode").fill(resident.passcode)
        clinician.page.get_by_role("button", name="Open", exact=True).click()
        clinician.reads(DO)
        assert axe(clinician.page) == []
        assert axe(resident.page) == []


def test_everything_a_resident_does_works_without_javascript(browser, live_server):
    service = live_server()
    with browser.new_context(java_script_enabled=False, **PHONE) as hers:
        resident = AtHerBrowser(hers.new_page(), service.base_url)
        resident.signs_up("Winnie Cho")
        resident.writes("Please do", "What should people do?", DO)
        resident.shares("Ward 7", "Please do")
        assert re.fullmatch(r"\d{6}", resident.passcode)
        link = scan(resident.shows_her_screen())
        assert link.startswith(service.base_url)
        share_page = resident.page.url
        paper = resident.prints_a_card("Ward 7")
        assert scan(printed(paper)) == link
        resident.page.goto(share_page)
        resident.stops_the_share()
        expect(resident.page.get_by_role("main")).not_to_contain_text("Show this to them")


def test_she_gets_back_in_with_her_recovery_code(browser, live_server):
    service = live_server()
    with browser.new_context(**PHONE) as first, browser.new_context(**PHONE) as second:
        resident = AtHerBrowser(first.new_page(), service.base_url)
        code = resident.signs_up("Ivy Laurent")
        resident.writes("Please do", "What should people do?", DO)
        page = second.new_page()
        page.goto(f"{service.base_url}/recover")
        page.get_by_label("Your recovery code").fill(code.lower().replace("-", " "))
        page.get_by_label("Choose a new passphrase", exact=True).fill("teal kettle marches home")
        page.get_by_role("button", name="Choose this passphrase").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("recovery code")
        page.goto(f"{service.base_url}/story/please-do")
        expect(page.get_by_role("main")).to_contain_text(DO)
        resident.page.goto(f"{service.base_url}/story")
        expect(resident.page).to_have_url(re.compile("/sign-in"))


def assert_thief_finds_nothing(service, words):
    """Database, write-ahead log, secrets and logs hold none of the words, in any encoding."""
    taken = everything_in(service.instance_path)
    assert any(source.name.startswith("table section_versions") for source in taken)
    log = Source("log", service.log.read_bytes())
    assert find_words(words, [*taken, log]) == []
