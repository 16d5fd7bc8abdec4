"""What a trust's system can file from a story without reading prose."""

import pytest

from passport.fhir.document import write_document
from passport.fhir.model import ChoiceValue, Person, SectionPart
from tests.fhir.bundles import codes, resources
from tests.fhir.stories import document, lines, section


def test_people_who_matter_can_be_filed_with_how_and_when_to_call_them():
    amina = Person("Amina", "my daughter", "07700 900123", "after five")
    people = SectionPart("people", "Who?", "people", (amina, Person()))
    bundle = write_document(document(section("people", "People", people)))
    [person] = resources(bundle, "RelatedPerson")

    assert person["name"] == [{"text": "Amina"}]
    assert person["relationship"] == [{"text": "my daughter"}]
    assert person["telecom"] == [{"system": "phone", "value": "07700 900123"}]
    assert person["extension"][0]["valueString"] == "after five"
    entry = bundle["entry"][0]["resource"]["section"][0]["entry"]
    assert entry == [{"reference": f"urn:uuid:{person['id']}"}]


def test_each_adjustment_is_a_flag_in_her_words_with_a_standard_code_only_where_given():
    ticked = (ChoiceValue("hoist", "A hoist", "12345678"), ChoiceValue("quiet", "A quiet room"))
    part = SectionPart("adjustments", "What?", "choices", ticked)
    bundle = write_document(document(section("adjustments", "Changes that help me", part)))
    hoist, quiet = resources(bundle, "Flag")

    ours = "https://story-passport.example/fhir/CodeSystem/story-choice"
    assert hoist["code"]["text"] == "A hoist"
    assert codes(hoist["code"]) == [
        (ours, "adjustments.hoist"),
        ("http://snomed.info/sct", "12345678"),
    ]
    assert quiet["code"]["text"] == "A quiet room"
    assert codes(quiet["code"]) == [(ours, "adjustments.quiet")]


@pytest.mark.parametrize(
    ("part", "kind", "words", "teller"),
    [
        ("allergies", "AllergyIntolerance", "code", "asserter"),
        ("conditions", "Condition", "code", "asserter"),
        ("medicines", "MedicationStatement", "medicationCodeableConcept", "informationSource"),
    ],
)
def test_a_health_fact_is_marked_as_told_by_the_person(part, kind, words, teller):
    facts = section("clinical", "Health facts", lines(part, "penicillin", " ", "the blue one"))
    bundle = write_document(document(facts))
    first, second = resources(bundle, kind)
    [patient] = resources(bundle, "Patient")

    assert (first[words], second[words]) == ({"text": "penicillin"}, {"text": "the blue one"})
    assert [mark["code"] for mark in first["meta"]["security"]] == ["PATAST"]
    assert first[teller] == {"reference": f"urn:uuid:{patient['id']}"}
