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
    phone.scan(service.share_of(demo_bundle(), _kind="emergency"))
    expect(phone.page.get_by_role("heading", level=1, name="Emergency card")).to_be_visible()
    expect(phone.page.get_by_label("Who is reading?")).to_be_hidden()
    assert axe(phone.page) == []
    phone.page.get_by_role("button", name="Open the emergency card").click()
    card = phone.story.get_by_text("Emergency card: the person chose these parts")
    expect(card).to_be_visible()
    assert service.asked[0]["json"]["recipient"] == "Someone who opened the emergency card"
    phone.scan(service.share_of(demo_bundle(), _kind="something"))
    expect(phone.page.get_by_label("Who is reading?")).to_be_visible()
