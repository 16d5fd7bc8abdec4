"""What translators see is what pages say, and what they write fits where it goes."""

import re
from collections import Counter

import pytest

from passport.web.page_language import PAGE_LANGUAGES
from tests.language.catalogues import messages, said

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%\{\w+\}|\{\w*\}|%%|</?\w+>")


def test_there_is_a_catalogue_for_every_language_of_the_pages_but_english() -> None:
    assert {"en", *messages.LANGUAGES} == set(PAGE_LANGUAGES)


@pytest.mark.parametrize("code", messages.LANGUAGES)
def test_a_catalogue_holds_what_pages_say_today(code: str) -> None:
    """`make messages` brings it up to date."""
    kept = {message.id for message in messages.read(code)}
    wanted = {message.id for message in said()}
    assert (wanted - kept, kept - wanted) == (set(), set())


@pytest.mark.parametrize("code", messages.LANGUAGES)
def test_a_translation_keeps_what_is_put_into_the_sentence_and_adds_no_markup(code: str) -> None:
    wrong = []
    for message in messages.read(code):
        originals = [message.id] if isinstance(message.id, str) else list(message.id)
        strings = [message.string] if isinstance(message.string, str) else list(message.string)
        allowed = [Counter(PLACEHOLDER.findall(text)) for text in originals]
        for text in filter(None, strings if message.id else []):
            # A plural form for no thing, one or two may leave its number out.
            missing = 1 if len(originals) > 1 else 0
            found = Counter(PLACEHOLDER.findall(text))
            fits = any(found <= one and (one - found).total() <= missing for one in allowed)
            markup = '"' in text or "&" in text or bool(re.search(r"<(?!/?(a|strong)>)", text))
            if not fits or markup:
                wrong.append((message.id, text))
    assert wrong == []


@pytest.mark.parametrize("code", messages.LANGUAGES)
def test_a_catalogue_says_who_has_checked_it(code: str) -> None:
    assert messages.CHECKED_BY.search(messages.path_of(code).read_text())


def test_no_text_stands_alone_and_as_the_singular_of_a_plural() -> None:
    """A catalogue keeps one entry for both, and would answer the one with the other's plural."""
    alone = {m.id for m in said() if isinstance(m.id, str)}
    singulars = {m.id[0] for m in said() if not isinstance(m.id, str)}
    assert alone & singulars == set()


def test_english_texts_hold_no_quotation_marks_that_end_an_attribute() -> None:
    assert [m.id for m in said() if '"' in str(m.id if isinstance(m.id, str) else m.id[0])] == []


@pytest.mark.parametrize("code", messages.LANGUAGES)
@pytest.mark.parametrize("word", ["Show", "Hide"])
def test_a_button_is_called_what_stands_on_it(code: str, word: str) -> None:
    """Who speaks to a phone says what stands there; a screen reader's longer name must hold it."""
    texts = {m.id: str(m.string).lower() for m in messages.read(code)}
    assert texts[word] in texts[f"{word} what I typed"]
