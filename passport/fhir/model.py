"""A story on its way out of the house: plain values that FHIR resources are made from.

Nothing here knows FHIR, the catalogue or the database. The words are the person's own and are
never changed; `write_document` then `read_document` gives back an equal `Document`.

Characters a story may hold: tab, newline, and every character of XML 1.0 (production 2, `Char`)
except the other control characters: so not U+0000–U+0008, U+000B–U+001F (carriage return is one:
write a line end as one newline), U+007F–U+009F, surrogates, U+FFFE or U+FFFF. Bidirectional
overrides, emoji and every script are allowed: they are somebody's words. `forbidden_characters`
names the ones that are not.

Further rules, all checked by `write_document`:
- keys are 1–64 of `A–Z a–z 0–9 . _ -`; keys of sections are unique in a document, keys of parts
  in their section, keys of choices in their part;
- the title of the document, titles of sections, labels of choices and the recipient are not
  blank; an identity fact is None or not blank; a writer or supporter is not blank;
- titles of files are not blank, and their ids are unique in a document;
- languages are BCP 47 tags, and every datetime knows its time zone.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

PartKind = Literal["text", "lines", "people", "choices"]
Confidentiality = Literal["U", "L", "M", "N", "R", "V"]
SELF = "self"

_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def forbidden_characters(text: str) -> list[str]:
    """The characters of `text` that no story may hold, in order; empty when all is well."""
    return _FORBIDDEN.findall(text)


@dataclass(frozen=True)
class Person:
    """Somebody who matters. `when` says when to call them. An empty string means not given."""

    name: str = ""
    relationship: str = ""
    phone: str = ""
    when: str = ""


@dataclass(frozen=True)
class ChoiceValue:
    """One thing ticked. `snomed` is a SNOMED CT concept id, where a standard one exists."""

    key: str
    label: str
    snomed: str | None = None


PartValue = str | tuple[str, ...] | tuple[Person, ...] | tuple[ChoiceValue, ...]


@dataclass(frozen=True)
class SectionPart:
    """One question and its answer.

    `value` is a `str` for "text", and a tuple of `str` for "lines", of `Person` for "people"
    and of `ChoiceValue` (ticked ones only) for "choices".
    """

    key: str
    label: str
    kind: PartKind
    value: PartValue


@dataclass(frozen=True)
class OtherWords:
    """What a section says once more, in another language."""

    language: str
    title: str
    parts: tuple[SectionPart, ...]


@dataclass(frozen=True)
class AttachedFile:
    """A photo, sound, video or document of a section, without its bytes.

    `title` is its caption, or what kind it is; `transcript` says in words what is in it.
    """

    id: UUID
    content_type: str
    size: int
    title: str
    transcript: str
    added_at: datetime


@dataclass(frozen=True)
class Section:
    """One shared section, as it was last written.

    `written_by` is `SELF` or a supporter's name; `supported_by` names who helped, if anyone.
    `reviewed_at` is when the person last said "still true".
    """

    key: str
    title: str
    parts: tuple[SectionPart, ...]
    language: str
    written_at: datetime
    reviewed_at: datetime | None = None
    written_by: str = SELF
    supported_by: str | None = None
    sensitive: bool = False
    other: OtherWords | None = None
    files: tuple[AttachedFile, ...] = ()


@dataclass(frozen=True)
class Identity:
    """Headline facts, each present only when it was ticked for this share."""

    called: str | None = None
    name: str | None = None
    birth_date: date | None = None
    nhs_number: str | None = None
    address: str | None = None
    phone: str | None = None


@dataclass(frozen=True)
class SharedSection:
    """The key and title of a section that was agreed to."""

    key: str
    title: str


@dataclass(frozen=True)
class ConsentTerms:
    """What the person agreed to: who may read which sections, from when, until when.

    `until` is None when it lasts until the person stops it; `agreed_at` is None when they have
    chosen nothing else since `shared_from`.
    """

    recipient: str
    sections: tuple[SharedSection, ...]
    shared_from: datetime
    until: datetime | None = None
    agreed_at: datetime | None = None


@dataclass(frozen=True)
class Document:
    """Everything one share shows. `first_screen` lists section keys in the reader's order.

    `low_day_until`: today is a low day for the person, until this moment. `review_months`: after
    how many months the person is asked whether a section is still true; None if they are not.
    """

    id: UUID
    language: str
    written_at: datetime
    title: str
    identity: Identity
    sections: tuple[Section, ...]
    consent: ConsentTerms
    first_screen: tuple[str, ...] = ()
    confidentiality: Confidentiality = "R"
    low_day_until: datetime | None = None
    review_months: int | None = None
