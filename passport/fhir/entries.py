"""The entries of a Bundle: gathering them while writing, finding them while reading.

A resource's id is derived from the document's id and the resource's role in it, so the same
story always becomes the same Bundle, and a refreshed share keeps its ids.
"""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid5

from passport.fhir.reading import NotAStoryDocument, items, member

Resource = dict[str, Any]
Reference = dict[str, str]


def derived_id(document_id: UUID, role: str) -> UUID:
    """The id of the resource that plays `role` in a document."""
    return uuid5(document_id, role)


def reference_to(identifier: UUID) -> Reference:
    """A FHIR Reference to the entry with this id in the same Bundle."""
    return {"reference": identifier.urn}


def entry(identifier: UUID, resource: Resource) -> dict[str, Any]:
    """A Bundle entry; the resource gets the id."""
    named = {"resourceType": resource["resourceType"], "id": str(identifier), **resource}
    return {"fullUrl": identifier.urn, "resource": named}


def timestamp(when: datetime) -> str:
    """A FHIR dateTime or instant, in UTC."""
    return when.astimezone(UTC).isoformat()


class Entries:
    """The entries gathered so far for one document, each role once."""

    def __init__(self, document_id: UUID) -> None:
        self.document_id = document_id
        self.found: dict[UUID, dict[str, Any]] = {}

    def add(self, role: str, resource: Resource) -> Reference:
        """Keep a resource under its role and say how to refer to it."""
        identifier = derived_id(self.document_id, role)
        self.found.setdefault(identifier, entry(identifier, resource))
        return reference_to(identifier)

    def keep(self, identifier: UUID, resource: Resource) -> Reference:
        """Keep a resource under an id of its own and say how to refer to it."""
        self.found.setdefault(identifier, entry(identifier, resource))
        return reference_to(identifier)

    @property
    def patient(self) -> Reference:
        """How to refer to the person whose story it is."""
        return reference_to(derived_id(self.document_id, "patient"))

    def all(self) -> list[dict[str, Any]]:
        """The entries, in the order they were added."""
        return list(self.found.values())


class Resources:
    """The resources of a Bundle that is being read."""

    def __init__(self, bundle: Any) -> None:
        self.all: list[Resource] = []
        self._by_url: dict[str, Resource] = {}
        for found in items(bundle, "entry"):
            resource = member(found, "resource", dict)
            self.all.append(resource)
            self._by_url[member(found, "fullUrl", str)] = resource

    def resolve(self, reference: Any, resource_type: str) -> Resource:
        """The resource a Reference points to inside this Bundle."""
        if not self.is_a(reference, resource_type):
            raise NotAStoryDocument(f"A reference points to no {resource_type} in the document.")
        return self._by_url[reference["reference"]]

    def is_a(self, reference: Any, resource_type: str) -> bool:
        """Whether a Reference points to a resource of this type."""
        resource = self._by_url.get(member(reference, "reference", str), {})
        return resource.get("resourceType") == resource_type

    def the(self, resource_type: str) -> Resource:
        """The first resource of a type that a story document has once."""
        for resource in self.all:
            if resource.get("resourceType") == resource_type:
                return resource
        raise NotAStoryDocument(f"There is no {resource_type} in the document.")
