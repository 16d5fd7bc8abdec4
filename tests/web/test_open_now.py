"""Across a desk: the page with the code says who has it open, the moment that it is opened."""

from playwright.sync_api import expect

from passport.sharing.read_share import read_manifest
from passport.sharing.receipts import Reader
from tests.residents import reading


def test_the_page_with_the_code_says_at_once_who_has_it_open(served, browser):
    share = served.maud.share("please-do")
    with browser.new_context() as context:
        context.add_cookies(
            [{"name": "session", "value": served.maud.cookie, "url": served.base_url}]
        )
        context.add_init_script(
            "Object.defineProperty(navigator, 'wakeLock', {value: "
            "{request: async (kind) => document.documentElement.setAttribute('data-awake', kind)}})"
        )
        page = context.new_page()
        page.goto(f"{served.base_url}/shares/{share.share_id}")
        said = page.locator(".passport-show [role=status]")
        expect(said).to_be_empty()
        expect(page.locator("html")).to_have_attribute("data-awake", "screen")
        address = share.record.secrets.address
        read_manifest(reading(served.maud.database), address, Reader("Ward <7>"), None)
        expect(said).to_have_text("Ward <7> has it open now.")
        expect(page.get_by_role("main")).not_to_contain_text("Nobody has read it yet.")
