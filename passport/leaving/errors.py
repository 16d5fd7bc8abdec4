"""What can stop a story from coming in, one plain sentence each. Nothing was changed."""

from passport.errors import PassportError
from passport.words_to_translate import N_

_CHANGED = N_("This file was changed after it was made. Save your story again and use that file.")
_CHANGED_THERE = N_(
    "This file was changed after it was made (%(place)s). Save your story again and use that file."
)
_TOO_MUCH = N_("There is more than a story can hold in this file, so we can't bring it in.")


class ImportRefused(PassportError):
    """A file that can't be brought in."""


class NotAnExport(ImportRefused):
    """Something else than an export."""

    def __init__(self) -> None:
        super().__init__(
            N_("This is not a story from Story Passport. Choose the file whose name ends in .json.")
        )


class PackedFile(ImportRefused):
    """A ZIP or another archive."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This file is packed. Unpack it first, then choose the file whose name ends "
                "in .json."
            )
        )


class CutOrDamaged(ImportRefused):
    """It began as an export, but can't be read to its end."""

    def __init__(self) -> None:
        super().__init__(
            N_("This file is cut off or damaged. Save your story again and use that file.")
        )


class Edited(ImportRefused):
    """It is not as it was written. `where` is the place, such as `sections › 3 › title`:

    the names of the file itself, which are the same in every language.
    """

    def __init__(self, where: str = "") -> None:
        if where:
            super().__init__(_CHANGED_THERE, place=where)
        else:
            super().__init__(_CHANGED)


class MadeByNewer(ImportRefused):
    """A format that this service does not know yet."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This file was made by a newer Story Passport. Whoever runs this service "
                "must update "
                "it first."
            )
        )


class TooMuch(ImportRefused):
    """More than a story can hold."""

    def __init__(self, words: str = _TOO_MUCH, **values: object) -> None:
        super().__init__(words, **values)


class PassportNotEmpty(ImportRefused):
    """Bringing a story in never changes another one."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "There is a story in this passport already. Make a new passport, and bring "
                "the file in "
                "there."
            )
        )
