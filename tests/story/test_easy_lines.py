"""Easy read breaks lines; it changes no word."""

from hypothesis import given
from hypothesis import strategies as st

from passport.story.easy_lines import easy_lines


@given(st.text(max_size=300))
def test_every_word_stays_in_its_order(text: str) -> None:
    assert " ".join(easy_lines(text)).split() == text.split()


def test_each_sentence_has_a_line_in_any_script() -> None:
    assert easy_lines("My knees hurt. Please wait!\n\nI sing.") == [
        "My knees hurt.",
        "Please wait!",
        "I sing.",
    ]
    assert easy_lines("मुझे दर्द है। रुकिए।") == ["मुझे दर्द है।", "रुकिए।"]
    assert easy_lines("مجھے درد ہے۔ رکیے۔") == ["مجھے درد ہے۔", "رکیے۔"]


def test_a_long_sentence_is_taken_apart_where_she_made_a_pause() -> None:
    long = "When I am in pain I go very quiet and still, so please look at my hands, not my face."
    assert easy_lines(long) == [
        "When I am in pain I go very quiet and still,",
        "so please look at my hands, not my face.",
    ]
