"""What was done in the passport, by whom and when."""

from typing import Any

from flask import Blueprint, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from passport.activity.read import Filter, read_activity
from passport.web.activity_words import shown
from passport.web.forms.activity_forms import ActivityForm
from passport.web.signed_in import signed_in
from passport.wiring import wiring

blueprint = Blueprint("activity", __name__)
_FIELDS = ("about", "who", "since", "until")


@blueprint.get("/account/activity")
@signed_in
def lines() -> ResponseReturnValue:
    """The record, newest first, as far as it was asked for."""
    form = ActivityForm(request.args)
    is_right = form.validate()
    wanted, before = (form.wanted if is_right else Filter()), _before()
    page = read_activity(wiring().database, g.passport, wanted, before)
    return render_template(
        "account/activity.html",
        form=form,
        lines=[shown(line) for line in page.lines],
        is_whole=page.is_whole or any(shown(line).is_fault for line in page.lines),
        is_filtered=is_right and wanted != Filter(zone=wanted.zone),
        is_later_page=before is not None,
        newest=_address(),
        older=_address(before=page.older) if page.older else None,
    ), (200 if is_right else 400)


def _before() -> int | None:
    text = request.args.get("before", "")
    # As many digits as a database's number can have.
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 19 else None


def _address(**more: Any) -> str:
    typed: dict[str, Any] = {name: request.args[name] for name in _FIELDS if request.args.get(name)}
    return url_for("activity.lines", **typed, **more)
