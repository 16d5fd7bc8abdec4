"""What a nurse sees on a phone held upright, before anything is scrolled or pressed."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.viewer.demo import demo_bundle
from tests.viewer.stories import document, section, story

PHONE = {"width": 390, "height": 844}
QUESTIONS = json.loads(Path(__file__).with_name("questions.json").read_text())
FIVE = ["most-important", "please-do", "please-dont", "communicate", "adjustments"]
# Where words stand, and the frame that could cut them off: [left, top, right, bottom] each.
WHERE = """
words => {
  const walker = document.createTreeWalker(document.querySelector('[data-view=story]'), 4);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + words.length);
    const holder = walker.currentNode.parentNode.closest('.story-text, .story-facts');
    const edges = box => [box.left, box.top, box.right, box.bottom];
    return [edges(range.getBoundingClientRect()), edges(holder.getBoundingClientRect())];
  }
}
"""
# The share of its room that each part was given, and all those by which the five end on screen.
SHARES_THAT_FIT = """
() => {
  const place = document.getElementById('story-first');
  const chosen = Number(place.style.getPropertyValue('--squeeze') || 1);
  const fits = [1, 0.9, 0.8, 0.7, 0.6, 0.5].filter(share => {
    place.style.setProperty('--squeeze', share);
    return place.getBoundingClientRect().bottom + scrollY <= innerHeight;
  });
  return [chosen, fits];
}
"""
# Words that begin on one line and end on another.
TORN_WORDS = """
() => {
  const torn = [];
  const walker = document.createTreeWalker(document.getElementById('story-first'), 4);
  while (walker.nextNode()) {
    for (const { 0: word, index } of walker.currentNode.data.matchAll(/[\\w’']+/g)) {
      const range = document.createRange();
      range.setStart(walker.currentNode, index);
      range.setEnd(walker.currentNode, index + word.length);
      const tops = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
      if (tops.size > 1) torn.push(word);
    }
  }
  return torn;
}
"""
FADED = 15
"""The last line of a folded part fades out, over as many pixels."""


@pytest.fixture
def phone(new_reader):
    return new_reader(viewport=PHONE)


def bottoms(reader):
    script = "all => all.map(one => [one.dataset.key, one.getBoundingClientRect().bottom])"
    return dict(reader.page.locator(".story-first > .story-part").evaluate_all(script))


def test_five_questions_are_answered_without_scrolling(phone, service):
    phone.open(service.share_of(demo_bundle()))
    assert phone.page.evaluate("scrollY") == 0
    expect(phone.story.get_by_role("heading", level=1)).to_have_text("Rosa")
    for asked in QUESTIONS:
        (left, top, right, bottom), frame = phone.page.evaluate(WHERE, asked["answer"])
        assert left >= max(0, frame[0]), asked
        assert top >= max(0, frame[1]), asked
        assert right <= min(PHONE["width"], frame[2]), asked
        assert bottom <= min(PHONE["height"], frame[3] - FADED), asked
    found = bottoms(phone)
    assert list(found) == FIVE
    assert max(found.values()) <= PHONE["height"]


def test_however_long_a_story_is_all_five_parts_show_and_open_in_full(phone, service):
    bundle = demo_bundle()
    for one in bundle["entry"][0]["resource"]["section"]:
        one["text"]["div"] = one["text"]["div"].replace("</div></div>", "<p>so on</p></div></div>")
        one["text"]["div"] = one["text"]["div"].replace("<p>so on</p>", "<p>so on</p>" * 9000)
    opened = phone.open(service.share_of(bundle))
    found = bottoms(phone)
    assert list(found) == FIVE
    assert max(found.values()) <= PHONE["height"]
    more = opened.get_by_role("button", name="More: Please do", exact=True)
    more.press("Enter")
    less = opened.get_by_role("button", name="Less: Please do", exact=True)
    expect(less).to_be_focused()
    expect(less).to_have_attribute("aria-expanded", "true")
    assert bottoms(phone)["please-do"] > PHONE["height"]


@pytest.mark.parametrize("height", [640, 700, 740, 780, 844])
def test_no_more_is_folded_than_has_to_be_when_one_of_two_sides_is_short(
    new_reader, service, height
):
    bundle = demo_bundle()
    sections = {one["title"]: one for one in bundle["entry"][0]["resource"]["section"]}
    sections["Please don't"]["text"]["div"] = (
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>No.</p></div>'
    )
    phone = new_reader(viewport={"width": 360, "height": height})
    phone.open(service.share_of(bundle))
    chosen, fits = phone.page.evaluate(SHARES_THAT_FIT)
    assert chosen == max(fits, default=0.5)


@pytest.mark.parametrize("size", ["150% text", "200% text"])
def test_large_letters_keep_words_whole_and_the_pressed_button_in_sight(phone, service, size):
    opened = phone.open(service.share_of(demo_bundle()))
    opened.get_by_text("Reading options").click()
    button = opened.get_by_role("button", name=size)
    button.click()
    expect(button).to_be_in_viewport()
    assert phone.page.evaluate(TORN_WORDS) == []


def test_on_a_wide_desk_the_contents_stand_beside_the_story(new_reader, service, axe):
    desk = new_reader(viewport={"width": 1440, "height": 900})
    opened = desk.open(service.share_of(demo_bundle()))
    contents = opened.get_by_role("navigation").get_by_role("link")
    contents.last.click()
    for link in contents.all():
        expect(link).to_be_in_viewport(ratio=1)
    beside = opened.get_by_role("navigation").bounding_box()
    words = opened.locator("#story-rest").bounding_box()
    assert beside["x"] > words["x"] + words["width"]
    assert beside["x"] + beside["width"] <= 1440
    assert axe(desk.page) == []


@pytest.mark.parametrize("letters", [20, 24, 32])
def test_contents_beside_the_story_leave_it_its_room_whatever_the_letters(
    new_reader, service, letters
):
    desk = new_reader(viewport={"width": 1920, "height": 1080})
    # As who set their browser to larger letters sees it, but for its media queries.
    desk.page.add_init_script(
        "addEventListener('DOMContentLoaded', () => "
        f"{{ document.documentElement.style.fontSize = '{letters}px'; }})"
    )
    opened = desk.open(service.share_of(demo_bundle()))
    beside = opened.get_by_role("navigation").bounding_box()
    head = opened.locator(".story-top").bounding_box()
    assert beside["x"] > head["x"] + head["width"]
    opened.get_by_text("Reading options").click()
    opened.get_by_role("button", name="125% text").click()
    opened.get_by_role("button", name="Close").click()
    expect(opened).to_be_hidden()


def test_the_rest_follows_in_the_order_that_the_person_chose(phone, service):
    opened = phone.open(service.share_of(demo_bundle()))
    shared = [one["title"] for one in demo_bundle()["entry"][0]["resource"]["section"]]
    expect(opened.locator("#story-rest h2")).to_have_text(shared[5:])
    expect(opened.get_by_role("navigation").get_by_role("link")).to_have_text(shared[5:])
    dates = opened.locator(".story-dates li")
    expect(dates).to_have_count(5)
    expect(dates.first).to_contain_text("Written by the person. Written on")


def test_the_accessibility_tree_reads_in_the_order_of_the_page(phone, service):
    opened = phone.open(service.share_of(story()))
    spoken = opened.aria_snapshot()
    wanted = ["Mina", "Amina Example", "What is most important", "Please do", "Please don’t"]
    wanted += ["How I communicate", "person’s own words", "Contents", "My story so far"]
    places = [spoken.index(words) for words in wanted]
    assert places == sorted(places)


def test_a_story_of_other_parts_has_no_empty_first_screen(phone, service):
    opened = phone.open(service.share_of(document(section("Something else", "<p>Words</p>"))))
    expect(opened.locator("#story-first")).to_be_hidden()
    expect(opened.locator("#story-rest")).to_contain_text("Words")


def test_an_emergency_card_opens_in_one_press_and_says_what_it_is(phone, service, axe):
    phone.scan(service.share_of(demo_bundle()))
    phone.page.get_by_label("Who is reading?").fill("Not for the card")
    card = service.share_of(demo_bundle(), _kind="emergency")
    phone.page.evaluate("link => { location.hash = link }", card)
    expect(phone.page.get_by_role("heading", level=1, name="Emergency card")).to_be_visible()
    expect(phone.page.get_by_label("Who is reading?")).to_be_hidden()
    assert axe(phone.page) == []
    phone.page.get_by_role("button", name="Open the emergency card").click()
    card = phone.story.get_by_text("Emergency card: the person chose these parts")
    expect(card).to_be_visible()
    assert service.asked[0]["json"]["recipient"] == "Someone who opened the emergency card"
    phone.scan(service.share_of(demo_bundle(), _kind="something"))
    expect(phone.page.get_by_label("Who is reading?")).to_be_visible()
