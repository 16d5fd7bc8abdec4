"""Every state of the viewer for people who read differently."""

import pytest
from playwright.sync_api import expect

from tests.viewer.stories import story

WIDTHS = [320, 390, 1440]


def paste(reader, service, other_service):
    reader.page.goto(f"{service.origin}/view")
    reader.page.get_by_role("button", name="Continue").click()


def closed(reader, service, other_service):
    reader.scan(service.share_of(story(), label="For the ward", flag="P", exp=1))


def missing(reader, service, other_service):
    closed(reader, service, other_service)
    reader.page.get_by_role("button", name="Open", exact=True).click()


def wrong(reader, service, other_service):
    reader.scan(service.refusing(401, '{"remainingAttempts": 3}'))
    reader.press_open()


def revoked(reader, service, other_service):
    reader.refused(service.refusing(404))


def elsewhere(reader, service, other_service):
    reader.scan(other_service.share_of(story()))


def opened(reader, service, other_service):
    reader.open(service.share_of(story(), label="For the ward"))


STATES = [paste, closed, missing, wrong, revoked, elsewhere, opened]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing(new_reader, service, other_service, axe, state, scheme):
    reader = new_reader(color_scheme=scheme)
    state(reader, service, other_service)
    assert axe(reader.page) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_nothing_needs_sideways_scrolling(new_reader, service, other_service, state, width):
    reader = new_reader(viewport={"width": width, "height": 844})
    state(reader, service, other_service)
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width


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


def test_forced_colours_keep_every_edge(new_reader, service, other_service, axe):
    reader = new_reader(forced_colors="active")
    opened(reader, service, other_service)
    assert axe(reader.page) == []


def test_print_shows_the_words_and_no_buttons(reader, service, other_service):
    opened(reader, service, other_service)
    reader.page.emulate_media(media="print")
    expect(reader.story).to_contain_text("left arm")
    expect(reader.page.get_by_role("button")).to_have_count(0)
