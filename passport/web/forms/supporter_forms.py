"""Forms for supporters: what they may do, and saying yes to it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from wtforms import (
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length

from passport import clock
from passport.accounts.supporter_terms import MOST_LETTERS, PERMISSIONS, SupporterTerms
from passport.story.catalogue import CATALOGUE, IDENTITY
from passport.story.section import Section
from passport.story.text_rules import clean_line
from passport.web.forms.passport_form import PassportForm

EVERYTHING, CHOSEN = "everything", "chosen"
_UK = ZoneInfo("Europe/London")
_TOO_LONG = _("Use no more than %(max)d letters.")
_NAME = [
    InputRequired(_("Write a name.")),
    Length(max=MOST_LETTERS, message=_TOO_LONG),
]


class SupporterForm(PassportForm):
    """What a supporter may do, with which parts, until when."""

    name = StringField(
        _("What do you call them?"), _NAME, description=_("For example Sam, or my daughter Ada.")
    )
    owner_name = StringField(
        _("What do they call you?"),
        _NAME,
        description=_("They see this name when you invite them, and when they help you."),
    )
    how = RadioField(
        _("How much may they do?"),
        [InputRequired(_("Choose how much they may do."))],
        choices=[
            SelectChoice(EVERYTHING, _("Everything for me")),
            SelectChoice(CHOSEN, _("Only what I choose")),
        ],
    )
    permissions = SelectMultipleField(
        _("If you choose: what may they do?"),
        choices=[
            SelectChoice("read", _("Read what is written")),
            SelectChoice("write", _("Write and change it")),
            SelectChoice("share", _("Share it with others")),
        ],
    )
    which = RadioField(
        _("If you choose: with which parts?"),
        choices=[
            SelectChoice("all", _("All parts, also new ones")),
            SelectChoice(CHOSEN, _("Only the parts that I tick")),
        ],
        default="all",
    )
    sections = SelectMultipleField(_("If you tick parts: which?"))
    ends = RadioField(
        _("Until when?"),
        choices=[
            SelectChoice("never", _("Until I end it")),
            SelectChoice("day", _("Until the end of a day")),
        ],
        default="never",
    )
    last_day = StringField(
        _("If it is a day: the last day"),
        description=_("Write it like 27 3 2027: day, month, year."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the choices that depend on each other too."""
        valid = super().validate(extra_validators)
        if self.how.data == CHOSEN:
            if not self.permissions.data:
                self.permissions.errors = [_("Tick at least one thing that they may do.")]
            if self.which.data == CHOSEN and not self.sections.data:
                self.sections.errors = [_("Tick at least one part of your story.")]
        if self.ends.data == "day" and self._until() is None:
            self.last_day.errors = [_("Write a day to come, like 27 3 2027.")]
        for field in (self.name, self.owner_name):
            if not field.errors and clean_line(field.data or "").casefold() in ("", "self"):
                field.errors = [_("Write a name.")]
        return valid and not self.errors

    @property
    def terms(self) -> SupporterTerms:
        """What was chosen."""
        is_everything = self.how.data == EVERYTHING
        is_all = is_everything or self.which.data == "all"
        permissions = PERMISSIONS if is_everything else self.permissions.data
        return SupporterTerms(
            name=clean_line(self.name.data or ""),
            owner_name=clean_line(self.owner_name.data or ""),
            permissions=frozenset(permissions),
            sections=None if is_all else frozenset(self.sections.data),
            until=self._until() if self.ends.data == "day" else None,
        )

    def _until(self) -> int | None:
        """The end of the last day in the UK, in epoch seconds; None if that is no day to come."""
        parts = (self.last_day.data or "").replace("/", " ").replace(".", " ").split()
        try:
            day, month, year = (int(part) for part in parts)
            last = date(year, month, day)
            end = datetime.combine(last + timedelta(days=1), datetime.min.time(), _UK)
            seconds = int(end.timestamp())
        except (ValueError, OverflowError):
            return None
        return seconds if seconds > clock.epoch() else None


class AcceptForm(PassportForm):
    """Yes to an invitation."""

    code = TextAreaField(_("Your invitation code"))
    called = StringField(
        _("Your name"),
        _NAME,
        description=_("They see it beside the name that they gave you."),
    )


class CodeForm(PassportForm):
    """The code of an invitation."""

    code = TextAreaField(
        _("Your invitation code"),
        [InputRequired(_("Write your invitation code.")), Length(max=256, message=_TOO_LONG)],
        description=_(
            "Eight groups of five letters or numbers. Big or small letters do not matter."
        ),
    )


def supporter_form(
    story: Sequence[Section], terms: SupporterTerms | None = None, owner_name: str = ""
) -> SupporterForm:
    """The form, with every part that there is or can be; holding `terms` if there are some."""
    values = _saved(terms) if terms else {"owner_name": owner_name}
    form = SupporterForm(data=values)
    own = [SelectChoice(s.key, s.title) for s in story if s.key.startswith("own-")]
    catalogued = [SelectChoice(kind.key, _(kind.title)) for kind in (IDENTITY, *CATALOGUE)]
    form.sections.choices = catalogued + own
    return form


def _saved(terms: SupporterTerms) -> dict[str, Any]:
    is_everything = terms.permissions == frozenset(PERMISSIONS) and terms.sections is None
    last = "" if terms.until is None else _last_day(terms.until)
    return {
        "name": terms.name,
        "owner_name": terms.owner_name,
        "how": EVERYTHING if is_everything else CHOSEN,
        "permissions": sorted(terms.permissions),
        "which": "all" if terms.sections is None else CHOSEN,
        "sections": sorted(terms.sections or ()),
        "ends": "day" if last else "never",
        "last_day": last,
    }


def _last_day(until: int) -> str:
    day = datetime.fromtimestamp(until - 1, UTC).astimezone(_UK)
    return f"{day.day} {day.month} {day.year}"
