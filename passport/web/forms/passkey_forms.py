"""Forms that a device with passkeys answers. Its answer is put in by the page's script."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from passport.accounts.passkey_answers import PasskeyAnswer
from passport.accounts.ways_in import LONGEST_NAME
from passport.web.forms.passport_form import PassportForm

NOT_ASKED_YET = _(
    "Your device has not been asked yet. Press the button again. Passkeys need a browser that "
    "runs scripts."
)


class PasskeyForm(PassportForm):
    """A passkey's answer."""

    credential = HiddenField()
    prf = HiddenField()

    @property
    def answer(self) -> PasskeyAnswer | None:
        """What the device answered; None, with the reason, if it was not asked."""
        if not self.credential.data:
            self.add_problem(NOT_ASKED_YET)
            return None
        return PasskeyAnswer(self.credential.data, self.prf.data or "")


class NewPasskeyForm(PasskeyForm):
    """A new passkey, with the name that its owner gives it."""

    name = StringField(
        _("What do you call this device?"),
        [
            InputRequired(_("Write a name, such as my phone.")),
            Length(max=LONGEST_NAME, message=_("Use no more than %(max)d letters.")),
        ],
        description=_("Such as “my phone”. Your device shows this name too."),
    )
