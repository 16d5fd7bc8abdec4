"""What can go wrong with an organisation, in plain words."""

from passport.errors import PassportError
from passport.words_to_translate import N_


class NotRegistrable(PassportError):
    """A name or a key that can't be registered. The message says what to change."""


class UnknownOrganisation(PassportError):
    """No such organisation, or it has been removed."""

    def __init__(self) -> None:
        super().__init__(N_("It is not on the list any more. Choose another one."))


class TokenRefused(PassportError):
    """The access token is missing, wrong or too old (RFC 6750 section 3.1, 401).

    `challenge` is the value of the WWW-Authenticate header.
    """

    error: str | None = "invalid_token"

    def __init__(self, message: str = "The access token has ended or is not ours. Ask for one."):
        super().__init__(message)

    @property
    def challenge(self) -> str:
        """What the answer's WWW-Authenticate header says (RFC 6750 section 3)."""
        parts = ['realm="story-passport"', self.error and f'error="{self.error}"']
        return "Bearer " + ", ".join(part for part in parts if part)


class TokenMissing(TokenRefused):
    """No access token came along; RFC 6750 section 3.1 asks for no error code then."""

    error = None

    def __init__(self) -> None:
        super().__init__("Send an access token: Authorization: Bearer …")


class ScopeMissing(TokenRefused):
    """The access token was asked for without the scope that this needs (403)."""

    error = "insufficient_scope"

    def __init__(self) -> None:
        super().__init__("The access token lacks the scope for this. Ask for one that has it.")
