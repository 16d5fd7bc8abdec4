"""What can go wrong when helpers are to help somebody back in, in plain words."""

from datetime import datetime

from passport.errors import PassportError
from passport.words_to_translate import N_

_OVER = {
    "unknown": N_("We do not know this code. Check it, or get a new help number."),
    "expired": N_("This help number is too old. Get a new one."),
    "used": N_("This help number was used already. Sign in with your new passphrase."),
    "stopped": N_(
        "This help was stopped, because somebody signed in to the passport or pressed Stop. "
        "If that was not you, talk to your helpers and get a new help number."
    ),
}


class NameMissing(PassportError):
    """A helper or an owner without a name."""

    def __init__(self) -> None:
        super().__init__(N_("Write a name of no more than 60 letters."))


class TooManyHelpers(PassportError):
    """There are as many recovery helpers, or people who were asked, as there can be."""

    def __init__(self) -> None:
        super().__init__(N_("You can have three recovery helpers. Remove one of them first."))


class AlreadyHelper(PassportError):
    """This person is a recovery helper of the same passport already."""

    def __init__(self) -> None:
        super().__init__(N_("You are a recovery helper for this person already. All is well."))


class UnknownHelper(PassportError):
    """No such recovery helper of this passport, or none any more."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This recovery helper is not there any more. Nothing was changed. "
                "Look at the list, and try again if you need to."
            )
        )


class HelperIsGone(PassportError):
    """The helper stepped down, erased the passport or changed its keys before the owner pressed."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This person is not your recovery helper any more. Nothing was changed. "
                "Remove them "
                "and, if you both want it, ask them again."
            )
        )


class UnknownOwner(PassportError):
    """Whoever is signed in is not a recovery helper of that person, or is none any more."""

    def __init__(self) -> None:
        super().__init__(
            N_("You are not a recovery helper for this person any more. Nothing was changed.")
        )


class NotFinishedYet(PassportError):
    """The owner has not confirmed this helper, so there is no piece to give."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "You can't help this person back in yet. They have not finished naming you "
                "as their "
                "helper. Only they can, once they are signed in."
            )
        )


class WrongHelpNumber(PassportError):
    """Mistyped, unknown, expired, used or stopped: whoever types is told the same for all."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This number does not work. Check each digit with them. It may be used, or "
                "too old: "
                "then they can get a new one."
            )
        )


class TicketOver(PassportError):
    """This help ticket can't get anybody in any more. `reason` says why."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(_OVER[reason])


class NotReadyYet(PassportError):
    """Helpers are missing, or the waiting time is not over."""

    def __init__(self, ready_at: datetime | None = None) -> None:
        self.ready_at = ready_at
        super().__init__(N_("You can't get in with this yet. Nothing was changed."))


class TooManyTickets(PassportError):
    """Two tickets came out with the same number, again and again."""

    def __init__(self) -> None:
        super().__init__(N_("We could not make a help number just now. Try again in a moment."))
