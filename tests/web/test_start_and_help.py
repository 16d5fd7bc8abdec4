"""The first page, the example and help: for everybody, before anybody has an account."""

import json
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from passport.crypto.share_file import decode_key, decrypt_file
from passport.sharing.example_share import INVENTED, example_link
from passport.sharing.shlink import parse
from passport.web.help_topics import GROUPS, TOPICS
from passport.web.help_topics.of_pages import is_known, topic_of
from tests.applications import make_app
from tests.web.roles import World, make_world

OPEN_TO_STRANGERS = [
    "/",
    "/example",
    "/example/shares",
    "/example/reader",
    "/example/inbox",
    "/example/file",
    "/example/qr.svg",
    "/help",
    "/credits",
    *(f"/help/{key}" for key in TOPICS),
]
EXAMPLE_PAGES = ("/example", "/example/shares", "/example/reader", "/example/inbox")


@pytest.fixture
def world(tmp_path) -> World:
    return make_world(tmp_path)


def test_a_stranger_looks_around_and_nothing_is_kept_of_it(world):
    before = world.digest()
    for address in OPEN_TO_STRANGERS:
        answer = world.asks("stranger", "GET", address, {})
        assert answer.status_code == 200, address
        assert "session" not in answer.headers.get("Set-Cookie", ""), address
    assert world.digest() == before


def test_every_page_of_the_example_says_that_it_is_one(stranger):
    for address in EXAMPLE_PAGES:
        assert "Rosa is invented." in stranger.sees(address).text


def test_the_examples_link_opens_what_its_ward_was_given_and_no_more(stranger):
    link = parse(example_link("https://passport.example"))
    answer = stranger.client.get(urlsplit(link.url).path, base_url=stranger.base_url)
    bundle, _ = decrypt_file(decode_key(link.key), answer.text)
    told = json.dumps(json.loads(bundle), ensure_ascii=False)
    assert "Take blood from my right arm" in told
    assert INVENTED in told
    assert "I was held down once" not in told
    assert "18 Lantern Row" not in told


def test_each_page_leads_to_help_that_exists(app):
    rules = list(app.url_map.iter_rules())
    ours = [
        r for r in rules if app.view_functions[r.endpoint].__module__.startswith("passport.web")
    ]
    groups = {r.endpoint.partition(".")[0]: r.endpoint for r in ours if "." in r.endpoint}
    assert [group for group in groups if not is_known(group)] == [], "say in of_pages what helps"
    named = {topic_of(r.endpoint.partition(".")[0], r.endpoint) for r in ours}
    assert named - {None} <= TOPICS.keys()
    assert {"sharing", "qr-code", "passcode", "supporters", "ways-in", "printing"} <= named


def test_help_with_this_page_is_at_the_end_of_it(stranger, signed_in):
    assert 'href="/help/signing-in">Help with this page' in stranger.sees("/sign-in").text
    assert 'href="/help/sharing">Help with this page' in signed_in.sees("/shares").text
    assert 'href="/help/telling">Help with this page' in signed_in.sees("/story").text


def test_help_that_is_none_says_so(stranger):
    answer = stranger.client.get("/help/nothing-of-the-kind", base_url=stranger.base_url)
    assert answer.status_code == 404


def test_every_topic_stands_once_in_the_list_of_all(stranger):
    page = stranger.sees("/help").text
    assert sum(len(group.topics) for group in GROUPS) == len(TOPICS)
    assert [key for key in TOPICS if page.count(f'<li><a href="/help/{key}">') != 1] == []


def test_a_complaint_finds_whoever_runs_the_service(tmp_path):
    app = make_app(tmp_path, contact="help@passport.example")
    page = app.test_client().get("/help/complain", base_url="http://localhost").text
    assert 'href="mailto:help@passport.example"' in page


def test_the_example_opens_in_the_page_that_staff_use_and_says_there_that_it_is_one(served, page):
    page.goto(f"{served.base_url}/")
    page.get_by_role("link", name="Look around in an example first").click()
    page.get_by_role("link", name="What staff see").click()
    page.get_by_role("button", name="Open it as staff do").click()
    page.get_by_label("Who is reading?").fill("Nurse, Ward 5")
    page.get_by_role("button", name="Open", exact=True).click()
    page.get_by_role("heading", name=f"Rosa ({INVENTED})").wait_for()
    expect(page.get_by_text("Take blood from my right arm").first).to_be_visible()
