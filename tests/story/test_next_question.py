"""One question at a time, what matters most first."""

from datetime import UTC, datetime

import pytest

from passport.story.catalogue import CATALOGUE, IDENTITY, OWN_SECTION
from passport.story.next_question import next_question, skip
from passport.story.prompts import examples
from passport.story.question_order import ORDER, question_named
from passport.story.section import Content, Section

NOW = datetime(2026, 3, 14, tzinfo=UTC)


def _written(key: str, content: Content) -> Section:
    return Section(key, key, content, 1, NOW, NOW)


def test_every_question_of_the_catalogue_has_its_place_in_the_order() -> None:
    asked = {(kind.key, part.key) for kind in (IDENTITY, *CATALOGUE) for part in kind.parts}
    assert {(q.section_key, q.part_key) for q in ORDER} == asked
    assert len(ORDER) == len(asked)
    assert all(q.part.key == q.part_key and question_named(q.name) is q for q in ORDER)


def test_what_matters_most_and_is_empty_comes_next() -> None:
    first = next_question([])
    assert first is not None
    answered = _written(first.section_key, {first.part_key: "Maudie"})
    second = next_question([answered])
    assert second is ORDER[1]


def test_what_was_skipped_comes_last_and_the_oldest_of_it_first() -> None:
    skipped: tuple[str, ...] = ()
    for question in ORDER:
        assert next_question([], skipped) is question
        skipped = skip(skipped, question.name)
    assert next_question([], skipped) is ORDER[0]


def test_a_low_day_asks_only_what_takes_a_minute() -> None:
    skipped: tuple[str, ...] = ()
    for _ in ORDER:
        question = next_question([], skipped, is_low=True)
        assert question is not None
        assert question.is_quick
        skipped = skip(skipped, question.name)


def test_a_story_with_every_answer_has_no_next_question() -> None:
    whole: dict[str, Content] = {}
    for question in ORDER:
        whole.setdefault(question.section_key, {})[question.part_key] = "x"
    assert next_question(_written(key, content) for key, content in whole.items()) is None


@pytest.mark.parametrize("kind", [*CATALOGUE, OWN_SECTION], ids=lambda kind: kind.key)
def test_every_question_comes_with_an_example(kind) -> None:
    for part in kind.parts:
        assert examples(kind.key, part.key), part.key
