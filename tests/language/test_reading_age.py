"""What pages say can be read by a nine-year-old, as far as a formula can tell.

The Automated Readability Index, by textstat: it counts letters and words, so that it needs no
dictionary of syllables to be fetched, and gives a grade of American schools. A child in grade 4 is
nine years old. A few words are too little for any formula, so short texts are judged together.
"""

import re

import textstat

from tests.language.catalogues import texts
from tests.language.harder_texts import HARDER

AGE_IN_GRADE_0, OLDEST, FEW_WORDS = 5, 9, 8
PUT_IN = re.compile(r"%\(\w+\)[sd]|%\{\w+\}|\{\w*\}|</?\w+>")


def reading_age(text: str) -> int:
    return int(textstat.automated_readability_index(text)) + AGE_IN_GRADE_0


def is_long(text: str) -> bool:
    return len(text.split()) > FEW_WORDS


def plain(text: str) -> str:
    """The text with a short word for whatever is put into it."""
    return PUT_IN.sub("it", text)


def test_every_sentence_can_be_read_at_nine() -> None:
    harder = {text for text in texts() if is_long(text) and reading_age(plain(text)) > OLDEST}
    assert sorted(harder - HARDER) == []
    # None is excused that has been made plainer, or is said no more.
    assert sorted(HARDER - harder) == []


def test_all_that_pages_say_in_a_few_words_can_be_read_at_nine() -> None:
    short = [plain(text).rstrip(".?!:") for text in texts() if not is_long(text)]
    assert reading_age(". ".join(short)) <= OLDEST
