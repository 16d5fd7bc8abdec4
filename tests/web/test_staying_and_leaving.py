"""In a real browser: drafts that are kept, a warning before the end, and leaving quickly."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect

from passport.accounts.sessions import open_session
from passport.accounts.sign_in import sign_in
from passport.story.drafts import find_draft
from passport.web import session_end
from passport.wiring import wiring
from tests.residents import CHEAP, PASSPHRASE, PEPPER

WORDS = "My knees hurt 🦦"


def _open(browser: Browser, served, cookie: str | None = None) -> Page:
    context = browser.new_context(viewport={"width": 390, "height": 700})
    value = cookie or served.maud.cookie
    context.add_cookies([{"name": "session", "value": value, "url": served.base_url}])
    return context.new_page()


@pytest.fixture
def here(browser, served):
    """Maud's phone."""
    page = _open(browser, served)
    yield page
    page.context.close()


@pytest.fixture
def elsewhere(browser, served):
    """Her tablet, signed in too."""
    with served.app.app_context():
        database = wiring().database
    name = served.maud.name
    page = _open(browser, served, sign_in(database, PEPPER, CHEAP, name, PASSPHRASE))
    yield page
    page.context.close()


def _until(done: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not done():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.1)


def _type(page: Page, served, words: str = WORDS) -> None:
    page.goto(f"{served.base_url}/story/my-story/edit")
    page.get_by_label("What is your story?").fill(words)


def test_what_was_typed_is_found_on_another_device_after_the_tab_was_closed(
    served, here, elsewhere
):
    with here.expect_response("**/story/my-story/draft") as kept:
        _type(here, served)
    assert kept.value.ok
    here.close()
    elsewhere.goto(f"{served.base_url}/story/my-story/edit")
    expect(elsewhere.get_by_text("We kept what you typed today at")).to_be_visible()
    expect(elsewhere.get_by_text(WORDS)).to_be_visible()
    elsewhere.get_by_role("button", name="Use it").click()
    box = elsewhere.get_by_label("What is your story?")
    expect(box).to_have_value(WORDS)
    elsewhere.get_by_role("button", name="Save").click()
    elsewhere.wait_for_url("**/story/my-story")
    elsewhere.goto(f"{served.base_url}/story/my-story/edit")
    expect(box).to_have_value(WORDS)


def test_closing_the_tab_at_once_still_keeps_what_was_typed(served, here, elsewhere):
    _type(here, served)
    here.goto(f"{served.base_url}/story")
    _until(lambda: find_draft(served.maud.database, served.maud.passport, "my-story"))
    elsewhere.goto(f"{served.base_url}/story/my-story/edit")
    expect(elsewhere.get_by_text(WORDS)).to_be_visible()


def test_what_is_thrown_away_does_not_come_back(served, here):
    with here.expect_response("**/draft"):
        _type(here, served)
    here.goto(f"{served.base_url}/story/my-story/edit")
    here.get_by_role("button", name="Throw it away").click()
    expect(here.get_by_label("What is your story?")).to_have_value("")


def test_the_page_that_shows_what_was_kept_is_open_to_everyone(served, here, axe):
    with here.expect_response("**/draft"):
        _type(here, served, "long " * 60)
    here.set_viewport_size({"width": 320, "height": 640})
    here.goto(f"{served.base_url}/story/my-story/edit")
    assert axe(here) == []
    assert here.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_new_part_of_her_own_is_kept_too(served, here):
    here.goto(f"{served.base_url}/story/own/new")
    with here.expect_response("**/story/own/draft") as kept:
        here.get_by_label("Title").fill("My dog")
    assert kept.value.ok
    here.goto(f"{served.base_url}/story/own/new")
    here.get_by_role("button", name="Use it").click()
    expect(here.get_by_label("Title")).to_have_value("My dog")


def test_when_no_copy_can_be_kept_the_page_says_so_and_stays(served, here):
    here.route("**/draft", lambda route: route.abort())
    _type(here, served)
    expect(here.get_by_text("We could not keep a copy of what you typed")).to_be_visible()
    expect(here.get_by_label("What is your story?")).to_have_value(WORDS)


@pytest.fixture
def soon_over(monkeypatch):
    """Every session says that it is over in a few seconds less than five minutes from now."""
    answers = [299]
    monkeypatch.setattr(session_end, "seconds_until_over", lambda *_: answers[0])
    return answers


def test_a_warning_comes_before_the_end_and_takes_no_focus_away(served, here, soon_over, axe):
    _type(here, served)
    warning = here.get_by_role("alert").filter(has_text="You will be signed out in 5 minutes")
    expect(warning).to_be_visible()
    box = here.get_by_label("What is your story?")
    expect(box).to_be_focused()
    assert axe(here) == []
    soon_over[0] = 3600
    here.get_by_role("button", name="Stay signed in").focus()
    here.keyboard.press("Enter")
    expect(warning).to_be_hidden()
    expect(box).to_have_value(WORDS)


def test_staying_in_one_tab_is_staying_in_all(served, here, soon_over):
    here.goto(f"{served.base_url}/story")
    warning = here.get_by_text("You will be signed out in 5 minutes")
    expect(warning).to_be_visible()
    soon_over[0] = 3600
    here.context.new_page().goto(f"{served.base_url}/shares")
    expect(warning).to_be_hidden()


def test_after_the_end_the_page_says_that_nothing_typed_is_lost(served, here, soon_over):
    soon_over[0] = 1
    here.route("**/draft", lambda route: route.abort())
    _type(here, served)
    expect(here.get_by_text("You are signed out. What you typed is still here.")).to_be_visible()
    expect(here.get_by_role("button", name="Stay signed in")).to_be_hidden()
    expect(here.get_by_label("What is your story?")).to_have_value(WORDS)


@pytest.fixture
def away(served):
    """Another site: this machine under its other name."""
    address = served.base_url.replace("127.0.0.1", "localhost") + "/healthz"
    served.app.jinja_env.globals["quick_exit_url"] = lambda: address
    return address


def _leave_by_button(page: Page) -> None:
    page.get_by_role("link", name="Leave this page quickly").click()


def _leave_by_escape(page: Page) -> None:
    for _ in range(3):
        page.keyboard.press("Escape")


@pytest.mark.parametrize("leave", [_leave_by_button, _leave_by_escape])
def test_leaving_quickly_shows_another_site_and_back_shows_nothing(served, here, away, leave):
    here.goto(f"{served.base_url}/story")
    here.goto(f"{served.base_url}/story/please-do")
    leave(here)
    here.wait_for_url(away)
    _until(lambda: open_session(served.maud.database, served.maud.cookie) is None)
    here.go_back()
    here.wait_for_load_state()
    assert "/story/please-do" not in here.url
    assert "Warm your hands" not in here.content()
    expect(here.get_by_role("heading", name="Sign in")).to_be_visible()
    cookies = {c["name"] for c in here.context.cookies(served.base_url)}
    assert "session" not in cookies


def test_two_presses_of_escape_leave_nothing(served, here):
    here.goto(f"{served.base_url}/story")
    here.keyboard.press("Escape")
    here.keyboard.press("Escape")
    here.keyboard.press("a")
    here.keyboard.press("Escape")
    assert here.url == f"{served.base_url}/story"
    assert here.reload().ok


@pytest.mark.parametrize("address", ["/", "/sign-in", "/view", "/nowhere"])
def test_escape_leaves_from_pages_for_everyone_too(served, here, away, address):
    here.context.clear_cookies()
    here.goto(served.base_url + address)
    _leave_by_escape(here)
    here.wait_for_url(away)


def test_the_keyboard_reaches_the_way_out_right_after_the_skip_link(served, here):
    here.goto(f"{served.base_url}/story")
    here.keyboard.press("Tab")
    here.keyboard.press("Tab")
    expect(here.get_by_role("link", name="Leave this page quickly")).to_be_focused()


def test_signing_out_everywhere_ends_the_other_devices_at_once(served, here, elsewhere):
    elsewhere.goto(f"{served.base_url}/story")
    here.goto(f"{served.base_url}/account/devices")
    here.get_by_role("button", name="Sign out everywhere else").click()
    expect(here.get_by_text("You are signed out everywhere else")).to_be_visible()
    elsewhere.reload()
    expect(elsewhere.get_by_role("heading", name="Sign in")).to_be_visible()
