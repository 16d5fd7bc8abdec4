"""A story as a FHIR R4 document Bundle, and back."""

from typing import Any

from passport.fhir.model import Document


class NotAStoryDocument(ValueError):
    """This is not a document that Story Passport wrote. The message says why, plainly."""


def write_document(document: Document) -> dict[str, Any]:
    """The document as a FHIR R4 (4.0.1) Bundle of type `document`, ready for `json.dumps`."""
    raise NotImplementedError


def read_document(bundle: dict[str, Any]) -> Document:
    """The document that `write_document` made into this Bundle.

    Raises `NotAStoryDocument` for anything else.
    """
    raise NotImplementedError
