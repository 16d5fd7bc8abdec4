"""A nurse reads and gives something back; the resident sees what came of it. In real browsers."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from passport.sharing.create_share import create_share
from passport.sharing.emergency import emergency_terms
from passport.sharing.share import Share
from passport.sharing.shlink import link_of, viewer_link
from passport.story.sections import section
from tests.residents import PEPPER
from tests.web.conftest import Served

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}}
DONE = "We will warm our hands"


def _link(served: Served, share: Share) -> str:
    link = link_of(share, served.base_url)
    assert link is not None
    return viewer_link(link, served.base_url)


def _opens(page: Page, link: str, who: str = "") -> None:
    page.goto("about:blank")
    page.goto(link)
    if who:
        page.get_by_label("Who is reading?").fill(who)
    page.locator("#open-button").click()
    expect(page.locator("#story-body")).to_contain_text("Warm your hands first")


def _her_page(browser: Browser, served: Served) -> Page:
    context = browser.new_context(**PHONE)
    context.add_cookies([{"name": "session", "value": served.maud.cookie, "url": served.base_url}])
    return context.new_page()


def _listening(page: Page) -> list[str]:
    said: list[str] = []
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_a_nurse_gives_back_and_the_resident_sees_what_came_of_it(browser, served, axe):
    served.maud.write("home", "A ramp to the balcony")
    share = served.maud.share("please-do", "home", may_hand_over=True)
    nurse = browser.new_context(**PHONE).new_page()
    troubles = _listening(nurse)
    _opens(nurse, _link(served, share), "Nurse Ann, Ward 7")
    after, said = nurse.locator("#after-box"), nurse.locator("#after-said")
    nurse.get_by_role("button", name="Tell this person that you have read it").click()
    expect(nurse.get_by_role("heading", name="Give something back")).to_be_focused()

    nurse.get_by_label("What will you do differently?").fill(DONE)
    nurse.get_by_role("button", name="I have read this").click()
    expect(said).to_contain_text("The person will see that you have read it.")

    nurse.get_by_text("Ask or tell this person something").click()
    after.locator("#after-tell").get_by_role("button", name="Send").click()
    expect(after.locator("#after-tell")).to_contain_text("Write your message")
    nurse.get_by_label("Your message").fill("Is the blue cup yours?")
    after.locator("#after-tell").get_by_role("button", name="Send").click()
    expect(said).to_contain_text("Your message is sent.")
    expect(nurse.get_by_role("status").first).to_have_text("Your message is sent.")
    expect(said).to_be_in_viewport()

    nurse.get_by_text("Suggest something for this story").click()
    nurse.get_by_label("Which part is it for?").select_option(label="My home and technology")
    nurse.get_by_label("Which part is it for?").select_option("please-do")
    nurse.get_by_label("What should it say?").fill("Offer the new frame")
    after.locator("#after-suggest").get_by_role("button", name="Send").click()
    expect(said).to_contain_text("Your suggestion is sent.")

    nurse.get_by_text("Hand over to a colleague").click()
    nurse.get_by_label("Your colleague’s role").fill("Night nurse")
    nurse.get_by_label("Your colleague’s team").fill("Ward 9")
    after.get_by_role("button", name="Hand over").click()
    expect(after.locator("#after-code svg path")).to_have_attribute("d", re.compile("^M"))
    assert axe(nurse) == []

    colleague = browser.new_context(**PHONE).new_page()
    _opens(colleague, nurse.get_by_label("Link for your colleague").input_value(), "Sam, Ward 9")

    hers = _her_page(browser, served)
    hers.goto(f"{served.base_url}/story")
    hers.get_by_role("link", name="Inbox (4)").click()
    main = hers.get_by_role("main")
    for words in (DONE, "Is the blue cup yours?", "Offer the new frame", "Night nurse, Ward 9"):
        expect(main).to_contain_text(words)
    assert axe(hers) == []
    hers.get_by_role("button", name="Add it to my story").click()
    expect(main).to_contain_text("You added it to your story.")
    found = section(served.maud.database, served.maud.passport, "please-do")
    assert found.content == {"lines": ["Warm your hands first", "Offer the new frame"]}
    hers.get_by_text("Say thank you").last.click()
    hers.get_by_label("Your thank-you").last.fill("You listened.")
    hers.get_by_role("button", name="Send my thanks").last.click()
    expect(main).to_contain_text("You said thank you:")

    _opens(colleague, _link(served, share), "Sam, Ward 9")
    expect(colleague.locator("#after-thanks")).to_be_hidden()
    _opens(nurse, _link(served, share), "Nurse Ann, Ward 7")
    expect(nurse.locator("#after-thanks")).to_contain_text("You listened.")
    expect(nurse.locator("#story-body")).to_contain_text("Offer the new frame")
    assert troubles == []


def test_she_is_told_within_seconds_that_her_emergency_card_was_opened(browser, served, axe):
    maud = served.maud
    terms = emergency_terms("My wallet", ("please-do",))
    card = create_share(maud.database, PEPPER, maud.passport, terms)
    hers = _her_page(browser, served)
    hers.goto(f"{served.base_url}/story")
    notice = hers.locator("[data-openings]")
    expect(notice).to_be_hidden()

    paramedic = browser.new_context(**PHONE).new_page()
    _opens(paramedic, _link(served, card))
    expect(paramedic.locator("#after-hand-over")).to_be_hidden()

    expect(notice).to_contain_text("Someone opened your emergency card today at", timeout=15_000)
    assert axe(hers) == []
    notice.get_by_role("button", name="I have seen this").click()
    expect(notice).to_be_hidden()
