"""The sections a story can have, as data. Forms, viewer, FHIR and API are all driven by it.

Titles follow the PRSB *About Me* standard v1.2; the questions are our own plain words.
Keys are stable: they are stored, exported and published as codes. Never rename one.
"""

import re
from dataclasses import dataclass
from typing import Literal

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
    Choice("speak-slowly", "Speak slowly and clearly"),
    Choice("short-sentences", "Use short sentences"),
    Choice("write-it-down", "Write things down for me"),
    Choice("face-me", "Face me so I can read your lips"),
    Choice("hearing-aid", "I use a hearing aid"),
    Choice("glasses", "I wear glasses"),
    Choice("sign-language", "I use British Sign Language"),
    Choice("interpreter", "I need an interpreter"),
    Choice("pictures", "Pictures or symbols help me"),
    Choice("easy-read", "I need easy read"),
    Choice("large-print", "I need large print"),
    Choice("time-to-answer", "Give me time to answer"),
)

ADJUSTMENTS = (
    Choice("wheelchair-space", "Space for my wheelchair"),
    Choice("step-free", "A way in without steps"),
    Choice("longer-appointment", "A longer appointment"),
    Choice("quiet-room", "A quiet place to wait"),
    Choice("first-or-last", "The first or last appointment of the day"),
    Choice("same-person", "The same member of staff each time"),
    Choice("supporter-present", "My supporter with me all the time"),
    Choice("easy-read-letters", "Letters in easy read"),
    Choice("large-print-letters", "Letters in large print"),
    Choice("interpreter", "An interpreter"),
    Choice("hoist", "A hoist or help to move"),
    Choice("home-visit", "Home visits"),
    Choice("phone-first", "A phone call instead of a letter"),
    Choice("text-not-call", "A text instead of a phone call"),
)

CATALOGUE: tuple[SectionType, ...] = (
    SectionType(
        "most-important",
        "What is most important to me",
        "What people must know first, and what matters most in your life.",
        (_text("What is most important to you?"),),
    ),
    SectionType(
        "people",
        "People who are important to me",
        "Family, friends, neighbours, pets' carers: anyone who matters to you.",
        (Part("people", "People who are important to you", "people"),),
    ),
    SectionType(
        "communicate",
        "How I communicate and how to communicate with me",
        "Your language, the aids you use, and how to tell you things.",
        (
            Part(
                "aids",
                "What helps? Tick all that are true",
                "choices",
                choices=COMMUNICATION_AIDS,
                heading="What helps me",
            ),
            _text(
                "How should people talk with you?",
                "For example your language, or how you show pain or worry.",
                "How to talk with me",
            ),
        ),
    ),
    SectionType(
        "wellness",
        "My wellness",
        "What a good day, a usual day and a bad day look like.",
        (
            Part("good-day", "What is a good day like?", "text", heading="A good day"),
            Part("usual-day", "What is a usual day like?", "text", heading="A usual day"),
            Part("bad-day", "What is a bad day like?", "text", heading="A bad day"),
            Part(
                "getting-worse",
                "How can people tell that you are getting worse?",
                "text",
                heading="Signs that I am getting worse",
            ),
        ),
    ),
    SectionType(
        "please-do",
        "Please do",
        "Things you would like people to do.",
        (Part("lines", "What should people do?", "lines", "Write one thing on each line."),),
    ),
    SectionType(
        "please-dont",
        "Please don't",
        "Things you would like people not to do.",
        (Part("lines", "What should people not do?", "lines", "Write one thing on each line."),),
    ),
    SectionType(
        "support",
        "How and when to support me",
        "The help you need with day-to-day things.",
        (
            _text(
                "What help do you need, and when?",
                "For example eating, moving, washing, medicine, blood tests or sleep.",
            ),
        ),
    ),
    SectionType(
        "worth-knowing",
        "Also worth knowing about me",
        "Your culture, faith, work, pets and joys.",
        (_text("What else is good to know about you?"),),
    ),
    SectionType(
        "my-story",
        "My story so far",
        "What happened to you, told once so that you need not tell it again.",
        (_text("What is your story?"),),
    ),
    SectionType(
        "adjustments",
        "Changes that help me (reasonable adjustments)",
        "Changes that services should make so that you can use them.",
        (
            Part(
                "adjustments",
                "What do you need? Tick all that are true",
                "choices",
                choices=ADJUSTMENTS,
                heading="What I need",
            ),
            _text("Tell us more, or add other changes that help you", heading="More about it"),
        ),
    ),
    SectionType(
        "crisis",
        "When I am unwell or in crisis",
        "What people should know and do when things are very bad.",
        (
            Part(
                "early-signs",
                "What are the early signs?",
                "lines",
                "Write one thing on each line.",
                heading="Early signs",
            ),
            Part(
                "helps",
                "What helps?",
                "lines",
                "Write one thing on each line.",
                heading="What helps me",
            ),
            Part(
                "worse",
                "What makes it worse?",
                "lines",
                "Write one thing on each line.",
                heading="What makes it worse",
            ),
            Part(
                "decides-with-me",
                "Who should decide things with you?",
                "text",
                heading="Who decides with me",
            ),
            Part("want", "What treatment do you want?", "text", heading="Treatment I want"),
            Part(
                "dont-want",
                "What treatment do you not want?",
                "text",
                heading="Treatment I do not want",
            ),
        ),
    ),
    SectionType(
        "decisions",
        "How I want decisions made",
        "How to decide things with you, and who can speak for you.",
        (
            _text(
                "How do you want decisions to be made with you?", heading="How to decide with me"
            ),
            Part("speaks-for-me", "Who can speak for you?", "text", heading="Who can speak for me"),
            Part(
                "documents",
                "What legal papers do you have, and where are they kept?",
                "lines",
                "Write one on each line. For example a lasting power of attorney.",
                heading="My legal papers and where they are",
            ),
        ),
    ),
    SectionType(
        "home",
        "My home and technology",
        "Where you live, how to get in, alarms and equipment.",
        (_text("What should people know about your home?"),),
    ),
    SectionType(
        "clinical",
        "Health facts I want you to know",
        "In your own words. Staff will check them against your record.",
        (
            Part(
                "conditions",
                "What conditions do you have?",
                "lines",
                "Write one on each line.",
                heading="Conditions",
            ),
            Part(
                "allergies",
                "What are you allergic to?",
                "lines",
                "Write one on each line.",
                heading="Allergies",
            ),
            Part(
                "medicines",
                "What medicines do you take?",
                "lines",
                "Write one on each line.",
                heading="Medicines",
            ),
        ),
    ),
)

OWN_SECTION = SectionType(
    "own",
    "A section of my own",
    "Anything else, under a title you choose.",
    (_text("What would you like to say?"),),
)

IDENTITY = SectionType(
    "identity",
    "Facts about me",
    "Each fact goes to a team only if you tick it when you share.",
    (
        Part("called", "What do you like to be called?", "line"),
        Part("name", "What is your full name?", "line"),
        Part("birth-date", "When were you born?", "date"),
        Part(
            "nhs-number",
            "What is your NHS number?",
            "line",
            "It has 10 digits. You can find it on a letter from the NHS.",
        ),
        Part("address", "Where do you live?", "text"),
        Part("phone", "What is your phone number?", "line"),
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
