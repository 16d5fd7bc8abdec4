"""The inbox, the one question and the emergency card, as their owner meets them."""

from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from passport import clock
from passport.accounts.sessions import passport_of
from passport.sharing import told_again
from passport.sharing.create_share import create_share
from passport.sharing.emergency import emergency_terms
from passport.sharing.leave_reply import leave_reply
from passport.sharing.receipts import Reader
from passport.sharing.reply import Given
from passport.sharing.reply_capability import capability_for
from passport.sharing.share import Share
from passport.storage.identifiers import new_id
from passport.story.sections import section
from tests.residents import PEPPER, Resident, reading
from tests.sharing.clinician import read
from tests.web.visitor import Visitor, forms_on

NURSE = Reader("Nurse <b>Ann</b>, Ward 7")


def _gives(maud: Resident, share: Share, kind: str, **given: str) -> None:
    assert share.record.secrets is not None
    capability = capability_for(PEPPER, share.record.secrets.address, new_id(), NURSE)
    leave_reply(reading(maud.database), capability, Given(kind, **given))


def _presses(visitor: Visitor, page: TestResponse, ending: str, **typed: str) -> TestResponse:
    """Press the button of the form whose address ends so, and see the next page."""
    form = next(f for f in forms_on(page) if f.action.endswith(ending) and f.action != "/sign-out")
    address = form.action or page.request.path
    return visitor.client.post(address, data=form.filled(typed), follow_redirects=True)


def _card(maud: Resident) -> Share:
    return create_share(
        maud.database, PEPPER, maud.passport, emergency_terms("My wallet", ("please-do",))
    )


def test_what_came_back_is_counted_until_it_is_seen(maud, signed_in):
    share = maud.share("please-do")
    _gives(maud, share, "acknowledgement", words="We will warm our hands")
    _gives(maud, share, "message", words="<script>alert(1)</script>")
    assert "Inbox (2)" in signed_in.sees("/story").text
    page = signed_in.sees("/inbox").text
    assert "We will warm our hands" in page
    assert "<script>alert" not in page
    assert "<b>Ann" not in page
    assert "Inbox (" not in page
    assert "Inbox (" not in signed_in.sees("/story").text


def test_a_suggestion_is_added_with_one_press(maud, signed_in):
    _gives(maud, maud.share("please-do"), "suggestion", section="please-do", words="Offer tea")
    page = _presses(signed_in, signed_in.sees("/inbox"), "/accept")
    assert "It is in your story now" in page.text
    assert "You added it to your story." in page.text
    found = section(maud.database, maud.passport, "please-do")
    assert found.content == {"lines": ["Warm your hands first", "Offer tea"]}
    assert found.supported_by == NURSE.recipient
    assert NURSE.recipient.replace("<", "&lt;").replace(">", "&gt;") in (
        signed_in.sees("/account/activity").text
    )


def test_a_suggestion_can_be_left_out(maud, signed_in):
    _gives(maud, maud.share("please-do"), "suggestion", section="please-do", words="Offer tea")
    page = _presses(signed_in, signed_in.sees("/inbox"), "/decline")
    assert "You left it out." in page.text
    assert "Offer tea" not in signed_in.sees("/story/please-do").text


def test_a_suggestion_that_does_not_fit_says_what_to_do(maud, signed_in):
    _gives(maud, maud.share("please-do"), "suggestion", section="own-0badcafe", words="Dog")
    page = _presses(signed_in, signed_in.sees("/inbox"), "/accept")
    assert page.status_code == 409
    assert "Add it yourself, in your own words." in page.text


def test_a_thank_you_is_sent_once_there_is_somebody_to_reach(maud, signed_in):
    share = maud.share("please-do")
    _gives(maud, share, "message", words="Hello")
    assert "Say thank you" not in signed_in.sees("/inbox").text
    _gives(maud, share, "acknowledgement", thanks_to="A" * 43)
    page = _presses(signed_in, signed_in.sees("/inbox"), "/thank", words="You listened.")
    assert "You said thank you:" in page.text
    assert "You listened." in page.text


def test_who_handed_over_to_whom_is_said(maud, signed_in):
    share = maud.share("please-do", may_hand_over=True)
    _gives(maud, share, "handover", role="Night nurse", team="Ward 9")
    page = signed_in.sees("/inbox").text
    assert "<bdi>Night nurse</bdi>, <bdi>Ward 9</bdi>" in page


@pytest.fixture
def later(monkeypatch):
    """Two hours go by without anybody being signed out."""
    return lambda: monkeypatch.setattr(told_again, "ASKED_AFTER", timedelta(0))


def test_one_question_after_a_reading_and_its_answer_as_a_picture(maud, signed_in, later):
    read(maud.database, maud.share("please-do"))
    assert "tell your story again?" not in signed_in.sees("/story").text
    later()
    page = _presses(signed_in, signed_in.sees("/story"), "/inbox/measure", answer="no")
    assert "You did not have to tell your story again: 1 out of 1." in page.text
    assert '<svg class="passport-measure"' in page.text
    assert "style=" not in page.text
    assert "Save my answer" not in signed_in.sees("/story").text


def test_a_question_without_an_answer_says_so(maud, signed_in, later):
    read(maud.database, maud.share("please-do"))
    later()
    page = _presses(signed_in, signed_in.sees("/story"), "/inbox/measure")
    assert page.status_code == 400
    assert "Choose one of the answers." in page.text


def test_she_need_never_be_asked_again_and_can_change_her_mind(maud, signed_in, later):
    read(maud.database, maud.share("please-do"))
    later()
    page = _presses(signed_in, signed_in.sees("/story"), "/inbox/measure/never")
    assert "Save my answer" not in page.text
    assert "Save my answer" not in signed_in.sees("/inbox").text
    page = _presses(signed_in, page, "/inbox/measure/again")
    assert "Save my answer" in page.text


def test_an_emergency_card_is_made_of_what_she_ticks_and_nothing_else(maud, signed_in):
    page = signed_in.sees("/shares/emergency/new")
    assert page.text.count("There is no passcode") == 1
    wrong = _presses(signed_in, page, "new", recipient="My wallet")
    assert "Tick at least one part of your story, or one fact." in wrong.text
    made = _presses(signed_in, wrong, "new", recipient="My wallet", sections="please-do")
    assert "qr.svg" in made.text
    assert "until you stop it" in made.text
    assert "Passcode" not in made.text


def test_every_page_tells_that_the_card_was_opened_until_she_has_seen_it(maud, signed_in, stranger):
    card = _card(maud)
    assert signed_in.sees("/inbox/news.json").json == {"unread": 0, "until": 0, "words": ""}
    read(maud.database, card)
    words = "Someone opened your emergency card today at"
    for address in ("/story", "/shares", "/account"):
        assert words in signed_in.sees(address).text
    assert words in signed_in.sees("/inbox/news.json").json["words"]
    assert stranger.sees("/inbox/news.json").json["words"] == ""
    page = _presses(signed_in, signed_in.sees("/story"), "/inbox/openings/seen")
    assert words not in page.text


def test_asking_what_is_new_keeps_nobody_signed_in(maud, signed_in, monkeypatch):
    _card(maud)
    start = clock.epoch()
    monkeypatch.setattr(clock, "epoch", lambda: start + 50 * 60)
    assert signed_in.sees("/inbox/news.json").status_code == 200
    monkeypatch.setattr(clock, "epoch", lambda: start + 61 * 60)
    assert passport_of(maud.database, maud.cookie) is None
