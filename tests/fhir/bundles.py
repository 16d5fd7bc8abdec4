"""Looking into a Bundle."""

from typing import Any


def resources(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """Every resource of one type in a Bundle, in order."""
    found = [entry["resource"] for entry in bundle["entry"]]
    return [resource for resource in found if resource["resourceType"] == kind]


def codes(concept: dict[str, Any]) -> list[tuple[str, str]]:
    """The (system, code) pairs of a CodeableConcept."""
    return [(coding["system"], coding["code"]) for coding in concept["coding"]]
