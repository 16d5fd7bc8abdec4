"""A story made ready to print: every word of the service in the language of the page."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_date, lazy_gettext
from flask_babel import gettext as _

from passport import clock
from passport.paper.qr_code import qr_svg
from passport.paper.sheet import Sheet, SheetCode, SheetKind, SheetPart, SheetSection
from passport.sharing.share import Share
from passport.sharing.shlink import link_of, viewer_link
from passport.story.catalogue import Part
from passport.story.fact_names import FACT_NAMES
from passport.story.section import OWNER_WROTE, Content, Section
from passport.web.forms.paper_form import section_title
from passport.web.page_language import language
from passport.web.section_words import fact_hints
from passport.wiring import wiring

EMERGENCY: SheetKind = "emergency-card"


@dataclass(frozen=True)
class KindWords:
    """What one kind of sheet is called, what it is for, and its title in print."""

    name: str
    hint: str
    title: str


KIND_WORDS: dict[SheetKind, KindWords] = {
    "booklet": KindWords(
        lazy_gettext("A booklet"),
        lazy_gettext("Your story on A4 pages."),
        lazy_gettext("My story"),
    ),
    "large-print": KindWords(
        lazy_gettext("A booklet in large print"),
        lazy_gettext("The same, in big letters."),
        lazy_gettext("My story"),
    ),
    "summary": KindWords(
        lazy_gettext("One page"),
        lazy_gettext("What matters most, on one page of A4."),
        lazy_gettext("About me"),
    ),
    "fridge-sheet": KindWords(
        lazy_gettext("A sheet for the fridge"),
        lazy_gettext("One page in big letters, for people who come to your home."),
        lazy_gettext("Please read this about me"),
    ),
    "wallet-card": KindWords(
        lazy_gettext("A card for your purse"),
        lazy_gettext("As big as a bank card. You cut it out and fold it."),
        lazy_gettext("About me"),
    ),
    EMERGENCY: KindWords(
        lazy_gettext("An emergency card"),
        lazy_gettext("What your emergency share holds, and its QR code. You cut it out."),
        lazy_gettext("In an emergency"),
    ),
}


def sheet_of(
    kind: SheetKind, sections: Sequence[Section], facts: Sequence[str], share: Share | None
) -> Sheet:
    """What is printed: these parts, these facts (keys), and the QR code of this share if any."""
    known = fact_hints(sections)
    return Sheet(
        kind=kind,
        title=str(KIND_WORDS[kind].title),
        language=language(),
        words=_words(share),
        facts=tuple((_(FACT_NAMES[key]), known[key]) for key in facts if known.get(key)),
        sections=tuple(_section(s) for s in sections if not s.is_identity),
        code=_code(share) if share else None,
    )


def more_words() -> str:
    """What a sheet says where whole parts had no room."""
    return _("More is in my passport.")


def _words(share: Share | None) -> dict[str, str]:
    return {
        "about": _(
            "These are my own words. This is not a medical record. Printed on %(day)s.",
            day=format_date(clock.now(), "long"),
        ),
        "scan": _("Scan this with a phone to read my story."),
        "code_note": _code_note(share),
        "continues": _("This goes on in my passport."),
        "cut": _("Cut along the outer line. Fold in the middle, and glue the two sides together."),
    }


def _code_note(share: Share | None) -> str:
    if share is None or share.passcode is None:
        return ""
    return _("Ask me for the passcode.")


def _code(share: Share) -> SheetCode | None:
    base_url = wiring().settings.base_url
    link = link_of(share, base_url)
    if link is None:
        return None
    drawing = qr_svg(viewer_link(link, base_url)).decode()
    return SheetCode(drawing, _("QR code that opens my story"))


def _section(section: Section) -> SheetSection:
    parts = _parts(section, section.content, section.language)
    parts += _parts(section, section.other_content, section.other_language)
    is_own = section.key.startswith("own-")
    return SheetSection(
        key=section.key,
        title=section_title(section),
        title_language=section.language if is_own else language(),
        parts=tuple(parts),
        note=_note(section),
    )


def _parts(section: Section, content: Content, written_in: str) -> list[SheetPart]:
    return [_part(p, content, written_in) for p in section.parts.parts if content.get(p.key)]


def _part(part: Part, content: Content, written_in: str) -> SheetPart:
    heading, value = (_(part.heading) if part.heading else ""), content[part.key]
    if part.kind == "people":
        people = tuple(tuple(str(v) for v in person.values()) for person in value)
        return SheetPart(written_in, heading, "people", people=people)
    if part.kind == "choices":
        ticked = tuple(_(choice.label) for choice in part.choices if choice.key in value)
        return SheetPart(language(), heading, "lines", items=ticked)
    if part.kind == "lines":
        return SheetPart(written_in, heading, "lines", items=tuple(value))
    return SheetPart(written_in, heading, "text", text=value)


def _note(section: Section) -> str:
    day = format_date(section.written_at, "long")
    if section.written_by != OWNER_WROTE:
        return _("Written by %(name)s on %(day)s.", name=section.written_by, day=day)
    if section.supported_by:
        name = section.supported_by
        return _("Written with help from %(name)s on %(day)s.", name=name, day=day)
    return _("Written on %(day)s.", day=day)
