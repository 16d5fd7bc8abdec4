"""What can go wrong with a passkey, in plain words. Nothing was changed in any case."""

from passport.errors import PassportError
from passport.words_to_translate import N_

CANCELLED = N_(
    "You stopped, or your device did not ask you. Nothing was changed. Press the button to try "
    "again."
)
NO_PRF = N_(
    "This device can't lock your story with a passkey. Use your passphrase or your recovery code "
    "instead. Your ways in stay as they are."
)
ALREADY_HERE = N_("This device has a passkey for your passport already. Use that one.")


class NoPasskeysHere(PassportError):
    """The service is open at an address that no passkey can be made for."""

    def __init__(self) -> None:
        super().__init__(N_("Passkeys don't work at this address. Use another way in."))


class PasskeyCantLock(PassportError):
    """The device gave no PRF output, so there is nothing to make a key from."""

    def __init__(self) -> None:
        super().__init__(NO_PRF)


class PasskeyTooLate(PassportError):
    """The challenge is over, or was answered before."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "That took too long, or was sent twice. Nothing was changed. Press the "
                "button again."
            )
        )


class PasskeyFromElsewhere(PassportError):
    """The device answered another site, or another page of ours."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "Your passkey answered another page, not this one. Nothing was changed. "
                "Check the address at the top, then press the button again."
            )
        )


class PasskeyAnswerDamaged(PassportError):
    """A new passkey's answer that does not hold together."""

    def __init__(self) -> None:
        super().__init__(
            N_("Your device's answer was not right. Nothing was changed. Press the button again.")
        )


class PasskeyKnown(PassportError):
    """This passkey opens a passport already."""

    def __init__(self) -> None:
        super().__init__(ALREADY_HERE)


class WrongPasskey(PassportError):
    """Signing in failed. Says the same whether the passkey is known or not."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "That passkey does not open a passport here. It may have been removed. "
                "Use another way in."
            )
        )
