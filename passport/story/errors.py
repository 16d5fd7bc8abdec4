"""What can stop words from being saved, in plain words."""

from passport.errors import PassportError
from passport.story.section import Section
from passport.words_to_translate import N_

_NOT_A_DATE = N_("That is not a date. Write it like 27 3 1962.")


class UnknownSection(PassportError):
    """No such section in this story."""

    def __init__(self) -> None:
        super().__init__(N_("There is no such part in your story."))


class SectionTooLong(PassportError):
    """More words than a section can hold. Nothing was saved, nothing is lost."""


class TitleMissing(PassportError):
    """A section of the resident's own without a title."""

    def __init__(self) -> None:
        super().__init__(N_("Give this part a title."))


class NotADate(PassportError):
    """A day that is in no calendar, or on which nobody alive can be born."""

    def __init__(self, words: str = _NOT_A_DATE) -> None:
        super().__init__(words)


class SavedElsewhere(PassportError):
    """The section changed after this form was opened. `current` is what was saved meanwhile."""

    def __init__(self, current: Section) -> None:
        self.current = current
        super().__init__(N_("You saved this part somewhere else, after you opened it here."))
