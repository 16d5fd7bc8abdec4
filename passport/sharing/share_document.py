"""The one document a share's readers get: exactly what was ticked, as FHIR."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from passport import clock
from passport.crypto.padding import pad_json
from passport.fhir.document import write_document
from passport.fhir.model import (
    AttachedFile,
    ChoiceValue,
    ConsentTerms,
    Document,
    Identity,
    OtherWords,
    Person,
    SectionPart,
    SharedSection,
)
from passport.fhir.model import Section as DocumentSection
from passport.sharing.share import Share, ShareTerms
from passport.story.catalogue import FIRST_SCREEN, IDENTITY, Part
from passport.story.language_names import language_name
from passport.story.section import Content, Section

TITLE = "My story, in my own words"
CONTENT_TYPE = "application/fhir+json"
Files = Mapping[str, tuple[AttachedFile, ...]]
NO_FILES: Files = {}


def shared_sections(terms: ShareTerms, story: list[Section]) -> list[Section]:
    """The sections that these terms let out, in the order chosen.

    A section that became sensitive after the share was made is out of it. Identity is no
    section here: its facts are ticked one by one.
    """
    by_key = {section.key: section for section in story if not section.is_identity}
    chosen = [by_key[key] for key in terms.sections if key in by_key]
    return [
        s for s in chosen if s.holds_something and (not s.sensitive or s.key in terms.sensitive)
    ]


def share_document(
    share: Share, story: list[Section], review_months: int = 0, files: Files = NO_FILES
) -> bytes:
    """The document Bundle as JSON, filled up to a bucket so that its size tells little.

    `review_months`: how often its owner checks that it is still true; 0 if she does not. `files`
    are what readers are told of each section's files; of sections not let out, nothing.
    """
    bundle = write_document(document_of(share, story, review_months, files))
    return pad_json(json.dumps(bundle, ensure_ascii=False, separators=(",", ":")).encode())


def document_of(
    share: Share, story: list[Section], review_months: int = 0, files: Files = NO_FILES
) -> Document:
    """What a share's readers get, before it is FHIR."""
    sections = shared_sections(share.terms, story)
    newest = max((s.written_at for s in sections), default=clock.now())
    return Document(
        id=UUID(share.share_id),
        language=sections[0].language if sections else "en",
        written_at=newest,
        title=TITLE,
        confidentiality="R" if any(s.sensitive for s in sections) else "N",
        identity=_identity(share.terms, story),
        sections=tuple(_document_section(s, files.get(s.key, ())) for s in sections),
        consent=_consent(share, sections),
        first_screen=_first_screen(share.terms, sections),
        low_day_until=share.low_day_until,
        review_months=review_months or None,
    )


def _first_screen(terms: ShareTerms, sections: list[Section]) -> tuple[str, ...]:
    # Of what is shared, not of what was ticked: a section held back is not even named.
    shared = [section.key for section in sections]
    first = [key for key in FIRST_SCREEN if key in shared]
    # All that is on a card for an emergency was put there for the first minute.
    rest = [key for key in shared if key not in first] if terms.is_emergency else []
    return (*first, *rest)


def _consent(share: Share, sections: list[Section]) -> ConsentTerms:
    return ConsentTerms(
        recipient=share.record.organisation or share.terms.recipient,
        sections=tuple(SharedSection(s.key, s.title) for s in sections),
        shared_from=datetime.fromtimestamp(share.created_at, UTC),
        until=share.until,
        agreed_at=share.agreed_at,
    )


def _identity(terms: ShareTerms, story: list[Section]) -> Identity:
    found = next((s for s in story if s.key == IDENTITY.key), None)
    facts = {key: found.content.get(key) or None for key in terms.identity} if found else {}
    return Identity(
        called=facts.get("called"),
        name=facts.get("name"),
        birth_date=_date(facts.get("birth-date")),
        nhs_number=facts.get("nhs-number"),
        address=facts.get("address"),
        phone=facts.get("phone"),
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _document_section(section: Section, files: tuple[AttachedFile, ...]) -> DocumentSection:
    parts = [_document_part(part, section.content) for part in section.parts.parts]
    return DocumentSection(
        key=section.key,
        title=section.title,
        parts=tuple(part for part in parts if part.value),
        language=section.language,
        written_at=section.written_at,
        reviewed_at=section.reviewed_at,
        written_by=section.written_by,
        supported_by=section.supported_by,
        sensitive=section.sensitive,
        other=_other_words(section),
        files=files,
    )


def _other_words(section: Section) -> OtherWords | None:
    if not section.has_other:
        return None
    parts = [_document_part(part, section.other_content) for part in section.parts.parts]
    return OtherWords(
        language=section.other_language,
        title=f"{section.title} ({language_name(section.other_language)})",
        parts=tuple(part for part in parts if part.value),
    )


def _document_part(part: Part, content: Content) -> SectionPart:
    answer: Any = content.get(part.key) or ""
    if part.kind == "people":
        value: object = tuple(Person(**person) for person in answer)
    elif part.kind == "choices":
        labels = {choice.key: choice for choice in part.choices}
        value = tuple(ChoiceValue(k, labels[k].label, labels[k].snomed) for k in answer)
    elif part.kind == "lines":
        value = tuple(answer)
    else:
        value = answer
    return SectionPart(part.key, part.heading or part.label, part.kind, value)  # type: ignore[arg-type]
