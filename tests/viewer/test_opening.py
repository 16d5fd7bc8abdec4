"""From a scanned link to an open story: what is asked, when, and what stays behind."""

import json
import re
import secrets
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from threading import Event

import pytest
from flask import Response
from flask import request as flask_request
from playwright.sync_api import expect

from tests.viewer.stories import story
from tests.viewer.story_service import FHIR_JSON, base64url, embedded, link_to, seal

WORDS = "Please do not touch my left arm."
BUILT = Path(__file__).resolve().parents[2] / "passport" / "web" / "static" / "built"


@pytest.fixture
def key():
    return base64url(secrets.token_bytes(32))


def with_passcode(service, key, passcode="tulip-boat-seven", left=4):
    def answer():
        if flask_request.get_json().get("passcode") == passcode:
            return Response(json.dumps({"files": [embedded(story(), key)]}))
        return Response(json.dumps({"remainingAttempts": left}), 401)

    return link_to(service.at_new_address(answer), key, flag="P")


def test_a_story_opens_after_the_reader_says_who_reads(reader, service):
    opened = reader.open(service.share_of(story(), label="For the ward"))
    expect(opened.get_by_role("heading", level=1)).to_have_text("Mina")
    expect(opened).to_contain_text(WORDS)
    expect(opened).to_contain_text("999 000 0018")
    expect(opened).to_contain_text("For the ward")
    [asked] = service.asked
    assert asked["json"]["recipient"] == "Nurse, Ward 5"
    assert asked["json"]["_zip"] == "DEF"
    assert "passcode" not in asked["json"]
    assert "Cookie" not in asked["headers"]
    assert "Referer" not in asked["headers"]


def test_nothing_is_asked_before_the_reader_presses_open(reader, service):
    reader.scan(service.share_of(story()))
    reader.page.wait_for_timeout(300)
    assert service.asked == []
    assert reader.service_requests == []


def test_nothing_is_asked_while_a_field_is_missing(reader, service):
    reader.scan(service.share_of(story(), flag="P"))
    reader.press_open(who=" ")
    expect(reader.summary).to_be_focused()
    expect(reader.summary).to_contain_text("Enter your role and team")
    expect(reader.summary).to_contain_text("Enter the passcode")
    reader.summary.get_by_text("Enter the passcode").click()
    expect(reader.page.get_by_label("Passcode")).to_be_focused()
    assert service.asked == []


def test_the_key_leaves_the_address_bar_and_the_history(reader, service):
    link = service.share_of(story())
    reader.open(link)
    assert reader.page.url == f"{service.origin}/view"
    client = reader.page.context.new_cdp_session(reader.page)
    entries = client.send("Page.getNavigationHistory")["entries"]
    assert [entry["url"] for entry in entries] == ["about:blank", f"{service.origin}/view"]


def test_a_reload_asks_to_scan_again(reader, service):
    reader.open(service.share_of(story()))
    reader.page.reload()
    expect(reader.page.get_by_text("this page does not keep it")).to_be_visible()
    expect(reader.page.get_by_label("Or paste the link")).to_be_visible()


@pytest.mark.parametrize("prefix", ["", "https://elsewhere.example/viewer#", "Here it is:\n "])
def test_a_pasted_link_opens(reader, service, prefix):
    reader.page.goto(f"{service.origin}/view")
    reader.page.get_by_label("Or paste the link").fill(prefix + service.share_of(story()))
    reader.page.get_by_role("button", name="Continue").click()
    reader.press_open()
    expect(reader.story).to_contain_text(WORDS)


@pytest.mark.parametrize("after", [", thanks, Marge", " thanks Marge", ".", ">", '"', ")", "\n\nM"])
def test_what_stands_after_a_pasted_link_is_no_part_of_it(reader, service, after):
    reader.page.goto(f"{service.origin}/view")
    pasted = f"Here: <{service.origin}/view#{service.share_of(story())}{after}"
    reader.page.get_by_label("Or paste the link").fill(pasted)
    reader.page.get_by_role("button", name="Continue").click()
    reader.press_open()
    expect(reader.story).to_contain_text(WORDS)


@pytest.mark.parametrize("line_break", ["\n", "\n> ", " "])
def test_a_link_that_a_mail_program_broke_over_lines_opens(reader, service, line_break):
    link = service.share_of(story())
    broken = line_break.join([link[:70], link[70:140], link[140:]])
    reader.page.goto(f"{service.origin}/view")
    reader.page.get_by_label("Or paste the link").fill(f"{broken}\nThanks, Marge")
    reader.page.get_by_role("button", name="Continue").click()
    reader.press_open()
    expect(reader.story).to_contain_text(WORDS)


@pytest.mark.parametrize("after", ["", " thanks, Marge", "."])
def test_a_pasted_link_that_was_cut_off_is_damaged(reader, service, after):
    reader.page.goto(f"{service.origin}/view")
    cut_off = service.share_of(story())[:-9]
    reader.page.get_by_label("Or paste the link").fill(cut_off + after)
    reader.page.get_by_role("button", name="Continue").click()
    expect(reader.problem).to_contain_text("damaged")


def test_a_second_press_on_open_selects_nothing_of_the_story(reader, service):
    reader.scan(service.share_of(story()))
    reader.page.get_by_label("Who is reading?").fill("Nurse")
    reader.page.get_by_role("button", name="Open", exact=True).hover()
    mouse = reader.page.mouse
    mouse.down()
    mouse.up()
    expect(reader.story).to_be_visible()
    words = reader.story.locator(".story-quiet").bounding_box()
    mouse.move(words["x"] + 60, words["y"] + words["height"] / 2)
    for press in (2, 3):
        mouse.down(click_count=press)
        mouse.up(click_count=press)
    assert reader.page.evaluate("getSelection().toString()") == ""


def test_the_passcode_of_a_link_of_ours_is_typed_on_a_number_pad(reader, service, other_service):
    passcode = reader.page.get_by_label("Passcode")
    reader.scan(service.share_of(story(), flag="P"))
    expect(passcode).to_have_attribute("inputmode", "numeric")
    expect(passcode).to_have_attribute("type", "text")
    reader.scan(other_service.share_of(story(), flag="P"), "/view/elsewhere")
    expect(passcode).to_have_attribute("inputmode", "text")


def test_a_second_code_in_the_same_tab_replaces_the_first(reader, service):
    reader.open(service.share_of(story()))
    second = service.share_of(story(), label="Another one")
    reader.page.evaluate("link => { location.hash = link }", second)
    expect(reader.page.get_by_text("Another one")).to_be_visible()
    expect(reader.story).to_be_hidden()
    assert WORDS not in reader.page.content()
    assert reader.page.url == f"{service.origin}/view"


def test_a_broken_link_leaves_the_address_bar_and_its_message_stays(reader, service):
    for broken in ("shlink", "shlink:", "SHLink%3A%2", "shlink:/<img>", "eyJ1cmwiOiJ" * 30):
        reader.page.goto("about:blank")
        reader.scan(broken)
        expect(reader.problem).to_contain_text(re.compile("not a link to a story|link is damaged"))
        assert reader.page.url == f"{service.origin}/view"
    reader.page.goto(f"{service.origin}/view#maincontent")
    assert reader.page.url.endswith("#maincontent")


def test_the_right_passcode_opens_and_a_wrong_one_says_how_many_tries_are_left(
    reader, service, key
):
    reader.scan(with_passcode(service, key))
    reader.press_open(passcode="wrong")
    expect(reader.summary).to_contain_text("Tries left: 4.")
    expect(reader.summary).to_be_focused()
    expect(reader.page.get_by_label("Who is reading?")).to_have_value("Nurse, Ward 5")
    reader.press_open(passcode="tulip-boat-seven")
    expect(reader.story).to_contain_text(WORDS)


def test_the_last_wrong_passcode_says_that_the_link_is_locked(reader, service, key):
    reader.scan(with_passcode(service, key, left=0))
    reader.press_open(passcode="wrong")
    expect(reader.problem).to_contain_text("This link is locked")


def test_a_link_that_forgot_to_ask_for_a_passcode_asks_after_a_401(reader, service):
    reader.scan(service.refusing(401, '{"remainingAttempts": 1}'))
    expect(reader.page.get_by_label("Passcode")).to_be_hidden()
    reader.press_open()
    expect(reader.summary).to_contain_text("Tries left: 1.")
    expect(reader.page.get_by_label("Passcode")).to_be_visible()


def test_a_file_behind_a_location_opens(reader, service, key):
    location = service.at_new_address(lambda: Response(seal(story(), key)))
    link = service.share({"contentType": FHIR_JSON, "location": location}, key=key)
    expect(reader.open(link)).to_contain_text(WORDS)
    assert [asked["method"] for asked in service.asked] == ["POST", "GET"]


def test_a_direct_link_opens_by_get_with_the_reader_named(reader, service, key):
    url = service.at_new_address(lambda: Response(seal(story(), key)))
    expect(reader.open(link_to(url, key, flag="LU"))).to_contain_text(WORDS)
    [asked] = service.asked
    assert asked["method"] == "GET"
    assert asked["args"] == {"recipient": "Nurse, Ward 5"}


def test_a_compressed_file_opens(reader, service, key):
    link = service.share(embedded(story(), key, zip="DEF"), key=key)
    expect(reader.open(link)).to_contain_text(WORDS)


def test_what_does_not_open_is_said_beside_what_does(reader, service, key):
    broken = {"contentType": FHIR_JSON, "embedded": "no.jwe", "location": f"{service.origin}/x"}
    opened = reader.open(service.share(broken, embedded(story(), key), key=key))
    expect(opened).to_contain_text(WORDS)
    expect(opened).to_contain_text("A part of this could not be shown")


def test_who_reads_is_remembered_on_this_device_only_when_ticked(reader, service):
    reader.open(service.share_of(story()))
    assert "Nurse" not in reader.page.evaluate("JSON.stringify(localStorage)")
    reader.scan(service.share_of(story()))
    reader.page.reload()
    reader.scan(service.share_of(story()))
    expect(reader.page.get_by_label("Who is reading?")).to_have_value("")
    reader.page.get_by_label("Remember this").check()
    reader.press_open("Paramedic")
    expect(reader.story).to_be_visible()
    reader.page.reload()
    reader.scan(service.share_of(story()))
    expect(reader.page.get_by_label("Who is reading?")).to_have_value("Paramedic")


def test_closing_leaves_nothing_of_the_story_on_the_page(reader, service):
    reader.open(service.share_of(story()))
    reader.page.get_by_role("button", name="Close").click()
    expect(reader.page.get_by_label("Or paste the link")).to_be_visible()
    for word in ("left arm", "Mina", "999 000"):
        assert word not in reader.page.content()


def test_going_back_does_not_bring_a_story_back(reader, service):
    reader.open(service.share_of(story()))
    reader.page.goto("about:blank")
    reader.page.go_back()
    expect(reader.page.get_by_label("Or paste the link")).to_be_visible()
    assert "left arm" not in reader.page.content()


def test_going_back_to_an_earlier_code_closes_the_story_of_the_later_one(reader, service):
    reader.open(service.share_of(story()))
    reader.page.evaluate("link => { location.hash = link }", service.share_of(story()))
    expect(reader.story).to_be_hidden()
    reader.press_open()
    expect(reader.story).to_contain_text(WORDS)
    reader.page.evaluate("location.hash = 'maincontent'")
    reader.page.go_back()
    expect(reader.story).to_be_visible()
    reader.page.go_back()
    expect(reader.story).to_be_hidden()
    expect(reader.page.get_by_label("Or paste the link")).to_be_visible()
    assert WORDS not in reader.page.content()


def test_going_back_past_a_place_on_the_page_closes_the_story_too(reader, service):
    reader.open(service.share_of(story()))
    reader.page.evaluate("location.hash = 'maincontent'")
    reader.page.evaluate("link => { location.hash = link }", service.share_of(story()))
    reader.press_open()
    expect(reader.story).to_contain_text(WORDS)
    reader.page.go_back()
    expect(reader.story).to_be_hidden()


def test_what_was_typed_is_carried_to_no_later_reader(reader, service, other_service):
    name = reader.page.get_by_label("Who is reading?")
    reader.scan(service.share_of(story()))
    name.fill("Nurse, Ward 5")
    reader.page.route("**/view?lang=cy", lambda route: route.fulfill(status=204))
    reader.page.get_by_role("link", name="Cymraeg").click(no_wait_after=True)
    expect(name).to_have_value("Nurse, Ward 5")
    assert "Nurse" in reader.page.evaluate("JSON.stringify(sessionStorage)")
    reader.press_open()
    expect(reader.story).to_be_visible()
    reader.page.get_by_role("button", name="Close").click()
    assert "Nurse" not in reader.page.evaluate("JSON.stringify(sessionStorage)")
    reader.page.evaluate("link => { location.hash = link }", other_service.share_of(story()))
    expect(reader.page.locator("[data-view=elsewhere]")).to_be_visible()
    reader.page.evaluate("link => { location.hash = link }", service.share_of(story()))
    expect(name).to_be_visible()
    expect(name).to_have_value("")


def test_whether_to_remember_goes_along_with_what_was_typed(reader, service):
    reader.scan(service.share_of(story()))
    reader.page.get_by_label("Remember this").check()
    reader.press_open("Paramedic")
    expect(reader.story).to_be_visible()
    reader.scan(service.share_of(story()), "/view?lang=en")
    expect(reader.page.locator("#recipient")).to_have_value("Paramedic")
    reader.page.locator("#recipient").fill("Locum")
    reader.page.locator("#remember").uncheck()
    reader.page.get_by_role("link", name="Cymraeg").click()
    reader.page.wait_for_url("**/view?lang=cy")
    expect(reader.page.locator("#recipient")).to_have_value("Locum")
    expect(reader.page.locator("#remember")).not_to_be_checked()


def test_a_link_of_another_service_opens_on_the_page_for_other_services(
    reader, service, other_service
):
    link = other_service.share_of(story())
    reader.scan(link)
    host = other_service.origin.removeprefix("http://")
    expect(reader.page.locator("[data-view=elsewhere]")).to_contain_text(host)
    reader.page.get_by_role("button", name="Open on the page for other services").click()
    expect(reader.page.get_by_label("Who is reading?")).to_be_visible()
    assert reader.page.url == f"{service.origin}/view/elsewhere"
    assert other_service.asked == []
    reader.press_open()
    expect(reader.story).to_contain_text(WORDS)
    assert "_zip" not in other_service.asked[0]["json"], "a member that only we know"


def test_the_page_for_other_services_opens_our_own_links_too(reader, service):
    expect(reader.open(service.share_of(story()), "/view/elsewhere")).to_contain_text(WORDS)


def test_the_title_in_the_history_names_nobody(reader, service):
    reader.open(service.share_of(story()))
    expect(reader.page).not_to_have_title(re.compile("Mina"))


@pytest.mark.parametrize(
    ("path", "connect"),
    [
        ("/view", "'self'"),
        ("/view/elsewhere", "'self' https: http://127.0.0.1:* http://localhost:*"),
    ],
)
def test_each_page_is_cacheable_and_says_what_it_may_reach(reader, service, path, connect):
    answer = reader.page.request.get(service.origin + path)
    policy = dict(
        part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; ")
    )
    assert policy["connect-src"] == connect
    assert policy["default-src"] == policy["form-action"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "max-age" in answer.headers["cache-control"]
    assert "set-cookie" not in answer.headers
    # The same words for everybody, but in each one's language.
    assert answer.headers["vary"] == "Accept-Encoding, Accept-Language, Cookie"
    again = reader.page.request.get(
        service.origin + path, headers={"If-None-Match": answer.headers["etag"]}
    )
    assert again.status == 304


@pytest.mark.parametrize("path", ["/view", "/view/elsewhere"])
def test_nothing_in_the_page_may_run_but_what_its_policy_names(reader, service, path):
    answer = reader.page.request.get(service.origin + path)
    policy = dict(
        part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; ")
    )
    within = re.findall(r"<(style|script)[^>]*>(.+?)</\1>", answer.text(), re.DOTALL)
    named = {
        kind: " ".join(_digest(words) for found, words in within if found == kind)
        for kind in ("style", "script")
    }
    assert policy["style-src"] == named["style"]
    assert policy["script-src"] == f"'self' {named['script']}"
    assert len(within) == 5
    assert "unsafe" not in answer.headers["content-security-policy"]


def _digest(words: str) -> str:
    return f"'sha256-{b64encode(sha256(words.encode()).digest()).decode()}'"


def test_the_script_is_small_and_knows_no_html_sink():
    script = (BUILT / "viewer.js").read_text() + (BUILT / "scan.js").read_text()
    sinks = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\b|srcdoc"
    assert not re.search(sinks, script)


def test_without_javascript_the_page_says_why_and_how_else_to_read(new_reader, service):
    reader = new_reader(java_script_enabled=False)
    reader.page.goto(f"{service.origin}/view")
    expect(reader.page.get_by_text("This page needs JavaScript")).to_be_visible()
    # At once: nobody waits for a script that does not come.
    expect(reader.page.locator("[data-view=starting]")).to_have_css("animation-name", "none")
    expect(reader.page.locator("[data-view=starting]")).to_contain_text("show you on their phone")


def test_without_a_safe_connection_the_page_says_so_and_forgets_the_key(reader, service):
    reader.page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    reader.page.goto(f"{service.origin}/view#{service.share_of(story())}")
    expect(reader.page.get_by_text("can’t unlock stories here")).to_be_visible()
    assert reader.page.url == f"{service.origin}/view"


def test_the_page_can_be_read_in_another_language_before_and_after_opening(reader, service):
    reader.scan(service.share_of(story()))
    reader.page.get_by_label("Who is reading?").fill("Nurse, Ward 5")
    reader.page.get_by_role("link", name="Cymraeg").click()
    reader.page.wait_for_url("**/view?lang=cy")
    expect(reader.page.locator("html")).to_have_attribute("lang", "cy")
    expect(reader.page.locator("#recipient")).to_have_value("Nurse, Ward 5")
    reader.page.locator("#open-button").click()
    expect(reader.story).to_be_visible()
    reader.page.get_by_role("link", name="Polski").click()
    reader.page.wait_for_url("**/view?lang=pl")
    expect(reader.page.locator("#open-button")).to_be_visible()
    assert len(reader.service_requests) == 1
    assert "Nurse" not in reader.page.evaluate("JSON.stringify([localStorage, sessionStorage])")


def test_a_page_that_did_not_come_whole_says_so_and_uses_nothing_up(reader, service):
    whole = reader.page.request.get(f"{service.origin}/view").text()
    first_half, mark, _ = whole.partition('<div id="can-open"></div>')
    reader.page.route("**/view", lambda route: route.fulfill(body=first_half + mark))
    reader.refused(service.share_of(story()))
    expect(reader.problem).to_contain_text("Load the page again and scan the code again.")
    assert service.asked == []


def test_a_page_that_got_stuck_on_its_way_shows_what_came(reader, service):
    page = reader.page.request.get(f"{service.origin}/view")
    first_half, _, _ = page.text().partition('<section data-view="elsewhere"')
    more = Event()

    def stuck():
        yield first_half
        more.wait(30)

    policy = {"Content-Security-Policy": page.headers["content-security-policy"]}
    address = service.at_new_address(lambda: Response(stuck(), headers=policy))
    reader.page.goto(address, wait_until="commit")
    reader.page.evaluate(
        "new Promise(drawn => "
        "new PerformanceObserver(drawn).observe({type: 'paint', buffered: true}))"
    )
    expect(reader.page.get_by_text("show you on their phone").first).to_be_visible()
    more.set()


def test_a_link_let_go_of_while_its_page_still_comes_is_not_spent(reader, service):
    page = reader.page.request.get(f"{service.origin}/view")
    first_half, mark, second_half = page.text().partition('<div id="can-open"></div>')
    rest = Event()

    def in_two_parts():
        yield first_half + mark
        rest.wait(30)
        yield second_half

    policy = {"Content-Security-Policy": page.headers["content-security-policy"]}
    at = service.at_new_address(lambda: Response(in_two_parts(), headers=policy))
    reader.page.goto(f"{at}#{service.share_of(story())}", wait_until="commit")
    reader.press_open()
    expect(reader.page.locator("#opening")).to_be_visible()
    reader.page.evaluate("link => { location.hash = link; }", service.share_of(story()))
    expect(reader.page.locator("#opening")).to_be_hidden()
    service.asked.clear()
    rest.set()
    reader.page.wait_for_load_state("load")
    assert service.asked == []
    reader.press_open()
    expect(reader.story).to_contain_text(WORDS)
    assert len(service.asked) == 1


def test_a_second_link_need_not_wait_for_the_first(reader, service):
    late = Event()
    slow = service.at_new_address(lambda: late.wait(20) and Response("{}"))
    reader.scan(link_to(slow, base64url(bytes(32))))
    reader.press_open()
    expect(reader.page.locator("#opening")).to_be_visible()
    second = service.share_of(story())
    reader.page.evaluate("link => { location.hash = link; }", second)
    expect(reader.page.locator("#opening")).to_be_hidden()
    expect(reader.page.get_by_label("Who is reading?")).to_have_value("Nurse, Ward 5")
    reader.press_open()
    expect(reader.story).to_contain_text(WORDS)
    late.set()
    expect(reader.page.locator("#status")).to_have_text("The story is open.")
