"""Forms that a device with passkeys answers. Its answer is put in by the page's script."""

from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from passport.accounts.passkey_answers import PasskeyAnswer
from passport.accounts.ways_in import LONGEST_NAME
from passport.web.forms.passport_form import PassportForm

NOT_ASKED_YET = (
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
        "What do you call this device?",
        [
            InputRequired("Write a name, such as my phone."),
            Length(max=LONGEST_NAME, message=f"Use no more than {LONGEST_NAME} letters."),
        ],
        description="Such as “my phone”. Your device shows this name too.",
    )
