"""Forms for getting in."""

from collections.abc import Callable

from wtforms import Field, PasswordField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from passport.accounts.rules import check_passphrase, normalized_name
from passport.errors import PassportError
from passport.web.forms.passport_form import PassportForm

_MOST = 256
_TOO_LONG = f"Use no more than {_MOST} letters."


def _obey(rule: Callable[[], object]) -> None:
    try:
        rule()
    except PassportError as error:
        raise ValidationError(str(error)) from None


class SignUpForm(PassportForm):
    """A new passport."""

    name = StringField(
        "Choose a name to sign in with",
        [InputRequired("Write a name."), Length(max=_MOST, message=_TOO_LONG)],
        description="It can be made up. You do not need an email address or a phone number.",
    )
    passphrase = PasswordField(
        "Choose a passphrase",
        [InputRequired("Write a passphrase."), Length(max=_MOST, message=_TOO_LONG)],
        description=(
            "Three or four words that have nothing to do with each other are good. "
            "Use at least 12 letters. Spaces are fine."
        ),
    )

    def validate_name(self, field: Field) -> None:
        """Ask the rules, so that all that is wrong is said at once."""
        _obey(lambda: normalized_name(field.data or ""))

    def validate_passphrase(self, field: Field) -> None:
        """Ask the rules, so that all that is wrong is said at once."""
        _obey(lambda: check_passphrase(field.data or "", self.name.data or ""))


class SignInForm(PassportForm):
    """Back in with name and passphrase."""

    name = StringField(
        "Your sign-in name",
        [InputRequired("Write your sign-in name."), Length(max=_MOST, message=_TOO_LONG)],
    )
    passphrase = PasswordField(
        "Your passphrase",
        [InputRequired("Write your passphrase."), Length(max=_MOST, message=_TOO_LONG)],
    )


class RecoverForm(PassportForm):
    """Back in with the recovery code, to a new passphrase."""

    name = StringField(
        "Your sign-in name",
        [InputRequired("Write your sign-in name."), Length(max=_MOST, message=_TOO_LONG)],
    )
    code = TextAreaField(
        "Your recovery code",
        [InputRequired("Write your recovery code."), Length(max=_MOST, message=_TOO_LONG)],
        description="Eight groups of five letters or numbers. Big or small letters do not matter.",
    )
    passphrase = PasswordField(
        "Choose a new passphrase",
        [InputRequired("Write a new passphrase."), Length(max=_MOST, message=_TOO_LONG)],
        description="Three or four words that have nothing to do with each other are good.",
    )

    def validate_passphrase(self, field: Field) -> None:
        """Ask the rules, so that all that is wrong is said at once."""
        _obey(lambda: check_passphrase(field.data or "", self.name.data or ""))
