"""Forms for sharing: one for each small step, and one for the look before it is done."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, ValidationError

from passport import clock
from passport.sharing.errors import NotAllowed
from passport.sharing.share import expiry
from passport.story.text_rules import clean_line
from passport.web.error_words import error_words
from passport.web.forms.passport_form import PassportForm
from passport.web.forms.story_fields import SHORT, DayField, DayForm

SOMEONE = "someone"
OTHER_TEAM = "other"
DURATIONS = (
    SelectChoice("visit", lazy_gettext("A visit (2 days)")),
    SelectChoice("month", lazy_gettext("30 days")),
    SelectChoice("year", lazy_gettext("A year")),
    SelectChoice("day", lazy_gettext("Until a day that I choose")),
    SelectChoice("until-stopped", lazy_gettext("Until I stop it")),
)


class PartsField(SelectMultipleField):
    """Things to tick, some of which may have gone while the page was open."""

    def pre_validate(self, form: Any) -> None:
        """Raises ValidationError if one of what was ticked can't be shared from here any more."""
        offered = {choice.value for choice in self.choices}
        if not set(self.data or ()) <= offered:
            raise ValidationError(
                _("You changed your story after you opened this page. Check what is ticked.")
            )


class WhoForm(PassportForm):
    """Whom a share is for."""

    to = RadioField(lazy_gettext("Who is it for?"), validate_choice=False, default=SOMEONE)
    recipient = StringField(
        lazy_gettext("Name of the team or person"),
        [SHORT],
        description=lazy_gettext(
            "Write it so that you will know it again, such as Ward 7, or my dentist."
        ),
    )
    kind = RadioField(
        lazy_gettext("What kind of team is it?"),
        default=OTHER_TEAM,
        description=lazy_gettext(
            "On the next page we show which parts they often need. You choose."
        ),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the choices that depend on each other too."""
        valid = super().validate(extra_validators)
        someone = clean_line(self.recipient.data or "")
        if self.organisation_id and someone:
            said = _("Choose the organisation or write who else it is for, not both.")
            self.recipient.errors = [*self.recipient.errors, said]
        elif not self.organisation_id and not someone:
            self.recipient.errors = [*self.recipient.errors, _("Say who it is for.")]
        if self.organisation_id and self.organisation_id not in dict(self.organisations):
            self.to.errors = [_("That organisation is not on the list any more.")]
        return valid and not self.errors

    @property
    def organisations(self) -> list[tuple[str, str]]:
        """Those in the list: id and name."""
        return [(choice.value, choice.label) for choice in self.to.choices or ()]

    @property
    def organisation_id(self) -> str:
        """The registered organisation that it is for; empty for anyone else."""
        to = self.to.data or SOMEONE
        return "" if to == SOMEONE or not self.to.choices else to


class WhatForm(PassportForm):
    """What is in a share."""

    sections = PartsField(lazy_gettext("Which parts can they read?"))
    sensitive = PartsField(
        lazy_gettext("Sensitive parts"),
        description=lazy_gettext(
            "You marked these as sensitive. Tick them only if this team needs them."
        ),
    )
    identity = PartsField(
        lazy_gettext("Which facts about you can they read?"),
        description=lazy_gettext(
            "If you tick none of these, nothing in this share says who you are."
        ),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Something must be ticked."""
        valid = super().validate(extra_validators)
        if not (self.sections.data or self.sensitive.data or self.identity.data):
            nothing = _("Tick at least one part of your story, or one fact.")
            first = next((f for f in self.parts if f.choices), self.sections)
            first.errors = [nothing]
        return valid and not self.errors

    @property
    def parts(self) -> tuple[PartsField, ...]:
        """The three sets of things to tick."""
        return (self.sections, self.sensitive, self.identity)


class _LastDayForm(DayForm):
    def check(self, text: str) -> None:
        """Nothing here: what is wrong with it matters only if a day was chosen."""


class _UntilForm(PassportForm):
    duration = RadioField(
        lazy_gettext("How long can they read it?"),
        [InputRequired(lazy_gettext("Choose how long they can read it."))],
        choices=DURATIONS,
    )
    last_day = DayField(
        lazy_gettext("If you chose a day, which is the last one?"),
        _LastDayForm,
        description=lazy_gettext("For example 27 3 2027."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """The day, where one was chosen, must be one that is still to come."""
        valid = super().validate(extra_validators)
        if self.duration.data == "day":
            try:
                expiry("day", clock.epoch(), self.last_day.data)
            except NotAllowed as error:
                self.last_day.form.day.errors = [error_words(error)]
        return valid and not self.errors

    @property
    def chosen_day(self) -> str:
        """The last day in ISO 8601, if one was chosen."""
        return self.last_day.data if self.duration.data == "day" else ""


class HowLongForm(_UntilForm):
    """How long a share lasts."""


class ExtendForm(_UntilForm):
    """More time for a share, or less."""


class PasscodeForm(PassportForm):
    """How a share is guarded, and what its readers may do with it."""

    for_organisation = False
    passcode = RadioField(
        lazy_gettext("Do they need a passcode?"),
        choices=[SelectChoice("yes", lazy_gettext("Yes")), SelectChoice("no", lazy_gettext("No"))],
        default="yes",
        description=lazy_gettext(
            "We make a number for you to tell them. Someone who only finds the QR code then "
            "cannot read your story."
        ),
    )
    may_hand_over = BooleanField(
        lazy_gettext("They may hand it over to a colleague of the same team"),
        description=lazy_gettext("You see it here when they do."),
    )
    is_direct = BooleanField(
        lazy_gettext("Make a one-file link"),
        description=lazy_gettext(
            "Some computer programs can only read this kind. It has no passcode: whoever has the "
            "link can read what is in it."
        ),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """A file that opens by itself can't ask for a passcode."""
        if self.for_organisation:
            self.passcode.validate_choice = False
        valid = super().validate(extra_validators)
        if self.is_direct.data and self.with_passcode:
            self.passcode.errors = [
                _("A one-file link can't have a passcode. Choose No, or untick the one-file link.")
            ]
        return valid and not self.errors

    @property
    def with_passcode(self) -> bool:
        """Whether readers need one. What an organisation gets only they can open anyway."""
        return self.passcode.data == "yes" and not self.for_organisation


class CheckForm(PassportForm):
    """The last look: `seen` marks what was on the page when it was pressed."""

    seen = HiddenField()
    again = PartsField(
        lazy_gettext("These parts are sensitive. Do they really need them?"),
        description=lazy_gettext("Tick each one again to share it. Or go back and take it out."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Each sensitive part needs its second tick."""
        valid = super().validate(extra_validators)
        if not self.again.errors and len(self.again.data or ()) < len(self.again.choices):
            self.again.errors = [_("Tick each sensitive part again. Or go back and take it out.")]
        return valid and not self.errors
