"""What a section says, made ready to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask_babel import gettext

from passport.story.catalogue import PartKind
from passport.story.language_names import language_name
from passport.story.section import Content, Section
from passport.web.words import date_of

_PREVIEW_LETTERS = 90


@dataclass(frozen=True)
class Answer:
    """One question's answer. `value` is a text, a list of texts, or a list of people."""

    label: str
    kind: PartKind
    value: Any


def init_app(app: Flask) -> None:
    """Make the filters known to templates, by their own names."""
    for function in (answers, other_answers, language_name, preview, title_words):
        app.add_template_filter(function)


def answers(section: Section) -> list[Answer]:
    """The questions that were answered, in their order."""
    return _answers(section, section.content)


def other_answers(section: Section) -> list[Answer]:
    """The same in the section's second language; none if it has none."""
    return _answers(section, section.other_content)


def title_words(section: Section) -> str:
    """A section's title: the catalogue's in the page's language, one of her own as it is."""
    return section.title if section.key.startswith("own-") else gettext(section.title)


def _answers(section: Section, content: Content) -> list[Answer]:
    found = []
    for part in section.parts.parts:
        value = content.get(part.key)
        if not value:
            continue
        if part.kind == "choices":
            value = [gettext(choice.label) for choice in part.choices if choice.key in value]
        elif part.kind == "date":
            value = date_of(value)
        found.append(Answer(gettext(part.label), part.kind, value))
    return found


def preview(section: Section) -> str:
    """The first words of a section, on one line. Nothing of a sensitive one."""
    if section.sensitive:
        return gettext("Not shown here, because you marked it as sensitive.")
    texts = [_line(answer.value) for answer in answers(section)]
    text = " ".join(" · ".join(texts).split())
    if not text and section.has_files:
        return gettext("Photos, voice, video or papers, without other words.")
    return text if len(text) <= _PREVIEW_LETTERS else f"{text[:_PREVIEW_LETTERS].rstrip()}…"


def section_hints(sections: Iterable[Section]) -> dict[str, str]:
    """Section key → its first words."""
    return {section.key: preview(section) for section in sections}


def fact_hints(sections: Iterable[Section]) -> dict[str, str]:
    """Key of a fact about the resident → what she wrote."""
    found = next((section for section in sections if section.is_identity), None)
    facts = found.content if found else {}
    return {
        k: date_of(v) if v and k == "birth-date" else " ".join(v.split()) for k, v in facts.items()
    }


def _line(value: Any) -> str:
    if isinstance(value, str):
        return value
    return ", ".join(item if isinstance(item, str) else _person(item) for item in value)


def _person(person: dict[str, str]) -> str:
    return person.get("name") or next((text for text in person.values() if text), "")
