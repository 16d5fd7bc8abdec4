"""What a trust's system can file from a section: Flags, people, and health facts as told.

Each resource carries the person's words; a code only stands beside them. The words are for
people too, so the narrative has them all: a reader that ignores these resources misses nothing.
"""

from collections.abc import Callable, Iterator
from typing import cast

from passport.fhir.codes import (
    ALLERGY_ACTIVE,
    ALLERGY_UNCONFIRMED,
    CHOICE_SYSTEM,
    CONDITION_UNCONFIRMED,
    PATIENT_ASSERTED,
    SECTION_SYSTEM,
    SNOMED,
    coding,
)
from passport.fhir.entries import Entries, Reference, Resource, timestamp
from passport.fhir.model import ChoiceValue, Person, Section, SectionPart
from passport.fhir.people import add_person

ADJUSTMENTS = "adjustments"
CLINICAL = "clinical"


def add_structured(entries: Entries, section: Section) -> list[Reference]:
    """Keep what can be filed from a section, and say how to refer to each of it."""
    found: list[Reference] = []
    for part in section.parts:
        for number, resource in enumerate(_resources(entries, section, part)):
            found.append(entries.add(f"{section.key}/{part.key}/{number}", resource))
        found.extend(_people(entries, section, part))
    return found


def choice_codings(part: SectionPart, choice: ChoiceValue) -> list[dict[str, str]]:
    """Our own code for a choice, then the standard one where there is one."""
    found = [coding(CHOICE_SYSTEM, f"{part.key}.{choice.key}")]
    return found if choice.snomed is None else [*found, coding(SNOMED, choice.snomed)]


def _resources(entries: Entries, section: Section, part: SectionPart) -> Iterator[Resource]:
    if section.key == ADJUSTMENTS and part.kind == "choices":
        for choice in cast(tuple[ChoiceValue, ...], part.value):
            yield _flag(entries, section, part, choice)
    make = _AS_TOLD.get(part.key)
    if make and section.key == CLINICAL and part.kind == "lines":
        told = timestamp(section.written_at)
        for line in cast(tuple[str, ...], part.value):
            if line.strip():
                yield make(entries.patient, line, told)


def _people(entries: Entries, section: Section, part: SectionPart) -> Iterator[Reference]:
    if part.kind == "people":
        for number, person in enumerate(cast(tuple[Person, ...], part.value)):
            found = add_person(entries, f"{section.key}/{part.key}/{number}", person)
            if found:
                yield found


def _flag(entries: Entries, section: Section, part: SectionPart, choice: ChoiceValue) -> Resource:
    category = {"coding": [coding(SECTION_SYSTEM, ADJUSTMENTS)], "text": section.title}
    return {
        "resourceType": "Flag",
        "status": "active",
        "category": [category],
        "code": {"coding": choice_codings(part, choice), "text": choice.label},
        "subject": entries.patient,
        "author": entries.patient,
    }


def _allergy(patient: Reference, words: str, told: str) -> Resource:
    return {
        "resourceType": "AllergyIntolerance",
        "meta": {"security": [PATIENT_ASSERTED]},
        "clinicalStatus": ALLERGY_ACTIVE,
        "verificationStatus": ALLERGY_UNCONFIRMED,
        "code": {"text": words},
        "patient": patient,
        "recordedDate": told,
        "asserter": patient,
    }


def _condition(patient: Reference, words: str, told: str) -> Resource:
    return {
        "resourceType": "Condition",
        "meta": {"security": [PATIENT_ASSERTED]},
        "verificationStatus": CONDITION_UNCONFIRMED,
        "code": {"text": words},
        "subject": patient,
        "recordedDate": told,
        "asserter": patient,
    }


def _medicine(patient: Reference, words: str, told: str) -> Resource:
    return {
        "resourceType": "MedicationStatement",
        "meta": {"security": [PATIENT_ASSERTED]},
        "status": "active",
        "medicationCodeableConcept": {"text": words},
        "subject": patient,
        "dateAsserted": told,
        "informationSource": patient,
    }


_AS_TOLD: dict[str, Callable[[Reference, str, str], Resource]] = {
    "conditions": _condition,
    "allergies": _allergy,
    "medicines": _medicine,
}
