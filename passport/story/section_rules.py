"""Rules for one section's words: cleaned, within limits, of the shape its questions ask for."""

from dataclasses import replace
from datetime import date
from typing import Any

from stdnum.gb import nhs

from passport import clock
from passport.story.catalogue import (
    IDENTITY,
    OWN_SECTION,
    PERSON_FIELDS,
    Part,
    SectionType,
    section_type,
)
from passport.story.errors import NotADate, SectionTooLong, TitleMissing, UnknownSection
from passport.story.section import Content, SectionDraft
from passport.story.text_rules import LONGEST_LINE, LONGEST_SECTION, clean_line, clean_text
from passport.words_to_translate import N_

# The oldest person whose age is proven reached 122 years.
_EARLIEST_BIRTH = 1880


def cleaned(draft: SectionDraft) -> SectionDraft:
    """The draft as it can be saved.

    Raises UnknownSection, TitleMissing, NotADate or SectionTooLong, each in words for the resident.
    """
    kind = section_type(draft.key)
    if kind is None:
        raise UnknownSection
    content = {part.key: _answer(part, draft.content.get(part.key)) for part in kind.parts}
    other = _in_other_language(kind, draft)
    length = max(text_length(content), text_length(other))
    if length > LONGEST_SECTION:
        raise SectionTooLong(
            N_(
                "This is %(number)s letters too long. Make it shorter, or put some of it into "
                "another part."
            ),
            number=f"{length - LONGEST_SECTION:,}",
        )
    title = _own_title(draft.title) if kind is OWN_SECTION else kind.title
    return replace(
        draft,
        content=content,
        title=title,
        other_content=other,
        other_language=draft.other_language if other or draft.other_language is None else "",
    )


def in_two_languages(kind: SectionType) -> tuple[Part, ...]:
    """The questions of a section whose answers can be said in a second language."""
    if kind is IDENTITY:
        return ()
    return tuple(part for part in kind.parts if part.kind in ("text", "lines"))


def text_length(content: Content) -> int:
    """How many characters a section's answers have together."""
    return sum(len(text) for text in texts_in(content))


def texts_in(value: Any) -> list[str]:
    """Every text in an answer, or in a section's content."""
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value
    return [text for item in inside for text in texts_in(item)]


def nhs_number_warning(text: str) -> str | None:
    """A warning if this does not look like an NHS number (modulus 11). Never a reason to refuse."""
    if not text or nhs.is_valid(text):
        return None
    return N_(
        "This does not look like an NHS number. Please check it. We have saved what you wrote."
    )


def checked_birth_date(text: str) -> str:
    """A day of birth in ISO 8601. Raises NotADate, also for a day to come or before 1880."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NotADate from None
    if day > clock.now().date():
        raise NotADate(N_("That day is still to come. Check the year. Write it like 27 3 1962."))
    if day.year < _EARLIEST_BIRTH:
        raise NotADate(N_("That is too long ago. Check the year. Write it like 27 3 1962."))
    return day.isoformat()


def _in_other_language(kind: SectionType, draft: SectionDraft) -> Content:
    if not draft.other_language:
        return {}
    answers = {p.key: _answer(p, draft.other_content.get(p.key)) for p in in_two_languages(kind)}
    return {key: answer for key, answer in answers.items() if answer}


def _own_title(title: str) -> str:
    title = clean_line(title)
    if not title:
        raise TitleMissing
    if len(title) > LONGEST_LINE:
        raise SectionTooLong(
            N_("Use no more than %(number)s letters for the title."), number=LONGEST_LINE
        )
    return title


def _answer(part: Part, value: Any) -> Any:
    if part.kind == "lines":
        return [line for item in value or [] if (line := clean_line(item))]
    if part.kind == "choices":
        ticked = set(value or [])
        return [choice.key for choice in part.choices if choice.key in ticked]
    if part.kind == "people":
        people = [{f: clean_line(p.get(f) or "") for f in PERSON_FIELDS} for p in value or []]
        return [person for person in people if any(person.values())]
    if part.kind == "text":
        return clean_text(value or "").rstrip()
    line = clean_line(value or "")
    return checked_birth_date(line) if part.kind == "date" and line else line
