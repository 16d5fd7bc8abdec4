"""Whatever interrupts her, what the resident typed is not lost."""

import re

import pytest

from passport.accounts.sessions import end_session
from passport.story.errors import UnknownSection
from passport.story.sections import section
from passport.web.forms.passport_form import OPEN_TOO_LONG
from tests.residents import PASSPHRASE, new_resident
from tests.web.sharing_steps import begins_a_share, goes_through
from tests.web.visitor import Visitor, forms_on

WARD = {"recipient": "Ward 7", "sections": ["please-do"]}
WORDS = 'It "began" <in> May.\r\nمرحبا 🦦\r\n\r\n& then it rained.'
SHOWN = "It &#34;began&#34; &lt;in&gt; May."


@pytest.fixture
def interrupted(signed_in, database, maud):
    """Maud sent what she wrote after her session had ended."""
    form = signed_in.form("/story/my-story/edit").filled({"part-text": WORDS})
    end_session(database, maud.cookie)
    return signed_in.client.post("/story/my-story/edit", data=form)


def test_an_ended_session_asks_to_sign_in_at_the_same_address(interrupted):
    assert interrupted.status_code == 401
    assert 'name="passphrase"' in interrupted.text
    assert "What you typed is not lost" in interrupted.text


def test_signing_in_again_saves_what_was_typed(interrupted, signed_in, maud):
    form = signed_in.form(interrupted).filled({"name": maud.name, "passphrase": PASSPHRASE})
    answer = signed_in.client.post("/story/my-story/edit", data=form)
    assert answer.location == "/story/my-story"
    page = signed_in.sees("/story/my-story").text
    assert SHOWN in page
    assert "مرحبا 🦦" in page
    assert "&amp; then it rained." in page


def test_a_wrong_passphrase_on_the_way_loses_nothing(interrupted, signed_in, maud):
    form = signed_in.form(interrupted).filled({"name": maud.name, "passphrase": "wrong one"})
    again = signed_in.client.post("/story/my-story/edit", data=form)
    assert again.status_code == 401
    form = signed_in.form(again).filled({"name": maud.name, "passphrase": PASSPHRASE})
    assert signed_in.client.post("/story/my-story/edit", data=form).status_code == 303
    assert SHOWN in signed_in.sees("/story/my-story").text


def test_fields_of_the_same_name_do_not_get_mixed_up(signed_in, database, maud):
    form = signed_in.form("/story/people/edit").filled({"part-people-0-name": "Ada"})
    end_session(database, maud.cookie)
    asked = signed_in.client.post("/story/people/edit", data={**form, "name": "typed before"})
    form = signed_in.form(asked).filled({"name": maud.name, "passphrase": PASSPHRASE})
    assert signed_in.client.post("/story/people/edit", data=form).status_code == 303
    assert "Ada" in signed_in.sees("/story/people").text


def test_what_she_typed_is_never_saved_in_anothers_passport(interrupted, signed_in, database):
    """Somebody else signs in where she was asked to."""
    bert = new_resident(database)
    form = signed_in.form(interrupted).filled({"name": bert.name, "passphrase": PASSPHRASE})
    answer = signed_in.client.post("/story/my-story/edit", data=form)
    assert answer.status_code == 409
    assert "Another passport is open now" in answer.text
    assert SHOWN in answer.text
    assert "مرحبا 🦦" in answer.text
    assert "Sign out" in answer.text
    with pytest.raises(UnknownSection):
        section(database, bert.passport, "my-story")
    assert "You have not written this yet" in signed_in.sees("/story/my-story").text


def test_a_page_of_hers_does_nothing_in_the_passport_that_is_open_now(app, signed_in, database):
    """Somebody else signed in in another tab."""
    bert = new_resident(database)
    form = signed_in.form("/story/my-story/edit").filled({"part-text": WORDS})
    signed_in.client.set_cookie("session", bert.cookie)
    answer = signed_in.client.post("/story/my-story/edit", data=form)
    assert answer.status_code == 409
    assert SHOWN in answer.text
    assert "You have not written this yet" in signed_in.sees("/story/my-story").text


def test_a_share_of_hers_is_not_made_in_the_passport_that_is_open_now(signed_in, database):
    bert = new_resident(database)
    bert.write("please-do", ["Bert's words"])
    address = begins_a_share(signed_in)
    form = signed_in.form(goes_through(signed_in, address, **WARD)).filled({})
    signed_in.client.set_cookie("session", bert.cookie)
    assert signed_in.client.post(f"{address}/check", data=form).status_code == 409
    assert "You have not shared your story yet" in signed_in.sees("/shares").text


# Signing out, and the language of pages: neither carries words that somebody typed.
NOTHING_OF_HERS = ("/sign-out", "/language")


def test_every_form_carries_the_mark_of_its_owner(app, signed_in, other, maud):
    """Table-driven: a new form is held to it from its first day."""
    share = maud.share("please-do", with_passcode=True)
    maud.write("please-do", ["Later words"])
    values = {"share_id": share.share_id, "key": "please-do", "number": 1}
    marks = set()
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or not re.match("/(story|shares|recovery)", rule.rule):
            continue
        address = re.sub(
            r"<(?:[^<>]+:)?(\w+)>", lambda m: str(values.get(m[1], "0" * 32)), rule.rule
        )
        page = signed_in.sees(address)
        for form in forms_on(page) if page.mimetype == "text/html" else []:
            if form.action not in NOTHING_OF_HERS:
                assert "owner" in form.names, f"{address} {form.action}"
                marks |= set(form.filled({})["owner"])
    (mark,) = marks
    assert maud.passport.passport_id not in mark
    assert other.form("/recovery-code").filled({})["owner"] != [mark]


def test_signing_in_elsewhere_meanwhile_loses_nothing(interrupted, signed_in, maud):
    """The form is then too old to be sent at once, so it is shown once more."""
    who = {"name": maud.name, "passphrase": PASSPHRASE}
    form = signed_in.form(interrupted).filled(who)
    signed_in.sends("/sign-in", **who)
    asked = signed_in.client.post("/story/my-story/edit", data=form)
    assert asked.status_code == 401
    form = signed_in.form(asked).filled(who)
    page = signed_in.client.post("/story/my-story/edit", data=form)
    assert signed_in.form(page).filled({})["part-text"] == [WORDS]
    assert signed_in.sends("/story/my-story/edit", page).status_code == 303


def test_a_button_pressed_after_the_session_ended_is_said_to_be_not_done_yet(
    signed_in, database, maud
):
    share = maud.share("please-do")
    address = f"/shares/{share.share_id}"
    form = signed_in.form(address, f"{address}/pause").filled({})
    end_session(database, maud.cookie)
    asked = signed_in.client.post(f"{address}/pause", data=form)
    assert "What you asked for is not done yet." in asked.text
    assert "What you typed is not lost" not in asked.text
    form = signed_in.form(asked).filled({"name": maud.name, "passphrase": PASSPHRASE})
    assert signed_in.client.post(f"{address}/pause", data=form).location == address
    assert "You paused it." in signed_in.sees(address).text


def test_another_site_cannot_have_the_owner_sign_in_to_its_wishes(app, maud):
    """A form that was never ours is shown again, with everything typed, and not acted upon."""
    lured = Visitor(app)
    asked = lured.client.post(
        "/story/my-story/edit", data={"part-text": "planted", "csrf_token": "x", "based_on": "0"}
    )
    form = lured.form(asked).filled({"name": maud.name, "passphrase": PASSPHRASE})
    answer = lured.client.post("/story/my-story/edit", data=form)
    assert str(OPEN_TOO_LONG) in answer.text
    assert "You have not written this yet" in lured.sees("/story/my-story").text


def test_another_site_cannot_stop_a_share_by_way_of_the_sign_in(app, maud):
    share, lured = maud.share("please-do"), Visitor(app)
    address = f"/shares/{share.share_id}/stop"
    asked = lured.client.post(address, data={"csrf_token": ""})
    form = lured.form(asked).filled({"name": maud.name, "passphrase": PASSPHRASE})
    assert lured.client.post(address, data=form).status_code == 200
    assert "can read 1 part" in lured.sees("/shares").text


@pytest.mark.parametrize("token", ["", "wrong", "ImFiYyI.Zz.sig"])
def test_a_wrong_token_keeps_everything_typed(signed_in, token):
    form = signed_in.form("/story/my-story/edit").filled(
        {"part-text": WORDS, "sensitive": "y", "language": "ur", "csrf_token": token}
    )
    page = signed_in.client.post("/story/my-story/edit", data=form)
    assert page.status_code == 200
    assert page.text.count(str(OPEN_TOO_LONG)) == 1
    kept = signed_in.form(page).filled({})
    assert kept["part-text"] == [WORDS]
    assert kept["sensitive"] == ["y"]
    assert kept["language"] == ["ur"]


def test_pressing_again_after_a_wrong_token_saves(signed_in):
    form = signed_in.form("/story/my-story/edit").filled(
        {"part-text": WORDS, "csrf_token": "wrong"}
    )
    page = signed_in.client.post("/story/my-story/edit", data=form)
    assert signed_in.sends("/story/my-story/edit", page).status_code == 303


def test_a_wrong_token_keeps_every_choice_of_a_share(signed_in):
    address = begins_a_share(signed_in)
    typed = {
        "who": {"recipient": "Ward 7", "kind": "ward"},
        "what": {"sections": ["please-do"], "sensitive": ["crisis"], "identity": ["called"]},
        "how-long": {"duration": "year"},
        "passcode": {"passcode": "no", "is_direct": "y", "may_hand_over": "y"},
    }
    for step, chosen in typed.items():
        form = signed_in.form(f"{address}/{step}").filled(chosen | {"csrf_token": "wrong"})
        page = signed_in.client.post(f"{address}/{step}", data=form)
        kept = signed_in.form(page).filled({})
        for name, value in chosen.items():
            assert kept[name] == ([value] if isinstance(value, str) else value)
        assert signed_in.sends(f"{address}/{step}", page).status_code == 303


def test_a_session_that_ends_among_the_steps_loses_no_choice(signed_in, database, maud):
    address = begins_a_share(signed_in)
    goes_through(signed_in, address, **WARD, duration="year")
    form = signed_in.form(f"{address}/passcode").filled({"passcode": "no"})
    end_session(database, maud.cookie)
    asked = signed_in.client.post(f"{address}/passcode", data=form)
    form = signed_in.form(asked).filled({"name": maud.name, "passphrase": PASSPHRASE})
    assert signed_in.client.post(f"{address}/passcode", data=form).location == f"{address}/check"
    page = signed_in.sees(f"{address}/check").text
    for chosen in ("Ward 7", "Warm your hands first", "No passcode."):
        assert chosen in page


# Without a code, a ticket or a choice there is nothing to press on yet.
ASK_FOR_MORE_FIRST = {"joining.answer", "help_tickets.back_in", "help_tickets.forget"}
# Without a token the choice of a language counts on this device only.
ASK_FOR_MORE_FIRST |= {"share_check.check", "language.choose"}


def test_every_form_refuses_a_request_without_a_token(app, signed_in, maud):
    """Table-driven: a new address that takes a POST is held to it from its first day."""
    share = maud.share("please-do", with_passcode=True)
    values = {"share_id": share.share_id, "key": "please-do", "number": 1}
    before = state(signed_in, share.share_id)
    for rule in app.url_map.iter_rules():
        # Leaving quickly asks for no token: nothing is done by it but signing out.
        if "POST" not in (rule.methods or ()) or re.match("/(api|shl|leave)", rule.rule):
            continue
        address = re.sub(
            r"<(?:[^<>]+:)?(\w+)>", lambda m: str(values.get(m[1], "0" * 32)), rule.rule
        )
        answer = signed_in.client.post(address, data={"duration": "year"})
        if rule.endpoint in ASK_FOR_MORE_FIRST or answer.status_code in (404, 422):
            continue
        assert answer.status_code in (200, 400), address
        assert re.search(f"{OPEN_TOO_LONG}|open for too long", answer.text), address
    assert state(signed_in, share.share_id) == before


def state(visitor: Visitor, share_id: str) -> list[str]:
    pages = ["/story", "/shares", f"/shares/{share_id}", "/recovery-code"]
    passing = 'name="csrf_token"[^>]*|data-seconds-left="[0-9]+"'
    return [re.sub(passing, "", visitor.sees(page).text) for page in pages]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_what_another_site_posts_is_not_carried_along(app, site):
    """Shown after the sign-in as her own, it would be one press from being saved."""
    answer = Visitor(app).client.post(
        "/story/my-story/edit", data={"part-text": "planted"}, headers={"Sec-Fetch-Site": site}
    )
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/story/my-story/edit")
