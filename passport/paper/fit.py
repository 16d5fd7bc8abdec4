"""Makes a sheet fit its page: smaller letters first, then shorter parts, then fewer of them.

What has no room is never left out in silence: the sheet says that it goes on in the passport.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from passport.paper.sheet import ONE_PAGE, Sheet, SheetKind, SheetPart, SheetSection
from passport.paper.typeset import needed

_SIZES: dict[SheetKind, tuple[float, ...]] = {
    "booklet": (12,),
    "large-print": (18,),
    "summary": (12, 11, 10),
    "fridge-sheet": (18, 16, 14),
    "wallet-card": (8, 7),
    "emergency-card": (8, 7),
}
_MOST_LETTERS = (1500, 800, 500, 320, 200, 130, 80, 50)
_MORE_THAN_ANY_PAGE = 6000
_LETTERS_OF_A_FACT = 60


def fitted(sheet: Sheet, more: str) -> Sheet:
    """The sheet in the largest letters, and with as many words, as its page holds.

    `more` is what it says where whole parts have no room.
    """
    sizes = _SIZES[sheet.kind]
    sheet = replace(sheet, size=sizes[0])
    if sheet.kind not in ONE_PAGE:
        return sheet
    found = next((tried for tried in _shorter(sheet, sizes) if needed(tried).fits), None)
    return found or _fewer(shortened(replace(sheet, size=sizes[-1]), _MOST_LETTERS[-1]), more)


def _shorter(sheet: Sheet, sizes: tuple[float, ...]) -> Iterator[Sheet]:
    sheet = shortened(sheet, _MORE_THAN_ANY_PAGE)
    yield from (replace(sheet, size=size) for size in sizes)
    smallest = replace(sheet, size=sizes[-1])
    yield from (shortened(smallest, most) for most in _MOST_LETTERS)


def _fewer(sheet: Sheet, more: str) -> Sheet:
    """As many parts as fit, from the first on. None at all fits always."""
    fits, too_many = 0, len(sheet.sections)
    first = [replace(sheet, sections=sheet.sections[:n], more=more) for n in range(too_many)]
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if needed(first[middle]).fits:
            fits = middle
        else:
            too_many = middle
    return first[fits] if first else sheet


def shortened(sheet: Sheet, most: int) -> Sheet:
    """The sheet with at most so many letters, about, in each part of the story."""
    facts = tuple((name, cut(fact, max(most, _LETTERS_OF_A_FACT))) for name, fact in sheet.facts)
    sections = tuple(_short_section(section, most) for section in sheet.sections)
    return replace(sheet, facts=facts, sections=sections)


def _short_section(section: SheetSection, most: int) -> SheetSection:
    parts, left = [], most
    for part in section.parts:
        kept = _short_part(part, left)
        if kept is not None:
            parts.append(kept)
        left -= _letters(part)
    cut = tuple(parts) != section.parts
    return replace(section, parts=tuple(parts), continues=section.continues or cut)


def _short_part(part: SheetPart, left: int) -> SheetPart | None:
    if _letters(part) <= left:
        return part
    if left <= 0:
        return None
    if part.kind == "lines":
        return replace(part, items=_first_lines(part.items, left))
    if part.kind == "people":
        people = part.people[: max(1, left // 60)]
        return replace(part, people=tuple(tuple(cut(f, left) for f in p) for p in people))
    return replace(part, text=cut(part.text, left))


def _first_lines(lines: tuple[str, ...], left: int) -> tuple[str, ...]:
    def has_room(line: str) -> bool:
        nonlocal left
        left -= len(line)
        return left >= 0

    room = left
    whole = tuple(takewhile(has_room, lines))
    return whole or (cut(lines[0], room),)


def cut(text: str, most: int) -> str:
    """The beginning of a text, ending between words if there are any, and never inside a letter."""
    if len(text) <= most:
        return text
    end = most
    while end and (unicodedata.category(text[end])[0] == "M" or text[end] == "\u200d"):
        end -= 1
    start = text[:end]
    at_word = max(start.rfind(" "), start.rfind("\n"))
    return f"{(start[:at_word] if at_word > most // 2 else start).rstrip()}…"


def _letters(part: SheetPart) -> int:
    people = sum(len(field) for person in part.people for field in person)
    return len(part.text) + sum(map(len, part.items)) + people
