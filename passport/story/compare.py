"""What changed between two versions of a section, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from passport.story.catalogue import Part
from passport.story.section import Content, Section

Change = Literal["same", "added", "removed"]
_WORD = re.compile(r"\s*\S+|\s+")


@dataclass(frozen=True)
class Piece:
    """A run of words that both versions have, or only one of them."""

    change: Change
    text: str


@dataclass(frozen=True)
class ComparedAnswer:
    """One question's answer in both versions. `language` is empty for the first language."""

    label: str
    pieces: tuple[Piece, ...]
    language: str = ""

    @property
    def has_changed(self) -> bool:
        """Whether the two say different things."""
        return any(piece.change != "same" for piece in self.pieces)


def compare(old: Section, new: Section) -> list[ComparedAnswer]:
    """Every answer that either version has, in the order of the questions."""
    found = list(_compared(old.content, new.content, old, ""))
    language = new.other_language or old.other_language
    return found + list(_compared(old.other_content, new.other_content, old, language))


def compare_texts(old: str, new: str) -> tuple[Piece, ...]:
    """What is the same, added and removed. No word of either is lost."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    # Words that are everywhere may not begin a match, or a long text would take minutes.
    matcher = SequenceMatcher(None, before, after, autojunk=True)
    found = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        removed, added = "".join(before[i1:i2]), "".join(after[j1:j2])
        if tag == "equal":
            found.append(Piece("same", added))
            continue
        if removed:
            found.append(Piece("removed", removed))
        if added:
            found.append(Piece("added", added))
    return tuple(found)


def _compared(
    old: Content, new: Content, section: Section, language: str
) -> Iterator[ComparedAnswer]:
    for part in section.parts.parts:
        before, after = (_text(part, content.get(part.key)) for content in (old, new))
        if before or after:
            yield ComparedAnswer(part.label, compare_texts(before, after), language)


def _text(part: Part, answer: Any) -> str:
    """An answer on lines of its own."""
    if not answer or isinstance(answer, str):
        return answer or ""
    if part.kind == "choices":
        return "\n".join(choice.label for choice in part.choices if choice.key in answer)
    if part.kind == "people":
        return "\n".join(", ".join(fact for fact in one.values() if fact) for one in answer)
    return "\n".join(answer)
