"""What the person agreed to, as a FHIR Consent: who, which sections, from when, until when."""

from datetime import datetime
from typing import Any

from passport.fhir.codes import (
    CONSENT_CATEGORY,
    CONSENT_SCOPE,
    OPT_IN,
    RECIPIENT_ROLE,
    SECTION_SYSTEM,
    coding,
    section_code,
)
from passport.fhir.entries import Entries, Resource, reference_to, timestamp
from passport.fhir.model import ConsentTerms, SharedSection
from passport.fhir.narrative import bullets, escape, narrative
from passport.fhir.reading import first, items, member, moment, optional


def consent(entries: Entries, terms: ConsentTerms) -> Resource:
    """The Consent. Its root provision has no `type`: FHIR R4 forbids one there."""
    document = {"meaning": "instance", "reference": reference_to(entries.document_id)}
    return {
        "resourceType": "Consent",
        "text": narrative("en", _in_words(terms)),
        "status": "active",
        "scope": CONSENT_SCOPE,
        "category": [CONSENT_CATEGORY],
        "patient": entries.patient,
        "dateTime": timestamp(terms.agreed_at or terms.shared_from),
        "policyRule": OPT_IN,
        "provision": {
            "period": _period(terms),
            "actor": [{"role": RECIPIENT_ROLE, "reference": {"display": terms.recipient}}],
            **({"code": [_shared(one) for one in terms.sections]} if terms.sections else {}),
            "data": [document],
        },
    }


def read_consent(resource: Resource) -> ConsentTerms:
    """The terms of a Consent we wrote; raises `NotAStoryDocument`."""
    provision = member(resource, "provision", dict)
    period = member(provision, "period", dict)
    actor = member(first(provision, "actor"), "reference", dict)
    end = optional(period, "end", str)
    shared_from = moment(member(period, "start", str))
    agreed_at = moment(member(resource, "dateTime", str))
    return ConsentTerms(
        recipient=member(actor, "display", str),
        sections=tuple(
            SharedSection(member(one, "id", str), member(one, "text", str))
            for one in items(provision, "code")
        ),
        shared_from=shared_from,
        until=None if end is None else moment(end),
        agreed_at=None if agreed_at == shared_from else agreed_at,
    )


def _period(terms: ConsentTerms) -> dict[str, str]:
    start = {"start": timestamp(terms.shared_from)}
    return start if terms.until is None else {**start, "end": timestamp(terms.until)}


def _shared(section: SharedSection) -> dict[str, Any]:
    code = coding(SECTION_SYSTEM, section_code(section.key))
    return {"id": section.key, "coding": [code], "text": section.title}


def _in_words(terms: ConsentTerms) -> str:
    until = "until I stop it" if terms.until is None else f"until {_day(terms.until)}"
    when = f"<p>From {_day(terms.shared_from)} {until}.</p>"
    titles = bullets(section.title for section in terms.sections) if terms.sections else ""
    return f"<p>I share this with:</p><p>{escape(terms.recipient)}</p>{when}{titles}"


def _day(when: datetime) -> str:
    return f"{when.day} {when:%B} {when.year}"
