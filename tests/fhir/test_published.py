"""Our code systems and receipts, as other systems get them."""

from datetime import UTC, datetime

import pytest
from fhir.resources.R4B.auditevent import AuditEvent
from fhir.resources.R4B.codesystem import CodeSystem

from passport.fhir.audit_event import write_receipt
from passport.fhir.code_system import choice_code_system, section_code_system
from passport.fhir.codes import CHOICE_SYSTEM, SECTION_SYSTEM

WHEN = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("publish", "url"),
    [(section_code_system, SECTION_SYSTEM), (choice_code_system, CHOICE_SYSTEM)],
)
def test_a_code_system_can_be_looked_up_where_documents_say_it_is(publish, url):
    published = publish([("wellness", "My wellness"), ("own", "A section of my own")])

    CodeSystem.model_validate(published)
    assert published["url"] == url
    assert published["content"] == "complete"
    assert published["concept"][0] == {"code": "wellness", "display": "My wellness"}


@pytest.mark.parametrize("verified", [True, False])
def test_a_receipt_says_who_read_and_whether_that_was_proved(verified):
    receipt = write_receipt(WHEN, "Dr <b>Who</b>", verified, "opened")

    AuditEvent.model_validate(receipt)
    [reader] = receipt["agent"]
    assert reader["who"] == {"display": "Dr <b>Who</b>"}
    assert reader["extension"][0]["valueBoolean"] is verified
    assert (receipt["recorded"], receipt["action"]) == ("2026-03-14T09:30:00+00:00", "R")


def test_a_refused_reading_is_told_from_one_that_succeeded():
    outcomes = [write_receipt(WHEN, "Ward", False, one)["outcome"] for one in ("opened", "refused")]

    assert outcomes == ["0", "4"]


def test_a_reader_who_gave_no_name_still_leaves_a_valid_receipt():
    AuditEvent.model_validate(write_receipt(WHEN, " ", False, "opened"))
