"""The person whose story it is, and the people in it: Patient and RelatedPerson."""

from datetime import date
from typing import Any

from passport.fhir.codes import NHS_NUMBER
from passport.fhir.entries import Entries, Reference, Resource
from passport.fhir.extensions import WHEN_TO_CONTACT, extension
from passport.fhir.model import Identity, Person
from passport.fhir.reading import NotAStoryDocument, items, member, only, optional

_CALLED, _NAME = "usual", "official"


def patient(identity: Identity) -> Resource:
    """The Patient, with the facts that were ticked and no others."""
    names = [(_CALLED, identity.called), (_NAME, identity.name)]
    found: Resource = {"resourceType": "Patient"}
    if identity.nhs_number is not None:
        found["identifier"] = [{"system": NHS_NUMBER, "value": identity.nhs_number}]
    if given := [{"use": use, "text": text} for use, text in names if text is not None]:
        found["name"] = given
    if identity.phone is not None:
        found["telecom"] = [_phone(identity.phone)]
    if identity.birth_date is not None:
        found["birthDate"] = identity.birth_date.isoformat()
    if identity.address is not None:
        found["address"] = [{"text": identity.address}]
    return found


def read_identity(resource: Resource) -> Identity:
    """The ticked facts of a Patient; raises `NotAStoryDocument`."""
    return Identity(
        called=_text(items(resource, "name"), "text", "use", _CALLED),
        name=_text(items(resource, "name"), "text", "use", _NAME),
        birth_date=_day(optional(resource, "birthDate", str)),
        nhs_number=_text(items(resource, "identifier"), "value", "system", NHS_NUMBER),
        address=_text(items(resource, "address"), "text"),
        phone=_text(items(resource, "telecom"), "value", "system", "phone"),
    )


def add_person(entries: Entries, role: str, person: Person) -> Reference | None:
    """Keep somebody who matters as a RelatedPerson; None when there is nothing to say."""
    found: Resource = {"resourceType": "RelatedPerson"}
    if person.when.strip():
        found["extension"] = [extension(WHEN_TO_CONTACT, "String", person.when)]
    if person.relationship.strip():
        found["relationship"] = [{"text": person.relationship}]
    if person.name.strip():
        found["name"] = [{"text": person.name}]
    if person.phone.strip():
        found["telecom"] = [_phone(person.phone)]
    return entries.add(role, {**found, "patient": entries.patient}) if len(found) > 1 else None


def add_supporter(entries: Entries, name: str) -> Reference:
    """Keep someone who wrote or helped as a RelatedPerson, once for each name."""
    resource = {
        "resourceType": "RelatedPerson",
        "patient": entries.patient,
        "relationship": [{"text": "Supporter"}],
        "name": [{"text": name}],
    }
    return entries.add(f"supporter:{name}", resource)


def read_supporter(resource: Resource) -> str:
    """The name of a supporter; raises `NotAStoryDocument`."""
    name = _text(items(resource, "name"), "text")
    if name is None:
        raise NotAStoryDocument("Somebody who helped to write has no name.")
    return name


def _phone(number: str) -> dict[str, str]:
    return {"system": "phone", "value": number}


def _text(found: list[Any], name: str, by: str | None = None, value: str = "") -> str | None:
    chosen = [one for one in found if by is None or optional(one, by, str) == value]
    one = only(chosen, name)
    return None if one is None else member(one, name, str)


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise NotAStoryDocument("The date of birth cannot be read.") from error
