"""Every state of the viewer for people who read differently."""

import pytest
from babel.support import Translations
from playwright.sync_api import expect

from passport.web.page_language import PAGE_LANGUAGES, TRANSLATIONS
from tests import accessibility
from tests.viewer.demo import demo_bundle
from tests.viewer.stories import story


def paste(reader, service, other_service):
    reader.page.goto(f"{service.origin}/view")
    reader.page.get_by_role("button", name=reader.said("Continue")).click()


def closed(reader, service, other_service):
    reader.scan(service.share_of(story(), label="For the ward", flag="P", exp=1))


def missing(reader, service, other_service):
    closed(reader, service, other_service)
    reader.page.get_by_role("button", name=reader.said("Open"), exact=True).click()


def wrong(reader, service, other_service):
    reader.scan(service.refusing(401, '{"remainingAttempts": 3}'))
    reader.press_open()


def revoked(reader, service, other_service):
    reader.refused(service.refusing(404))


def elsewhere(reader, service, other_service):
    reader.scan(other_service.share_of(story()))


def emergency(reader, service, other_service):
    reader.scan(service.share_of(story(), _kind="emergency"))


def opened(reader, service, other_service):
    reader.open(service.share_of(story(), label="For the ward"))


def unfolded(reader, service, other_service):
    reader.open(service.share_of(demo_bundle()))
    for summary in reader.story.locator("summary:visible").all():
        summary.click()


def scanning(reader, service, other_service):
    reader.page.goto(f"{service.origin}/view/scan")
    expect(reader.page.get_by_role("heading", level=1)).to_be_visible()


STATES = [paste, scanning, closed, missing, wrong, revoked, elsewhere, emergency, opened, unfolded]
LOOKS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "forced and dark": {"forced_colors": "active", "color_scheme": "dark"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_in_any_state(new_reader, service, other_service, axe, look):
    reader = new_reader(**LOOKS[look])
    for state in STATES:
        state(reader, service, other_service)
        assert axe(reader.page) == [], state.__name__
    # Paper has no colours of a system.
    reader.page.emulate_media(media="print", forced_colors="none", color_scheme="light")
    assert axe(reader.page) == []


@pytest.mark.parametrize("code", [code for code in PAGE_LANGUAGES if code != "en"])
def test_every_state_is_open_to_everyone_in_every_language(
    new_reader, service, other_service, code
):
    reader = new_reader(locale=code, viewport={"width": 320, "height": 640})
    reader.said = Translations.load(TRANSLATIONS, [code]).gettext
    axe = accessibility.problems_in(code)
    for state in STATES:
        state(reader, service, other_service)
        assert reader.page.evaluate("document.documentElement.lang") == code
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= 320, state.__name__
        assert axe(reader.page) == [], state.__name__


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_nothing_needs_sideways_scrolling(new_reader, service, other_service, width):
    reader = new_reader(viewport={"width": width, "height": 844})
    for state in STATES:
        state(reader, service, other_service)
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= width, state


def test_at_four_hundred_percent_zoom_everything_is_there(new_reader, service, other_service):
    reader = new_reader(viewport={"width": 320, "height": 256}, device_scale_factor=4)
    opened(reader, service, other_service)
    reader.page.get_by_role("button", name="Close").click()
    expect(reader.page.get_by_label("Or paste the link")).to_be_visible()


def test_the_whole_way_works_by_keyboard(reader, service):
    reader.scan(service.share_of(story()))
    keyboard = reader.page.keyboard
    reader.page.get_by_label("Who is reading?").focus()
    keyboard.type("Nurse")
    keyboard.press("Enter")
    expect(reader.story.get_by_role("heading", level=1)).to_be_focused()
    keyboard.press("Tab")
    expect(reader.page.get_by_role("button", name="Close")).to_be_focused()
    keyboard.press("Enter")
    expect(reader.page.get_by_label("Or paste the link")).to_be_visible()
