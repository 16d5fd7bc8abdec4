"""A link to send is copied in one press, or selected where the browser keeps that to itself."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.web.test_owner_card import signed_in_page

pytestmark = pytest.mark.browser
REFUSING = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"


def share_page(context: BrowserContext, served) -> Page:
    share = served.maud.share("please-do")
    page = signed_in_page(context, served)
    page.goto(f"{served.base_url}/shares/{share.share_id}")
    return page


def test_one_press_copies_the_link_and_says_so(served, browser, axe):
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = share_page(context, served)
        page.get_by_role("button", name="Copy the link").click()
        expect(page.get_by_text("The link is copied.")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()")
        expect(page.get_by_label("Link to send")).to_have_value(copied)
        assert copied.startswith(f"{served.base_url}/view#shlink:/")
        assert axe(page) == []


def test_a_browser_that_copies_nothing_has_the_link_selected(served, browser):
    with browser.new_context() as context:
        context.add_init_script(REFUSING)
        page = share_page(context, served)
        page.get_by_role("button", name="Copy the link").click()
        expect(page.get_by_text("The link is selected: copy it yourself.")).to_be_visible()
        link = page.get_by_label("Link to send")
        expect(link).to_be_focused()
        selected = link.evaluate("one => one.value.slice(one.selectionStart, one.selectionEnd)")
        expect(link).to_have_value(selected)


def test_without_scripts_there_is_no_press_that_does_nothing(served, browser):
    with browser.new_context(java_script_enabled=False) as context:
        page = share_page(context, served)
        expect(page.get_by_label("Link to send")).to_be_visible()
        expect(page.get_by_role("button", name="Copy the link")).to_be_hidden()
