"""A story made ready for easy read: short lines, each answer with a picture that fits it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask_babel import gettext

from passport.story.catalogue import Part
from passport.story.easy_lines import easy_lines
from passport.story.language_names import language_name
from passport.story.section import Content, Section
from passport.web.section_words import Answer, answers, other_answers

_PICTURES: dict[str, dict[str, str]] = json.loads(
    (Path(__file__).parent / "assets" / "pictures.json").read_text()
)
PICTURES = frozenset(name for group in _PICTURES.values() for name in group.values())


@dataclass(frozen=True)
class EasyAnswer:
    """One answer as (picture, line) pairs; a line without a picture has an empty one."""

    label: str
    lines: tuple[tuple[str, str], ...]
    picture: str
    language: str


@dataclass(frozen=True)
class EasySection:
    """A section with its picture."""

    section: Section
    picture: str
    answers: tuple[EasyAnswer, ...]


def easy_story(sections: Iterable[Section]) -> list[EasySection]:
    """Every section that has words in it."""
    return [_section(section) for section in sections if not section.is_empty]


def _section(section: Section) -> EasySection:
    found = list(_easy(section, section.content, answers(section), section.language))
    if section.has_other:
        other = other_answers(section)
        found += _easy(section, section.other_content, other, section.other_language)
    kind = section.parts.key
    return EasySection(section, _PICTURES["sections"].get(kind, ""), tuple(found))


def _easy(
    section: Section, content: Content, found: list[Answer], language: str
) -> Iterable[EasyAnswer]:
    kind = section.parts
    answered = [part for part in kind.parts if content.get(part.key)]
    for part, answer in zip(answered, found, strict=True):
        name = f"{kind.key}.{part.key}"
        if part.kind == "choices":
            keys = [choice.key for choice in part.choices if choice.key in content[part.key]]
            pictures = [_PICTURES["choices"].get(f"{kind.key}.{key}", "") for key in keys]
            lines = tuple(zip(pictures, answer.value, strict=True))
        else:
            lines = tuple(("", line) for line in _lines(answer.value))
        label = language_name(language) if language != section.language else _heading(part)
        yield EasyAnswer(label, lines, _PICTURES["answers"].get(name, ""), language)


def _heading(part: Part) -> str:
    """What stands above an answer for whoever reads it, rather than the question."""
    return gettext(part.heading or part.label)


def _lines(value: Any) -> list[str]:
    if isinstance(value, str):
        return easy_lines(value)
    if value and isinstance(value[0], dict):
        return [text for person in value for text in person.values() if text]
    return [line for item in value for line in easy_lines(item)]
