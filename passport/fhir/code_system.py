"""The code systems this project publishes, so that a receiver can look our codes up."""

from collections.abc import Iterable
from typing import Any

from passport.fhir.codes import CHOICE_SYSTEM, SECTION_SYSTEM


def section_code_system(sections: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The sections of a story as a FHIR CodeSystem, from (key, title) pairs.

    Give `own` too: the one code that every section of the resident's own has.
    """
    return _code_system(SECTION_SYSTEM, "StorySection", "Sections of a story", sections)


def choice_code_system(choices: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """The things a person can tick as a FHIR CodeSystem, from (`part-key.choice-key`, label)."""
    return _code_system(CHOICE_SYSTEM, "StoryChoice", "Choices in a story", choices)


def _code_system(
    url: str, name: str, title: str, pairs: Iterable[tuple[str, str]]
) -> dict[str, Any]:
    return {
        "resourceType": "CodeSystem",
        "id": url.rsplit("/", 1)[-1],
        "url": url,
        "name": name,
        "title": title,
        "status": "active",
        "caseSensitive": True,
        "content": "complete",
        "concept": [{"code": code, "display": display} for code, display in pairs],
    }
