"""A section as XHTML: every word of it, in reading order, and nothing that can act.

The shape is small and fixed, so that it can be read back (see `read_narrative`):

    <div xmlns lang xml:lang dir>
      <div> one for each part, empty when the part has no answer
        <h3>label</h3>                    when the section has several parts
        <p>a paragraph<br/>of text</p>    "text": a paragraph for each stretch between empty lines
        <ul><li>a line</li></ul>          "lines" and "choices"
        <ul><li>                          "people": an item each, with a line for each answer
          <p class="name"><b>Name:</b> <span>…</span></p>
          <p class="phone"><b>Phone:</b> <span>…</span></p>
        </li></ul>

      <div class="files"> last, when there are photos, sounds, videos or documents: the words about
        <ul><li>                          each, which say all that a reader needs who opens none
          <p class="title">caption</p>
          <p class="transcript">…</p>     when there is one
        </li></ul>

A person's lines say what they are, and a person without a name says so: nobody is taken for the
person above, by whatever program shows this. Every value is alone in its block, or last in it:
a bidirectional override in one can't reach the next.
Elements and attributes are those FHIR R4 allows in narrative (narrative.html, "XHTML content").
"""

import re
from dataclasses import astuple, dataclass
from typing import Any, cast

from passport.fhir.model import AttachedFile, ChoiceValue, Person, Section, SectionPart
from passport.words_to_translate import N_

XHTML = "http://www.w3.org/1999/xhtml"
PERSON_LABELS = {
    "name": "Name:",
    "relationship": "Who they are to me:",
    "phone": "Phone:",
    "when": "When to call them:",
}
NAME_NOT_GIVEN = "Name not given"
LOW_DAY = N_("Today is a low day for me. Please read my passport instead of asking me.")
NOTHING_WRITTEN = '<p class="empty">—</p>'  # FHIR's txt-2: a narrative is never blank


@dataclass(frozen=True)
class FileWords:
    """The words about a file that stand in the narrative."""

    title: str
    transcript: str


_TAG = re.compile("<[^>]*>")
_RIGHT_TO_LEFT = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "ks", "pnb", "ps", "sd", "syr", "ug", "ur", "yi")
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset(("adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"))


def section_narrative(section: Section) -> dict[str, str]:
    """The section's FHIR Narrative."""
    return words_narrative(section.language, section.parts, section.files)


def words_narrative(
    language: str, parts: tuple[SectionPart, ...], files: tuple[AttachedFile, ...] = ()
) -> dict[str, str]:
    """The FHIR Narrative of answers in one language, and of what is said about files."""
    several = len(parts) > 1
    blocks = "".join(_part(part, several) for part in parts)
    return narrative(language, blocks + _files(files))


def low_day_narrative() -> dict[str, str]:
    """What stands at the very top on a low day."""
    return narrative("en", f"<p>{LOW_DAY}</p>")


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


def person_label(field: str, value: str) -> str:
    """What stands before a person's answer."""
    return NAME_NOT_GIVEN if field == "name" and not value.strip() else PERSON_LABELS[field]


def _files(files: tuple[AttachedFile, ...]) -> str:
    return f'<div class="files"><ul>{"".join(map(_file, files))}</ul></div>' if files else ""


def _file(file: AttachedFile) -> str:
    said = f'<p class="transcript">{escape(file.transcript)}</p>' if file.transcript else ""
    return f'<li><p class="title">{escape(file.title)}</p>{said}</li>'


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
    given = zip(PERSON_LABELS, astuple(person), strict=True)
    return "".join(_answer_of(*one) for one in given if one[1] or one[0] == "name")


def _answer_of(field: str, value: str) -> str:
    answer = f" <span>{escape(value)}</span>" if value else ""
    return f'<p class="{field}"><b>{person_label(field, value)}</b>{answer}</p>'
