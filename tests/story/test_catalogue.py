"""The catalogue is data that stories, exports and published codes stand on: keys never change."""

import re

from passport.story.catalogue import (
    CATALOGUE,
    FIRST_SCREEN,
    IDENTITY,
    OWN_SECTION,
    PERSON_FIELDS,
    SectionType,
    section_type,
)

# Once here, a key stays for ever: stories are stored under it. Add to the list, take nothing away.
FROZEN = {
    "most-important": ["text"],
    "people": ["people"],
    "communicate": ["aids", "text"],
    "wellness": ["good-day", "usual-day", "bad-day", "getting-worse"],
    "please-do": ["lines"],
    "please-dont": ["lines"],
    "support": ["text"],
    "worth-knowing": ["text"],
    "my-story": ["text"],
    "adjustments": ["adjustments", "text"],
    "crisis": ["early-signs", "helps", "worse", "decides-with-me", "want", "dont-want"],
    "decisions": ["text", "speaks-for-me", "documents"],
    "home": ["text"],
    "clinical": ["conditions", "allergies", "medicines"],
    "identity": ["called", "name", "birth-date", "nhs-number", "address", "phone"],
    "own": ["text"],
}
FROZEN_CHOICES = {
    "communicate": (
        "speak-slowly short-sentences write-it-down face-me hearing-aid glasses sign-language "
        "interpreter pictures easy-read large-print time-to-answer"
    ),
    "adjustments": (
        "wheelchair-space step-free longer-appointment quiet-room first-or-last same-person "
        "supporter-present easy-read-letters large-print-letters interpreter hoist home-visit "
        "phone-first text-not-call"
    ),
}
EVERY: tuple[SectionType, ...] = (*CATALOGUE, IDENTITY, OWN_SECTION)


def test_keys_of_sections_and_questions_are_frozen() -> None:
    assert {kind.key: [part.key for part in kind.parts] for kind in EVERY} == FROZEN


def test_keys_of_choices_are_frozen() -> None:
    found = {
        kind.key: " ".join(choice.key for part in kind.parts for choice in part.choices)
        for kind in EVERY
    }
    assert {key: choices for key, choices in found.items() if choices} == FROZEN_CHOICES


def test_a_person_is_always_asked_the_same() -> None:
    assert PERSON_FIELDS == ("name", "relationship", "phone", "when")


def test_no_two_sections_share_a_key_or_a_title() -> None:
    assert len({kind.key for kind in EVERY}) == len(EVERY)
    assert len({kind.title for kind in EVERY}) == len(EVERY)


def test_no_two_questions_of_a_section_share_a_key_or_a_label() -> None:
    for kind in EVERY:
        assert len({part.key for part in kind.parts}) == len(kind.parts)
        assert len({part.label for part in kind.parts}) == len(kind.parts)


def test_every_key_can_stand_in_an_address_and_a_code() -> None:
    keys = [key for kind in EVERY for key in (kind.key, *(part.key for part in kind.parts))]
    assert all(re.fullmatch("[a-z0-9-]{1,40}", key) for key in keys)


def test_the_first_screen_shows_sections_that_exist() -> None:
    assert set(FIRST_SCREEN) <= {kind.key for kind in CATALOGUE}


def test_every_section_is_found_by_its_key() -> None:
    for kind in (*CATALOGUE, IDENTITY):
        assert section_type(kind.key) is kind
    assert section_type("own-0a1b2c3d") is OWN_SECTION


def test_a_key_that_nobody_gave_out_is_no_section() -> None:
    for key in ("", "own", "own-", "own-A", "own-../x", "own-a b", "own-" + "a" * 41, "people "):
        assert section_type(key) is None
