"""Links and answers that don't open: each says what happened and what to do next."""

import json
import secrets

import pytest
from flask import Response
from playwright.sync_api import expect

from tests.viewer.stories import story
from tests.viewer.story_service import FHIR_JSON, base64url, embedded, link_to, seal

KEY = base64url(bytes(range(32)))
ADDRESS = "https://service.example/shl/" + "a" * 43
ASK = "Ask the person to show you a new code or link"


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "no longer active"), (410, "no longer active")],
)
def test_a_dead_link_says_so_and_nothing_about_whom(reader, service, status, words):
    problem = reader.refused(service.refusing(status, '{"detail": "Mina"}'))
    expect(problem).to_contain_text(words)
    expect(problem).to_contain_text(ASK)
    expect(problem).not_to_contain_text("Mina")
    expect(problem.get_by_role("heading")).to_be_focused()


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (500, "has a problem"),
        (503, "has a problem"),
        (400, "did not accept"),
        (415, "did not accept"),
    ],
)
def test_trouble_of_the_service_lets_the_reader_try_again(reader, service, status, words):
    reader.scan(service.refusing(status, "<h1>trace</h1>"))
    reader.press_open()
    expect(reader.summary).to_contain_text(words)
    expect(reader.page.get_by_label("Who is reading?")).to_have_value("Nurse, Ward 5")


def test_too_many_tries_are_held_back_for_as_long_as_the_service_says(reader, service):
    reader.scan(service.refusing(429, Retry_After="120"))
    reader.press_open()
    expect(reader.summary).to_contain_text("Wait 2 minutes")
    reader.press_open()
    expect(reader.summary).to_contain_text("Wait")
    assert len(service.asked) == 1


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        '{"files": {}}',
        '{"files": null}',
        "\udcff",
        '{"files": [null]}',
        '{"files": [7]}',
        "[" * 100_000,
        json.dumps({"files": [{"contentType": FHIR_JSON}]}),
        json.dumps({"files": [{"contentType": FHIR_JSON, "embedded": ["x"]}]}),
        json.dumps({"files": [{"contentType": FHIR_JSON, "embedded": "a.b.c"}]}),
        json.dumps({"files": [{"contentType": FHIR_JSON, "embedded": "....."}]}),
    ],
)
def test_an_answer_that_makes_no_sense_is_refused(reader, service, body):
    problem = reader.refused(service.refusing(200, body.encode(errors="surrogateescape")))
    expect(problem).to_contain_text("The answer can’t be read")


def test_an_empty_manifest_says_that_nothing_is_in_it(reader, service):
    expect(reader.refused(service.refusing(200, '{"files": []}'))).to_contain_text("nothing in")


def test_a_file_with_both_embedded_and_location_is_refused(reader, service):
    both = {**embedded(story(), KEY), "location": f"{service.origin}/shl/x"}
    expect(reader.refused(service.share(both, key=KEY))).to_contain_text("can’t be read")
    assert len(service.asked) == 1


def test_a_wrong_key_is_said_plainly(reader, service):
    link = service.share(embedded(story(), base64url(secrets.token_bytes(32))), key=KEY)
    expect(reader.refused(link)).to_contain_text("does not fit its story")


@pytest.mark.parametrize(
    "header",
    [{"alg": "A256GCMKW"}, {"alg": "none"}, {"enc": "A128GCM"}, {"zip": "GZ"}, {"crit": ["x"]}],
)
def test_another_cipher_is_refused(reader, service, header):
    _, *rest = seal(story(), KEY).split(".")
    named = {"alg": "dir", "enc": "A256GCM"} | header
    jwe = ".".join([base64url(json.dumps(named).encode()), *rest])
    link = service.share({"contentType": FHIR_JSON, "embedded": jwe}, key=KEY)
    expect(reader.refused(link)).to_contain_text("does not know")


def test_a_changed_header_does_not_unlock(reader, service):
    _, *rest = seal(story(), KEY).split(".")
    other = base64url(b'{"alg":"dir","enc":"A256GCM","x":1}')
    link = service.share({"contentType": FHIR_JSON, "embedded": ".".join([other, *rest])}, key=KEY)
    expect(reader.refused(link)).to_contain_text("does not fit its story")


def test_a_zip_bomb_is_cut_off(reader, service):
    bomb = embedded(b'"' + b"a" * 200_000_000 + b'"', KEY, zip="DEF")
    assert len(bomb["embedded"]) < 1_000_000
    expect(reader.refused(service.share(bomb, key=KEY))).to_contain_text("too big")


def test_a_manifest_without_end_is_cut_off(reader, service):
    def endless():
        return Response(b" " * 100_000 for _ in range(100_000))

    link = link_to(service.at_new_address(endless), KEY)
    expect(reader.refused(link)).to_contain_text("too big")


def test_a_file_kept_at_another_host_is_not_fetched(reader, service, other_service):
    location = other_service.at_new_address(lambda: Response(seal(story(), KEY)))
    link = service.share({"contentType": FHIR_JSON, "location": location}, key=KEY)
    expect(reader.refused(link)).to_contain_text("a place we do not ask")
    assert other_service.asked == []


def test_another_service_may_keep_its_files_at_another_host(reader, service, other_service):
    location = service.at_new_address(lambda: Response(seal(story(), KEY)))
    link = other_service.share({"contentType": FHIR_JSON, "location": location}, key=KEY)
    expect(reader.open(link, "/view/elsewhere")).to_contain_text("left arm")
    assert [asked["method"] for asked in service.asked] == ["GET"]


@pytest.mark.parametrize(
    "location", ["http://files.example/x", "data:,x", "https://user:pass@files.example/x"]
)
def test_a_file_at_an_address_that_is_not_safe_is_not_fetched(reader, other_service, location):
    link = other_service.share({"contentType": FHIR_JSON, "location": location}, key=KEY)
    reader.scan(link, "/view/elsewhere")
    reader.press_open()
    expect(reader.problem).to_contain_text("not safe")
    assert not [url for url in reader.requests if url == location]


def test_a_redirect_is_not_followed(reader, service, other_service):
    target = other_service.at_new_address(lambda: Response("{}"))
    reader.scan(service.refusing(307, Location=target))
    reader.press_open()
    expect(reader.summary).to_contain_text("can’t be reached")
    assert other_service.asked == []


def test_a_service_that_is_gone_can_be_tried_again(reader):
    reader.scan(link_to("http://127.0.0.1:9/shl/" + "a" * 43, KEY), "/view/elsewhere")
    reader.press_open()
    expect(reader.summary).to_contain_text("can’t be reached")


def test_a_silent_service_is_given_up_after_twenty_seconds(reader, service):
    reader.page.clock.install()
    silent = link_to(f"{service.origin}/shl/silent", KEY)
    reader.page.route("**/shl/silent", lambda route: None)
    reader.scan(silent)
    reader.press_open()
    expect(reader.page.get_by_text("Opening the story…")).to_be_visible()
    reader.page.clock.fast_forward(21_000)
    expect(reader.summary).to_contain_text("did not answer in time")


def test_a_file_of_another_kind_says_that_it_can_not_be_shown(reader, service):
    card = {"contentType": "application/smart-health-card", "embedded": seal(story(), KEY)}
    expect(reader.refused(service.share(card, key=KEY))).to_contain_text("can’t show what is in")


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (link_to(ADDRESS, KEY, v=2), "newer than this page"),
        (link_to(ADDRESS, KEY, v="1"), "damaged"),
        (link_to(ADDRESS, KEY[:42]), "damaged"),
        (link_to(ADDRESS, KEY + "A"), "damaged"),
        (link_to(ADDRESS, 7), "damaged"),
        (link_to(ADDRESS, KEY, flag="PU"), "damaged"),
        (link_to(ADDRESS, KEY, flag=["P"]), "damaged"),
        (link_to("not an address", KEY), "damaged"),
        (link_to("http://service.example/x", KEY), "not safe"),
        (link_to("javascript:alert(1)", KEY), "not safe"),
        (link_to("data:application/json,{}", KEY), "not safe"),
        (link_to("https://user:pass@service.example/x", KEY), "not safe"),
        ("shlink:/", "not a link"),
        ("shlink:/!!!", "damaged"),
        ("shlink:/" + base64url(b"[1]"), "damaged"),
        ("shlink:/" + base64url(b"null"), "damaged"),
        ("shlink:/" + base64url(b"\xff"), "damaged"),
        ("shlink:/" + base64url(b"[" * 5000), "damaged"),
        ("shlink:/" + "A" * 50_000, "not a link"),
    ],
)
def test_a_link_that_is_none_is_refused_before_anything_is_asked(reader, link, words):
    reader.scan(link)
    expect(reader.problem).to_contain_text(words)
    assert [url for url in reader.requests if not url.startswith(reader.origin)] == []


def test_unknown_members_and_flags_are_ignored_and_a_long_label_is_cut(reader, service):
    link = service.share_of(story(), flag="LXZ", _own=1, extension={}, v=1, label="é" * 200)
    reader.scan(link)
    expect(reader.page.locator("#open-label")).to_have_text("é" * 80)
    reader.press_open()
    expect(reader.story).to_be_visible()


def test_a_label_is_shown_as_text(reader, service):
    reader.scan(service.share_of(story(), label="<img src=x onerror=alert(1)>"))
    expect(reader.page.locator("#open-label")).to_have_text("<img src=x onerror=alert(1)>")


def test_a_link_past_its_hinted_end_warns_but_may_be_tried(reader, service):
    reader.scan(service.share_of(story(), exp=1_600_000_000))
    expect(reader.page.get_by_text("its time is over")).to_be_visible()
    reader.press_open()
    expect(reader.story).to_be_visible()
