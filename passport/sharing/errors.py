"""What can go wrong with a share, in plain words."""

from passport.errors import PassportError
from passport.words_to_translate import N_


class NothingChosen(PassportError):
    """A share without anything in it."""

    def __init__(self) -> None:
        super().__init__(N_("Tick at least one part of your story to share."))


class NotAllowed(PassportError):
    """A choice that does not fit the others."""


class UnknownShare(PassportError):
    """No such share in this passport."""

    def __init__(self) -> None:
        super().__init__(N_("There is no such share."))


class NoLongerActive(PassportError):
    """Expired, paused, revoked, used up or never there: readers are told the same for all."""

    def __init__(self) -> None:
        super().__init__(
            N_("This link is not active. Ask the person who gave it to you for a new one.")
        )


class MayNotReply(PassportError):
    """What a reader sent to answer with was not given out by this service, or too long ago."""

    def __init__(self) -> None:
        super().__init__(N_("You can no longer answer this reading. Open the story again."))


class HandOverNotAllowed(PassportError):
    """The resident did not allow this share to be passed on."""

    def __init__(self) -> None:
        super().__init__(N_("This person did not allow their story to be handed over."))


class TooManyReplies(PassportError):
    """As many answers to one reading, or to one share in a day, as an inbox takes."""

    def __init__(self) -> None:
        super().__init__(N_("There are too many answers by now. Tell the person yourself."))


class UnknownReply(PassportError):
    """No such reply in this inbox."""

    def __init__(self) -> None:
        super().__init__(N_("There is no such message."))


class WrongPasscode(PassportError):
    """The passcode is missing or wrong. `attempts_left` counts over the share's lifetime."""

    def __init__(self, attempts_left: int) -> None:
        self.attempts_left = attempts_left
        super().__init__(N_("The passcode is not right."))


class ShareChanged(PassportError):
    """The share was stopped while somebody changed it elsewhere."""

    def __init__(self) -> None:
        super().__init__(N_("You have already stopped this share. Make a new one instead."))
