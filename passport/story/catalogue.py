"""The sections a story can have, as data. Forms, viewer, FHIR and API are all driven by it.

Titles follow the PRSB *About Me* standard v1.2; the questions are our own plain words.
Keys are stable: they are stored, exported and published as codes. Never rename one.
"""

import re
from dataclasses import dataclass
from typing import Literal

from passport.words_to_translate import N_

PartKind = Literal["text", "lines", "people", "choices", "line", "date"]


@dataclass(frozen=True)
class Choice:
    """One thing to tick. `snomed` is a SNOMED CT code where a standard one exists."""

    key: str
    label: str
    snomed: str | None = None


@dataclass(frozen=True)
class Part:
    """One question inside a section: what is asked, and the shape of its answer.

    `heading` is what readers see above the answer; without one they see the question.

    The answer is a `str` for "text", "line" (one line) and "date" (ISO 8601), `list[str]` for
    "lines" and "choices" (choice keys), and `list[dict[str, str]]` with the keys of
    `PERSON_FIELDS` for "people".
    """

    key: str
    label: str
    kind: PartKind
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    heading: str = ""


@dataclass(frozen=True)
class SectionType:
    """A kind of section: its stable key, its standard title and what it asks."""

    key: str
    title: str
    hint: str
    parts: tuple[Part, ...]


PERSON_FIELDS = ("name", "relationship", "phone", "when")


def _text(label: str, hint: str = "", heading: str = "") -> Part:
    return Part("text", label, "text", hint, heading=heading)


COMMUNICATION_AIDS = (
    Choice("speak-slowly", N_("Speak slowly and clearly")),
    Choice("short-sentences", N_("Use short sentences")),
    Choice("write-it-down", N_("Write things down for me")),
    Choice("face-me", N_("Face me so I can read your lips")),
    Choice("hearing-aid", N_("I use a hearing aid")),
    Choice("glasses", N_("I wear glasses")),
    Choice("sign-language", N_("I use British Sign Language")),
    Choice("interpreter", N_("I need an interpreter")),
    Choice("pictures", N_("Pictures or symbols help me")),
    Choice("easy-read", N_("I need easy read")),
    Choice("large-print", N_("I need large print")),
    Choice("time-to-answer", N_("Give me time to answer")),
)

ADJUSTMENTS = (
    Choice("wheelchair-space", N_("Space for my wheelchair")),
    Choice("step-free", N_("A way in without steps")),
    Choice("longer-appointment", N_("A longer appointment")),
    Choice("quiet-room", N_("A quiet place to wait")),
    Choice("first-or-last", N_("The first or last appointment of the day")),
    Choice("same-person", N_("The same member of staff each time")),
    Choice("supporter-present", N_("My supporter with me all the time")),
    Choice("easy-read-letters", N_("Letters in easy read")),
    Choice("large-print-letters", N_("Letters in large print")),
    Choice("interpreter", N_("An interpreter")),
    Choice("hoist", N_("A hoist or help to move")),
    Choice("home-visit", N_("Home visits")),
    Choice("phone-first", N_("A phone call instead of a letter")),
    Choice("text-not-call", N_("A text instead of a phone call")),
)

CATALOGUE: tuple[SectionType, ...] = (
    SectionType(
        "most-important",
        N_("What is most important to me"),
        N_("What people must know first, and what matters most in your life."),
        (_text(N_("What is most important to you?")),),
    ),
    SectionType(
        "people",
        N_("People who are important to me"),
        N_("Family, friends, neighbours, pets' carers: anyone who matters to you."),
        (Part("people", N_("People who are important to you"), "people"),),
    ),
    SectionType(
        "communicate",
        N_("How I communicate and how to communicate with me"),
        N_("Your language, the aids you use, and how to tell you things."),
        (
            Part(
                "aids",
                N_("What helps? Tick all that are true"),
                "choices",
                choices=COMMUNICATION_AIDS,
                heading=N_("What helps me"),
            ),
            _text(
                N_("How should people talk with you?"),
                N_("For example your language, or how you show pain or worry."),
                N_("How to talk with me"),
            ),
        ),
    ),
    SectionType(
        "wellness",
        N_("My wellness"),
        N_("What a good day, a usual day and a bad day look like."),
        (
            Part("good-day", N_("What is a good day like?"), "text", heading=N_("A good day")),
            Part("usual-day", N_("What is a usual day like?"), "text", heading=N_("A usual day")),
            Part("bad-day", N_("What is a bad day like?"), "text", heading=N_("A bad day")),
            Part(
                "getting-worse",
                N_("How can people tell that you are getting worse?"),
                "text",
                heading=N_("Signs that I am getting worse"),
            ),
        ),
    ),
    SectionType(
        "please-do",
        N_("Please do"),
        N_("Things you would like people to do."),
        (
            Part(
                "lines", N_("What should people do?"), "lines", N_("Write one thing on each line.")
            ),
        ),
    ),
    SectionType(
        "please-dont",
        N_("Please don't"),
        N_("Things you would like people not to do."),
        (
            Part(
                "lines",
                N_("What should people not do?"),
                "lines",
                N_("Write one thing on each line."),
            ),
        ),
    ),
    SectionType(
        "support",
        N_("How and when to support me"),
        N_("The help you need with day-to-day things."),
        (
            _text(
                N_("What help do you need, and when?"),
                N_("For example eating, moving, washing, medicine, blood tests or sleep."),
            ),
        ),
    ),
    SectionType(
        "worth-knowing",
        N_("Also worth knowing about me"),
        N_("Your culture, faith, work, pets and joys."),
        (_text(N_("What else is good to know about you?")),),
    ),
    SectionType(
        "my-story",
        N_("My story so far"),
        N_("What happened to you, told once so that you need not tell it again."),
        (_text(N_("What is your story?")),),
    ),
    SectionType(
        "adjustments",
        N_("Changes that help me (reasonable adjustments)"),
        N_("Changes that services should make so that you can use them."),
        (
            Part(
                "adjustments",
                N_("What do you need? Tick all that are true"),
                "choices",
                choices=ADJUSTMENTS,
                heading=N_("What I need"),
            ),
            _text(
                N_("Tell us more, or add other changes that help you"), heading=N_("More about it")
            ),
        ),
    ),
    SectionType(
        "crisis",
        N_("When I am unwell or in crisis"),
        N_("What people should know and do when things are very bad."),
        (
            Part(
                "early-signs",
                N_("What are the early signs?"),
                "lines",
                N_("Write one thing on each line."),
                heading=N_("Early signs"),
            ),
            Part(
                "helps",
                N_("What helps?"),
                "lines",
                N_("Write one thing on each line."),
                heading=N_("What helps me"),
            ),
            Part(
                "worse",
                N_("What makes it worse?"),
                "lines",
                N_("Write one thing on each line."),
                heading=N_("What makes it worse"),
            ),
            Part(
                "decides-with-me",
                N_("Who should decide things with you?"),
                "text",
                heading=N_("Who decides with me"),
            ),
            Part("want", N_("What treatment do you want?"), "text", heading=N_("Treatment I want")),
            Part(
                "dont-want",
                N_("What treatment do you not want?"),
                "text",
                heading=N_("Treatment I do not want"),
            ),
        ),
    ),
    SectionType(
        "decisions",
        N_("How I want decisions made"),
        N_("How to decide things with you, and who can speak for you."),
        (
            _text(
                N_("How do you want decisions to be made with you?"),
                heading=N_("How to decide with me"),
            ),
            Part(
                "speaks-for-me",
                N_("Who can speak for you?"),
                "text",
                heading=N_("Who can speak for me"),
            ),
            Part(
                "documents",
                N_("What legal papers do you have, and where are they kept?"),
                "lines",
                N_("Write one on each line. For example a lasting power of attorney."),
                heading=N_("My legal papers and where they are"),
            ),
        ),
    ),
    SectionType(
        "home",
        N_("My home and technology"),
        N_("Where you live, how to get in, alarms and equipment."),
        (_text(N_("What should people know about your home?")),),
    ),
    SectionType(
        "clinical",
        N_("Health facts I want you to know"),
        N_("In your own words. Staff will check them against your record."),
        (
            Part(
                "conditions",
                N_("What conditions do you have?"),
                "lines",
                N_("Write one on each line."),
                heading=N_("Conditions"),
            ),
            Part(
                "allergies",
                N_("What are you allergic to?"),
                "lines",
                N_("Write one on each line."),
                heading=N_("Allergies"),
            ),
            Part(
                "medicines",
                N_("What medicines do you take?"),
                "lines",
                N_("Write one on each line."),
                heading=N_("Medicines"),
            ),
        ),
    ),
)

OWN_SECTION = SectionType(
    "own",
    N_("A section of my own"),
    N_("Anything else, under a title you choose."),
    (_text(N_("What would you like to say?")),),
)

IDENTITY = SectionType(
    "identity",
    N_("Facts about me"),
    N_("Each fact goes to a team only if you tick it when you share."),
    (
        Part("called", N_("What do you like to be called?"), "line"),
        Part("name", N_("What is your full name?"), "line"),
        Part("birth-date", N_("When were you born?"), "date"),
        Part(
            "nhs-number",
            N_("What is your NHS number?"),
            "line",
            N_("It has 10 digits. You can find it on a letter from the NHS."),
        ),
        Part("address", N_("Where do you live?"), "text"),
        Part("phone", N_("What is your phone number?"), "line"),
    ),
)

FIRST_SCREEN = ("most-important", "please-do", "please-dont", "communicate", "adjustments")

_OWN_KEY = re.compile("own-[a-z0-9-]{1,40}")
_BY_KEY = {section.key: section for section in CATALOGUE}


def section_type(key: str) -> SectionType | None:
    """The section type for a stored key; `own-…` keys share one type. None if unknown."""
    if key == IDENTITY.key:
        return IDENTITY
    if _OWN_KEY.fullmatch(key):
        return OWN_SECTION
    return _BY_KEY.get(key)
