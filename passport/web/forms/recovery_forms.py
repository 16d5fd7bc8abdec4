"""Forms for recovery helpers, and for getting back in with their help."""

from flask_babel import lazy_gettext as _
from flask_babel import ngettext
from wtforms import PasswordField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from passport.accounts.recovery_helper_rows import LONGEST_NAME, WAIT_HOURS
from passport.web.forms.account_forms import NewPassphraseForm
from passport.web.forms.passport_form import PassportForm

_TOO_LONG = _("Use no more than %(max)d letters.")
_NAME = [
    InputRequired(_("Write a name.")),
    Length(max=LONGEST_NAME, message=_TOO_LONG),
]
_WORDS = {24: _("1 day"), 48: _("2 days"), 72: _("3 days"), 168: _("1 week")}
_CODE_HINT = _("Eight groups of five letters or numbers. Big or small letters do not matter.")


class AskForm(PassportForm):
    """Somebody is to become a recovery helper."""

    name = StringField(
        _("What do you call them?"), _NAME, description=_("For example Sam, or my sister Ada.")
    )
    called = StringField(
        _("What do they call you?"), _NAME, description=_("They see this name when you ask them.")
    )


class WaitForm(PassportForm):
    """How long the owner has to say no."""

    wait_hours = RadioField(
        _("How long must they wait?"),
        [InputRequired(_("Choose how long they must wait."))],
        choices=[SelectChoice(hours, _WORDS[hours]) for hours in WAIT_HOURS],
        coerce=int,
    )


class HelperCodeForm(PassportForm):
    """The code of an invitation to be a recovery helper."""

    code = TextAreaField(
        _("The code"),
        [InputRequired(_("Write the code.")), Length(max=256, message=_TOO_LONG)],
        description=_CODE_HINT,
    )


class HelpNumberForm(PassportForm):
    """The number that somebody who is locked out reads to a helper."""

    number = StringField(
        _("Their help number"),
        [
            InputRequired(_("Write the number that they told you.")),
            Length(max=40, message=_TOO_LONG),
        ],
        description=_("Ten digits, such as 123 456 7894. Spaces do not matter."),
    )


class TicketForm(PassportForm):
    """A help ticket, from paper or another device."""

    code = TextAreaField(
        _("Your ticket code"),
        [InputRequired(_("Write your ticket code.")), Length(max=256, message=_TOO_LONG)],
        description=_CODE_HINT,
    )


class BackInForm(NewPassphraseForm):
    """A new passphrase, for somebody whose helpers have let her in."""

    passphrase = PasswordField(
        _("Choose a new passphrase"),
        [InputRequired(_("Write a new passphrase.")), Length(max=256, message=_TOO_LONG)],
        description=_("Use at least 12 letters. Spaces are fine."),
    )


def wait_words(hours: int) -> str:
    """A waiting time, such as `2 days`."""
    return str(_WORDS.get(hours) or ngettext("%(num)d hour", "%(num)d hours", hours))
