"""A receipt (who opened a share, and when) as a FHIR R4 AuditEvent."""

from datetime import datetime
from typing import Any, Literal

from passport.fhir.codes import RECORD_ACCESS
from passport.fhir.entries import timestamp
from passport.fhir.extensions import VERIFIED, extension

Outcome = Literal["opened", "refused"]

# audit-event-outcome: "0" is success, "4" a minor failure that the reader can put right.
_OUTCOME_CODES: dict[Outcome, str] = {"opened": "0", "refused": "4"}


def write_receipt(
    when: datetime, recipient: str, verified: bool, outcome: Outcome
) -> dict[str, Any]:
    """One reading of a share as an AuditEvent.

    `recipient` is what the reader called themselves; `verified` says whether that was proved
    (an organisation's token) or only typed. `when` knows its time zone.
    """
    reader = {
        "extension": [extension(VERIFIED, "Boolean", verified)],
        "who": {"display": recipient},
        "requestor": True,
    }
    return {
        "resourceType": "AuditEvent",
        "type": RECORD_ACCESS,
        "action": "R",
        "recorded": timestamp(when),
        "outcome": _OUTCOME_CODES[outcome],
        "agent": [reader if recipient.strip() else {**reader, "who": {"display": "Not given"}}],
        "source": {"observer": {"display": "Story Passport"}},
    }
