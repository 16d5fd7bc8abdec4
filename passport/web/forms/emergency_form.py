"""What stands on an emergency card."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import HiddenField, SelectChoice, StringField
from wtforms.validators import InputRequired

from passport.sharing.emergency import emergency_terms
from passport.sharing.share import ShareTerms
from passport.story.fact_names import FACT_NAMES
from passport.story.section import Section
from passport.web.forms.passport_form import PassportForm
from passport.web.forms.share_forms import PartsField
from passport.web.forms.story_fields import SHORT
from passport.web.section_words import title_words


class EmergencyForm(PassportForm):
    """Nothing is ticked beforehand: only what she chooses for this card is on it."""

    once = HiddenField(default=lambda: uuid4().hex)
    recipient = StringField(
        lazy_gettext("Where will the card be?"),
        [InputRequired(lazy_gettext("Say where the card will be.")), SHORT],
        description=lazy_gettext(
            "So that you know it again, such as my wallet, or the fridge door."
        ),
    )
    sections = PartsField(lazy_gettext("Which parts can everybody with the card read?"))
    sensitive = PartsField(
        lazy_gettext("Sensitive parts"),
        description=lazy_gettext("Tick one only if a stranger who helps you needs it."),
    )
    identity = PartsField(lazy_gettext("Which facts about you can they read?"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Check that there is something on it."""
        valid = super().validate(extra_validators)
        if not (self.sections.data or self.sensitive.data or self.identity.data):
            self.sections.errors = [_("Tick at least one part of your story, or one fact.")]
        return valid and not self.errors

    @property
    def terms(self) -> ShareTerms:
        """What was chosen, in the order of the story."""
        chosen = {*self.sections.data, *self.sensitive.data}
        offered = [*self.sections.choices, *self.sensitive.choices]
        return emergency_terms(
            recipient=self.recipient.data or "",
            sections=tuple(choice.value for choice in offered if choice.value in chosen),
            identity=tuple(self.identity.data),
            sensitive=tuple(self.sensitive.data),
        )


def emergency_form(story: Sequence[Section]) -> EmergencyForm:
    """The form for a card with parts of this story."""
    form = EmergencyForm()
    filled = [section for section in story if not section.is_identity and section.holds_something]
    form.sections.choices = [_choice(s) for s in filled if not s.sensitive]
    form.sensitive.choices = [_choice(s) for s in filled if s.sensitive]
    facts = next((s.content for s in story if s.is_identity), {})
    form.identity.choices = [
        SelectChoice(key, _(name)) for key, name in FACT_NAMES.items() if facts.get(key)
    ]
    return form


def _choice(section: Section) -> SelectChoice:
    return SelectChoice(section.key, title_words(section))
