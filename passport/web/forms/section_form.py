"""The form for a section: made from the questions that the catalogue asks."""

from typing import Any

from flask import abort
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from passport.story.catalogue import OWN_SECTION, Part, SectionType
from passport.story.section import Section, SectionDraft
from passport.web.forms.passport_form import PassportForm
from passport.web.forms.story_fields import LONG, SHORT, DayField, LinesField, PersonForm
from passport.web.languages import LANGUAGES

ADD_PERSON = "add-person"


class SectionForm(PassportForm):
    """What every section's form has. `section_form` adds its questions."""

    kind: SectionType
    title = StringField("Title", [SHORT], description="For example: My dog.")
    sensitive = BooleanField(
        "This part is sensitive",
        description=(
            "A sensitive part stays out of every share, unless you tick it for that one share."
        ),
    )
    language = SelectField("Language of this part", choices=LANGUAGES, default="en")
    based_on = HiddenField(default="0")

    def question(self, part: Part) -> Field:
        """The field that asks this part's question."""
        return self[_name(part)]

    def draft(self, key: str) -> SectionDraft:
        """What was typed."""
        content = {part.key: self.question(part).data for part in self.kind.parts}
        title = self.title.data or "" if "title" in self else ""
        return SectionDraft(key, content, title, self.sensitive.data, self.language.data)

    @property
    def base_version(self) -> int:
        """The version that the resident was looking at; 0 if none."""
        text = self.based_on.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else 0

    @property
    def longest(self) -> Field:
        """The question with the longest answer, where "too long" is best said."""
        fields = [self.question(part) for part in self.kind.parts]
        return max(fields, key=lambda field: len(str(field.data)))

    def with_another_person(self) -> bool:
        """Add an empty person to the form if that button was pressed. Saves nothing."""
        people = [self.question(part) for part in self.kind.parts if part.kind == "people"]
        pressed = any(ADD_PERSON in field.raw_add for field in people)
        for field in people:
            if pressed:
                field.append_entry()
        return pressed


class _PeopleField(FieldList):
    """People, each with a few facts; one empty person to begin with."""

    raw_add: frozenset[str] = frozenset()

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Notice the button for one more."""
        self.raw_add = frozenset(formdata or ()) & {ADD_PERSON}
        try:
            super().process(formdata, data or (), extra_filters)
        except ValueError:
            # A person's number in a field's name that is a digit but no number, such as ².
            abort(400)


def section_form(
    kind: SectionType, section: Section | None = None, kept: list[tuple[str, str]] | None = None
) -> SectionForm:
    """The form for a section of this kind, holding what is saved or what was just typed.

    `kept` are fields that were typed earlier and not saved, to be shown instead.
    """
    questions = {_name(part): _field(part) for part in kind.parts}
    form_class = type("CataloguedSectionForm", (SectionForm,), {**questions, "kind": kind})
    formdata = {} if kept is None else {"formdata": MultiDict(kept)}
    form: SectionForm = form_class(data=_saved(section) if section else None, **formdata)
    if kind is not OWN_SECTION:
        del form.title
    if section and section.language not in {choice.value for choice in LANGUAGES}:
        # Written elsewhere, in a language that is not on our list: it stays that language.
        form.language.choices = [*form.language.choices, SelectChoice(section.language)]
    return form


def _saved(section: Section) -> dict[str, Any]:
    answers = {_name(part): section.content.get(part.key) for part in section.parts.parts}
    return answers | {
        "title": section.title,
        "sensitive": section.sensitive,
        "language": section.language,
        "based_on": str(section.version),
    }


def _name(part: Part) -> str:
    return f"part-{part.key}"


def _field(part: Part) -> Field:
    if part.kind == "text":
        return TextAreaField(part.label, [LONG], description=part.hint)
    if part.kind == "lines":
        return LinesField(part.label, [LONG], description=part.hint)
    if part.kind == "people":
        return _PeopleField(FormField(PersonForm), part.label, min_entries=1)
    if part.kind == "date":
        return DayField(part.label, description=part.hint or "For example 27 3 1962.")
    if part.kind == "choices":
        choices = [SelectChoice(choice.key, choice.label) for choice in part.choices]
        return SelectMultipleField(part.label, choices=choices, description=part.hint)
    return StringField(part.label, [SHORT], description=part.hint)
