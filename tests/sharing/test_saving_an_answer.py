"""An answer to one question goes into its section, and touches no other answer."""

import pytest

from passport.sharing.save_section import save_answer
from passport.storage.database import Database
from passport.story.errors import SavedElsewhere
from passport.story.section import Section, SectionDraft
from passport.story.sections import section
from tests.residents import Resident, new_resident
from tests.sharing.clinician import read


@pytest.fixture
def bee(database: Database) -> Resident:
    return new_resident(database)


def _answers(bee: Resident, part: str, words: object, based_on: int) -> Section:
    draft = SectionDraft("crisis", {part: words})
    return save_answer(bee.database, bee.passport, draft, part, based_on)


def test_an_answer_begins_a_section_that_was_not_there(bee: Resident) -> None:
    _answers(bee, "want", "Talking", 0)
    assert section(bee.database, bee.passport, "crisis").content["want"] == "Talking"


def test_other_answers_language_and_mark_stay_as_they_were(bee: Resident) -> None:
    bee.write("crisis", {"helps": ["Quiet"]}, sensitive=True, language="cy")
    saved = _answers(bee, "want", "Talking", 1)
    assert saved.content["helps"] == ["Quiet"]
    assert (saved.sensitive, saved.language, saved.version) == (True, "cy", 2)


def test_answers_to_two_questions_on_two_devices_are_both_kept(bee: Resident) -> None:
    _answers(bee, "helps", ["Quiet"], 0)
    saved = _answers(bee, "want", "Talking", 0)
    assert saved.content["helps"] == ["Quiet"]
    assert saved.content["want"] == "Talking"


def test_two_answers_to_one_question_are_shown_to_her_and_neither_is_lost(bee: Resident) -> None:
    _answers(bee, "want", "Talking", 0)
    with pytest.raises(SavedElsewhere) as refused:
        _answers(bee, "want", "Sleep", 0)
    assert refused.value.current.content["want"] == "Talking"


def test_a_share_says_the_answer_at_once(bee: Resident) -> None:
    bee.write("crisis", {"helps": ["Quiet"]})
    share = bee.share("crisis")
    _answers(bee, "want", "Talking", 1)
    assert "Talking" in read(bee.database, share)
