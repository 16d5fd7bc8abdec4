"""After opening: what is new, how a reader likes to read, and copies for the record."""

import json
from types import SimpleNamespace

import pytest
from flask import Response
from playwright.sync_api import expect

from tests.viewer.demo import demo_bundle
from tests.viewer.stories import document, section
from tests.viewer.story_service import base64url, embedded, link_to

# A browser with one voice of its own and one that would be sent the words.
VOICES = """
window.spoken = [];
Object.defineProperty(window, 'speechSynthesis', {value: {
  getVoices: () => [
    {lang: 'en-US', localService: false, name: 'far'},
    {lang: 'en-GB', localService: true, name: 'near'},
  ],
  speak: (piece) => window.spoken.push([piece.voice.name, piece.text]),
  cancel: () => { window.spoken = []; },
}});
window.SpeechSynthesisUtterance = class extends EventTarget {
  constructor(text) { super(); this.text = text; }
};
"""
STORED = "Object.entries(localStorage).map((pair) => pair.join(' ')).join(' ')"


@pytest.fixture
def share(service):
    """A share whose story a test may change: `share.sections`."""
    key = base64url(bytes(range(32)))
    written = [section("Please do", "<p>Look at me</p>"), section("Home", "<p>Key</p>")]

    def answer():
        return Response(json.dumps({"files": [embedded(document(*made.sections), key)]}))

    made = SimpleNamespace(sections=written, link=link_to(service.at_new_address(answer), key))
    return made


def test_who_comes_back_sees_what_is_new_and_the_device_keeps_no_words(reader, service, share):
    opened = reader.open(share.link)
    news = opened.locator("#story-news")
    expect(opened.locator("#story-rest")).to_contain_text("Key")
    expect(news).to_be_hidden()
    reader.page.wait_for_function("() => localStorage.length === 1")
    share.sections = [section("Please do", "<p>Look at me first</p>"), section("New", "<p>n</p>")]
    reader.open(share.link)
    expect(news.get_by_role("listitem")).to_have_text(
        ["Changed: Please do", "New: New", "Parts that are gone: 1"]
    )
    kept = reader.page.evaluate(STORED)
    for word in ("Please", "Look", "Home", share.link[-20:], "/shl/", "Nurse"):
        assert word not in kept
    assert len(service.asked) == 2
    opened.get_by_role("button", name="Forget it").click()
    expect(news).to_be_hidden()
    assert reader.page.evaluate("localStorage.length") == 0


def test_nothing_new_is_said_too(reader, share):
    reader.open(share.link)
    reader.page.wait_for_function("() => localStorage.length === 1")
    reader.open(share.link)
    expect(reader.page.locator("#news-list")).to_have_text("Nothing has changed.")


def test_copies_for_the_record_say_that_they_no_longer_change(new_reader, service):
    reader = new_reader(permissions=["clipboard-read", "clipboard-write"])
    bundle = demo_bundle()
    opened = reader.open(service.share_of(bundle))
    opened.get_by_text("Put it in the record").click()
    expect(opened).to_contain_text("A copy does not change when the person changes their story")
    opened.get_by_role("button", name="Copy as text").click()
    expect(opened.locator("#record-said")).to_contain_text("does not change any more")
    text = reader.page.evaluate("navigator.clipboard.readText()").replace("\r", "")
    assert text.startswith("ABOUT ME: Rosa\nSource: Story Passport")
    for line in (
        "by Nurse, Ward 5.",
        "NHS number: 943 476 5919",
        "\n\nWHAT IS MOST IMPORTANT TO ME\nI was a midwife",
        "\n\nPLEASE DO AND PLEASE DON’T: PLEASE DON'T\n- Do not touch my left arm",
        "\n- Use short sentences",
    ):
        assert line in text
    assert "shlink" not in text
    assert "/shl/" not in text
    with reader.page.expect_download() as started:
        opened.get_by_role("button", name="Download as FHIR").click()
    assert json.loads(started.value.path().read_text()) == bundle
    assert "rosa" not in started.value.suggested_filename.lower()


def test_print_is_one_or_two_pages_of_a4_with_every_word_and_no_link(reader, service, axe):
    opened = reader.open(service.share_of(demo_bundle()))
    printed = reader.page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") in (1, 2)
    reader.page.emulate_media(media="print")
    expect(opened).to_contain_text("Let Imogen stay with me")
    expect(opened).to_contain_text("This is a copy on paper")
    expect(reader.page.get_by_role("button")).to_have_count(0)
    assert axe(reader.page) == []
    assert "shlink" not in reader.page.inner_text("body")


def test_how_a_reader_likes_to_read_is_kept_on_this_device(reader, service):
    opened = reader.open(service.share_of(demo_bundle()))
    words = opened.locator(".story-text p").first
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    before = words.evaluate(size)
    opened.get_by_text("Reading options").click()
    opened.get_by_role("button", name="200% text").click()
    assert words.evaluate(size) == 2 * before
    opened.get_by_role("button", name="More space").click()
    assert words.evaluate("one => getComputedStyle(one).letterSpacing") != "normal"
    assert not [url for url in reader.requests if "fonts/" in url]
    with reader.page.expect_request("**/fonts/atkinson*"):
        opened.get_by_role("button", name="Clearer letters").click()
    reader.page.reload()
    expect(reader.page.locator("html")).to_have_attribute("data-size", "200")


def test_a_story_is_read_aloud_only_by_a_voice_of_this_device(reader, service):
    reader.page.add_init_script(VOICES)
    opened = reader.open(service.share_of(demo_bundle()))
    opened.get_by_role("button", name="Read aloud").click()
    spoken = reader.page.evaluate("spoken")
    assert spoken[0] == ["near", "What is most important to me"]
    assert {voice for voice, _ in spoken} == {"near"}
    assert ["near", "Let Imogen stay with me"] in spoken
    opened.get_by_role("button", name="Stop reading").click()
    assert reader.page.evaluate("spoken") == []
    expect(opened.get_by_role("button", name="Read aloud")).to_be_visible()
