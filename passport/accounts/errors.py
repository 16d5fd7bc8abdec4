"""What can stop somebody getting in, in plain words."""

from passport.errors import PassportError
from passport.words_to_translate import N_


class NameNotUsable(PassportError):
    """A sign-in name that is too short, too long or holds signs we can't keep."""


class WeakPassphrase(PassportError):
    """A passphrase that others could guess."""


class WrongNameOrPassphrase(PassportError):
    """Sign-in failed. Says the same whether the name exists or not."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "The name or the passphrase is not right. Check both and try again. "
                "If you have lost your passphrase, use your recovery code."
            )
        )


class WrongPassphrase(PassportError):
    """Whoever is signed in could not prove that it is their passport."""

    def __init__(self) -> None:
        super().__init__(N_("This passphrase is not right. Check it and try again."))


class WrongCode(PassportError):
    """Recovery failed. Says the same whatever is wrong."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This code is not right. Check that it is your newest one: "
                "a code stops working when you get a new one."
            )
        )


class LastWayIn(PassportError):
    """Without this way in nothing that its owner has would open the passport."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This is your last way in, so it stays. Add another way in first. "
                "A code or card counts once you have said that you kept it."
            )
        )


class WaysInChanged(PassportError):
    """The ways in were changed elsewhere since the page was opened. Nothing was changed here."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This was changed on another device in the meantime. We changed nothing here. "
                "Look at your ways in, and try again if you still want to."
            )
        )


class TooManyWaysIn(PassportError):
    """A passport holds only so many cards and passkeys."""

    def __init__(self, most: int) -> None:
        super().__init__(
            N_("You can have %(most)s of these. Remove one that you do not use first."), most=most
        )


class WeakPin(PassportError):
    """A PIN that a finder of the card would try first."""


class CardRefused(PassportError):
    """The card is unknown, cancelled or locked, or its PIN is wrong: nobody is told which."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "The card or the PIN is not right, or the card is locked. Check both. "
                "After ten wrong PINs a card is locked for good. Then sign in another way, "
                "and make "
                "a new card."
            )
        )


class TermsNotUsable(PassportError):
    """An invitation that lets nobody do anything, or has no name."""


class UnknownInvitation(PassportError):
    """Wrong, used, cancelled or expired: whoever tries is told the same for all."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "This code does not work. It may be used or cancelled, or more than 7 days old. "
                "Ask for a new one."
            )
        )


class OwnInvitation(PassportError):
    """The owner tried to accept what she made for somebody else."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "You made this invitation yourself. Give it to the person who is to help you. "
                "They use it in a passport of their own."
            )
        )


class AlreadySupporting(PassportError):
    """This person is a supporter of the same passport already."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "You help this person already. They can change what you may do at any time, "
                "without a new invitation."
            )
        )


class UnknownSupporter(PassportError):
    """No such supporter of this passport, or none any more."""

    def __init__(self) -> None:
        super().__init__(N_("There is no such supporter."))


class HelpingOver(PassportError):
    """The supporter may act in the other passport no more. She is back in her own."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "You can't help there any more: the time is over, or the owner has ended it. "
                "Nothing was changed. You are in your own passport now."
            )
        )
