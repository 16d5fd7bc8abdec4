"""An invented resident's story, with words in every section. Nobody like her exists."""

from datetime import datetime

from passport.story.catalogue import section_type
from passport.story.section import Section, SectionDraft

IDENTITY = {
    "called": "Rosa",
    "name": "Rosalind Maris Okonjo-Tamber",
    "birth-date": "1969-04-17",
    "nhs-number": "943 476 5919",
    "address": "Flat 2, 18 Lantern Row\nMarlbrook\nZZ99 3WZ",
    "phone": "01632 960 118",
}

OWN_TITLE = "My garden"

CONTENT: dict[str, dict[str, object]] = {
    "most-important": {
        "text": "I was a midwife for 22 years. Talk to me, not about me.\n\n"
        "I have lupus and I use a wheelchair. Some days I have no energy left to explain. "
        "Please read this first, then ask me how today is.",
    },
    "people": {
        "people": [
            {
                "name": "Imogen Tamber",
                "relationship": "my daughter",
                "phone": "01632 960 204",
                "when": "any time, day or night",
            },
            {
                "name": "Desmond Achterberg",
                "relationship": "my neighbour, has a key",
                "phone": "01632 960 377",
                "when": "if the lift is broken or the cat needs feeding",
            },
        ]
    },
    "communicate": {
        "aids": ["short-sentences", "write-it-down", "time-to-answer", "glasses"],
        "text": "I go quiet when I am in pain. It does not mean that I agree. "
        "Ask me to squeeze your hand for yes.",
    },
    "wellness": {
        "good-day": "I am up by nine, I joke, I read the paper out loud.",
        "usual-day": "I need a rest after washing and another one after lunch.",
        "bad-day": "Light hurts. I lie still and answer with one word.",
        "getting-worse": "A new rash on my cheeks, a temperature, or I stop making jokes.",
    },
    "please-do": {
        "lines": [
            "Ask before you move my wheelchair, or me",
            "Take blood from my right arm",
            "Tell me your name and what you are about to do",
            "Let Imogen stay with me",
        ]
    },
    "please-dont": {
        "lines": [
            "Do not touch my left arm: the joint is inflamed and it hurts for days",
            "Do not wake me to weigh me",
            "Do not close the door without telling me",
        ]
    },
    "support": {
        "text": "Moving: two people and a slide sheet, never under my arms.\n"
        "Eating: cut things up on a bad day, then leave me to it.\n"
        "Medicine: I take mine with yoghurt at eight and eight.\n"
        "Sleep: on my right side, with the small pillow between my knees.",
    },
    "worth-knowing": {
        "text": "I sing alto. My cat is called Bishop. I was brought up a Quaker and silence "
        "is not awkward for me.",
    },
    "my-story": {
        "text": "The lupus came when I was 41, in the middle of a night shift. Three years later "
        "I was admitted to a mental-health ward. I was frightened and nobody told me how long "
        "it would be. I got well there in the end, because one nurse sat with me every evening."
        "\n\nI have told this to eleven teams. This is the last time.",
    },
    "adjustments": {
        "adjustments": ["wheelchair-space", "step-free", "longer-appointment", "quiet-room"],
        "text": "A bed near the toilet. The lights down after seven.",
    },
    "crisis": {
        "early-signs": ["I stop answering messages", "I say that everything is fine, twice"],
        "helps": ["Sit with me", "Keep the room dim", "Ring Imogen"],
        "worse": ["Uniforms in the doorway", "Being asked the same question by many people"],
        "decides-with-me": "Imogen, and Dr Fennimore at the surgery if she is there.",
        "want": "Talking first. The tablets that worked in 2013 are in my record.",
        "dont-want": "No restraint. I was held down once and I still dream of it.",
    },
    "decisions": {
        "text": "Tell me the choices in the morning and ask me for my answer after lunch.",
        "speaks-for-me": "Imogen Tamber, my daughter, if I cannot.",
        "documents": [
            "Lasting power of attorney for health: blue folder, kitchen drawer",
            "Advance decision, signed: with Dr Fennimore and in the blue folder",
        ],
    },
    "home": {
        "text": "Second floor with a lift that sticks. Key safe by the door: ask me for the "
        "number. Pendant alarm, hoist in the bedroom, a ramp to the balcony.",
    },
    "clinical": {
        "conditions": ["Lupus (SLE)", "Inflamed left shoulder joint", "Depression, well now"],
        "allergies": ["Penicillin: my throat swells", "Plasters with latex"],
        "medicines": ["Hydroxychloroquine, mornings", "Prednisolone on a flare", "Sertraline"],
    },
}

SENSITIVE = ("crisis",)


def drafts(own_key: str) -> list[SectionDraft]:
    """Every section of the invented story, ready to be saved."""
    written = [
        SectionDraft(key, content, sensitive=key in SENSITIVE) for key, content in CONTENT.items()
    ]
    garden = {"text": "Two tubs of beans and one tomato on the balcony. They are my mornings."}
    return [
        SectionDraft("identity", dict(IDENTITY)),
        *written,
        SectionDraft(own_key, garden, title=OWN_TITLE),
    ]


def sections(own_key: str, written_at: datetime, reviewed_at: datetime) -> list[Section]:
    """The invented story as if it had been saved."""
    found = []
    for draft in drafts(own_key):
        kind = section_type(draft.key)
        section = Section(
            key=draft.key,
            title=draft.title or (kind.title if kind else ""),
            content=draft.content,
            version=1,
            written_at=written_at,
            reviewed_at=reviewed_at,
            sensitive=draft.sensitive,
        )
        found.append(section)
    return found
