"""The form for a section: made from the questions that the catalogue asks."""

import secrets
from dataclasses import replace
from typing import Any

from flask import abort
from flask_babel import gettext, lazy_gettext
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
from passport.story.section_rules import in_two_languages
from passport.web.forms.passport_form import PassportForm
from passport.web.forms.story_fields import LONG, SHORT, DayField, LinesField, PersonForm
from passport.web.languages import LANGUAGES
from passport.web.page_language import language as page_language

ADD_PERSON = "add-person"
ONLY = "only"


class SectionForm(PassportForm):
    """What every section's form has. `section_form` adds its questions."""

    kind: SectionType
    title = StringField(
        lazy_gettext("Title"), [SHORT], description=lazy_gettext("For example: My dog.")
    )
    sensitive = BooleanField(
        lazy_gettext("This part is sensitive"),
        description=lazy_gettext(
            "A sensitive part stays out of every share, unless you tick it for that one share."
        ),
    )
    language = SelectField(lazy_gettext("Language of this part"), choices=LANGUAGES, default="en")
    based_on = HiddenField(default="0")
    # Which open form this is, so that copies kept of two of them stay apart.
    draft_form = HiddenField(default=lambda: secrets.token_hex(8))

    def question(self, part: Part) -> Field:
        """The field that asks this part's question."""
        return self[_name(part)]

    def draft(self, key: str) -> SectionDraft:
        """What was typed."""
        content = {part.key: self.question(part).data for part in self.kind.parts}
        title = self.title.data or "" if "title" in self else ""
        return SectionDraft(
            key, content, title, self.sensitive.data, self.language.data, form=self.form_mark
        )

    @property
    def form_mark(self) -> str:
        """Which open form this is."""
        return (self.draft_form.data or "")[:32]

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


class QuestionForm(SectionForm):
    """One question of a section alone; the answers to its others stay as they are."""

    title = sensitive = None
    only = HiddenField()

    def draft(self, key: str) -> SectionDraft:
        """What was typed."""
        (part,) = self.kind.parts
        answer = {part.key: self.question(part).data}
        return SectionDraft(key, answer, language=self.language.data, form=self.form_mark)


class OtherLanguageForm(SectionForm):
    """The questions of a section once more, to be answered in a second language."""

    title = sensitive = None

    def draft(self, key: str) -> SectionDraft:
        """What was typed, as the section's other language."""
        answers = {part.key: self.question(part).data for part in self.kind.parts}
        language = self.language.data
        return SectionDraft(
            key, {}, other_language=language, other_content=answers, form=self.form_mark
        )


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
    only = next((part for part in kind.parts if part.key == dict(kept or ()).get(ONLY)), None)
    saved = _saved(section) if section else None
    form = _form_of(SectionForm, kind, saved, kept=None if only else kept)
    if only:
        # Kept of that question alone: the other answers are what is saved.
        form.question(only).process(MultiDict(kept), form.question(only).data)
        form.based_on.data = dict(kept or ()).get("based_on", "0")
        form.draft_form.data = dict(kept or ()).get("draft_form", "")
    if kind is not OWN_SECTION:
        del form.title
    return form


def question_form(
    kind: SectionType,
    part: Part,
    section: Section | None,
    kept: list[tuple[str, str]] | None = None,
    language: str = "en",
) -> QuestionForm:
    """The form for one question of a section; `language` is for a section that is not there yet."""
    saved = _saved(section) if section else {"language": language}
    alone = replace(kind, parts=(part,))
    form: QuestionForm = _form_of(QuestionForm, alone, saved | {ONLY: part.key}, kept)
    form.only.data = part.key
    return form


def other_language_form(
    kind: SectionType, section: Section, kept: list[tuple[str, str]] | None = None
) -> OtherLanguageForm:
    """The form for the same section in a second language."""
    alone = replace(kind, parts=in_two_languages(kind))
    answers = {_name(part): section.other_content.get(part.key) for part in alone.parts}
    # The language that she reads our pages in is the likeliest.
    likely = [page_language(), "en", *(choice.value for choice in LANGUAGES)]
    other = section.other_language or next(one for one in likely if one != section.language)
    saved = answers | {"language": other, "based_on": str(section.version)}
    form: OtherLanguageForm = _form_of(OtherLanguageForm, alone, saved, kept)
    form.language.label.text = lazy_gettext("The other language")
    return form


def _form_of(
    form_class: type[Any],
    kind: SectionType,
    saved: dict[str, Any] | None,
    kept: list[tuple[str, str]] | None,
) -> Any:
    questions = {_name(part): _field(part) for part in kind.parts}
    made = type("Catalogued" + form_class.__name__, (form_class,), {**questions, "kind": kind})
    formdata = {} if kept is None else {"formdata": MultiDict(kept)}
    form = made(data=saved, **formdata)
    language = (saved or {}).get("language")
    if language and language not in {choice.value for choice in LANGUAGES}:
        # Written elsewhere, in a language that is not on our list: it stays that language.
        form.language.choices = [*form.language.choices, SelectChoice(language)]
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
    label, hint = gettext(part.label), gettext(part.hint) if part.hint else ""
    if part.kind == "text":
        return TextAreaField(label, [LONG], description=hint)
    if part.kind == "lines":
        return LinesField(label, [LONG], description=hint)
    if part.kind == "people":
        return _PeopleField(FormField(PersonForm), label, min_entries=1)
    if part.kind == "date":
        return DayField(label, description=hint or lazy_gettext("For example 27 3 1962."))
    if part.kind == "choices":
        choices = [SelectChoice(choice.key, gettext(choice.label)) for choice in part.choices]
        return SelectMultipleField(label, choices=choices, description=hint)
    return StringField(label, [SHORT], description=hint)
