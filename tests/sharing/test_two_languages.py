"""A section in two languages: readers see both, and each stays what it was."""

import pytest

from passport.fhir.document import read_document
from passport.sharing.save_section import restore_section, save_answer, save_other_language
from passport.storage.database import Database
from passport.story.errors import SavedElsewhere, UnknownSection
from passport.story.section import Section, SectionDraft
from passport.story.sections import section
from tests.residents import Resident, new_resident
from tests.sharing.clinician import bundle


@pytest.fixture
def bee(database: Database) -> Resident:
    resident = new_resident(database)
    resident.write("please-do", ["Knock first"])
    return resident


def _says(bee: Resident, *lines: str, based_on: int = 1) -> Section:
    draft = SectionDraft("please-do", {}, other_language="ar", other_content={"lines": [*lines]})
    return save_other_language(bee.database, bee.passport, draft, based_on)


def test_readers_see_both_languages_each_in_its_direction(bee: Resident) -> None:
    share = bee.share("please-do")
    _says(bee, "اطرق الباب أولا")
    (shared,) = read_document(bundle(bee.database, share)).sections
    assert shared.parts[0].value == ("Knock first",)
    assert shared.other is not None
    assert shared.other.language == "ar"
    assert shared.other.parts[0].value == ("اطرق الباب أولا",)
    (inside,) = bundle(bee.database, share)["entry"][0]["resource"]["section"][0]["section"]
    assert 'dir="rtl"' in inside["text"]["div"]


def test_the_first_language_stays_as_it_was_and_so_does_the_second(bee: Resident) -> None:
    saved = _says(bee, "اطرق الباب")
    assert (saved.content["lines"], saved.language) == (["Knock first"], "en")
    draft = SectionDraft("please-do", {"lines": ["Knock twice"]})
    saved = save_answer(bee.database, bee.passport, draft, "lines", 2)
    assert saved.other_content == {"lines": ["اطرق الباب"]}


def test_emptying_the_boxes_takes_the_second_language_away(bee: Resident) -> None:
    _says(bee, "اطرق الباب")
    saved = _says(bee, based_on=2)
    assert not saved.has_other
    assert saved.other_language == ""


def test_an_old_version_comes_back_in_both(bee: Resident) -> None:
    _says(bee, "اطرق الباب")
    _says(bee, based_on=2)
    old = section(bee.database, bee.passport, "please-do", 2)
    restore_section(bee.database, bee.passport, old, 3, sensitive=False)
    assert section(bee.database, bee.passport, "please-do").other_language == "ar"


def test_two_devices_lose_neither_text(bee: Resident) -> None:
    bee.write("please-do", ["Knock twice"])
    with pytest.raises(SavedElsewhere):
        _says(bee, "اطرق الباب", based_on=1)


def test_a_section_that_is_not_there_has_no_second_language(bee: Resident) -> None:
    draft = SectionDraft("home", {}, other_language="ar", other_content={"text": "x"})
    with pytest.raises(UnknownSection):
        save_other_language(bee.database, bee.passport, draft, 0)


def test_a_section_in_one_language_is_the_same_bytes_as_ever(bee: Resident) -> None:
    saved = section(bee.database, bee.passport, "please-do")
    assert b"other" not in saved.to_json()
    assert Section.from_json(saved.to_json(), 1) == saved
