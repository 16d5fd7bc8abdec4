"""Pages in the reader's language: chosen on any page, without a script, and kept."""

import pytest

from passport.accounts.preferences import preferences
from passport.web import page_language
from tests.web.sharing_steps import share_made
from tests.web.visitor import forms_on


def chosen(visitor, address: str, code: str):
    """The page at this address, after its reader has chosen a language on it."""
    form = next(f for f in forms_on(visitor.sees(address)) if f.action == "/language")
    return visitor.client.post(
        "/language", data=form.filled({"language": code}), base_url=visitor.base_url
    )


def test_a_stranger_changes_the_language_and_stays_on_the_same_page(stranger):
    answer = chosen(stranger, "/sign-in?next=/join", "ur")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/join")
    assert '<html lang="ur" dir="rtl">' in stranger.sees("/").text


@pytest.mark.parametrize("code", page_language.PAGE_LANGUAGES)
def test_every_page_says_its_language_and_its_direction(stranger, code):
    chosen(stranger, "/", code)
    direction = "rtl" if code in ("ur", "ar") else "ltr"
    assert f'<html lang="{code}" dir="{direction}">' in stranger.sees("/sign-up").text


def test_without_a_choice_the_browser_is_asked(stranger):
    page = stranger.client.get(
        "/", base_url=stranger.base_url, headers={"Accept-Language": "fr, ar;q=0.8, en;q=0.5"}
    )
    assert '<html lang="ar" dir="rtl">' in page.text
    assert '<html lang="en" dir="ltr">' in stranger.sees("/").text


def test_the_language_leads_to_no_other_site_and_is_one_that_we_have(stranger):
    sent = {"language": "pl", "next": "//evil.example/"}
    answer = stranger.client.post("/language", data=sent, base_url=stranger.base_url)
    assert answer.location == "/"
    sent = {"language": "xx", "next": "/"}
    assert (
        stranger.client.post("/language", data=sent, base_url=stranger.base_url).status_code == 400
    )


def test_another_site_can_not_change_the_language(stranger):
    stranger.client.post(
        "/language",
        data={"language": "pl", "next": "/"},
        base_url=stranger.base_url,
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert '<html lang="en"' in stranger.sees("/").text


def test_the_language_is_kept_with_the_passport_and_found_on_another_device(
    maud, database, signed_in, stranger
):
    chosen(signed_in, "/story", "cy")
    assert preferences(database, maud.passport).language == "cy"
    stranger.client.set_cookie("session", maud.cookie)
    assert '<html lang="cy"' in stranger.sees("/account").text
    stranger.client.delete_cookie("session")
    # Its device remembers it for the pages before the next sign-in.
    assert '<html lang="cy"' in stranger.sees("/sign-in").text


def test_without_a_token_the_passport_s_own_choice_stays(database, maud, signed_in):
    signed_in.client.post(
        "/language", data={"language": "tr", "next": "/"}, base_url=signed_in.base_url
    )
    assert preferences(database, maud.passport).language == ""


def test_a_page_says_that_nobody_has_checked_its_translation(stranger):
    said = "No native speaker has checked this translation yet."
    assert said not in stranger.sees("/").text
    chosen(stranger, "/", "bn")
    assert "passport-unchecked" in stranger.sees("/").text


def test_the_digits_of_a_passcode_stand_in_their_order_where_words_run_to_the_left(signed_in):
    address = share_made(signed_in, recipient="Ward 7", sections=["please-do"])
    chosen(signed_in, "/story", "ur")
    page = signed_in.sees(address).text
    assert '<html lang="ur" dir="rtl">' in page
    assert '<strong dir="ltr" class="passport-show__digits">' in page
