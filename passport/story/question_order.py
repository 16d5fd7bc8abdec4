"""Which question is offered first, where somebody tells a little each day: what matters most.

Beside the catalogue, since the order of a story is not the order in which it is best told.
"""

from dataclasses import dataclass

from passport.story.catalogue import IDENTITY, Part, SectionType, section_type


@dataclass(frozen=True)
class Question:
    """One question of one section. `is_quick`: it takes a minute, also on a low day."""

    section_key: str
    part_key: str
    is_quick: bool = False

    @property
    def name(self) -> str:
        """What it is remembered by."""
        return f"{self.section_key}.{self.part_key}"

    @property
    def kind(self) -> SectionType:
        """The section that asks it."""
        found = section_type(self.section_key)
        if found is None:
            raise ValueError("a question's section must be in the catalogue")
        return found

    @property
    def part(self) -> Part:
        """The question itself."""
        return next(part for part in self.kind.parts if part.key == self.part_key)


def _quick(section_key: str, part_key: str) -> Question:
    return Question(section_key, part_key, is_quick=True)


ORDER = (
    _quick(IDENTITY.key, "called"),
    Question("most-important", "text"),
    _quick("clinical", "allergies"),
    _quick("communicate", "aids"),
    _quick("please-do", "lines"),
    _quick("please-dont", "lines"),
    _quick("people", "people"),
    _quick("adjustments", "adjustments"),
    Question("clinical", "conditions"),
    Question("clinical", "medicines"),
    Question("communicate", "text"),
    Question("support", "text"),
    _quick("wellness", "getting-worse"),
    Question("wellness", "bad-day"),
    Question("crisis", "helps"),
    Question("crisis", "worse"),
    Question("crisis", "early-signs"),
    Question("decisions", "speaks-for-me"),
    Question("decisions", "text"),
    Question("crisis", "decides-with-me"),
    Question("crisis", "want"),
    Question("crisis", "dont-want"),
    Question("decisions", "documents"),
    Question("wellness", "good-day"),
    Question("wellness", "usual-day"),
    Question("adjustments", "text"),
    _quick("worth-knowing", "text"),
    Question("home", "text"),
    Question("my-story", "text"),
    _quick(IDENTITY.key, "name"),
    _quick(IDENTITY.key, "birth-date"),
    _quick(IDENTITY.key, "phone"),
    _quick(IDENTITY.key, "address"),
    _quick(IDENTITY.key, "nhs-number"),
)
_BY_NAME = {question.name: question for question in ORDER}


def question_named(name: str) -> Question | None:
    """The question with this name."""
    return _BY_NAME.get(name)
