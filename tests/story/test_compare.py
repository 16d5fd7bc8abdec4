"""Comparing two versions says what changed and loses no word of either."""

import time
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from passport.story.compare import Piece, compare, compare_texts
from passport.story.section import Content, Section

NOW = datetime(2026, 3, 14, tzinfo=UTC)
words = st.text(max_size=80) | st.lists(st.sampled_from(["my", "knees", "hurt", "\n", "ß"])).map(
    " ".join
)


def _section(content: Content, **more: object) -> Section:
    return Section("crisis", "Crisis", content, 1, NOW, NOW, **more)  # type: ignore[arg-type]


@given(words, words)
def test_no_word_of_either_is_lost(old: str, new: str) -> None:
    pieces = compare_texts(old, new)
    assert "".join(p.text for p in pieces if p.change != "added") == old
    assert "".join(p.text for p in pieces if p.change != "removed") == new


def test_it_says_which_words_changed() -> None:
    assert compare_texts("My knees hurt.", "My hands hurt.") == (
        Piece("same", "My"),
        Piece("removed", " knees"),
        Piece("added", " hands"),
        Piece("same", " hurt."),
    )


def test_every_kind_of_answer_is_compared() -> None:
    old = _section({"helps": ["Quiet", "Tea"], "want": ""})
    new = _section(
        {"helps": ["Quiet"], "want": "Talking"},
        other_language="pl",
        other_content={"want": "Rozmowa"},
    )
    found = compare(old, new)
    assert [(one.label, one.has_changed, one.language) for one in found] == [
        ("What helps?", True, ""),
        ("What treatment do you want?", True, ""),
        ("What treatment do you want?", True, "pl"),
    ]


def test_the_longest_text_is_compared_before_she_looks_away() -> None:
    began = time.process_time()
    compare_texts("a b " * 5000, "b a " * 5000)
    compare_texts(" ".join(map(str, range(4000))), " ".join(map(str, range(4000, 0, -1))))
    assert time.process_time() - began < 20
