"""Help me back in, in real browsers: an owner who loses everything, and a helper with a phone."""

import re

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.accounts.helped import Later, name_helper
from tests.residents import PASSPHRASE, new_resident
from tests.web.test_every_page import TOO_WIDE

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
NEW_PASSPHRASE = "lantern gravel mosaic otter"


def _phone(browser: Browser, base_url: str, cookie: str = "", **more: bool) -> BrowserContext:
    context = browser.new_context(viewport=PHONE, **more)
    if cookie:
        context.add_cookies([{"name": "session", "value": cookie, "url": base_url}])
    return context


def _press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name=name).click()


def _scan(page: Page, folder) -> str:
    page.get_by_alt_text("QR code for your helper").screenshot(path=folder / "qr.png")
    (code,) = zxingcpp.read_barcodes(Image.open(folder / "qr.png"))
    return code.text


def _signs_in(page: Page, base_url: str, name: str) -> None:
    page.goto(f"{base_url}/sign-in")
    page.get_by_label("Your sign-in name").fill(name)
    page.get_by_label("Your passphrase", exact=True).fill(PASSPHRASE)
    _press(page, "Sign in")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_owner_who_loses_everything_is_helped_back_in(
    served, browser, axe, tmp_path, monkeypatch, scripts
):
    later, base, maud = Later(monkeypatch), served.base_url, served.maud
    sam, ada = new_resident(maud.database), new_resident(maud.database)
    of_ada = name_helper(maud, ada, "Ada")
    more = {"java_script_enabled": scripts}
    with (
        _phone(browser, base, maud.cookie, **more) as hers,
        _phone(browser, base, sam.cookie, **more) as sams,
        _phone(browser, base, **more) as anew,
    ):
        owner, helper, locked_out = hers.new_page(), sams.new_page(), anew.new_page()
        # She asks Sam, who scans her screen and says yes; they compare the number.
        owner.goto(f"{base}/account/recovery-helpers/ask")
        owner.get_by_label("What do you call them?").fill("Sam")
        owner.get_by_label("What do they call you?").fill("Maudie")
        _press(owner, "Make the code")
        link = _scan(owner, tmp_path)
        helper.goto(link)
        if scripts:
            expect(helper.get_by_label("The code")).not_to_be_empty()
            assert "#" not in helper.url
        else:
            helper.get_by_label("The code").fill(link.split("#")[1])
        _press(helper, "See who asks")
        expect(helper.get_by_role("heading", level=1)).to_contain_text("Maudie asks you")
        assert not scripts or axe(helper) == []
        _press(helper, "Yes, I will help")
        number = helper.locator(".passport-show__digits").inner_text()
        owner.goto(f"{base}/account/recovery-helpers")
        owner.get_by_role("link", name="Finish naming Sam").click()
        expect(owner.locator(".passport-show__digits")).to_have_text(number)
        _press(owner, "It is the same number: finish")
        expect(owner.get_by_role("main")).to_contain_text("Sam can help you back in now.")

        # Everything is lost. On a new phone she gets a number and reads it to both.
        later(72)
        locked_out.goto(f"{base}/recover")
        locked_out.get_by_role("link", name="Get back in with help").click()
        _press(locked_out, "Get a help number")
        told = locked_out.locator(".passport-show__digits").inner_text()
        assert not scripts or axe(locked_out) == []
        assert locked_out.evaluate(TOO_WIDE) == []
        _signs_in(helper, base, sam.name)
        helper.goto(f"{base}/helping-back-in")
        helper.get_by_role("button", name="Help Maudie back in").click()
        helper.get_by_label("Their help number").fill(told)
        _press(helper, "Help them back in")
        expect(helper.get_by_role("main")).to_contain_text("You have helped them")
        locked_out.reload()
        expect(locked_out.get_by_role("main")).to_contain_text("1 of 2 helpers has typed")
        with _phone(browser, base, **more) as adas:
            second = adas.new_page()
            _signs_in(second, base, ada.name)
            second.goto(f"{base}/helping-back-in/{of_ada}")
            second.get_by_label("Their help number").fill(told.replace(" ", ""))
            _press(second, "Help them back in")

        # Not a minute too soon; then she chooses a new passphrase and reads her story.
        later(47)
        locked_out.reload()
        expect(locked_out.get_by_label("Choose a new passphrase", exact=True)).to_have_count(0)
        later(1)
        locked_out.reload()
        assert not scripts or axe(locked_out) == []
        locked_out.get_by_label("Choose a new passphrase", exact=True).fill(NEW_PASSPHRASE)
        _press(locked_out, "Use this passphrase")
        expect(locked_out.get_by_role("heading", level=1)).to_contain_text("recovery code")
        expect(locked_out.get_by_role("main")).to_contain_text(maud.name)
        locked_out.goto(f"{base}/story/please-do")
        expect(locked_out.get_by_role("main")).to_contain_text("Warm your hands first")
        owner.goto(f"{base}/story")
        expect(owner).to_have_url(re.compile("/sign-in"))


def test_the_banner_stops_it_by_keyboard(served, browser, axe):
    base, maud = served.base_url, served.maud
    sam = new_resident(maud.database)
    of_sam = name_helper(maud, sam, "Sam")
    with (
        _phone(browser, base, maud.cookie) as hers,
        _phone(browser, base, sam.cookie) as sams,
        _phone(browser, base) as anew,
    ):
        owner, helper, locked_out = hers.new_page(), sams.new_page(), anew.new_page()
        locked_out.goto(f"{base}/recover/with-help")
        _press(locked_out, "Get a help number")
        helper.goto(f"{base}/helping-back-in/{of_sam}")
        number = locked_out.locator(".passport-show__digits").inner_text()
        helper.get_by_label("Their help number").fill(number)
        _press(helper, "Help them back in")
        owner.goto(f"{base}/story")
        news = owner.get_by_role("region", name="Help to get back in")
        expect(news).to_contain_text("Someone asked to be let back in")
        assert axe(owner) == []
        news.get_by_role("button", name="Stop it").focus()
        with owner.expect_navigation():
            owner.keyboard.press("Enter")
        expect(news).to_contain_text("It was stopped")
        locked_out.reload()
        expect(locked_out.get_by_role("main")).to_contain_text("This help was stopped")
