"""Every page in a real browser: nothing keeps people out of it, and it fits a narrow screen."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, product

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from passport import clock
from passport.accounts.help_tickets import new_ticket
from passport.accounts.helper_invitations import invite_helper
from passport.accounts.helping_back_in import help_back_in
from passport.accounts.invitations import accept_invitation, invite
from passport.accounts.owner_cards import confirm_card, make_card
from passport.media.clean_here import clean_here
from passport.sharing.save_attachment import save_attachment
from passport.sharing.unfinished import keep_choices
from passport.story.attachment import Attachment
from passport.story.uploads import begin_upload
from passport.web.share_steps import FORMS
from tests import accessibility
from tests.accounts.helped import name_helper
from tests.media.made_media import photo, sound
from tests.residents import CHEAP, PASSPHRASE, PEPPER, new_resident
from tests.supporters import some_terms, supporter_of

TRY = "0" * 32
NARROW = {"width": 320, "height": 640}
LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2
TOO_WIDE = """() => {
  const room = innerWidth, end = document.documentElement.scrollWidth;
  const sticksOut = ({left, right}) => left < -1 && left > -room || right > room + 1;
  return end <= room ? [] : [`${end} pixels`, ...[...document.querySelectorAll("main *, body > *")]
    .filter((one) => sticksOut(one.getBoundingClientRect()))
    .map((one) => one.outerHTML.slice(0, 160))].slice(0, 4);
}"""
STRANGERS = [
    "/",
    "/example",
    "/example/reader",
    "/help",
    "/sign-up",
    "/sign-in",
    "/recover",
    "/recover/with-help",
    "/recover/with-help/code",
    "/help-back-in",
    "/card",
    "/nowhere",
]


@pytest.fixture
def narrow(browser: Browser, served) -> Iterator[Page]:
    """A narrow browser with Maud signed in."""
    with browser.new_context(viewport=NARROW) as context:
        context.add_cookies(
            [{"name": "session", "value": served.maud.cookie, "url": served.base_url}]
        )
        accessibility.bring_along(context)
        yield context.new_page()


def page_addresses(app: Flask, share_id: str, own_key: str, **ids: str) -> Iterator[str]:
    """The address of every page of the web room that can be looked at."""
    values = {"share_id": share_id, "number": 1, "kind": "wallet-card", "topic": "complain", **ids}
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if "GET" not in rule.methods or not view.__module__.startswith("passport.web"):
            continue
        if rule.rule.endswith((".svg", ".png", ".json")) or rule.rule in (
            "/leave",
            "/example/file",
        ):
            continue
        if rule.endpoint == "static":
            continue
        if rule.rule.endswith("/content") or "upload_id" in rule.arguments:
            continue
        keys = (
            ["people", "identity", "crisis", own_key, "home"] if "key" in rule.arguments else [""]
        )
        if "attachment_id" in rule.arguments:
            keys = ["people"]
        for key, step in product(keys, FORMS if "step" in rule.arguments else [""]):
            if key != "home" or "versions" not in rule.rule:
                found = {**values, "key": key, "step": step}
                yield app.url_map.bind("localhost").build(
                    rule.endpoint, {a: found[a] for a in rule.arguments}
                )


def write_a_full_story(served) -> tuple[str, str]:
    """Long words everywhere. Returns the id of a share and the key of an own section."""
    maud, own_key = served.maud, "own-0badcafe"
    maud.write("people", [{"name": LONG, "relationship": "My daughter", "phone": "07700 900123"}])
    maud.write("crisis", {"helps": ["Quiet", LONG]}, sensitive=True)
    maud.write("identity", {"called": "Maudie", "nhs-number": "123", "address": "1 Row\nHolm"})
    maud.write(own_key, "Biscuit", title=LONG)
    share = maud.share(
        "people", own_key, "crisis", recipient=LONG, identity=("called",), with_passcode=True
    )
    return share.share_id, own_key


def files_of(served) -> str:
    """A photo, a sound and a half-sent one, with long words. Returns the photo's id."""
    maud = served.maud
    files = [
        Attachment("dog.jpg", "image/jpeg", clean_here(photo()).content, LONG, "A brown dog"),
        Attachment("note.mp3", "audio/mpeg", clean_here(sound()).content),
    ]
    kept = [save_attachment(maud.database, maud.passport, "people", file) for file in files]
    begin_upload(maud.database, maud.passport, "people", "voice")
    return kept[0].attachment_id


def share_to_look_at(served) -> str:
    """A try at a share for which all is chosen, long words and sensitive ones among it."""
    typed = {
        "who": [("recipient", LONG), ("kind", "ward")],
        "what": [("sections", "people"), ("sensitive", "crisis"), ("identity", "called")],
        "how-long": [("duration", "day"), ("last_day-day", "1"), ("last_day-month", "2")],
        "passcode": [("passcode", "yes"), ("may_hand_over", "y")],
    }
    year = ("last_day-year", str(clock.now().year + 1))
    fields = [*chain(*typed.values()), year, *((f"done-{step}", "1") for step in typed)]
    keep_choices(served.maud.database, served.maud.passport, TRY, (), fields)
    return TRY


def card_to_print(served) -> str:
    """A card with a long name, beside another that is printed. Returns its slot's id."""
    maud = served.maud
    printed = make_card(maud.database, CHEAP, maud.passport, "8352", "Purse")
    confirm_card(maud.database, maud.passport, printed)
    return make_card(maud.database, CHEAP, maud.passport, "8352", LONG)


def supporters_of(served) -> dict[str, str]:
    """A supporter with a long name, an invitation, and somebody whom she supports herself."""
    maud = served.maud
    terms = replace(some_terms("read", sections=frozenset({"people", "home"})), name="Llanfair" * 7)
    other = new_resident(maud.database)
    code = invite(maud.database, other.passport, some_terms()).code
    return {
        "supporter_id": supporter_of(maud, terms).supporter_id,
        "invitation_id": invite(maud.database, maud.passport, terms).invitation_id,
        "supported_id": accept_invitation(maud.database, maud.passport, code, "Maud").supporter_id,
    }


def recovery_helpers_of(served) -> dict[str, str]:
    """One who helps, one who was asked, one whom Maud helps, and a request under way."""
    maud, database = served.maud, served.maud.database
    helper, owner, second = (new_resident(database) for _ in range(3))
    ids = {
        "helper_id": name_helper(maud, second, LONG[:60], confirmed=False),
        "asked_id": invite_helper(database, maud.passport, LONG[:60], LONG[:60]).invitation_id,
        "helped_id": name_helper(owner, maud, "Maud"),
    }
    their = name_helper(maud, helper, "Ada")
    help_back_in(database, PEPPER, helper.passport, their, new_ticket(database, PEPPER).number)
    return ids


def problems_of(page: Page, axe: Callable[[Page], list[str]]) -> list[str]:
    too_wide = page.evaluate(TOO_WIDE)
    headings = page.locator("h1").count()
    found = axe(page)
    found += [f"too wide: {what}" for what in too_wide]
    return found + ([] if headings == 1 else [f"{headings} main headings"])


def press(page: Page, name: str) -> None:
    """Press a button, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_every_page_is_open_to_everyone_at_320_pixels(served, narrow, axe):
    """Table-driven: a new page is held to it from its first day."""
    errors: list[str] = []
    narrow.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
    addresses = list(
        page_addresses(
            served.app,
            *write_a_full_story(served),
            slot_id=card_to_print(served),
            attachment_id=files_of(served),
            try_id=share_to_look_at(served),
            **supporters_of(served),
            **recovery_helpers_of(served),
        )
    )
    assert len(addresses) > 20
    found = {}
    for address in addresses:
        errors.clear()
        narrow.goto(served.base_url + address)
        found[address] = problems_of(narrow, axe) + errors
        expect(narrow).to_have_title(re.compile(" – Story Passport$"))
    assert {address: problems for address, problems in found.items() if problems} == {}


@pytest.mark.parametrize(
    ("address", "button"),
    [
        ("/story/own/new", "Save"),
        ("/shares/new", "Go on"),
        ("/ways-in/passphrase", "Use this passphrase"),
        ("/ways-in/cards/new", "Make the card"),
    ],
)
def test_a_page_with_errors_is_open_to_everyone_too(served, narrow, axe, address, button):
    narrow.goto(served.base_url + address)
    press(narrow, button)
    expect(narrow).to_have_title(re.compile("^Error: "))
    assert problems_of(narrow, axe) == []
    narrow.get_by_role("alert").get_by_role("link").first.click()
    expect(narrow.locator("input:focus, textarea:focus")).to_have_count(1)


def test_strangers_pages_are_open_to_everyone(served, browser, axe):
    with browser.new_context(viewport=NARROW) as context:
        page, found = context.new_page(), {}
        for address in STRANGERS:
            page.goto(served.base_url + address)
            found[address] = problems_of(page, axe)
    assert {address: problems for address, problems in found.items() if problems} == {}


def test_two_texts_and_the_sign_in_between_are_open_to_everyone(served, narrow, axe):
    narrow.goto(f"{served.base_url}/story/please-do/edit")
    served.maud.write("please-do", ["Saved on my phone"])
    narrow.get_by_label("What should people do?").fill("Typed at the desk")
    press(narrow, "Save")
    assert problems_of(narrow, axe) == []
    expect(narrow.get_by_text("Saved on my phone")).to_be_visible()
    narrow.context.clear_cookies(name="session")
    press(narrow, "Save")
    assert problems_of(narrow, axe) == []


def test_the_whole_way_without_scripts(served, browser):
    """From signing up to a stopped share, in a browser that runs no script at all."""
    with browser.new_context(viewport=NARROW, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{served.base_url}/sign-up")
        page.get_by_label("Choose a name to sign in with").fill("Amina K")
        page.get_by_label("Choose a passphrase").fill(PASSPHRASE)
        press(page, "Make my passport")
        press(page, "I have kept it")
        page.get_by_role("link", name="Please do", exact=True).click()
        page.get_by_label("What should people do?").fill("Speak slowly\nAsk first")
        press(page, "Save")
        expect(page.get_by_role("listitem").filter(has_text="Ask first")).to_be_visible()
        page.get_by_role("link", name="Shares").click()
        press(page, "Share my story")
        page.get_by_label("Name of the team or person").fill("Ward 7")
        press(page, "Go on")
        page.get_by_label("Please do").check()
        press(page, "Go on")
        page.get_by_label("30 days").check()
        press(page, "Go on")
        press(page, "Look at it before you share")
        expect(page.get_by_text("Ask first")).to_be_visible()
        press(page, "Make the QR code and link")
        expect(page.get_by_alt_text("QR code that opens this share")).to_be_visible()
        press(page, "Stop it for good")
        press(page, "Stop it for good")
        expect(page.get_by_text("You stopped it.")).to_be_visible()


def test_the_keyboard_alone_reaches_save(served, narrow):
    narrow.goto(f"{served.base_url}/story/please-do/edit")
    narrow.keyboard.press("Tab")
    assert narrow.evaluate("document.activeElement.textContent.trim()") == "Skip to main content"
    narrow.keyboard.press("Enter")
    narrow.keyboard.press("Tab")
    narrow.keyboard.type("x")
    for _ in range(10):
        narrow.keyboard.press("Tab")
        if narrow.evaluate("document.activeElement.textContent.trim()") == "Save":
            break
    narrow.keyboard.press("Enter")
    narrow.wait_for_url("**/story/please-do#maincontent")


def test_enter_in_a_persons_box_saves(served, narrow, axe):
    narrow.goto(f"{served.base_url}/story/people/edit")
    narrow.get_by_label("Name").fill("Ada")
    narrow.keyboard.press("Enter")
    narrow.wait_for_url("**/story/people")
    expect(narrow.get_by_text("Ada")).to_be_visible()


def test_a_whole_recovery_code_can_be_seen_in_its_box(served, browser):
    with browser.new_context(viewport=NARROW) as context:
        page = context.new_page()
        page.goto(f"{served.base_url}/recover")
        box = page.get_by_label("Your recovery code")
        box.fill("-".join(["MWMWM"] * 8))
        assert box.evaluate("box => box.scrollHeight <= box.clientHeight")
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_the_letters_left_are_told_while_typing(served, narrow):
    narrow.goto(f"{served.base_url}/story/my-story/edit")
    narrow.get_by_label("What is your story?").fill("x" * 20_005)
    expect(narrow.get_by_text("You have 5 letters too many").first).to_be_visible()


def test_an_empty_passport_is_open_to_everyone(served, browser, axe):
    with browser.new_context(viewport=NARROW) as context:
        page = context.new_page()
        page.goto(f"{served.base_url}/sign-up")
        page.get_by_label("Choose a name to sign in with").fill("Nia")
        page.get_by_label("Choose a passphrase").fill(PASSPHRASE)
        press(page, "Make my passport")
        for address in ("/recovery-code", "/story", "/shares", "/shares/new"):
            page.goto(served.base_url + address)
            assert problems_of(page, axe) == []
