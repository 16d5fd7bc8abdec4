"""Invented documents: one that reads like a person's, and any that the model allows."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from passport.fhir.model import (
    AttachedFile,
    ChoiceValue,
    ConsentTerms,
    Document,
    Identity,
    OtherWords,
    Person,
    Section,
    SectionPart,
    SharedSection,
    forbidden_characters,
)

WRITTEN = datetime(2026, 3, 14, 9, 30, tzinfo=UTC)
DOCUMENT_ID = UUID("6b0f3c52-5d1e-4c7b-9c55-0d5a3a6f1b10")


def section(key: str, title: str, *parts: SectionPart, **about: Any) -> Section:
    """An invented section in English, written on Pi Day."""
    return Section(key, title, parts, **{"language": "en", "written_at": WRITTEN, **about})


def text(words: str, key: str = "text") -> SectionPart:
    """A part of free text."""
    return SectionPart(key, "What would you like to say?", "text", words)


def lines(key: str, *words: str) -> SectionPart:
    """A part with one thing on each line."""
    return SectionPart(key, f"What about {key}?", "lines", words)


def document(*sections: Section, **about: Any) -> Document:
    """An invented document that shows these sections to a ward."""
    shared = tuple(SharedSection(one.key, one.title) for one in sections)
    terms = ConsentTerms("Ward 7, St Elsewhere", shared, WRITTEN, WRITTEN.replace(month=4))
    usual: dict[str, Any] = {
        "id": DOCUMENT_ID,
        "language": "en",
        "written_at": WRITTEN,
        "title": "Maya's story",
        "identity": Identity(),
        "consent": terms,
        "first_screen": tuple(one.key for one in sections),
    }
    return Document(sections=sections, **{**usual, **about})


# From here on: any document that the rules in `model` allow.

words = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\n<>&\"'\u202e\u2066 ")
).filter(lambda found: not forbidden_characters(found))
titles = words.filter(lambda found: bool(found.strip()))
# A question of ours is words, or is not asked.
labels = titles | st.just("")
keys = st.from_regex(r"[A-Za-z0-9._-]{1,12}", fullmatch=True)
languages = st.sampled_from(["en", "en-GB", "cy", "ur", "ar", "bn", "pa-Arab", "zh-Hant"])
moments = st.datetimes(timezones=st.just(UTC), min_value=datetime(1900, 1, 1))
snomed = st.from_regex(r"[1-9][0-9]{5,17}", fullmatch=True)
persons = st.builds(Person, words, words, words, words)
choices = st.builds(ChoiceValue, keys, titles, st.none() | snomed)


def _values(kind: str) -> st.SearchStrategy[Any]:
    return {
        "text": words,
        "lines": st.lists(words, max_size=4).map(tuple),
        "people": st.lists(persons, max_size=3).map(tuple),
        "choices": st.lists(choices, max_size=4, unique_by=lambda one: one.key).map(tuple),
    }[kind]


def _parts(part_keys: st.SearchStrategy[str]) -> st.SearchStrategy[tuple[SectionPart, ...]]:
    part = st.sampled_from(["text", "lines", "people", "choices"]).flatmap(
        lambda kind: st.builds(SectionPart, part_keys, labels, st.just(kind), _values(kind))
    )
    return st.lists(part, max_size=4, unique_by=lambda one: one.key).map(tuple)


section_keys = (
    st.sampled_from(["adjustments", "clinical", "people", "most-important"])
    | keys
    | keys.map(lambda key: f"own-{key}")
)
part_keys = st.sampled_from(["conditions", "allergies", "medicines"]) | keys
files = st.builds(
    AttachedFile,
    id=st.uuids(),
    content_type=st.sampled_from(["image/jpeg", "audio/mpeg", "video/webm", "application/pdf"]),
    size=st.integers(0, 6_000_000),
    title=titles,
    transcript=words,
    added_at=moments,
)
sections = st.builds(
    Section,
    key=section_keys,
    title=titles,
    parts=_parts(part_keys),
    language=languages,
    written_at=moments,
    reviewed_at=st.none() | moments,
    written_by=st.just("self") | titles,
    supported_by=st.none() | titles,
    sensitive=st.booleans(),
    other=st.none() | st.builds(OtherWords, languages, titles, _parts(part_keys)),
    files=st.lists(files, max_size=3, unique_by=lambda one: one.id).map(tuple),
)
identities = st.builds(
    Identity,
    called=st.none() | titles,
    name=st.none() | titles,
    birth_date=st.none() | st.dates(min_value=date(1900, 1, 1)),
    nhs_number=st.none() | titles,
    address=st.none() | titles,
    phone=st.none() | titles,
)
consents = st.builds(
    ConsentTerms,
    recipient=titles,
    sections=st.lists(
        st.builds(SharedSection, section_keys, titles), max_size=3, unique_by=lambda one: one.key
    ).map(tuple),
    shared_from=moments,
    until=st.none() | moments,
    agreed_at=st.none() | moments,
).filter(lambda terms: terms.agreed_at != terms.shared_from)
documents = st.builds(
    Document,
    id=st.uuids(),
    language=languages,
    written_at=moments,
    title=titles,
    identity=identities,
    sections=st.lists(sections, max_size=4, unique_by=lambda one: one.key).map(tuple),
    consent=consents,
    low_day_until=st.none() | moments,
    review_months=st.none() | st.integers(1, 12),
    first_screen=st.lists(section_keys, max_size=4, unique=True).map(tuple),
    confidentiality=st.sampled_from(["U", "L", "M", "N", "R", "V"]),
)
