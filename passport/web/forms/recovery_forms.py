"""Forms for recovery helpers, and for getting back in with their help."""

from wtforms import PasswordField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from passport.accounts.recovery_helper_rows import LONGEST_NAME, WAIT_HOURS
from passport.web.forms.account_forms import NewPassphraseForm
from passport.web.forms.passport_form import PassportForm

_NAME = [
    InputRequired("Write a name."),
    Length(max=LONGEST_NAME, message=f"Use no more than {LONGEST_NAME} letters."),
]
_WORDS = {24: "1 day", 48: "2 days", 72: "3 days", 168: "1 week"}
_CODE_HINT = "Eight groups of five letters or numbers. Big or small letters do not matter."


class AskForm(PassportForm):
    """Somebody is to become a recovery helper."""

    name = StringField(
        "What do you call them?", _NAME, description="For example Sam, or my sister Ada."
    )
    called = StringField(
        "What do they call you?", _NAME, description="They see this name when you ask them."
    )


class WaitForm(PassportForm):
    """How long the owner has to say no."""

    wait_hours = RadioField(
        "How long must they wait?",
        [InputRequired("Choose how long they must wait.")],
        choices=[SelectChoice(hours, _WORDS[hours]) for hours in WAIT_HOURS],
        coerce=int,
    )


class HelperCodeForm(PassportForm):
    """The code of an invitation to be a recovery helper."""

    code = TextAreaField(
        "The code",
        [InputRequired("Write the code."), Length(max=256)],
        description=_CODE_HINT,
    )


class HelpNumberForm(PassportForm):
    """The number that somebody who is locked out reads to a helper."""

    number = StringField(
        "Their help number",
        [InputRequired("Write the number that they told you."), Length(max=40)],
        description="Ten digits, such as 123 456 7894. Spaces do not matter.",
    )


class TicketForm(PassportForm):
    """A help ticket, from paper or another device."""

    code = TextAreaField(
        "Your ticket code",
        [InputRequired("Write your ticket code."), Length(max=256)],
        description=_CODE_HINT,
    )


class BackInForm(NewPassphraseForm):
    """A new passphrase, for somebody whose helpers have let her in."""

    passphrase = PasswordField(
        "Choose a new passphrase",
        [InputRequired("Write a new passphrase."), Length(max=256)],
        description="Use at least 12 letters. Spaces are fine.",
    )


def wait_words(hours: int) -> str:
    """A waiting time, such as `2 days`."""
    return _WORDS.get(hours, f"{hours} hours")
