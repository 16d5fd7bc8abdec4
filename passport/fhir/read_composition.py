"""The sections of a story back out of its Composition: the inverse of `composition`."""

from datetime import datetime
from typing import Any, cast, get_args
from xml.etree.ElementTree import Element

from passport.fhir.codes import CHOICE_SYSTEM, SNOMED
from passport.fhir.entries import Resource, Resources
from passport.fhir.extensions import (
    PART,
    REVIEWED_AT,
    SENSITIVE,
    SUPPORTED_BY,
    WRITTEN_AT,
    values,
)
from passport.fhir.files import read_files
from passport.fhir.model import (
    SELF,
    ChoiceValue,
    OtherWords,
    PartKind,
    PartValue,
    Section,
    SectionPart,
)
from passport.fhir.people import read_supporter
from passport.fhir.read_narrative import SectionNarrative, lines_of, people_of, text_of
from passport.fhir.reading import NotAStoryDocument, first, items, member, moment, only


def read_sections(composition: Resource, resources: Resources) -> tuple[Section, ...]:
    """The sections, in the reader's order; raises `NotAStoryDocument`."""
    return tuple(_section(found, resources) for found in items(composition, "section"))


def _section(found: Any, resources: Resources) -> Section:
    narrative = SectionNarrative(member(member(found, "text", dict), "div", str))
    written_at = _moment(found, WRITTEN_AT)
    if written_at is None:
        raise NotAStoryDocument("A section does not say when it was written.")
    return Section(
        key=member(found, "id", str),
        title=member(found, "title", str),
        parts=_parts(found, narrative),
        language=narrative.language,
        written_at=written_at,
        reviewed_at=_moment(found, REVIEWED_AT),
        written_by=_written_by(found, resources),
        supported_by=_supported_by(found, resources),
        sensitive=only(values(found, SENSITIVE, "Boolean", bool), "sensitive mark") or False,
        other=_other(only(items(found, "section"), "other language")),
        files=read_files(found, narrative.files, resources),
    )


def _other(found: Any) -> OtherWords | None:
    if found is None:
        return None
    narrative = SectionNarrative(member(member(found, "text", dict), "div", str))
    parts = _parts(found, narrative)
    return OtherWords(narrative.language, member(found, "title", str), parts)


def _moment(found: Any, url: str) -> datetime | None:
    text = only(values(found, url, "DateTime", str), "date of a kind")
    return None if text is None else moment(text)


def _written_by(found: Any, resources: Resources) -> str:
    author = first(found, "author")
    if resources.is_a(author, "Patient"):
        return SELF
    return read_supporter(resources.resolve(author, "RelatedPerson"))


def _supported_by(found: Any, resources: Resources) -> str | None:
    supporter = only(values(found, SUPPORTED_BY, "Reference", dict), "supporter")
    if supporter is None:
        return None
    return read_supporter(resources.resolve(supporter, "RelatedPerson"))


def _parts(found: Any, narrative: SectionNarrative) -> tuple[SectionPart, ...]:
    about = [one for one in items(found, "extension") if member(one, "url", str) == PART]
    if len(about) != len(narrative.parts):
        raise NotAStoryDocument("The words of a section and its list of parts do not match.")
    return tuple(map(_part, about, narrative.parts))


def _part(about: Any, words: Element) -> SectionPart:
    key = only(values(about, "key", "Code", str), "key") or ""
    kind = only(values(about, "kind", "Code", str), "kind")
    if kind not in get_args(PartKind):
        raise NotAStoryDocument("A part of a section is of an unknown kind.")
    label = only(values(about, "label", "String", str), "label") or ""
    if kind == "choices":
        value: PartValue = _choices(about, key, words)
    elif kind == "people":
        value = people_of(words)
    else:
        value = text_of(words) if kind == "text" else lines_of(words)
    return SectionPart(key, label, cast(PartKind, kind), value)


def _choices(about: Any, part_key: str, words: Element) -> tuple[ChoiceValue, ...]:
    labels = lines_of(words)
    codes = values(about, "choice", "CodeableConcept", dict)
    if len(labels) != len(codes):
        raise NotAStoryDocument("The words of the choices and their codes do not match.")
    return tuple(_choice(code, part_key, label) for code, label in zip(codes, labels, strict=True))


def _choice(code: Any, part_key: str, label: str) -> ChoiceValue:
    own = _code(code, CHOICE_SYSTEM)
    if own is None or not own.startswith(f"{part_key}."):
        raise NotAStoryDocument("A choice has no code of ours.")
    return ChoiceValue(own.removeprefix(f"{part_key}."), label, _code(code, SNOMED))


def _code(found: Any, system: str) -> str | None:
    codings = [one for one in items(found, "coding") if member(one, "system", str) == system]
    chosen = only(codings, "code for a choice")
    return None if chosen is None else member(chosen, "code", str)
