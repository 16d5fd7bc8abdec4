"""What can stop somebody getting in, in plain words."""

from passport.errors import PassportError


class NameNotUsable(PassportError):
    """A sign-in name that is too short, too long or holds signs we can't keep."""


class NameTaken(PassportError):
    """Somebody has a passport under this sign-in name."""

    def __init__(self) -> None:
        super().__init__("Someone already uses that name. Choose another name.")


class WeakPassphrase(PassportError):
    """A passphrase that others could guess."""


class WrongNameOrPassphrase(PassportError):
    """Sign-in failed. Says the same whether the name exists or not."""

    def __init__(self) -> None:
        super().__init__(
            "The name or the passphrase is not right. Check both and try again. "
            "If you have lost your passphrase, use your recovery code."
        )


class WrongNameOrCode(PassportError):
    """Recovery failed. Says the same whether the name exists or not."""

    def __init__(self) -> None:
        super().__init__("The name or the recovery code is not right. Check both and try again.")
