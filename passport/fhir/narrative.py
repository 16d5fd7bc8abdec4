"""A section as XHTML: every word of it, in reading order, and nothing that can act.

The shape is small and fixed, so that it can be read back (see `read_narrative`):

    <div xmlns lang xml:lang dir>
      <div> one for each part, empty when the part has no answer
        <h3>label</h3>                    when the section has several parts
        <p>a paragraph<br/>of text</p>    "text": a paragraph for each stretch between empty lines
        <ul><li>a line</li></ul>          "lines" and "choices"
        <ul><li><p class="name">…</p></li></ul>   "people": name, relationship, phone, when

Every value is a block of its own: a bidirectional override in one can't reach the next.
Elements and attributes are those FHIR R4 allows in narrative (narrative.html, "XHTML content").
"""

import re
from dataclasses import astuple
from typing import Any, cast

from passport.fhir.model import ChoiceValue, Person, Section, SectionPart

XHTML = "http://www.w3.org/1999/xhtml"
PERSON_FIELDS = ("name", "relationship", "phone", "when")
NOTHING_WRITTEN = '<p class="empty">—</p>'  # FHIR's txt-2: a narrative is never blank
_TAG = re.compile("<[^>]*>")
_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "pnb", "ps", "sd", "syr", "ug", "ur", "yi")
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset(("adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"))


def section_narrative(section: Section) -> dict[str, str]:
    """The section's FHIR Narrative."""
    several = len(section.parts) > 1
    return narrative(section.language, "".join(_part(part, several) for part in section.parts))


def narrative(language: str, blocks: str) -> dict[str, str]:
    """A FHIR Narrative around blocks of XHTML that are already escaped."""
    if not _TAG.sub("", blocks).strip():
        blocks += NOTHING_WRITTEN
    attributes = f'lang="{language}" xml:lang="{language}" dir="{direction(language)}"'
    return {"status": "generated", "div": f'<div xmlns="{XHTML}" {attributes}>{blocks}</div>'}


def escape(text: str) -> str:
    """Text as XHTML that shows exactly these characters; a newline becomes a line break."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("\n", "<br/>")


def bullets(lines: Any) -> str:
    """A list of texts as XHTML."""
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"


def direction(language: str) -> str:
    """`rtl` or `ltr`, by the script a BCP 47 tag names, else by its language."""
    first, *rest = language.lower().split("-")
    scripts = [subtag for subtag in rest if len(subtag) == 4 and subtag.isalpha()]
    if scripts:
        return "rtl" if scripts[0] in _RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if first in _RIGHT_TO_LEFT else "ltr"


def _part(part: SectionPart, several: bool) -> str:
    if not part.value:
        return "<div></div>"
    heading = f"<h3>{escape(part.label)}</h3>" if several else ""
    return f"<div>{heading}{_answer(part)}</div>"


def _answer(part: SectionPart) -> str:
    if part.kind == "text":
        paragraphs = cast(str, part.value).split("\n\n")
        return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    if part.kind == "lines":
        return bullets(part.value)
    if part.kind == "choices":
        return bullets(choice.label for choice in cast(tuple[ChoiceValue, ...], part.value))
    people = cast(tuple[Person, ...], part.value)
    return "<ul>" + "".join(f"<li>{_person(person)}</li>" for person in people) + "</ul>"


def _person(person: Person) -> str:
    given = zip(PERSON_FIELDS, astuple(person), strict=True)
    return "".join(f'<p class="{field}">{escape(text)}</p>' for field, text in given if text)
