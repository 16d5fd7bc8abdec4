"""What every request passes, and what is answered when something is wrong."""

import re
import sqlite3

import pytest
from flask import request

from passport.storage.database import DatabaseFull, DatabaseUnavailable
from tests.applications import make_app
from tests.minutes import within_a_minute
from tests.web.visitor import Visitor

PRIVATE = [
    "/story",
    "/story/please-do",
    "/story/please-do/edit",
    "/story/please-do/versions",
    "/story/please-do/versions/1",
    "/story/own/new",
    "/shares",
    f"/shares/new/{'0' * 32}/who",
    "/recovery-code",
]


def owners_pages(app):
    """Every address of the pages that only an owner may open: all but those named here."""
    for_all = {"/", "/sign-up", "/sign-in", "/recover", "/view", "/view/elsewhere", "/view/scan"}
    ours = ("home", "sign_up", "sign_in", "recover", "story", "own_section", "section_editing")
    ours += ("section_versions", "shares", "sharing_anew", "share_check", "share_changes")
    for rule in app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] in ours and rule.rule not in for_all:
            yield rule


def test_every_page_of_an_owner_sends_a_stranger_to_sign_in(app, stranger):
    """Table-driven: a new page is held to it from its first day."""
    checked = 0
    for rule in owners_pages(app):
        if "GET" not in rule.methods:
            continue
        address = app.url_map.bind("localhost").build(
            rule.endpoint, {a: 1 if a == "number" else "please-do" for a in rule.arguments}
        )
        answer = stranger.sees(address)
        assert (answer.status_code, answer.location) == (303, f"/sign-in?next={address}")
        checked += 1
    assert checked >= 12


@pytest.mark.parametrize("address", PRIVATE)
def test_a_signed_in_page_is_kept_by_no_cache(signed_in, address):
    answer = signed_in.sees(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]


@pytest.mark.parametrize("address", ["/", *PRIVATE])
def test_no_page_has_script_or_style_in_itself(signed_in, address):
    text = signed_in.sees(address).text
    assert "<style" not in text
    assert " style=" not in text
    assert not re.search(r"<[^>]*\son\w+=", text)
    assert text.count("<script") == text.count('<script type="module" src="/static/')
    assert text.count("<h1") == 1


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "a@localhost", ""])
def test_a_request_for_another_host_is_refused(app, host):
    answer = app.test_client().get("/", headers={"Host": host})
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "address",
    ["/", "/nowhere", "/shl/AAAA", f"/shl/{'A' * 43}", f"/shl/files/{'A' * 43}", "/healthz"],
)
def test_every_answer_is_framed_by_nobody_and_taken_for_what_it_is(tmp_path, address):
    site = "https://passport.example"
    headers = make_app(tmp_path, base_url=site).test_client().get(address, base_url=site).headers
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_health_is_told_under_any_name(app):
    answer = app.test_client().get("/healthz", headers={"Host": "10.1.2.3"})
    assert answer.status_code == 200


@pytest.mark.parametrize("host", ["passport.example", "PASSPORT.example:443"])
def test_the_services_own_name_is_answered(tmp_path, host):
    app = make_app(tmp_path, base_url="https://passport.example")
    assert app.test_client().get("/", headers={"Host": host}).status_code == 200


def test_proxies_are_believed_only_as_far_as_the_settings_say(tmp_path):
    headers = {"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}
    seen = []
    for number in (0, 1):
        (tmp_path / str(number)).mkdir()
        app = make_app(tmp_path / str(number), trusted_proxies=number)
        app.before_request(lambda: seen.append(request.remote_addr))
        app.test_client().get("/", headers=headers)
    assert seen == ["127.0.0.1", "198.51.100.7"]


def test_an_unknown_page_says_so_in_plain_words(stranger):
    page = stranger.sees("/nowhere")
    assert page.status_code == 404
    assert "We cannot find this page" in page.text


def test_a_wrong_method_says_so_and_which_are_right(stranger):
    page = stranger.client.get("/sign-out")
    assert page.status_code == 405
    assert "POST" in page.headers["Allow"]
    assert "use the buttons on the page" in page.text


def test_far_too_much_text_says_so_in_plain_words(signed_in):
    form = signed_in.form("/story/my-story/edit").filled({"part-text": "x" * 3_000_000})
    page = signed_in.client.post("/story/my-story/edit", data=form)
    assert page.status_code == 413
    assert "That is too big to save" in page.text


@pytest.mark.parametrize("suggest", [{}, {"suggest": "false"}], ids=["plain", "asks in vain"])
def test_too_many_tries_say_when_to_come_back(tmp_path, suggest):
    visitor = Visitor(make_app(tmp_path, rate_limits=True))
    form = visitor.form("/sign-up").filled({"name": "Amina K", "passphrase": "x", **suggest})
    within_a_minute(5)
    answers = [visitor.client.post("/sign-up", data=form) for _ in range(11)]
    assert [a.status_code for a in answers] == [200] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert "Please wait a little" in answers[-1].text


def test_guessing_by_way_of_an_interrupted_form_counts_as_signing_in(tmp_path):
    """Every signed-in page asks for name and passphrase: together they allow no more tries."""
    visitor = Visitor(make_app(tmp_path, rate_limits=True))
    who = f"/shares/new/{'0' * 32}/who"
    addresses = ["/story/my-story/edit", "/story/own/new", who, "/recovery-code"]
    within_a_minute(20)
    for n in range(20):
        asked = visitor.client.post(addresses[n % 4], data={"typed": "words"})
        form = visitor.form(asked).filled({"name": f"Amina {n}", "passphrase": "a guess"})
        assert "is not right" in visitor.client.post(addresses[n % 4], data=form).text
    form = visitor.form("/sign-in").filled({"name": "Amina", "passphrase": "a guess"})
    assert "There were too many tries" in visitor.client.post("/sign-in", data=form).text


def test_all_addresses_of_one_ipv6_network_count_as_one(tmp_path):
    visitor = Visitor(make_app(tmp_path, rate_limits=True))
    form = visitor.form("/sign-up").filled({"name": "Amina K", "passphrase": "x"})

    def asks(address: str) -> int:
        place = {"REMOTE_ADDR": address}
        return visitor.client.post("/sign-up", data=form, environ_overrides=place).status_code

    within_a_minute(5)
    assert [asks(f"2001:db8:0:7:{n}::1") for n in range(11)] == [200] * 10 + [429]
    assert asks("2001:db8:0:8::1") == 200
    assert [asks(f"::ffff:192.0.2.{n}") for n in range(11)] == [200] * 11


def test_too_many_tries_lose_nothing_that_was_typed(tmp_path):
    visitor = Visitor(make_app(tmp_path, rate_limits=True))
    page = visitor.client.post("/story/my-story/edit", data={"part-text": "My words"})
    within_a_minute(20)
    for _ in range(21):
        form = visitor.form(page).filled({"name": "Amina", "passphrase": "a guess"})
        page = visitor.client.post("/story/my-story/edit", data=form)
    assert "There were too many tries" in page.text
    assert "My words" in page.text


def test_a_database_that_is_gone_is_said_with_when_to_come_back(signed_in, monkeypatch):
    def gone(*_: object, **__: object) -> None:
        raise DatabaseUnavailable

    monkeypatch.setattr("passport.web.signed_in.open_session", gone)
    page = signed_in.sees("/story")
    assert page.status_code == 503
    assert page.headers["Retry-After"] == "5"
    assert "We are busy just now" in page.text


def test_a_full_disk_is_said_plainly_and_what_was_typed_can_be_sent_again(
    signed_in, maud, monkeypatch
):
    def full(*_: object, **__: object) -> None:
        raise DatabaseFull

    form = signed_in.form("/story/my-story/edit").filled({"part-text": "It began\nin May."})
    with monkeypatch.context() as while_full:
        while_full.setattr("passport.web.pages.section_editing.save_section", full)
        page = signed_in.client.post("/story/my-story/edit", data=form)
    assert page.status_code == 507
    assert "The service has no room left" in page.text
    assert "It began\nin May." in page.text
    answer = signed_in.presses_on(page, "/story/my-story/edit")
    assert answer.status_code == 303
    assert "It began" in signed_in.sees("/story/my-story").text


def test_a_locked_database_acknowledges_nothing(signed_in, maud, monkeypatch, tmp_path):
    form = signed_in.form("/story/my-story/edit").filled({"part-text": "It began in May."})
    monkeypatch.setattr("passport.storage.database.BUSY_SECONDS", 0)
    maud.database.engine.dispose()
    with sqlite3.connect(tmp_path / "passport.sqlite", isolation_level=None) as locker:
        locker.execute("BEGIN IMMEDIATE")
        answer = signed_in.client.post("/story/my-story/edit", data=form)
        locker.execute("ROLLBACK")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "You have not written this yet" in signed_in.sees("/story/my-story").text


def test_a_mistake_of_ours_tells_nothing_of_the_inside(signed_in, app, monkeypatch):
    def broken(*_: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr("passport.web.pages.story.read_story", broken)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    page = signed_in.sees("/story")
    assert page.status_code == 500
    assert "Something went wrong on our side" in page.text
    assert "secret detail" not in page.text
