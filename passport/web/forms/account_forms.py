"""Forms for getting in."""

from collections.abc import Callable

from flask import request
from flask_babel import lazy_gettext as _
from wtforms import Field, HiddenField, PasswordField, StringField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from passport.accounts.owner_cards import check_pin
from passport.accounts.rules import check_passphrase, normalized_name
from passport.accounts.strength import Strength, strength
from passport.accounts.suggestion import new_suggestion
from passport.accounts.ways_in import LONGEST_NAME
from passport.errors import PassportError
from passport.web.error_words import error_words
from passport.web.forms.passport_form import OPEN_TOO_LONG, PassportForm

_MOST = 256
_TOO_LONG = _("Use no more than %(max)d letters.")


def _obey(rule: Callable[[], object]) -> None:
    try:
        rule()
    except PassportError as error:
        raise ValidationError(error_words(error)) from None


def asks_for_words() -> bool:
    """Whether this request asks for other words to take, and for nothing else."""
    # As the field itself reads it: whatever else was sent is a sign-up, and counts as one.
    return request.form.get("suggest") not in (None, *SubmitField.false_values)


class NewPassphraseForm(PassportForm):
    """What every page has on which somebody chooses a passphrase: words to take, and a meter."""

    suggestion = HiddenField()
    suggest = SubmitField(_("Suggest other words"))
    check = SubmitField(_("How strong is it?"))
    strength: Strength | None = None
    typed_again = ""

    def only_asks(self, name: str) -> bool:
        """Whether just a question about the passphrase was asked; its answer is in the form then.

        What another site sent is not shown as if it were ours, or had been typed here.
        """
        asks = self.is_submitted() and bool(self.suggest.data or self.check.data)
        is_ours = self.is_submitted() and self.csrf_token.validate(self)
        if not is_ours or self.suggest.data or not self.suggestion.data:
            self.suggestion.data = new_suggestion()
        if asks and not is_ours:
            self.csrf_token.errors = [OPEN_TOO_LONG]
        elif asks:
            self.typed_again = (self.passphrase.data or "")[:_MOST]
            self.strength = strength(self.typed_again, name) if self.check.data else None
        return asks


class SignUpForm(NewPassphraseForm):
    """A new passport."""

    name = StringField(
        _("Choose a name to sign in with"),
        [InputRequired(_("Write a name.")), Length(max=_MOST, message=_TOO_LONG)],
        description=_("It can be made up. You do not need an email address or a phone number."),
    )
    passphrase = PasswordField(
        _("Choose a passphrase"),
        [InputRequired(_("Write a passphrase.")), Length(max=_MOST, message=_TOO_LONG)],
        description=_(
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
        _("Your sign-in name"),
        [InputRequired(_("Write your sign-in name.")), Length(max=_MOST, message=_TOO_LONG)],
    )
    passphrase = PasswordField(
        _("Your passphrase"),
        [InputRequired(_("Write your passphrase.")), Length(max=_MOST, message=_TOO_LONG)],
    )


class ProofForm(PassportForm):
    """The passphrase once more, of somebody who is signed in."""

    passphrase = PasswordField(
        _("Your passphrase"),
        [InputRequired(_("Write your passphrase.")), Length(max=_MOST, message=_TOO_LONG)],
    )


class RecoverForm(NewPassphraseForm):
    """Back in with the recovery code, to a new passphrase."""

    asks_for_name = False
    code = TextAreaField(
        _("Your recovery code"),
        [InputRequired(_("Write your recovery code.")), Length(max=_MOST, message=_TOO_LONG)],
        description=_(
            "Eight groups of five letters or numbers. Big or small letters do not matter."
        ),
    )
    passphrase = PasswordField(
        _("Choose a new passphrase"),
        [InputRequired(_("Write a new passphrase.")), Length(max=_MOST, message=_TOO_LONG)],
        description=_("Use at least 12 letters. Spaces are fine."),
    )
    name = StringField(
        _("Your sign-in name, if you know it"),
        [Length(max=_MOST, message=_TOO_LONG)],
        description=_(
            "It is on the paper with your code. We find older codes only together with it."
        ),
    )

    def validate_passphrase(self, field: Field) -> None:
        """Ask the rules, so that all that is wrong is said at once."""
        _obey(lambda: check_passphrase(field.data or "", self.name.data or ""))


class NewCardForm(PassportForm):
    """A new card."""

    name = StringField(
        _("What do you call this card?"),
        [Length(max=LONGEST_NAME, message=_TOO_LONG)],
        description=_(
            "Such as where you keep it: My purse. Only you see it. You can leave it out."
        ),
    )
    pin = StringField(
        _("Choose a PIN"),
        [InputRequired(_("Write a PIN."))],
        description=_(
            "4 to 8 digits that you will remember. Do not use the PIN of your bank card, a "
            "birthday or a year."
        ),
    )

    def validate_pin(self, field: Field) -> None:
        """Ask the rules, so that all that is wrong is said at once."""
        _obey(lambda: check_pin(field.data or ""))


class CardForm(PassportForm):
    """Back in with a card and its PIN."""

    code = TextAreaField(
        _("The code on your card"),
        [
            InputRequired(_("Scan your card, or write its code.")),
            Length(max=_MOST, message=_TOO_LONG),
        ],
        description=_(
            "Scan the square code with your phone, and this is filled in. Or write the 13 groups."
        ),
    )
    pin = PasswordField(_("Your PIN"), [InputRequired(_("Write your PIN."))])


class CardProofForm(CardForm):
    """A card and its PIN, of somebody who is signed in."""

    code = TextAreaField(
        _("The code on your card"),
        [InputRequired(_("Write the code on your card.")), Length(max=_MOST, message=_TOO_LONG)],
        description=_("Write the 13 groups. Big or small letters do not matter."),
    )


class ChangePassphraseForm(NewPassphraseForm):
    """A new passphrase for somebody who is signed in."""

    instead_of = HiddenField(default="")
    passphrase = PasswordField(
        _("Your new passphrase"),
        [InputRequired(_("Write a passphrase.")), Length(max=_MOST, message=_TOO_LONG)],
        description=_("Use at least 12 letters. Spaces are fine."),
    )


class NameForm(PassportForm):
    """What a way in is called."""

    name = StringField(
        _("Name"),
        [Length(max=LONGEST_NAME, message=_TOO_LONG)],
        description=_("Such as where you keep it. Nobody else sees it."),
    )


class InsteadForm(PassportForm):
    """A button that makes something new instead of what was there when the page was opened."""

    instead_of = HiddenField(default="")
