"""Making a passport, signing in and out, and getting back in."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from passport import clock
from passport.accounts import slots
from passport.accounts.sign_in import sign_in
from passport.crypto.recovery_code import new_recovery_code
from passport.storage.tables import key_slots
from tests.applications import make_app
from tests.residents import CHEAP, PASSPHRASE, PEPPER, new_resident
from tests.web.visitor import Visitor

NEW = {"name": "Amina K", "passphrase": "purple lantern otter biscuit"}


def session_flags(response) -> set[str]:
    cookies = [c for c in response.headers.getlist("Set-Cookie") if "session=" in c]
    return set(cookies[0].split("; ")[1:]) | {cookies[0].partition("=")[0]}


def test_signing_up_leads_to_the_recovery_code(stranger):
    assert stranger.sends("/sign-up", **NEW).location == "/recovery-code"
    assert "I have kept it" in stranger.sees("/recovery-code").text


def test_the_recovery_code_is_shown_in_eight_groups(signed_in, maud):
    page = signed_in.sees("/recovery-code").text
    for group in maud.recovery_code.split("-"):
        assert f">{group}</li>" in page


def test_the_story_reminds_of_the_recovery_code_until_it_is_kept(signed_in):
    assert "Keep your recovery code" in signed_in.sees("/story").text
    signed_in.sends("/recovery-code")
    assert "Keep your recovery code" not in signed_in.sees("/story").text


def test_a_kept_recovery_code_is_never_shown_again(signed_in, maud):
    signed_in.sends("/recovery-code")
    assert maud.recovery_code.split("-")[0] not in signed_in.sees("/recovery-code").text


def test_pressing_sign_up_twice_ends_in_the_same_passport(stranger):
    form = stranger.form("/sign-up").filled(NEW)
    stranger.client.post("/sign-up", data=form)
    # The browser's first answer was lost; only the form's cookie is still what it was.
    again = Visitor(stranger.client.application)
    assert again.sends("/sign-up", **NEW).location == "/recovery-code"


@pytest.mark.parametrize(
    ("name", "passphrase", "error"),
    [
        ("", NEW["passphrase"], "Write a name."),
        ("ab", NEW["passphrase"], "at least 3 letters"),
        ("bell\a name", NEW["passphrase"], "Use only letters, numbers and spaces"),
        ("n" * 1_000_000, NEW["passphrase"], "Use no more than 256 letters."),
        ("Amina K", "", "Write a passphrase."),
        ("Amina K", "password1234", "too easy to guess"),
        ("Amina K", "p" * 1_000_000, "Use no more than 256 letters."),
    ],
)
def test_what_cannot_be_a_passport_is_said_beside_the_field(stranger, name, passphrase, error):
    page = stranger.sends("/sign-up", name=name, passphrase=passphrase)
    assert page.status_code == 200
    assert "<title>Error: Make a passport" in page.text
    assert page.text.count(error) == 2  # in the summary, and beside the field


def test_all_that_is_wrong_is_said_at_once(stranger):
    page = stranger.sends("/sign-up", name="ab", passphrase="password1234")
    assert "at least 3 letters" in page.text
    assert "too easy to guess" in page.text


def test_a_refused_sign_up_keeps_the_name(stranger):
    page = stranger.sends("/sign-up", name="Amina <K> 🦦", passphrase="short")
    assert "Amina &lt;K&gt; 🦦" in page.text


def test_a_name_that_somebody_has_makes_a_passport_of_its_own(stranger, maud):
    sent = {"name": maud.name, "passphrase": NEW["passphrase"]}
    assert stranger.sends("/sign-up", **sent).location == "/recovery-code"
    assert "Warm your hands first" not in stranger.sees("/story").text


def test_a_new_passport_is_said_to_be_new_and_empty_and_where_an_earlier_one_is(stranger):
    page = stranger.sees(stranger.sends("/sign-up", **NEW).location)
    assert "This is a new, empty passport." in page.text
    assert 'href="/recover"' in page.text


def test_an_older_passport_or_one_with_words_is_not_called_new(signed_in, maud, monkeypatch):
    said = "This is a new, empty passport."
    assert said not in signed_in.sees("/recovery-code").text
    later = clock.now() + timedelta(minutes=61)
    new = new_resident(maud.database)
    visitor = Visitor(signed_in.client.application, new.cookie)
    assert said in visitor.sees("/recovery-code").text
    visitor.sees("/story")
    monkeypatch.setattr(clock, "now", lambda: later)
    again = sign_in(maud.database, PEPPER, CHEAP, new.name, PASSPHRASE)
    assert said not in Visitor(visitor.client.application, again).sees("/recovery-code").text


def test_getting_back_in_does_not_call_her_passport_a_new_one(app, database, monkeypatch):
    new, soon = new_resident(database), clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: soon)
    visitor, typed = Visitor(app), {"code": new.recovery_code, "passphrase": NEW["passphrase"]}
    page = visitor.sees(visitor.sends("/recover", **typed).location)
    assert "You are in again" in page.text
    assert "This is a new, empty passport." not in page.text


def test_signing_up_with_ones_own_name_and_passphrase_opens_ones_own_story(stranger, maud):
    stranger.sends("/sign-up", name=maud.name, passphrase=PASSPHRASE)
    assert "Warm your hands first" in stranger.sees("/story").text


def test_signing_in_opens_the_story(stranger, maud):
    answer = stranger.sends("/sign-in", name=maud.name, passphrase=PASSPHRASE)
    assert answer.location == "/story"
    assert "Warm your hands first" in stranger.sees("/story").text


def test_a_wrong_passphrase_says_what_a_wrong_name_says(stranger, maud):
    wrong = stranger.sends("/sign-in", name=maud.name, passphrase="not this one at all")
    unknown = stranger.sends("/sign-in", name="nobody at all", passphrase="not this one at all")
    said = "The name or the passphrase is not right."
    assert said in wrong.text
    assert said in unknown.text


def test_signing_in_again_leads_to_the_page_that_was_wanted(stranger, maud):
    wanted = stranger.sees("/shares/new").location
    assert stranger.sends(wanted, name=maud.name, passphrase=PASSPHRASE).location == "/shares/new"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/%09/evil.example\t",
        "javascript:alert(1)",
        "http:evil.example",
        "/\n/evil.example",
        "//[",
        "",
    ],
)
def test_signing_in_never_leads_to_another_site(stranger, maud, elsewhere):
    address = stranger.client.get("/sign-in", query_string={"next": elsewhere}).request.full_path
    answer = stranger.sends(address, name=maud.name, passphrase=PASSPHRASE)
    assert answer.location == "/story"


def test_the_session_cookie_is_hidden_from_scripts_and_other_sites(stranger, maud):
    answer = stranger.sends("/sign-in", name=maud.name, passphrase=PASSPHRASE)
    assert session_flags(answer) == {"session", "HttpOnly", "Path=/", "SameSite=Lax"}


def test_over_tls_the_session_cookie_is_bound_to_the_host(tmp_path):
    app = make_app(tmp_path, base_url="https://passport.example")
    answer = Visitor(app, base_url="https://passport.example").sends("/sign-up", **NEW)
    assert session_flags(answer) == {
        "__Host-session",
        "Secure",
        "HttpOnly",
        "Path=/",
        "SameSite=Lax",
    }


def test_a_form_opened_before_signing_in_is_worth_nothing_after(stranger, maud):
    planted = stranger.form("/sign-in").filled({})["csrf_token"][0]
    stranger.sends("/sign-in", name=maud.name, passphrase=PASSPHRASE)
    stranger.client.post("/sign-out", data={"csrf_token": planted})
    assert stranger.sees("/story").status_code == 200


def test_signing_out_ends_the_session_everywhere_it_was_copied_to(signed_in, app, maud):
    signed_in.presses("/story", "/sign-out")
    copied = Visitor(app, maud.cookie)
    assert copied.sees("/story").location == "/sign-in?next=/story"


def test_signing_out_says_so(signed_in):
    assert signed_in.presses("/story", "/sign-out").location == "/"
    assert "You are signed out." in signed_in.sees("/").text


def test_the_paper_says_all_that_is_needed_to_get_back_in(signed_in, maud):
    page = signed_in.sees("/recovery-code").text
    assert maud.name in page
    assert "http://localhost/recover" in page


def test_a_kept_code_leaves_no_name_on_its_page(signed_in, maud):
    signed_in.sends("/recovery-code")
    assert maud.name not in signed_in.sees("/recovery-code").text


def test_after_recovery_the_new_code_is_shown_and_the_old_paper_said_to_be_over(stranger, maud):
    typed = {"code": maud.recovery_code, "passphrase": "walnut ferry drizzle so"}
    page = stranger.sees(stranger.sends("/recover", **typed).location).text
    assert "The code on your old paper does not work any more." in page
    code = slots.unconfirmed_recovery_code(maud.database, maud.passport)
    assert f">{code.split('-')[0]}</li>" in page


def test_a_code_typed_in_several_lines_is_taken(stranger, maud):
    code = maud.recovery_code.replace("-", "\r\n", 3)
    typed = {"code": code, "passphrase": "walnut ferry drizzle so"}
    assert stranger.sends("/recover", **typed).location == "/recovery-code"


def test_the_apis_page_knows_who_is_signed_in(signed_in, stranger):
    assert "Sign out" in signed_in.sees("/api/docs").text
    assert "Sign out" not in stranger.sees("/api/docs").text


def test_the_recovery_code_sets_a_new_passphrase_and_brings_a_new_code(stranger, maud):
    new = "walnut ferry drizzle anthem"
    answer = stranger.sends("/recover", code=maud.recovery_code.lower(), passphrase=new)
    assert answer.location == "/recovery-code"
    code = slots.unconfirmed_recovery_code(maud.database, maud.passport)
    assert code not in (None, maud.recovery_code)
    assert f">{code.split('-')[0]}</li>" in stranger.sees("/recovery-code").text


def test_pressing_twice_on_recovery_gets_in_all_the_same(app, stranger, maud):
    typed = {"code": maud.recovery_code, "passphrase": "walnut ferry drizzle so"}
    stranger.sends("/recover", **typed)
    assert Visitor(app).sends("/recover", **typed).location == "/recovery-code"


def test_a_mistyped_recovery_code_names_the_wrong_group(stranger, maud):
    groups = maud.recovery_code.split("-")
    groups[2] = groups[2][:4] + ("A" if groups[2][4] != "A" else "B")
    page = stranger.sends("/recover", code="-".join(groups), passphrase="walnut ferry drizzle so")
    assert "Group 3 is not right." in page.text
    assert "-".join(groups) in page.text


def test_a_recovery_code_with_a_piece_missing_is_said_so(stranger, maud):
    page = stranger.sends("/recover", code="7K2", passphrase=PASSPHRASE)
    assert "Check that all are there." in page.text


def test_the_page_after_recovery_says_what_ones_sign_in_name_is(stranger, maud):
    typed = {"code": maud.recovery_code, "passphrase": "walnut ferry drizzle so"}
    assert maud.name in stranger.sees(stranger.sends("/recover", **typed).location).text


def test_the_name_is_asked_for_only_when_the_code_alone_finds_nothing(stranger, maud):
    assert 'name="name"' not in stranger.sees("/recover").text
    code = new_recovery_code()
    page = stranger.sends("/recover", code=code, passphrase="walnut ferry drizzle so")
    assert "This code is not right." in page.text
    assert 'name="name"' in page.text
    again = {"name": maud.name, "code": code, "passphrase": "walnut ferry drizzle so"}
    assert "This code is not right." in stranger.sends("/recover", page, **again).text


def test_a_code_of_before_gets_back_in_with_its_name(stranger, maud):
    with maud.database.write() as connection:
        connection.execute(update(key_slots).values(secret_lookup=None))
    typed = {"code": maud.recovery_code, "passphrase": "walnut ferry drizzle so"}
    page = stranger.sends("/recover", **typed)
    answer = stranger.sends("/recover", page, name=maud.name, **typed)
    assert answer.location == "/recovery-code"


def test_a_new_passphrase_made_of_ones_name_is_refused_and_the_code_still_works(stranger, maud):
    typed = {"code": maud.recovery_code, "passphrase": maud.name}
    assert "too easy to guess" in stranger.sends("/recover", **typed).text
    typed["passphrase"] = "walnut ferry drizzle so"
    assert stranger.sends("/recover", **typed).location == "/recovery-code"


@pytest.mark.parametrize("path", ["/recover", "/recover/with-help"])
def test_the_ways_back_in_do_not_make_her_look_signed_out(signed_in, stranger, path):
    assert "Sign out" in signed_in.sees(path).text
    assert "Sign out" not in stranger.sees(path).text
