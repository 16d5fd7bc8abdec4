"""What holds for every document the model allows."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from xml.etree import ElementTree

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from passport.fhir.document import NotAStoryDocument, read_document, write_document
from passport.fhir.model import ChoiceValue, Document, Person, SectionPart
from tests.fhir.stories import documents

thorough = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
ALLOWED_ELEMENTS = {"div", "h3", "p", "br", "ul", "li", "b", "span"}
ALLOWED_ATTRIBUTES = {"lang", "{http://www.w3.org/XML/1998/namespace}lang", "dir", "class"}
XHTML = "{http://www.w3.org/1999/xhtml}"


@given(documents)
@thorough
def test_a_story_travels_as_json_and_comes_back_without_losing_a_word(document: Document):
    assert read_document(json.loads(json.dumps(write_document(document)))) == document


@given(documents)
@thorough
def test_an_independent_fhir_library_accepts_it(document: Document):
    Bundle.model_validate(json.loads(json.dumps(write_document(document))))


@given(documents)
@thorough
def test_every_reference_leads_to_something_in_the_same_bundle(document: Document):
    bundle = write_document(document)
    addresses = [entry["fullUrl"] for entry in bundle["entry"]]

    assert len(set(addresses)) == len(addresses)
    assert set(_references(bundle)) <= set(addresses)


@given(documents)
@thorough
def test_the_narrative_has_every_word_in_reading_order_and_nothing_that_can_act(
    document: Document,
):
    sections = write_document(document)["entry"][0]["resource"].get("section", [])

    for section, written in zip(document.sections, sections, strict=True):
        root = ElementTree.fromstring(written["text"]["div"])
        for element in root.iter():
            assert element.tag.removeprefix(XHTML) in ALLOWED_ELEMENTS
            assert set(element.attrib) <= ALLOWED_ATTRIBUTES
        shown = "".join(root.itertext())
        expected = [word for part in section.parts for word in _words(part)]
        _assert_in_order(shown, expected)


@given(documents)
@thorough
def test_the_same_story_always_becomes_the_same_bundle(document: Document):
    assert json.dumps(write_document(document)) == json.dumps(write_document(document))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(json_values)
@thorough
def test_anything_else_is_refused_in_plain_words(found: Any):
    with pytest.raises(NotAStoryDocument, match=r"\.$"):
        read_document(found)


@given(documents, st.data())
@thorough
def test_a_damaged_story_is_read_whole_or_refused_but_never_crashes(
    document: Document, data: st.DataObject
):
    bundle = json.loads(json.dumps(write_document(document)))
    parent, key = data.draw(st.sampled_from(list(_places(bundle))))
    if data.draw(st.booleans()):
        del parent[key]
    else:
        parent[key] = data.draw(json_values)

    with suppress(NotAStoryDocument):
        write_document(read_document(bundle))


def _references(found: Any) -> Iterator[str]:
    if isinstance(found, dict):
        if isinstance(found.get("reference"), str):
            yield found["reference"]
        found = list(found.values())
    if isinstance(found, list):
        for one in found:
            yield from _references(one)


def _places(found: Any) -> Iterator[tuple[Any, Any]]:
    inside = found.items() if isinstance(found, dict) else enumerate(found)
    for key, value in list(inside):
        yield found, key
        if isinstance(value, dict | list):
            yield from _places(value)


def _words(part: SectionPart) -> Iterator[str]:
    if isinstance(part.value, str):
        yield part.value
        return
    for one in part.value:
        if isinstance(one, Person):
            yield from (one.name, one.relationship, one.phone, one.when)
        else:
            yield one.label if isinstance(one, ChoiceValue) else one


def _together(*found: str) -> str:
    return "".join(found).replace("\n", "")


def _assert_in_order(shown: str, expected: list[str]) -> None:
    position = 0
    for words in map(_together, expected):
        found = shown.find(words, position)
        assert found >= 0, f"{words!r} is not in the narrative, in its place"
        position = found + len(words)
