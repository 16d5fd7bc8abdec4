"""Forms for getting in."""

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from passport.web.forms.passport_form import PassportForm

_MOST = 256
_TOO_LONG = f"Use no more than {_MOST} letters."


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
    code = StringField(
        "Your recovery code",
        [InputRequired("Write your recovery code."), Length(max=_MOST, message=_TOO_LONG)],
        description="Eight groups of five letters or numbers. Big or small letters do not matter.",
    )
    passphrase = PasswordField(
        "Choose a new passphrase",
        [InputRequired("Write a new passphrase."), Length(max=_MOST, message=_TOO_LONG)],
        description="Three or four words that have nothing to do with each other are good.",
    )
