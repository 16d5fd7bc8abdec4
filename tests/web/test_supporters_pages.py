"""Pages of invitations and supporters, in a browser without scripts."""

import re

import pytest
from flask import Flask

from passport.accounts.invitations import invite
from passport.accounts.supporters import end_supporter, list_supporters
from passport.storage.database import Database
from tests.residents import Resident, new_resident
from tests.supporters import Sam, some_terms, supporter_of
from tests.web.sharing_steps import begins_a_share, goes_through
from tests.web.visitor import Visitor


@pytest.fixture
def sam(maud: Resident) -> Sam:
    return supporter_of(maud)


@pytest.fixture
def helping(app: Flask, sam: Sam) -> Visitor:
    """Sam's browser, helping Maud (who is called Rosa there)."""
    sam.begins()
    return Visitor(app, sam.own.cookie)


def test_an_invitation_says_what_is_missing(signed_in: Visitor) -> None:
    page = signed_in.sends("/supporters/invite", how="chosen", ends="day", last_day="31 2 2030")
    assert "Tick at least one thing that they may do." in page.text
    assert "Write a day to come" in page.text
    assert page.text.count("Write a name.") >= 1


def test_the_owner_invites_and_somebody_accepts(
    signed_in: Visitor, other: Visitor, maud: Resident
) -> None:
    sent = signed_in.sends("/supporters/invite", name="Sam", how="everything")
    page = signed_in.sees(sent.location)
    code = re.search(r"/join#([0-9A-Z-]{47})", page.text)[1]
    offer = other.presses("/join", "/join", code=code)
    assert "Maudie" in offer.text
    done = other.presses_on(offer, "/join/answer", called="Sam W", answer="yes")
    assert done.location == "/supporting"
    (supporter,) = list_supporters(maud.database, maud.passport)
    assert supporter.called == "Sam W"


def test_saying_no_uses_the_invitation_up(other: Visitor, maud: Resident) -> None:
    code = invite(maud.database, maud.passport, some_terms()).code
    offer = other.presses("/join", "/join", code=code)
    assert other.presses_on(offer, "/join/answer", answer="no").status_code == 303
    assert "does not work" in other.presses("/join", "/join", code=code).text


def test_an_owner_who_opens_her_own_invitation_is_told_so(
    signed_in: Visitor, maud: Resident
) -> None:
    code = invite(maud.database, maud.passport, some_terms()).code
    assert (
        "You made this invitation yourself" in signed_in.presses("/join", "/join", code=code).text
    )


def test_each_page_says_who_is_helped_and_how_to_stop(helping: Visitor) -> None:
    for address in ("/", "/story", "/story/please-do", "/shares", "/account"):
        assert "You are helping <bdi>Rosa</bdi>" in helping.sees(address).text
    assert helping.presses("/story", "/supporting/stop").location == "/supporting"
    assert "You are helping" not in helping.sees("/story").text


def test_ended_while_writing_nothing_is_saved_and_the_words_are_shown(
    helping: Visitor, maud: Resident, sam: Sam
) -> None:
    page = helping.sees("/story/home/edit")
    end_supporter(maud.database, maud.passport, sam.supporter_id)
    answer = helping.sends("/story/home/edit", page, part_text="A step at the door")
    assert answer.status_code == 403
    assert "You can’t help there now" in answer.text
    assert "A step at the door" in answer.text
    assert "A step at the door" not in helping.sees("/story/home").text


def test_a_form_made_in_ones_own_passport_is_not_saved_in_the_helped_one(
    app: Flask, sam: Sam
) -> None:
    browser = Visitor(app, sam.own.cookie)
    page = browser.sees("/story/home/edit")
    sam.begins()
    assert browser.sends("/story/home/edit", page, part_text="My own").status_code == 409


def test_a_writer_who_may_not_read_never_meets_the_words(
    app: Flask, maud: Resident, database: Database
) -> None:
    writer = supporter_of(maud, some_terms("write"))
    writer.begins()
    browser = Visitor(app, writer.own.cookie)
    for address in ("/story", "/story/please-do", "/story/please-do/edit"):
        assert "Warm your hands" not in browser.sees(address).text
    refused = browser.sends("/story/please-do/edit", part_lines="Mine")
    assert refused.status_code == 403
    assert "Warm your hands" not in refused.text


def test_a_sharer_who_may_not_read_makes_a_share_without_meeting_the_words(
    app: Flask, maud: Resident
) -> None:
    sharer = supporter_of(maud, some_terms("share"))
    sharer.begins()
    browser = Visitor(app, sharer.own.cookie)
    address = begins_a_share(browser)
    page = goes_through(browser, address, recipient="Ward 7", sections="please-do")
    for text in (browser.sees(f"{address}/what").text, page.text):
        assert "Warm your hands" not in text
        assert "Maudie" not in text
    assert browser.sees(f"{address}/preview.json").status_code == 403
    made = browser.sends(f"{address}/check", page)
    assert "Warm your hands" not in browser.sees(made.location).text


def test_the_code_survives_making_a_passport_on_the_way(stranger: Visitor) -> None:
    page = stranger.sees("/join").text
    assert "You need a passport of your own to help" in page
    assert "/sign-up?next=/join" in page
    assert "/sign-in?next=/join" in page


def test_what_a_supporter_did_is_in_the_record_by_their_name(
    maud: Resident, signed_in: Visitor, sam: Sam
) -> None:
    sam.begins()
    page = signed_in.sees("/account/activity").text
    assert "<bdi>Sam</bdi> is now your supporter." in page
    assert "<bdi>Sam</bdi> opened your passport to help you." in page


def test_another_owner_is_not_told_that_a_supporter_exists(
    database: Database, app: Flask, sam: Sam
) -> None:
    eve = Visitor(app, new_resident(database).cookie)
    for address in (f"/supporters/{sam.supporter_id}", f"/supporters/{'0' * 32}"):
        assert eve.sees(address).status_code == 404
