"""Every code and code system the documents use, in one place. None is invented.

`CANONICAL` is the home of what this project publishes itself; a deployment that publishes
elsewhere changes it here and nowhere else. Sources: LOINC 2.8x, HL7 Terminology (THO), HL7 FHIR
R4 4.0.1, NHS England's FHIR naming systems, IPS 2.0 (category of its Patient Story section).
"""

from typing import Any

CANONICAL = "https://story-passport.example/fhir"
SECTION_SYSTEM = f"{CANONICAL}/CodeSystem/story-section"
CHOICE_SYSTEM = f"{CANONICAL}/CodeSystem/story-choice"

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
THO = "http://terminology.hl7.org/CodeSystem"


def concept(system: str, code: str, display: str | None = None) -> dict[str, Any]:
    """A FHIR CodeableConcept with one coding."""
    return {"coding": [coding(system, code, display)]}


def coding(system: str, code: str, display: str | None = None) -> dict[str, Any]:
    """A FHIR Coding; `display` is the code system's own name for the code."""
    found = {"system": system, "code": code}
    return found if display is None else {**found, "display": display}


def section_code(key: str) -> str:
    """The published code of a section; the resident's own sections share the code `own`."""
    return "own" if key.startswith("own-") else key


PATIENT_NOTE = concept(LOINC, "51855-5", "Patient Note")
PREFERENCES = concept(
    LOINC, "81338-6", "Patient Goals, preferences, and priorities for care experience"
)
PATIENT_ASSERTED = coding(f"{THO}/v3-ObservationValue", "PATAST", "patient asserted")
CONSENT_SCOPE = concept(f"{THO}/consentscope", "patient-privacy", "Privacy Consent")
CONSENT_CATEGORY = concept(LOINC, "59284-0")
OPT_IN = concept(f"{THO}/v3-ActCode", "OPTIN", "opt-in")
RECIPIENT_ROLE = concept(f"{THO}/v3-ParticipationType", "IRCP", "information recipient")
ALLERGY_ACTIVE = concept(f"{THO}/allergyintolerance-clinical", "active", "Active")
ALLERGY_UNCONFIRMED = concept(
    f"{THO}/allergyintolerance-verification", "unconfirmed", "Unconfirmed"
)
CONDITION_UNCONFIRMED = concept(f"{THO}/condition-ver-status", "unconfirmed", "Unconfirmed")
RECORD_ACCESS = coding(f"{THO}/iso-21089-lifecycle", "access")
