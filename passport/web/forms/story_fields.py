"""Fields for the kinds of answers that a story has, beyond those that WTForms brings."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext, ngettext
from wtforms import Field, Form, FormField, StringField, TextAreaField
from wtforms.validators import ValidationError

from passport.story.errors import NotADate
from passport.story.section_rules import checked_birth_date
from passport.story.text_rules import LONGEST_LINE, LONGEST_SECTION, clean_text
from passport.web.error_words import error_words


class NotTooLong:
    """At most `most` letters, counted as the service keeps them."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, form: Form, field: Field) -> None:
        """Raises ValidationError, saying by how much it is too long."""
        extra = len(clean_text(field._value()).rstrip()) - self.most
        if extra > 0:
            raise ValidationError(
                ngettext(
                    "This is %(count)s letter too long. Make it shorter.",
                    "This is %(count)s letters too long. Make it shorter.",
                    extra,
                    count=f"{extra:,}",
                )
            )


SHORT = NotTooLong(LONGEST_LINE)
LONG = NotTooLong(LONGEST_SECTION)


class LinesField(TextAreaField):
    """One thing on each line. Its data is a list of lines."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Take the typed text apart."""
        self.data = re.split("\r\n|\r|\n", valuelist[0]) if valuelist else []

    def _value(self) -> str:
        return "\n".join(self.data or [])


class PersonForm(Form):
    """Somebody who is important to the resident."""

    name = StringField(lazy_gettext("Name"), [SHORT])
    relationship = StringField(
        lazy_gettext("What they are to you"),
        [SHORT],
        description=lazy_gettext("For example my daughter, or my neighbour."),
    )
    phone = StringField(lazy_gettext("Phone number"), [SHORT])
    when = StringField(
        lazy_gettext("When to call them"),
        [SHORT],
        description=lazy_gettext("For example at any time, or only in the daytime."),
    )


class DayForm(Form):
    """The three boxes of a date."""

    day = StringField(lazy_gettext("Day"))
    month = StringField(lazy_gettext("Month"))
    year = StringField(lazy_gettext("Year"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the three together, since no one of them is a date."""
        super().validate(extra_validators)
        text = self.to_iso()
        try:
            if text:
                self.check(text)
        except NotADate as error:
            self.day.errors = [error_words(error)]
        return not self.errors

    def check(self, text: str) -> None:
        """Raises NotADate unless this can be the day that is asked for."""
        checked_birth_date(text)

    def to_iso(self) -> str:
        """The date in ISO 8601, if it is one; empty if nothing was typed."""
        day, month, year = ((self[part].data or "").strip() for part in ("day", "month", "year"))
        return f"{year:0>4}-{month:0>2}-{day:0>2}" if day or month or year else ""


class DayField(FormField):
    """A date, typed as day, month and year. Its data is a text in ISO 8601."""

    def __init__(self, label: str, form_class: type[DayForm] = DayForm, **options: Any) -> None:
        super().__init__(form_class, label, **options)

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Take the saved date apart."""
        year, month, day = data.split("-") if isinstance(data, str) and data else ("", "", "")
        parts = {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}
        super().process(formdata, parts, extra_filters)

    @property
    def data(self) -> str:
        """The date in ISO 8601, or what was typed instead."""
        return self.form.to_iso()
