"""Invented sheets: what residents might print."""

from passport.paper.qr_code import qr_svg
from passport.paper.sheet import Sheet, SheetCode, SheetKind, SheetPart, SheetSection

# The longest that a share's link may be, so that a cheap phone reads it off a card.
LINK = ("https://passport.example/view#shlink:/" + "eyJ1cmwiOiJodHRwczovL3Bhc3Nwb3J0" * 10)[:330]
URDU = "مجھے چائے پسند ہے۔ گھٹنوں میں درد رہتا ہے۔ آہستہ بولیں۔ ٹھنڈا پانی پسند نہیں۔"
ARABIC = "السلام عليكم. لا تلمسني من فضلك. أحب الشاي بلا سكر."
BENGALI = "আমার মেয়ে আছে। আস্তে কথা বলবেন। সবসময় জল দেবেন।"
ENGLISH = "My knees hurt. Warm your hands first, then tell me what you do."
_WORDS = {
    "about": "These are my own words.",
    "scan": "Scan this to read my story.",
    "code_note": "Ask me for the passcode.",
    "continues": "This goes on in my passport.",
    "cut": "Cut along the line.",
}


def text(key: str, words: str, language: str = "en", title: str = "A part") -> SheetSection:
    """A part of a story that is one text."""
    return SheetSection(key, title, "en", (SheetPart(language, text=words),))


def lines(key: str, *items: str, language: str = "en") -> SheetSection:
    """A part of a story that is a list."""
    return SheetSection(
        key, "Please do", "en", (SheetPart(language, "Lines", "lines", items=items),)
    )


def sheet(kind: SheetKind, *sections: SheetSection, language: str = "en", code: bool = True):
    """A sheet with these parts."""
    return Sheet(
        kind=kind,
        title="My story",
        language=language,
        words=_WORDS,
        facts=(("What I like to be called", "Maudie"), ("When I was born", "27 March 1941")),
        sections=sections,
        code=SheetCode(qr_svg(LINK).decode(), "QR code that opens my story") if code else None,
    )


def full_sheet(kind: SheetKind, language: str = "en") -> Sheet:
    """Every shape of answer, four scripts."""
    people = SheetPart("en", kind="people", people=(("Ada", "My daughter", "07700 900123", ""),))
    return sheet(
        kind,
        text("most-important", ENGLISH),
        lines("please-do", "Ask first", "Speak slowly"),
        text("communicate", URDU, "ur"),
        text("support", ARABIC, "ar"),
        text("home", BENGALI, "bn"),
        SheetSection("people", "People", "en", (people,), note="Written by Ada."),
        language=language,
    )
