"""Forms for telling a little at a time."""

from flask_babel import lazy_gettext
from wtforms import RadioField, SelectChoice
from wtforms.validators import InputRequired

from passport.web.forms.passport_form import PassportForm

LOW = "low"


class HowForm(PassportForm):
    """How today is, in one choice."""

    CHOICES = (
        ("good", lazy_gettext("A good day")),
        ("so-so", lazy_gettext("So-so")),
        (LOW, lazy_gettext("A low day")),
    )
    how = RadioField(
        lazy_gettext("How is today?"),
        [InputRequired(lazy_gettext("Choose how today is."))],
        choices=[SelectChoice(*choice) for choice in CHOICES],
    )


class CantForm(PassportForm):
    """Which share says that today is a low day."""

    share = RadioField(
        lazy_gettext("Who should read your passport today?"),
        [InputRequired(lazy_gettext("Choose who should read your passport."))],
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
