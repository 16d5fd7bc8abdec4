"""What the owner wants to see of the record: sent in the address, so that it can be kept."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateField, Form, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from passport.activity.acts import GROUPS
from passport.activity.read import Filter
from passport.web.words import UK
from passport.words_to_translate import N_

_NO_DAY = _("Type a day like 2026-03-27, or leave it empty.")
_ABOUT: dict[str, str] = {"": N_("Everything")} | dict(GROUPS.items())
_WHO = {
    "": N_("Anyone"),
    "me": N_("Me"),
    "supporter": N_("A supporter"),
    "service": N_("Someone else"),
}


def _choices(words: Mapping[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, _(label)) for value, label in words.items()]


class _Day(DateField):
    """A day, or nothing."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """The day that was typed; one that is none is said so beside the field."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_NO_DAY) from None


class ActivityForm(Form):
    """Which lines: about what, by whom, and from when to when."""

    about = SelectField(_("About"), choices=_choices(_ABOUT), default="")
    who = SelectField(_("Done by"), choices=_choices(_WHO), default="")
    since = _Day(_("From this day"), validators=[Optional()])
    until = _Day(_("Up to this day"), validators=[Optional()])

    @property
    def wanted(self) -> Filter:
        """The filter that these answers make."""
        values: dict[str, Any] = {"group": self.about.data or None, "who": self.who.data or None}
        return Filter(**values, since=self.since.data, until=self.until.data, zone=UK)
