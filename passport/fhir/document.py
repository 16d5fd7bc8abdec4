"""A story as a FHIR R4 document Bundle, and back without losing a word.

**Where the words are kept.** Once, in each section's narrative: it has to hold them all anyway,
and a second structured copy would double the size of every share. The narrative is made of a
small fixed set of blocks around fully escaped text, so taking it apart is exact parsing of XML,
never guessing at prose. What is not words (keys, kinds, labels, codes, dates) is in extensions,
in the same order as the blocks. The Flags, RelatedPersons and health facts repeat the words they
need for systems that file them; reading back does not depend on them.

Source: FHIR R4 4.0.1, documents.html, bundle.html, composition.html, narrative.html.
"""

from typing import Any, cast, get_args
from uuid import UUID

from passport.fhir.composition import composition
from passport.fhir.consent import consent, read_consent
from passport.fhir.entries import Entries, Resource, Resources, derived_id, entry, timestamp
from passport.fhir.extensions import FIRST_SCREEN, LOW_DAY_UNTIL, REVIEW_MONTHS, values
from passport.fhir.model import Confidentiality, Document
from passport.fhir.people import patient, read_identity
from passport.fhir.read_composition import read_sections
from passport.fhir.reading import NotAStoryDocument, member, moment
from passport.fhir.rules import BrokenRule, check

__all__ = ["BrokenRule", "NotAStoryDocument", "read_document", "write_document"]

_URI = "urn:ietf:rfc:3986"


def write_document(document: Document) -> dict[str, Any]:
    """The document as a FHIR R4 (4.0.1) Bundle of type `document`, ready for `json.dumps`.

    The same document always gives an equal Bundle. Raises `BrokenRule` when the document does
    not keep to the rules in `model`.
    """
    check(document)
    entries = Entries(document.id)
    entries.add("patient", patient(document.identity))
    page = entry(document.id, composition(entries, document))
    entries.add("consent", consent(entries, document.consent))
    return {
        "resourceType": "Bundle",
        "id": str(derived_id(document.id, "bundle")),
        "identifier": {"system": _URI, "value": document.id.urn},
        "type": "document",
        "timestamp": timestamp(document.written_at),
        "entry": [page, *entries.all()],
    }


def read_document(bundle: Any) -> Document:
    """The document that `write_document` made into this Bundle.

    `bundle` is parsed JSON of any shape; members we do not know are left alone. Raises
    `NotAStoryDocument` for anything that we did not write.
    """
    if not isinstance(bundle, dict) or bundle.get("resourceType") != "Bundle":
        raise NotAStoryDocument("This is not a FHIR Bundle.")
    if bundle.get("type") != "document":
        raise NotAStoryDocument("This FHIR Bundle is not a document.")
    resources = Resources(bundle)
    if not resources.all or resources.all[0].get("resourceType") != "Composition":
        raise NotAStoryDocument("The document does not begin with its Composition.")
    document = _document(member(bundle, "identifier", dict), resources)
    try:
        check(document)
    except BrokenRule as error:
        raise NotAStoryDocument(str(error)) from error
    return document


def _document(identifier: Any, resources: Resources) -> Document:
    page = resources.all[0]
    subject = resources.resolve(member(page, "subject", dict), "Patient")
    return Document(
        id=_id(member(identifier, "value", str)),
        language=member(page, "language", str),
        written_at=moment(member(page, "date", str)),
        title=member(page, "title", str),
        identity=read_identity(subject),
        sections=read_sections(page, resources),
        consent=read_consent(resources.the("Consent")),
        first_screen=tuple(values(page, FIRST_SCREEN, "Code", str)),
        confidentiality=_confidentiality(page),
        low_day_until=next(map(moment, values(page, LOW_DAY_UNTIL, "DateTime", str)), None),
        review_months=next(iter(values(page, REVIEW_MONTHS, "PositiveInt", int)), None),
    )


def _id(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError as error:
        raise NotAStoryDocument("The document's identifier is not a UUID.") from error


def _confidentiality(page: Resource) -> Confidentiality:
    found = member(page, "confidentiality", str)
    if found not in get_args(Confidentiality):
        raise NotAStoryDocument("The document's confidentiality is unknown.")
    return cast(Confidentiality, found)
