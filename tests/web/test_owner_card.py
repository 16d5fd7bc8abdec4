"""The owner card in real browsers: printed at home, scanned with somebody else's phone."""

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

PHONE = {"width": 390, "height": 844}
PIN = "8352"


def signed_in_page(context, served) -> Page:
    context.add_cookies([{"name": "session", "value": served.maud.cookie, "url": served.base_url}])
    return context.new_page()


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def make_a_card(page: Page, served) -> None:
    page.goto(f"{served.base_url}/account")
    page.get_by_role("link", name="Ways in").click()
    page.get_by_role("link", name="Make a card").click()
    page.get_by_label("What do you call this card?").fill("Purse")
    page.get_by_label("Choose a PIN").fill(PIN)
    press(page, "Make the card")


def scanned(page: Page) -> str:
    """What a phone reads off the card as it comes out of the printer."""
    page.emulate_media(media="print")
    picture = page.locator(".passport-card").screenshot()
    page.emulate_media(media="screen")
    found = zxingcpp.read_barcodes(Image.open(BytesIO(picture)))
    assert len(found) == 1
    return found[0].text


@pytest.fixture
def at_home(browser: Browser, served):
    with browser.new_context() as context:
        yield signed_in_page(context, served)


def test_a_printed_card_and_its_pin_open_the_story_on_any_phone(at_home, browser, served, axe):
    make_a_card(at_home, served)
    address = scanned(at_home)
    assert address.startswith(f"{served.base_url}/card#")
    press(at_home, "I have printed it")
    with browser.new_context(viewport=PHONE) as context:
        phone = context.new_page()
        asked = []
        phone.on("request", lambda request: asked.append(request.url))
        phone.goto(address)
        assert phone.url == f"{served.base_url}/card"
        assert phone.evaluate("document.activeElement.id") == "pin"
        assert phone.get_by_label("Your PIN").get_attribute("inputmode") == "numeric"
        expect(phone.get_by_text("We have read your card.")).to_be_visible()
        assert axe(phone) == []
        phone.keyboard.type(PIN)
        phone.keyboard.press("Enter")
        phone.wait_for_url("**/story")
        phone.get_by_role("link", name="Please do", exact=True).click()
        expect(phone.get_by_text("Warm your hands first")).to_be_visible()
        code = address.partition("#")[2]
        assert not any(code in url for url in asked)


def test_a_printed_card_is_as_large_as_a_bank_card_and_alone_on_its_page(at_home, served):
    make_a_card(at_home, served)
    at_home.emulate_media(media="print")
    for side in at_home.locator(".passport-card__side").all():
        box = side.bounding_box()
        millimetres = [round(pixels * 25.4 / 96, 1) for pixels in (box["width"], box["height"])]
        assert millimetres == [85.6, 54.0]
        assert side.evaluate("side => side.scrollHeight <= side.clientHeight + 1")
    for words in ("Print your card", "Try it now"):
        expect(at_home.get_by_text(words)).to_be_hidden()
    expect(at_home.get_by_role("button", name="I have printed it")).to_be_hidden()
    assert at_home.pdf().count(b"/Type /Page\n") == 1


def test_the_keyboard_alone_makes_and_uses_a_card(at_home, browser, served):
    at_home.goto(f"{served.base_url}/ways-in/cards/new")
    at_home.get_by_label("Choose a PIN").focus()
    at_home.keyboard.type(PIN)
    at_home.keyboard.press("Enter")
    at_home.wait_for_url("**/ways-in/cards/*")
    address = scanned(at_home)
    with browser.new_context(viewport=PHONE) as context:
        phone = context.new_page()
        phone.goto(address)
        phone.keyboard.type("9146")
        with phone.expect_navigation():
            phone.keyboard.press("Enter")
        expect(
            phone.get_by_role("alert").get_by_text("The card or the PIN is not right")
        ).to_be_visible()
        # The code is still there: only the PIN is to be typed again.
        phone.get_by_label("Your PIN").focus()
        phone.keyboard.type(PIN)
        phone.keyboard.press("Enter")
        phone.wait_for_url("**/story")


def test_without_scripts_the_groups_are_typed(at_home, browser, served):
    make_a_card(at_home, served)
    groups = at_home.get_by_role("list", name="The card’s code, 13 groups").inner_text().split()
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        phone = context.new_page()
        phone.goto(f"{served.base_url}/card")
        phone.get_by_label("The code on your card").fill(" ".join(groups).lower())
        phone.get_by_label("Your PIN").fill(PIN)
        press(phone, "Sign in")
        assert phone.url == f"{served.base_url}/story"
