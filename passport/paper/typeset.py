"""Sets a sheet with typst. Everything happens in memory: no word of a story touches a disk."""

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from typst import Compiler, Fonts, TypstError

from passport import clock
from passport.paper.sheet import Sheet, SheetKind

_TEMPLATES = Path(__file__).parent / "templates"
FONTS = Path(__file__).parents[1] / "web" / "static" / "built" / "print-fonts"
_TEMPLATE: dict[SheetKind, str] = {
    "booklet": "booklet.typ",
    "large-print": "booklet.typ",
    "summary": "one_page.typ",
    "fridge-sheet": "one_page.typ",
    "wallet-card": "card.typ",
    "emergency-card": "card.typ",
}


@dataclass(frozen=True)
class Needed:
    """How much room a sheet takes, and whether that is as much as it has."""

    pages: int
    fits: bool


def needed(sheet: Sheet) -> Needed:
    """How much room this sheet needs."""
    told = _compiler(sheet).query("<told>", field="value", one=True, format="json")
    return Needed(**json.loads(told))


def as_pdf(sheet: Sheet) -> tuple[bytes, bool]:
    """The sheet as tagged PDF, and whether every letter of it could be drawn.

    Where a letter has no font here, the PDF shows a box and no longer claims to be PDF/UA.
    """
    compiler, when = _compiler(sheet), clock.epoch()
    try:
        return compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=when), True  # type: ignore[return-value]
    except TypstError:
        return compiler.compile(format="pdf", timestamp=when), False  # type: ignore[return-value]


def as_pictures(sheet: Sheet, dots_per_inch: float) -> list[bytes]:
    """The sheet as it comes out of a printer: one PNG for each page."""
    made = _compiler(sheet).compile(format="png", ppi=dots_per_inch)
    return [made] if isinstance(made, bytes) else list(made or ())


def _compiler(sheet: Sheet) -> Compiler:
    return Compiler(
        _TEMPLATES / _TEMPLATE[sheet.kind],
        root=_TEMPLATES,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(asdict(sheet))},
    )


@cache
def _fonts() -> Fonts:
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
