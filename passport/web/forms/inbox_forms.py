"""Forms of the inbox."""

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField, SelectChoice, TextAreaField
from wtforms.validators import InputRequired, Length

from passport.sharing.thanks import LONGEST_THANKS
from passport.web.forms.passport_form import PassportForm


class ThanksForm(PassportForm):
    """A thank-you for whoever answered."""

    words = TextAreaField(
        _("Your thank-you"),
        [
            InputRequired(_("Write your thank-you.")),
            Length(max=LONGEST_THANKS, message=_("Write no more than 500 letters.")),
        ],
        description=_("They see it when they open this share again on the same phone."),
    )


class ToldAgainForm(PassportForm):
    """The one question after a reading."""

    share_id = HiddenField()
    day = HiddenField()
    answer = RadioField(
        _("Did they still ask you to tell your story again?"),
        [InputRequired(_("Choose one of the answers."))],
        choices=[
            SelectChoice("no", _("No")),
            SelectChoice("a-little", _("A little")),
            SelectChoice("yes", _("Yes")),
            SelectChoice("rather-not-say", _("I’d rather not say")),
        ],
    )


class OpeningsSeenForm(PassportForm):
    """She has seen that her emergency card was opened, up to a moment."""

    until = HiddenField()
