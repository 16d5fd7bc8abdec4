"""Forms of the inbox."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length

from passport.sharing.thanks import LONGEST_THANKS
from passport.web.forms.passport_form import PassportForm


class ThanksForm(PassportForm):
    """A thank-you for whoever answered."""

    words = TextAreaField(
        _l("Your thank-you"),
        [
            InputRequired(_l("Write your thank-you.")),
            Length(max=LONGEST_THANKS, message=_l("Write no more than 500 letters.")),
        ],
        description=_l("They see it when they open this share again on the same phone."),
    )


class ToldAgainForm(PassportForm):
    """The one question after a reading."""

    share_id = HiddenField()
    day = HiddenField()
    answer = RadioField(
        _l("Did they still ask you to tell your story again?"),
        [InputRequired(_l("Choose one of the answers."))],
        choices=[
            SelectChoice("no", _l("No")),
            SelectChoice("a-little", _l("A little")),
            SelectChoice("yes", _l("Yes")),
            SelectChoice("rather-not-say", _l("I’d rather not say")),
        ],
    )


class OpeningsSeenForm(PassportForm):
    """She has seen that her emergency card was opened, up to a moment."""

    until = HiddenField()
