"""The small steps towards a share: what was chosen is kept, fits the story, and is looked at."""

import json
from datetime import timedelta

import pytest

from passport import clock
from passport.accounts.sessions import IDLE_SECONDS
from passport.sharing.save_attachment import describe_attachment, save_attachment
from passport.sharing.team_needs import TEAM_KINDS
from passport.sharing.unfinished import unfinished_shares
from passport.story.attachment import Attachment
from passport.story.catalogue import CATALOGUE, IDENTITY
from passport.web.words import UK
from tests.supporters import some_terms, supporter_of
from tests.web.sharing_steps import begins_a_share, goes_through, share_made
from tests.web.visitor import Visitor

WARD = {"recipient": "Ward 7", "sections": ["please-do"]}


@pytest.fixture
def try_at(signed_in):
    """The address of Maud's try at a share for Ward 7, with all steps gone through."""
    address = begins_a_share(signed_in)
    goes_through(signed_in, address, **WARD, identity=["called"], duration="year")
    return address


def test_going_back_finds_every_choice_as_it_was(signed_in, try_at):
    chosen = {
        "who": ("recipient", "Ward 7"),
        "what": ("sections", "please-do"),
        "how-long": ("duration", "year"),
        "passcode": ("passcode", "yes"),
    }
    for step, (name, value) in chosen.items():
        assert signed_in.form(f"{try_at}/{step}").filled({})[name] == [value]


def test_who_changed_one_thing_comes_back_to_the_last_look(signed_in, try_at):
    answer = signed_in.sends(f"{try_at}/how-long", duration="month")
    assert answer.location == f"{try_at}/check"
    assert "Ward 7" in signed_in.sees(f"{try_at}/check").text


def test_nothing_that_was_chosen_is_in_an_address(signed_in):
    address = begins_a_share(signed_in)
    chosen = {"who": {"recipient": "Ward7"}, "what": {"sections": ["please-do"]}}
    for step, typed in chosen.items():
        location = signed_in.sends(f"{address}/{step}", **typed).location
        assert not {"Ward7", "please-do", "?"} & set(location.split("/"))
        assert location.startswith(f"{address}/")


def test_a_step_that_was_left_out_is_asked_for(signed_in):
    address = begins_a_share(signed_in)
    assert signed_in.sees(f"{address}/passcode").location == f"{address}/who"
    signed_in.sends(f"{address}/who", recipient="Ward 7")
    assert signed_in.sees(f"{address}/check").location == f"{address}/what"


def test_two_tabs_do_not_mix_their_choices(signed_in):
    ward, dentist = begins_a_share(signed_in), begins_a_share(signed_in)
    goes_through(signed_in, ward, **WARD)
    goes_through(signed_in, dentist, recipient="My dentist", sections=["most-important"])
    for address, said, unsaid in (
        (ward, "Warm your hands first", "My knees hurt."),
        (dentist, "My knees hurt.", "Warm your hands first"),
    ):
        page = signed_in.sees(f"{address}/check").text
        assert said in page
        assert unsaid not in page


def test_what_was_begun_is_found_on_the_page_of_shares_until_it_is_made(signed_in, try_at):
    assert "Go on with the share that you began for Ward 7" in signed_in.sees("/shares").text
    signed_in.sends(f"{try_at}/check")
    assert "Go on with the share" not in signed_in.sees("/shares").text


def test_what_was_begun_twice_for_one_team_is_offered_once_the_newest(signed_in, try_at):
    newer = begins_a_share(signed_in)
    goes_through(signed_in, newer, **WARD)
    page = signed_in.sees("/shares").text
    assert page.count("Go on with the share that you began for Ward 7") == 1
    assert f"{newer}/check" in page
    assert f"{try_at}/check" not in page


def test_only_the_newest_few_tries_are_kept(signed_in, maud):
    addresses = [begins_a_share(signed_in) for _ in range(12)]
    for address in addresses:
        signed_in.sends(f"{address}/who", recipient="Ward 7")
    kept = unfinished_shares(maud.database, maud.passport)
    assert len(kept) < len(addresses)
    assert addresses[-1].endswith(kept[0].number)


def test_the_last_look_shows_the_words_that_will_be_shared_and_no_other(signed_in, try_at):
    page = signed_in.sees(f"{try_at}/check").text
    for said in ("Warm your hands first", "Maudie", "Ward 7"):
        assert said in page
    for unsaid in ("My knees hurt.", "Quiet, please", "1941"):
        assert unsaid not in page
    assert "You have not shared your story yet" in signed_in.sees("/shares").text


def test_the_last_look_has_the_words_about_files_as_readers_will(signed_in, maud, try_at):
    splint, _ = (
        save_attachment(
            maud.database, maud.passport, key, Attachment("secret.txt", "text/plain", b"x", *said)
        )
        for key, said in (
            ("please-do", ("My splint", "Straps round the wrist")),
            ("most-important", ("My knee", "")),
        )
    )
    page = signed_in.sees(f"{try_at}/check")
    words = json.dumps(json.loads(signed_in.sees(f"{try_at}/preview.json").data))
    for found in (page.text, words):
        assert "My splint" in found
        assert "Straps round the wrist" in found
        assert "My knee" not in found
        assert "secret.txt" not in found
    describe_attachment(maud.database, maud.passport, splint.attachment_id, "My left splint", "")
    again = signed_in.sends(f"{try_at}/check", page)
    assert "Something changed since you looked at this page." in again.text
    assert "My left splint" in again.text


def test_the_readers_page_gets_the_very_words_for_a_look(signed_in, try_at):
    answer = signed_in.sees(f"{try_at}/preview.json")
    assert answer.headers["Cache-Control"] == "no-store"
    words = json.dumps(json.loads(answer.data), ensure_ascii=False)
    assert "Warm your hands first" in words
    assert "My knees hurt." not in words
    assert "Nobody has read it" not in signed_in.sees("/shares").text


def test_another_residents_try_shows_nothing(other, try_at):
    assert other.sees(f"{try_at}/check").location.endswith("/who")
    assert other.sees(f"{try_at}/preview.json").status_code == 404


def test_a_sensitive_part_is_ticked_a_second_time_or_nothing_is_shared(signed_in):
    address = begins_a_share(signed_in)
    page = goes_through(signed_in, address, **WARD, sensitive=["crisis"])
    again = signed_in.sends(f"{address}/check", page)
    assert again.text.count("Tick each sensitive part again.") == 2
    assert "You have not shared your story yet" in signed_in.sees("/shares").text
    assert signed_in.sends(f"{address}/check", again, again=["crisis"]).status_code == 303


def test_a_part_that_became_sensitive_meanwhile_is_asked_about_again(signed_in, maud, try_at):
    maud.write("please-do", ["Warm your hands first"], sensitive=True)
    assert signed_in.sees(f"{try_at}/check").location == f"{try_at}/what"
    page = signed_in.sees(f"{try_at}/what")
    assert page.text.count("You changed your story after you opened this page.") == 2
    assert signed_in.form(page).filled({})["identity"] == ["called"]


def test_words_that_changed_meanwhile_are_looked_at_once_more(signed_in, maud, try_at):
    page = signed_in.sees(f"{try_at}/check")
    maud.write("please-do", ["Knock first"])
    again = signed_in.sends(f"{try_at}/check", page)
    assert "Something changed since you looked at this page." in again.text
    assert "Knock first" in again.text
    assert signed_in.sends(f"{try_at}/check", again).status_code == 303


@pytest.mark.parametrize(
    ("days", "error"),
    [
        (-1, "That day is over."),
        (366 * 20, "That is too far ahead."),
        (None, "Write a real date, such as 27 3 2027."),
    ],
)
def test_a_last_day_that_cannot_be_is_said_beside_the_field(signed_in, days, error):
    typed = {"last_day-day": "31", "last_day-month": "2", "last_day-year": "2027"}
    if days is not None:
        day = (clock.now().astimezone(UK) + timedelta(days=days)).date()
        typed = {f"last_day-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    page = goes_through(signed_in, begins_a_share(signed_in), **WARD, duration="day", **typed)
    assert page.text.count(error) == 2
    kept = signed_in.form(page).filled({})
    assert {name: kept[name] for name in typed} == {name: [value] for name, value in typed.items()}


def test_a_share_ends_with_the_last_day_that_was_chosen(signed_in, monkeypatch):
    day = (clock.now().astimezone(UK) + timedelta(days=3)).date()
    typed = {f"last_day-{part}": str(getattr(day, part)) for part in ("day", "month", "year")}
    share = share_made(signed_in, **WARD, duration="day", **typed)
    assert f"until the end of {day:%A}" in signed_in.sees(share).text


def test_what_a_kind_of_team_needs_is_shown_and_ticked_only_when_asked_for(signed_in):
    address = begins_a_share(signed_in)
    signed_in.sends(f"{address}/who", recipient="Ward 7", kind="ward")
    page = signed_in.sees(f"{address}/what")
    assert "Often needed.<br><bdi>Warm your hands first" in page.text
    assert "sections" not in signed_in.form(page).filled({})
    form = signed_in.form(page).filled({"suggest": "1"})
    assert signed_in.client.post(f"{address}/what", data=form).location == f"{address}/what"
    ticked = signed_in.form(f"{address}/what").filled({})
    assert set(ticked["sections"]) == {"please-do", "most-important"}
    assert set(ticked["identity"]) == {"called", "birth-date"}
    assert "sensitive" not in ticked


def test_every_suggestion_is_a_part_or_a_fact_that_there_is():
    parts, facts = {kind.key for kind in CATALOGUE}, {part.key for part in IDENTITY.parts}
    for kind in TEAM_KINDS:
        assert set(kind.sections) <= parts
        assert set(kind.facts) <= facts


def test_the_last_two_steps_can_be_passed_over_with_what_guards_best(signed_in):
    address = begins_a_share(signed_in)
    signed_in.sends(f"{address}/who", recipient="Ward 7", kind="other")
    assert "2 days and a passcode" in signed_in.sees(f"{address}/what").text
    typed = {"sections": ["please-do"], "usual": "1"}
    assert signed_in.sends(f"{address}/what", **typed).location == f"{address}/check"
    page = signed_in.sees(f"{address}/check").text
    assert "With a passcode. Whoever has the link needs it too." in page
    assert "2 days and a passcode" not in signed_in.sees(f"{address}/what").text
    made = signed_in.sends(f"{address}/check", signed_in.sees(f"{address}/check"))
    share = signed_in.sees(made.location.removesuffix("#show")).text
    assert "Ward 7 can read 1 part until" in share
    assert "passport-show__digits" in share


def test_nothing_is_passed_over_while_nothing_is_ticked(signed_in):
    address = begins_a_share(signed_in)
    signed_in.sends(f"{address}/who", recipient="Ward 7", kind="other")
    answer = signed_in.sends(f"{address}/what", usual="1")
    assert answer.status_code == 200
    assert signed_in.sees(f"{address}/check").location == f"{address}/what"


def test_what_is_in_a_share_is_changed_under_the_same_link(signed_in):
    share = share_made(signed_in, **WARD)
    link = signed_in.sees(share).text.partition('id="link"')[2][:500]
    address = signed_in.presses(share, f"{share}/contents").location.removesuffix("/what")
    assert signed_in.form(f"{address}/what").filled({})["sections"] == ["please-do"]
    typed = {"sections": ["most-important"], "sensitive": ["crisis"]}
    assert signed_in.sends(f"{address}/what", **typed).location == f"{address}/check"
    assert "My knees hurt." in signed_in.sees(f"{address}/check").text
    assert "can read 1 part" in signed_in.sees("/shares").text
    assert signed_in.sends(f"{address}/check", again=["crisis"]).location == share
    page = signed_in.sees(share).text
    assert "You have changed what is in it." in page
    assert "Ward 7 can read 2 parts" in page
    assert page.partition('id="link"')[2][:500] == link
    assert "changed what" in signed_in.sees("/account/activity").text


def test_changing_a_share_that_was_stopped_meanwhile_is_said(signed_in):
    share = share_made(signed_in, **WARD)
    address = signed_in.presses(share, f"{share}/contents").location.removesuffix("/what")
    signed_in.sends(f"{address}/what", sections=["most-important"])
    page = signed_in.sees(f"{address}/check")
    signed_in.sends(f"{share}/stop")
    assert "You have already stopped this share." in signed_in.sends(f"{address}/check", page).text


def test_a_supporter_shares_within_what_was_granted_and_no_further(app, maud):
    sharer = supporter_of(maud, some_terms("read", "share", sections=frozenset({"please-do"})))
    sharer.begins()
    browser = Visitor(app, sharer.own.cookie)
    address = begins_a_share(browser)
    page = goes_through(browser, address, **WARD)
    assert "Warm your hands first" in page.text
    assert "What is most important" not in browser.sees(f"{address}/what").text
    assert browser.sends(f"{address}/check", page).status_code == 303


def test_asking_who_has_it_open_keeps_nobody_signed_in(signed_in, maud, monkeypatch):
    share = maud.share("please-do")
    began = clock.now()
    for minutes in (50, 61):
        moment = began + timedelta(minutes=minutes)
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        answer = signed_in.sees(f"/shares/{share.share_id}/readings.json")
        expected = 200 if minutes * 60 < IDLE_SECONDS else 303
        assert answer.status_code == expected
