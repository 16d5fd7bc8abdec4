"""What FHIR has no element for, as extensions under our own StructureDefinition addresses.

| extension | on | value |
|---|---|---|
| `first-screen` | Composition, repeats in order | code: the key of a section |
| `low-day-until` | Composition, only on such a day | dateTime: when it is over |
| `review-months` | Composition, if they chose it | positiveInt: sections are checked so often |
| `written-at`, `reviewed-at` | Composition.section | dateTime |
| `supported-by` | Composition.section | Reference to the RelatedPerson who helped |
| `sensitive` | Composition.section, only when it is | boolean |
| `story-part` | Composition.section, repeats in order | `key`, `kind`, `label`, `choice`s |
| `when-to-contact` | RelatedPerson | string |
| `recipient-verified` | AuditEvent.agent | boolean |

Within `story-part`, `key` and `kind` are codes, `label` is a string, and a `choice` is a
CodeableConcept without words: those are in the narrative, in the same order.
"""

from typing import Any, TypeVar

from passport.fhir.codes import CANONICAL
from passport.fhir.reading import items, member

T = TypeVar("T")

_BASE = f"{CANONICAL}/StructureDefinition"
FIRST_SCREEN = f"{_BASE}/first-screen"
LOW_DAY_UNTIL = f"{_BASE}/low-day-until"
WRITTEN_AT = f"{_BASE}/written-at"
REVIEWED_AT = f"{_BASE}/reviewed-at"
REVIEW_MONTHS = f"{_BASE}/review-months"
SUPPORTED_BY = f"{_BASE}/supported-by"
SENSITIVE = f"{_BASE}/sensitive"
PART = f"{_BASE}/story-part"
WHEN_TO_CONTACT = f"{_BASE}/when-to-contact"
VERIFIED = f"{_BASE}/recipient-verified"


def extension(url: str, kind: str, value: Any) -> dict[str, Any]:
    """A FHIR Extension; `kind` is the value's type as FHIR spells it, like "DateTime"."""
    return {"url": url, f"value{kind}": value}


def values(element: Any, url: str, kind: str, expected: type[T]) -> list[T]:
    """The values, in order, of every extension with this address on an element."""
    found = (one for one in items(element, "extension") if member(one, "url", str) == url)
    return [member(one, f"value{kind}", expected) for one in found]
