"""A little today, in a browser without scripts."""

import re

import pytest

from passport.accounts.sessions import end_session
from passport.story.drafts import save_draft
from passport.story.sections import section
from tests.residents import PASSPHRASE, Resident
from tests.web.visitor import Visitor

ADDRESS = "/story/today"


def test_one_question_is_asked_and_the_answer_goes_into_its_part(
    signed_in: Visitor, maud: Resident
) -> None:
    page = signed_in.sees(ADDRESS)
    assert page.text.count("<textarea") == 1
    assert "What are you allergic to?" in page.text
    answer = signed_in.sends(ADDRESS, part_allergies="Plasters", press="next")
    assert answer.location == ADDRESS
    assert section(maud.database, maud.passport, "clinical").content["allergies"] == ["Plasters"]
    assert "What are you allergic to?" not in signed_in.sees(ADDRESS).text


def test_a_skipped_question_comes_later_and_what_was_typed_waits(signed_in: Visitor) -> None:
    signed_in.sends(ADDRESS, part_allergies="Not sure yet", press="skip")
    assert "What are you allergic to?" not in signed_in.sees(ADDRESS).text
    waiting = signed_in.sees("/story/clinical/edit").text
    assert "Not sure yet" in waiting
    assert "We kept what you typed" in waiting


def test_what_waits_of_one_question_keeps_the_other_answers_in_the_whole_form(
    signed_in: Visitor, maud: Resident
) -> None:
    maud.write("clinical", {"conditions": ["Lupus"]})
    signed_in.sends(ADDRESS, part_allergies="Plasters", press="skip")
    page = signed_in.sees("/story/clinical/edit?kept=use")
    fields = signed_in.form(page).filled({})
    assert fields["part-allergies"] == ["Plasters"]
    assert fields["part-conditions"] == ["Lupus"]


def test_stopping_saves_what_was_typed_and_says_thank_you(
    signed_in: Visitor, maud: Resident
) -> None:
    answer = signed_in.sends(ADDRESS, part_allergies="Plasters", press="stop")
    assert answer.location == "/story"
    assert "Thank you. That is all for today" in signed_in.sees("/story").text
    assert section(maud.database, maud.passport, "clinical").content["allergies"] == ["Plasters"]
    assert signed_in.sends(ADDRESS, press="stop").location == "/story"


def test_a_low_day_asks_only_what_takes_a_minute(signed_in: Visitor, maud: Resident) -> None:
    for key, words in (("allergies", ["None"]),):
        maud.write("clinical", {key: words})
    assert "/story/today/cant" not in signed_in.sees(ADDRESS).text
    assert signed_in.sends("/story/today/how", how="low").location == ADDRESS
    assert "/story/today/cant" in signed_in.sees(ADDRESS).text
    seen = set()
    for _ in range(40):
        form = signed_in.form(ADDRESS)
        name = dict(form.fields)["ask"]
        if name in seen:
            break
        seen.add(name)
        signed_in.sends(ADDRESS, press="skip")
    assert "people.people" in seen
    assert "my-story.text" not in seen


def test_how_today_is_must_be_chosen(signed_in: Visitor) -> None:
    assert "Choose how today is." in signed_in.sends("/story/today/how").text


def test_an_answer_from_two_devices_shows_both(signed_in: Visitor, maud: Resident) -> None:
    page = signed_in.sees(ADDRESS)
    maud.write("clinical", {"allergies": ["Nuts"]})
    answer = signed_in.sends(ADDRESS, page, part_allergies="Plasters", press="next")
    assert answer.status_code == 409
    assert "Nuts" in answer.text
    assert "Plasters" in answer.text
    assert signed_in.sends(ADDRESS, answer, press="next").location == ADDRESS


def test_an_ended_session_carries_the_answer_through_signing_in(
    signed_in: Visitor, maud: Resident
) -> None:
    form = signed_in.form(ADDRESS).filled({"part-allergies": "Plasters", "press": "next"})
    end_session(maud.database, maud.cookie)
    asked = signed_in.client.post(ADDRESS, data=form)
    assert asked.status_code == 401
    again = signed_in.form(asked).filled({"name": maud.name, "passphrase": PASSPHRASE})
    assert signed_in.client.post(ADDRESS, data=again).location == ADDRESS
    assert section(maud.database, maud.passport, "clinical").content["allergies"] == ["Plasters"]


def test_examples_are_shown_and_switched_off_with_one_press_that_loses_nothing(
    signed_in: Visitor,
) -> None:
    page = signed_in.sees("/story/support/edit")
    assert "What could I write?" in page.text
    form = signed_in.form(page).filled({"part-text": "Cut up my food", "examples": "off"})
    answer = signed_in.client.post("/story/support/prompts", data=form)
    page = signed_in.sees(answer.location)
    assert "What could I write?" not in page.text
    assert signed_in.form(page).filled({})["part-text"] == ["Cut up my food"]


@pytest.mark.parametrize("address", ["/story", ADDRESS, "/story/today/how"])
def test_no_page_says_how_much_is_missing(signed_in: Visitor, address: str) -> None:
    page = signed_in.sees(address).text
    assert not re.search(r"\d\s*%|\d+ of \d+|per cent", page)


def test_what_two_devices_typed_is_offered_from_both(signed_in: Visitor, maud: Resident) -> None:
    for form, words in (("a1", "On the bus"), ("b2", "In bed")):
        fields = [("part-text", words), ("based_on", "0")]
        save_draft(maud.database, maud.passport, "my-story", fields, form)
    page = signed_in.sees("/story/my-story/edit")
    assert page.text.index("In bed") < page.text.index("On the bus")
    answer = signed_in.presses_on(page, "/story/my-story/draft/throw-away")
    assert answer.location == "/story/my-story/edit"
    page = signed_in.sees("/story/my-story/edit").text
    assert "On the bus" in page
    assert "In bed" not in page


def test_an_empty_story_offers_one_small_question_before_anything_is_shared(
    other: Visitor, signed_in: Visitor
) -> None:
    empty, begun = other.sees("/story").text, signed_in.sees("/story").text
    assert "Answer one small question" in empty
    assert "Share my story" not in empty
    assert "Share my story" in begun
    assert "Answer one small question" not in begun
    assert "Not yet written" not in empty + begun
