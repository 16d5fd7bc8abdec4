"""Still true, versions, a second language and easy read, in a browser without scripts."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from passport import clock
from passport.accounts.preferences import preferences
from passport.story.catalogue import CATALOGUE, IDENTITY, OWN_SECTION
from passport.story.drafts import find_draft, others_words
from passport.story.sections import section
from passport.story.text_rules import LONGEST_SECTION
from passport.web.easy_story import PICTURES
from passport.web.paper_words import _section
from tests.residents import Resident
from tests.web.visitor import Visitor

PAGES = Path(__file__).resolve().parents[2] / "passport" / "web"
PICTURE_DATA = PAGES / "assets" / "pictures.json"
PICTURES_BUILT = PAGES / "static" / "built" / "pictures"


@pytest.fixture
def half_a_year_later(monkeypatch: pytest.MonkeyPatch, maud: Resident):
    """Maud signs in again half a year on."""
    now = clock.now()

    def go() -> None:
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=200))

    return go


@pytest.fixture
def later(app, maud: Resident, half_a_year_later) -> Visitor:
    """Her browser then."""
    from passport.accounts.sign_in import sign_in
    from tests.residents import CHEAP, PASSPHRASE, PEPPER

    half_a_year_later()
    return Visitor(app, sign_in(maud.database, PEPPER, CHEAP, maud.name, PASSPHRASE))


def test_she_is_asked_about_one_part_at_a_time_and_says_yes(later: Visitor, maud: Resident) -> None:
    assert "Is it still true?" in later.sees("/story").text
    page = later.sees("/story/still-true")
    key = dict(later.form(page).fields)["key"]
    assert later.sends("/story/still-true", page).location == "/story/still-true"
    checked = section(maud.database, maud.passport, key)
    assert checked.reviewed_at - checked.written_at > timedelta(days=199)
    assert dict(later.form("/story/still-true").fields)["key"] != key


def test_not_now_goes_on_to_the_next_and_ends(later: Visitor) -> None:
    address, seen = "/story/still-true", []
    for _ in range(6):
        page = later.sees(address)
        if "That is all for now" in page.text:
            break
        key = dict(later.form(page).fields)["key"]
        seen.append(key)
        address = f"/story/still-true?after={key}"
    assert len(seen) == len(set(seen)) == 4


def test_she_chooses_how_often_and_may_say_never(later: Visitor, maud: Resident) -> None:
    assert later.sends("/story/still-true/rhythm", months="0").location == "/story"
    assert preferences(maud.database, maud.passport).review_months == 0
    assert "You chose that we never ask." in later.sees("/story/still-true").text
    later.client.post("/story/still-true/rhythm", data={"months": "5"})
    assert preferences(maud.database, maud.passport).review_months == 0


def test_two_versions_are_compared_word_by_word(signed_in: Visitor, maud: Resident) -> None:
    maud.write("most-important", "My <hands> hurt.")
    page = signed_in.sees("/story/most-important/versions/1/compare").text
    assert "Gone:" in page
    assert " knees<span" in page
    assert " &lt;hands&gt;<span" in page
    assert page.count("<ins>") == page.count("<del>") == 1
    assert "/versions/1/compare" in signed_in.sees("/story/most-important/versions/1").text


def test_a_second_language_stands_beside_the_first(signed_in: Visitor, maud: Resident) -> None:
    address = "/story/most-important/other-language"
    answer = signed_in.sends(address, part_text="Kolana mnie bolą.", language="pl")
    assert answer.location == "/story/most-important"
    page = signed_in.sees("/story/most-important").text
    assert 'lang="en">My knees hurt.' in page
    assert 'lang="pl">Kolana mnie bolą.' in page
    signed_in.sends("/story/most-important/edit", part_text="My hands hurt.")
    assert section(maud.database, maud.passport, "most-important").other_language == "pl"


def test_the_second_language_must_be_another(signed_in: Visitor) -> None:
    address = "/story/most-important/other-language"
    answer = signed_in.sends(address, part_text="My knees.", language="en")
    assert "in that language already" in answer.text
    assert "My knees." in answer.text


def test_facts_and_ticked_parts_are_not_written_twice(signed_in: Visitor, maud: Resident) -> None:
    maud.write("people", [{"name": "Ada"}])
    for key in ("identity", "people"):
        assert signed_in.sees(f"/story/{key}/other-language").location == f"/story/{key}"
        assert "another language" not in signed_in.sees(f"/story/{key}").text


def test_what_is_typed_in_the_second_language_is_kept_apart(
    signed_in: Visitor, maud: Resident
) -> None:
    address = "/story/most-important/other-language"
    form = signed_in.form(address).filled({"part-text": "Kolana", "language": "pl"})
    assert signed_in.client.post("/story/most-important/draft", data=form).status_code == 200
    assert find_draft(maud.database, maud.passport, "most-important") is None
    assert find_draft(maud.database, maud.passport, others_words("most-important"))
    assert "Kolana" in signed_in.sees(address).text
    page = signed_in.sees(f"{address}?kept=use")
    assert signed_in.form(page).filled({})["part-text"] == ["Kolana"]
    signed_in.sends(address, page)
    assert find_draft(maud.database, maud.passport, others_words("most-important")) is None


def test_easy_read_has_a_line_for_each_sentence_and_pictures(
    signed_in: Visitor, maud: Resident
) -> None:
    maud.write("communicate", {"aids": ["glasses"], "text": "Speak up. I hear little."})
    page = signed_in.sees("/story/easy").text
    assert "data-line>Speak up.</span>" in page
    assert "data-line>I hear little.</span>" in page
    assert "pictures/glasses.svg" in page
    assert "OpenMoji" in page


def test_every_part_and_choice_has_a_picture_that_is_there() -> None:
    data = json.loads(PICTURE_DATA.read_text())
    kinds = (IDENTITY, *CATALOGUE, OWN_SECTION)
    assert set(data["sections"]) == {kind.key for kind in kinds}
    ticked = {
        f"{kind.key}.{choice.key}"
        for kind in kinds
        for part in kind.parts
        for choice in part.choices
    }
    assert set(data["choices"]) == ticked
    names = {f"{kind.key}.{part.key}" for kind in kinds for part in kind.parts}
    assert set(data["answers"]) <= names
    for name in PICTURES:
        assert (
            (PAGES / "static" / "built" / "pictures" / f"{name}.svg")
            .read_text()
            .startswith("<svg ")
        )


def test_today_i_cant_asks_a_chosen_team_to_read(signed_in: Visitor, maud: Resident) -> None:
    assert "Nobody has your story yet" in signed_in.sees("/story/today/cant").text
    share = maud.share("please-do")
    answer = signed_in.sends("/story/today/cant", share=share.share_id)
    assert answer.location == "/story"
    assert "please read my passport" in signed_in.sees("/story").text


def test_twenty_thousand_letters_out_of_word_keep_every_word(
    signed_in: Visitor, maud: Resident
) -> None:
    piece = "“Smart” ‘quotes’ – a\u00a0b soft\u00adhyphen\ttab e\u0301 👩🏽‍🦽 नमस्ते اُردُو 🏴󠁧󠁢󠁷󠁬󠁳󠁿\r\n"
    text = (piece * 400)[:LONGEST_SECTION]
    answer = signed_in.sends("/story/my-story/edit", part_text=text)
    assert answer.location == "/story/my-story"
    kept = section(maud.database, maud.passport, "my-story").content["text"]
    assert kept == text.replace("\r\n", "\n").rstrip()
    assert kept.split() == text.split()
    too_long = signed_in.sends("/story/my-story/edit", part_text="é" * (LONGEST_SECTION + 2))
    assert "This is 2 letters too long" in too_long.text
    assert "é" * 100 in too_long.text


def test_both_languages_are_printed(app, signed_in: Visitor, maud: Resident) -> None:
    signed_in.sends("/story/most-important/other-language", part_text="Kolana.", language="pl")
    with app.test_request_context():
        printed = _section(section(maud.database, maud.passport, "most-important"))
    assert [(part.language, part.text) for part in printed.parts] == [
        ("en", "My knees hurt."),
        ("pl", "Kolana."),
    ]
