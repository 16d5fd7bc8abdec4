"""The Composition: the page the other resources hang from, one section for each shared one."""

from typing import Any, cast

from passport.fhir.codes import (
    PATIENT_NOTE,
    PREFERENCES,
    SECTION_SYSTEM,
    concept,
    section_code,
)
from passport.fhir.entries import Entries, Reference, Resource, timestamp
from passport.fhir.extensions import (
    FIRST_SCREEN,
    LOW_DAY_UNTIL,
    PART,
    REVIEW_MONTHS,
    REVIEWED_AT,
    SENSITIVE,
    SUPPORTED_BY,
    WRITTEN_AT,
    extension,
)
from passport.fhir.files import add_files
from passport.fhir.model import SELF, ChoiceValue, Document, OtherWords, Section, SectionPart
from passport.fhir.narrative import low_day_narrative, section_narrative, words_narrative
from passport.fhir.people import add_supporter
from passport.fhir.structured import add_structured, choice_codings


def composition(entries: Entries, document: Document) -> Resource:
    """The Composition; what its sections refer to is added to `entries` on the way."""
    sections = [_section(entries, section) for section in document.sections]
    about = [extension(FIRST_SCREEN, "Code", key) for key in document.first_screen]
    about += _low_day(document)
    if document.review_months is not None:
        about.append(extension(REVIEW_MONTHS, "PositiveInt", document.review_months))
    return {
        "resourceType": "Composition",
        "language": document.language,
        **({"text": low_day_narrative()} if document.low_day_until else {}),
        **({"extension": about} if about else {}),
        "status": "final",
        "type": PATIENT_NOTE,
        "category": [PREFERENCES],
        "subject": entries.patient,
        "date": timestamp(document.written_at),
        "author": _authors(entries, document),
        "title": document.title,
        "confidentiality": document.confidentiality,
        **({"section": sections} if sections else {}),
    }


def _low_day(document: Document) -> list[dict[str, Any]]:
    if document.low_day_until is None:
        return []
    return [extension(LOW_DAY_UNTIL, "DateTime", timestamp(document.low_day_until))]


def _authors(entries: Entries, document: Document) -> list[Reference]:
    supporters = dict.fromkeys(one.written_by for one in document.sections)
    supporters.pop(SELF, None)
    return [entries.patient, *(add_supporter(entries, name) for name in supporters)]


def _section(entries: Entries, section: Section) -> dict[str, Any]:
    filed = [*add_structured(entries, section), *add_files(entries, section.files)]
    return {
        "id": section.key,
        "extension": _about(entries, section),
        "title": section.title,
        "code": concept(SECTION_SYSTEM, section_code(section.key)),
        "author": [_author(entries, section)],
        "text": section_narrative(section),
        **({"entry": filed} if filed else {}),
        **({"section": [_other(section.other)]} if section.other else {}),
    }


def _other(other: OtherWords) -> dict[str, Any]:
    """The same words in another language: a section inside, since a narrative has one language."""
    return {
        "extension": [_part(part) for part in other.parts],
        "title": other.title,
        "text": words_narrative(other.language, other.parts),
    }


def _author(entries: Entries, section: Section) -> Reference:
    if section.written_by == SELF:
        return entries.patient
    return add_supporter(entries, section.written_by)


def _about(entries: Entries, section: Section) -> list[dict[str, Any]]:
    found = [extension(WRITTEN_AT, "DateTime", timestamp(section.written_at))]
    if section.reviewed_at is not None:
        found.append(extension(REVIEWED_AT, "DateTime", timestamp(section.reviewed_at)))
    if section.supported_by is not None:
        supporter = add_supporter(entries, section.supported_by)
        found.append(extension(SUPPORTED_BY, "Reference", supporter))
    if section.sensitive:
        found.append(extension(SENSITIVE, "Boolean", True))
    return found + [_part(part) for part in section.parts]


def _part(part: SectionPart) -> dict[str, Any]:
    found = [extension("key", "Code", part.key), extension("kind", "Code", part.kind)]
    if part.label:
        found.append(extension("label", "String", part.label))
    if part.kind == "choices":
        for choice in cast(tuple[ChoiceValue, ...], part.value):
            codes = {"coding": choice_codings(part, choice)}
            found.append(extension("choice", "CodeableConcept", codes))
    return {"url": PART, "extension": found}
