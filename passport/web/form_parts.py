"""WTForms fields as the parameters that nhsuk-frontend's form components take.

The macros in `templates/components/forms.html` call these; pages call the macros.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import Flask
from flask_babel import gettext
from markupsafe import Markup
from wtforms import Field, FieldList, Form, FormField, HiddenField
from wtforms.fields.choices import SelectFieldBase

Params = dict[str, Any]


def init_app(app: Flask) -> None:
    """Make the functions here known to templates, by their own names."""
    for function in (described, with_choices, problems):
        app.add_template_global(function)


def described(field: Field, label_size: str | None = None, heading: bool = False) -> Params:
    """What every kind of field has: its id, its name, its label, hint and error."""
    return {
        "id": field.id,
        "name": field.name,
        "label": {"text": str(field.label.text), "size": label_size, "isPageHeading": heading},
        "hint": {"text": str(field.description)} if field.description else None,
        "errorMessage": _first_error(field),
    }


def with_choices(
    field: SelectFieldBase,
    hints: Mapping[str, str],
    label_size: str | None = None,
    heading: bool = False,
) -> Params:
    """A set of radios or checkboxes; `hints` holds a hint for some of their values."""
    params = described(field, label_size, heading)
    legend = params.pop("label")
    return params | {
        # The first choice gets this very id, so that the error summary can link to it.
        "idPrefix": params.pop("id"),
        "fieldset": {"legend": legend},
        "items": [_item(choice, hints) for choice in field.iter_choices()],
    }


def problems(form: Form) -> list[Params]:
    """The lines of the error summary, each linking to its field, in the order of the page."""
    whole_form = [{"text": str(error), "href": "#maincontent"} for error in form.form_errors]
    return whole_form + list(_problems_in(form))


def _problems_in(fields: Iterable[Field]) -> Iterator[Params]:
    for field in fields:
        if isinstance(field, FormField):
            yield from _problems_in(field.form)
            continue
        if isinstance(field, FieldList):
            yield from _problems_in(field.entries)
        if error := _first_error(field):
            hidden = isinstance(field, HiddenField)
            yield error | {"href": "#maincontent" if hidden else f"#{field.id}"}


def _first_error(field: Field) -> Params | None:
    # A FieldList's errors are lists where the error is in one of its entries.
    own = [error for error in field.errors if not isinstance(error, list | tuple | dict)]
    return {"text": str(own[0]), "visuallyHiddenText": gettext("Error")} if own else None


def _item(choice: Any, hints: Mapping[str, str]) -> Params:
    value, label, selected, _ = choice
    hint = hints.get(value)
    item = {"value": value, "text": str(label), "checked": selected}
    # A hint may be somebody's own words, which keep their direction.
    return item | {"hint": {"html": Markup("<bdi>{}</bdi>").format(hint)}} if hint else item
