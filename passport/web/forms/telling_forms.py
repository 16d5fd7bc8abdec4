"""Forms for telling a little at a time."""

from flask_babel import lazy_gettext
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from passport.web.forms.passport_form import PassportForm

LOW = "low"


class HowForm(PassportForm):
    """How today is, in one choice."""

    how = RadioField(
        lazy_gettext("How is today?"),
        [InputRequired(lazy_gettext("Choose how today is."))],
        choices=[
            SelectChoice("good", lazy_gettext("A good day")),
            SelectChoice("so-so", lazy_gettext("So-so")),
            SelectChoice(LOW, lazy_gettext("A low day")),
        ],
    )


class RhythmForm(PassportForm):
    """How often she wants to be asked whether her story is still true."""

    months = RadioField(
        lazy_gettext("How often shall we ask?"),
        [InputRequired(lazy_gettext("Choose how often we shall ask."))],
        choices=[
            SelectChoice("3", lazy_gettext("Every 3 months")),
            SelectChoice("6", lazy_gettext("Every 6 months")),
            SelectChoice("12", lazy_gettext("Every 12 months")),
            SelectChoice("0", lazy_gettext("Never")),
        ],
    )
