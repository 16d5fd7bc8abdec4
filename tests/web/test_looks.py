"""How pages look is chosen once, kept with the passport, and remembered before signing in."""

import re

import pytest

from tests.web.visitor import Visitor

NARROW = {"width": 320, "height": 640}


def root_of(page) -> str:
    return re.search("<html[^>]*>", page.text)[0]


def test_a_stranger_chooses_on_a_device_and_it_stays(stranger):
    assert "class" not in root_of(stranger.sees("/"))
    stranger.sends("/how-pages-look", size="largest", others=["spaced", "calm"])
    for address in ("/", "/sign-in", "/nowhere"):
        root = root_of(stranger.sees(address))
        assert 'class="passport-look-largest passport-look-spaced passport-look-calm"' in root


def test_what_an_owner_chose_comes_along_to_her_other_devices_and_goes_again(app, maud, signed_in):
    signed_in.sends("/how-pages-look", size="large", others=["strong"])
    tablet = Visitor(app, maud.cookie)
    assert "passport-look-large passport-look-strong" in root_of(tablet.sees("/story"))
    tablet.client.delete_cookie("session")
    assert "passport-look-strong" in root_of(tablet.sees("/sign-in"))
    signed_in.sends("/how-pages-look", size="usual", others=None)
    assert "class" not in root_of(Visitor(app, maud.cookie).sees("/story"))


def test_other_settings_leave_it_as_it_is(signed_in):
    signed_in.sends("/how-pages-look", size="large")
    signed_in.sends("/account/settings", neutral_titles="y")
    assert "passport-look-large" in root_of(signed_in.sees("/story"))


def test_a_cookie_that_says_anything_else_changes_nothing(stranger):
    stranger.client.set_cookie("looks", 'large." onload="x.strong')
    expected = '<html lang="en" dir="ltr" class="passport-look-large passport-look-strong">'
    assert root_of(stranger.sees("/")) == expected


def test_the_readers_page_is_the_same_whatever_was_chosen(signed_in, stranger):
    signed_in.sends("/how-pages-look", size="largest", others=["spaced", "strong", "calm"])
    assert signed_in.sees("/view").text == stranger.sees("/view").text


@pytest.mark.browser
@pytest.mark.parametrize("forced", ["none", "active"])
def test_pages_bear_every_choice_at_once_on_a_narrow_screen(served, browser, axe, forced):
    with browser.new_context(viewport=NARROW, forced_colors=forced) as context:
        context.add_cookies(
            [
                {"name": "session", "value": served.maud.cookie, "url": served.base_url},
            ]
        )
        page = context.new_page()
        page.goto(f"{served.base_url}/how-pages-look")
        page.get_by_label("Largest").check()
        for label in ("More space", "Strong colours", "Nothing moves"):
            page.get_by_label(label).check()
        page.get_by_role("button", name="Save").click()
        for address in ("/how-pages-look", "/", "/story", "/story/people/edit", "/shares/new"):
            page.goto(served.base_url + address)
            wide = "document.documentElement.scrollWidth - innerWidth"
            assert page.evaluate(wide) <= 0, address
            assert axe(page) == [], address
        page.goto(served.base_url)
        size = "parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"
        assert page.evaluate(size) > 22
        moves = "getComputedStyle(document.querySelector('button')).transitionDuration"
        assert page.evaluate(moves) == "0s"
