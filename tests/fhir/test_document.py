"""What a receiving system is promised about a story's document."""

from datetime import date
from typing import Any

import pytest

from passport.fhir.document import BrokenRule, read_document, write_document
from passport.fhir.model import Identity
from tests.fhir.bundles import codes, resources
from tests.fhir.stories import DOCUMENT_ID, WRITTEN, document, section, text


@pytest.fixture
def told_by_maya() -> dict[str, Any]:
    return write_document(document(section("most-important", "Most important", text("Tea."))))


def test_the_document_begins_with_a_final_composition_of_the_agreed_type(told_by_maya):
    page = told_by_maya["entry"][0]["resource"]

    assert told_by_maya["type"] == "document"
    assert told_by_maya["identifier"] == {
        "system": "urn:ietf:rfc:3986",
        "value": f"urn:uuid:{DOCUMENT_ID}",
    }
    assert told_by_maya["timestamp"] == page["date"] == "2026-03-14T09:30:00+00:00"
    assert (page["resourceType"], page["status"]) == ("Composition", "final")
    assert codes(page["type"]) == [("http://loinc.org", "51855-5")]
    assert codes(page["category"][0]) == [("http://loinc.org", "81338-6")]
    assert (page["title"], page["language"], page["confidentiality"]) == ("Maya's story", "en", "R")


def test_the_person_is_subject_and_author_of_her_own_words(told_by_maya):
    page = told_by_maya["entry"][0]["resource"]
    [patient] = resources(told_by_maya, "Patient")

    assert page["subject"]["reference"] == f"urn:uuid:{patient['id']}"
    assert page["author"] == page["section"][0]["author"] == [page["subject"]]


def test_a_section_has_our_published_code_and_the_resident_own_sections_share_one():
    bundle = write_document(
        document(section("wellness", "My wellness"), section("own-4f", "My dog", text("Rex")))
    )
    wellness, dog = bundle["entry"][0]["resource"]["section"]

    system = "https://story-passport.example/fhir/CodeSystem/story-section"
    assert codes(wellness["code"]) == [(system, "wellness")]
    assert codes(dog["code"]) == [(system, "own")]
    assert dog["title"] == "My dog"


def test_nothing_about_the_person_is_shared_unless_it_was_ticked(told_by_maya):
    [patient] = resources(told_by_maya, "Patient")

    assert set(patient) == {"resourceType", "id"}


def test_each_ticked_fact_is_where_a_trust_looks_for_it():
    everything = Identity(
        called="May",
        name="Maya Okoro",
        birth_date=date(1958, 2, 3),
        nhs_number="999 000 0018",
        address="1 Invented Row\nLeeds",
        phone="0113 496 0000",
    )
    [patient] = resources(write_document(document(identity=everything)), "Patient")

    assert patient["identifier"] == [
        {"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "999 000 0018"}
    ]
    assert patient["name"] == [
        {"use": "usual", "text": "May"},
        {"use": "official", "text": "Maya Okoro"},
    ]
    assert patient["birthDate"] == "1958-02-03"
    assert patient["address"] == [{"text": "1 Invented Row\nLeeds"}]
    assert patient["telecom"] == [{"system": "phone", "value": "0113 496 0000"}]


def test_a_supporter_who_wrote_a_section_is_named_as_its_author():
    helped = section("home", "My home", text("Key safe"), written_by="Sam", supported_by="Lee")
    bundle = write_document(document(helped))
    page = bundle["entry"][0]["resource"]
    names = {
        f"urn:uuid:{person['id']}": person["name"][0]["text"]
        for person in resources(bundle, "RelatedPerson")
    }

    assert [names[one["reference"]] for one in page["section"][0]["author"]] == ["Sam"]
    assert [names.get(one["reference"]) for one in page["author"]] == [None, "Sam"]
    assert sorted(names.values()) == ["Lee", "Sam"]


def test_the_consent_says_what_was_shared_with_whom_and_until_when(told_by_maya):
    [consent] = resources(told_by_maya, "Consent")
    provision = consent["provision"]

    assert consent["status"] == "active"
    assert [code for _, code in codes(consent["scope"])] == ["patient-privacy"]
    assert provision["actor"][0]["reference"]["display"] == "Ward 7, St Elsewhere"
    assert provision["period"] == {
        "start": "2026-03-14T09:30:00+00:00",
        "end": "2026-04-14T09:30:00+00:00",
    }
    assert [code["text"] for code in provision["code"]] == ["Most important"]
    assert "type" not in provision, "FHIR R4 does not permit a type in the root rule"
    for words in ("Ward 7, St Elsewhere", "Most important", "14 April 2026"):
        assert words in consent["text"]["div"]


def test_dates_helpers_sensitivity_and_the_first_screen_are_kept():
    told = section(
        "crisis",
        "In crisis",
        text("Quiet."),
        reviewed_at=WRITTEN,
        supported_by="Lee",
        sensitive=True,
    )
    story = document(told, first_screen=("own-2", "crisis"))

    assert read_document(write_document(story)) == story


def test_ids_stay_the_same_when_the_story_is_written_again_after_an_edit():
    before = write_document(document(section("home", "My home", text("Old"))))
    after = write_document(document(section("home", "My home", text("New"))))

    addresses = [[entry["fullUrl"] for entry in one["entry"]] for one in (before, after)]
    assert addresses[0] == addresses[1]


@pytest.mark.parametrize(
    "broken",
    [
        document(title=" "),
        document(language='en" onload="'),
        document(section("home", "My home", text("bell \x07"))),
        document(section("home", "My home", text("carriage return \r\n"))),
        document(section("home", "My home", text("half a pair \ud800"))),
        document(section("home", "One"), section("home", "Two")),
        document(section("not a key", "My home")),
        document(section("home", "My home", written_at=WRITTEN.replace(tzinfo=None))),
    ],
    ids=["title", "language", "bell", "return", "surrogate", "twice", "key", "zone"],
)
def test_what_the_model_forbids_is_never_written(broken):
    with pytest.raises(BrokenRule, match=r"\.|_ -"):
        write_document(broken)
