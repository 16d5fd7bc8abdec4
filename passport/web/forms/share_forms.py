"""Forms for sharing."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, ValidationError

from passport.sharing.share import ShareTerms
from passport.story.catalogue import FIRST_SCREEN
from passport.story.section import Section
from passport.story.text_rules import clean_line
from passport.web.fact_names import FACT_NAMES
from passport.web.forms.passport_form import PassportForm
from passport.web.forms.story_fields import SHORT

SOMEONE = "someone"
_NOT_BOTH = "Choose the organisation or write who else it is for, not both."
_NO_PASSCODE_NEEDED = (
    "This is only for someone else. What you give to an organisation needs no passcode, because "
    "only they can open it."
)
DURATIONS = (
    SelectChoice("visit", "A visit (2 days)"),
    SelectChoice("month", "30 days"),
    SelectChoice("year", "A year"),
    SelectChoice("until-stopped", "Until I stop it"),
)


class PartsField(SelectMultipleField):
    """Things to tick, some of which may have gone while the page was open."""

    def pre_validate(self, form: Any) -> None:
        """Raises ValidationError if one of what was ticked can't be shared from here any more."""
        offered = {choice.value for choice in self.choices}
        if not set(self.data or ()) <= offered:
            raise ValidationError(
                "You changed your story after you opened this page. Check what is ticked."
            )


class ShareForm(PassportForm):
    """What to share, with whom, for how long."""

    reader_order: Sequence[str] = ()
    once = HiddenField(default=lambda: uuid4().hex)
    to = RadioField("Who is it for?", validate_choice=False, default=SOMEONE)
    recipient = StringField(
        "Who is it for?",
        [SHORT],
        description="Write it so that you will know it again, such as Ward 7, or my dentist.",
    )
    sections = PartsField("Which parts can they read?")
    sensitive = PartsField(
        "Sensitive parts",
        description="You marked these as sensitive. Tick them only if these people need them.",
    )
    identity = PartsField(
        "Which facts about you can they read?",
        description="If you tick none of these, nothing in this share says who you are.",
    )
    duration = RadioField(
        "How long can they read it?",
        [InputRequired("Choose how long they can read it.")],
        choices=DURATIONS,
        default="visit",
    )
    passcode = RadioField(
        "Do they need a passcode?",
        choices=[SelectChoice("yes", "Yes"), SelectChoice("no", "No")],
        default="yes",
        description=(
            "We make a number for you to tell them. Someone who only finds the QR code then "
            "cannot read your story."
        ),
    )
    is_direct = BooleanField(
        "Make a one-file link",
        description=(
            "Some computer programs can only read this kind. It has no passcode: whoever has the "
            "link can read what is in it."
        ),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Check the choices that depend on each other too."""
        valid = super().validate(extra_validators)
        if not self.organisation_id and not clean_line(self.recipient.data or ""):
            self.recipient.errors = [*self.recipient.errors, "Say who it is for."]
        if self.organisation_id and clean_line(self.recipient.data or ""):
            self.recipient.errors = [*self.recipient.errors, _NOT_BOTH]
        if not (self.sections.data or self.sensitive.data or self.identity.data):
            self.sections.errors = ["Tick at least one part of your story, or one fact."]
        if self.is_direct.data and self.passcode.data == "yes" and not self.organisation_id:
            self.passcode.errors = [
                "A one-file link can't have a passcode. Choose No, or untick the one-file link."
            ]
        return valid and not self.errors

    @property
    def organisation_id(self) -> str:
        """The registered organisation that it is for; empty for anyone else."""
        to = self.to.data or SOMEONE
        return "" if to == SOMEONE or not self.to.choices else to

    @property
    def terms(self) -> ShareTerms:
        """What was chosen."""
        chosen = {*self.sections.data, *self.sensitive.data}
        return ShareTerms(
            recipient=self.recipient.data or "",
            sections=tuple(key for key in self.reader_order if key in chosen),
            identity=tuple(self.identity.data),
            sensitive=tuple(self.sensitive.data),
            duration=self.duration.data,
            with_passcode=self.passcode.data == "yes" and not self.organisation_id,
            is_direct=self.is_direct.data,
        )


class ExtendForm(PassportForm):
    """More time for a share."""

    duration = RadioField(
        "From today, how long can they read it?",
        [InputRequired("Choose how long they can read it.")],
        choices=DURATIONS,
    )


def share_form(story: Sequence[Section], organisations: Sequence[tuple[str, str]]) -> ShareForm:
    """The form for sharing this story; `organisations` are pairs of id and name."""
    form = ShareForm()
    sections = sorted((s for s in story if not s.is_identity and not s.is_empty), key=_place)
    form.reader_order = [section.key for section in sections]
    form.sections.choices = [_choice(s) for s in sections if not s.sensitive]
    form.sensitive.choices = [_choice(s) for s in sections if s.sensitive]
    facts = next((s.content for s in story if s.is_identity), {})
    form.identity.choices = [
        SelectChoice(key, name) for key, name in FACT_NAMES.items() if facts.get(key)
    ]
    form.to.choices = [SelectChoice(key, name) for key, name in organisations]
    if form.to.choices:
        form.to.choices.append(SelectChoice(SOMEONE, "Someone else, by QR code or link"))
        form.recipient.label.text = "If it is someone else, who?"
        form.passcode.description = f"{form.passcode.description} {_NO_PASSCODE_NEEDED}"
    return form


def _choice(section: Section) -> SelectChoice:
    return SelectChoice(section.key, section.title)


def _place(section: Section) -> int:
    # The order in which readers see it; the sort keeps the catalogue's order for the rest.
    return FIRST_SCREEN.index(section.key) if section.key in FIRST_SCREEN else len(FIRST_SCREEN)
