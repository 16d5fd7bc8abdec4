"""What every document keeps to, whether it is being written or was read; see `model`."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from datetime import datetime

from passport.fhir.model import (
    ChoiceValue,
    Document,
    Person,
    Section,
    SectionPart,
    forbidden_characters,
)

_KEY = re.compile(r"[A-Za-z0-9._-]{1,64}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_SNOMED = re.compile(r"[1-9][0-9]{5,17}")


class BrokenRule(ValueError):
    """A document breaks one of the rules in `model`. The message says which."""


def check(document: Document) -> None:
    """Raises `BrokenRule` unless the document keeps to every rule in `model`."""
    sections = document.sections
    _check_keys([section.key for section in sections], "section")
    _check_keys([section.key for section in document.consent.sections], "shared section")
    _check_keys(document.first_screen, "first-screen")
    _require(all(map(_LANGUAGE.fullmatch, _languages(document))), "A language is not a BCP 47 tag.")
    _require(all(when.tzinfo for when in _moments(document)), "A time has no time zone.")
    _require(all(text.strip() for text in _needed(document)), "A title or name is blank.")
    for section in sections:
        _check_parts(section.parts)
        if section.other:
            _check_parts(section.other.parts)
    months = document.review_months
    _require(months is None or months > 0, "The months between two checks are no number.")
    files = [file.id for section in sections for file in section.files]
    _require(len(set(files)) == len(files), "A file is there twice.")
    if any(forbidden_characters(text) for text in _words(document)):
        raise BrokenRule("The words hold a character that no story may hold.")


def _require(kept: bool, message: str) -> None:
    if not kept:
        raise BrokenRule(message)


def _check_keys(keys: Iterable[str], of: str) -> None:
    found = list(keys)
    _require(all(map(_KEY.fullmatch, found)), f"A {of} key is not made of A–Z a–z 0–9 . _ -")
    _require(len(set(found)) == len(found), f"A {of} key is there twice.")


def _check_parts(parts: tuple[SectionPart, ...]) -> None:
    _check_keys([part.key for part in parts], "part")
    for part in parts:
        choices = _choices(part)
        _check_keys([choice.key for choice in choices], "choice")
        codes = [choice.snomed for choice in choices if choice.snomed is not None]
        _require(all(map(_SNOMED.fullmatch, codes)), "A SNOMED CT code is not a concept id.")


def _choices(part: SectionPart) -> list[ChoiceValue]:
    if part.kind != "choices":
        return []
    return [one for one in part.value if isinstance(one, ChoiceValue)]


def _languages(document: Document) -> Iterator[str]:
    yield document.language
    yield from (section.language for section in document.sections)
    yield from (section.other.language for section in document.sections if section.other)


def _moments(document: Document) -> Iterator[datetime]:
    consent = document.consent
    found = [document.written_at, consent.shared_from, consent.until, consent.agreed_at]
    found.append(document.low_day_until)
    for section in document.sections:
        found += [section.written_at, section.reviewed_at]
        found += [file.added_at for file in section.files]
    return (when for when in found if when is not None)


def _needed(document: Document) -> Iterator[str]:
    yield from (document.title, document.consent.recipient)
    yield from (fact for fact in astuple(document.identity) if isinstance(fact, str))
    yield from (shared.title for shared in document.consent.sections)
    for section in document.sections:
        yield from (section.title, section.written_by)
        if section.supported_by is not None:
            yield section.supported_by
        if section.other:
            yield section.other.title
        yield from (file.title for file in section.files)
        for part in _parts(section):
            yield from (choice.label for choice in _choices(part))
            if part.label:
                yield part.label


def _parts(section: Section) -> tuple[SectionPart, ...]:
    return section.parts + (section.other.parts if section.other else ())


def _words(document: Document) -> Iterator[str]:
    yield from _needed(document)
    for section in document.sections:
        yield from (file.transcript for file in section.files)
        for part in _parts(section):
            yield part.label
            yield from _part_words(part)


def _part_words(part: SectionPart) -> Iterator[str]:
    if isinstance(part.value, str):
        yield part.value
        return
    for one in part.value:
        if isinstance(one, str):
            yield one
        elif isinstance(one, Person):
            yield from (one.name, one.relationship, one.phone, one.when)
