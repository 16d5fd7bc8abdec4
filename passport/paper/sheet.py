"""What is to be printed: one sheet, card or booklet, as plain values. Words are in it as they are.

Nothing here is markup: the templates get it as data, so that nothing that a person wrote can
become an instruction to the program that sets it.
"""

from dataclasses import dataclass
from typing import Literal, get_args

SheetKind = Literal[
    "booklet", "large-print", "summary", "wallet-card", "emergency-card", "fridge-sheet"
]
KINDS: tuple[SheetKind, ...] = get_args(SheetKind)
ONE_PAGE: tuple[SheetKind, ...] = ("summary", "wallet-card", "emergency-card", "fridge-sheet")
"""Kinds on which not everything may fit."""


@dataclass(frozen=True)
class SheetPart:
    """One answer: a text, lines, or people, each a tuple of what is known of them."""

    language: str
    heading: str = ""
    kind: Literal["text", "lines", "people"] = "text"
    text: str = ""
    items: tuple[str, ...] = ()
    people: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class SheetSection:
    """One part of a story; `continues` once some of it had no room."""

    key: str
    title: str
    title_language: str
    parts: tuple[SheetPart, ...]
    note: str = ""
    continues: bool = False


@dataclass(frozen=True)
class SheetCode:
    """A QR code: the drawing as SVG, and what to say to whoever can't see it."""

    picture: str
    alt: str


@dataclass(frozen=True)
class Sheet:
    """All that is printed. `words` are the sentences of the service, in `language`."""

    kind: SheetKind
    title: str
    language: str
    words: dict[str, str]
    facts: tuple[tuple[str, str], ...] = ()
    sections: tuple[SheetSection, ...] = ()
    code: SheetCode | None = None
    size: float = 12
    more: str = ""
    """What is said where whole parts had no room; empty while all of them have."""
