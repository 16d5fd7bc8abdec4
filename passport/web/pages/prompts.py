"""Examples beside the questions, and switching them off with one press."""

from typing import Any

from flask import Blueprint, flash, g, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.accounts.preferences import change_quietly, preferences
from passport.story.catalogue import SectionType
from passport.story.prompts import examples
from passport.web.error_pages import error_page
from passport.web.forms.passport_form import OPEN_TOO_LONG, PressForm
from passport.web.pages.section_drafts import back_to_form, keep_typed
from passport.web.signed_in import signed_in
from passport.wiring import wiring

blueprint = Blueprint("prompts", __name__)


@blueprint.post("/story/<key>/prompts")
@signed_in
def switch(key: str) -> ResponseReturnValue:
    """Show examples from now on, or no more; what stands in the form is kept."""
    address = back_to_form(key)
    if not PressForm().validate_on_submit():
        return error_page(400, OPEN_TOO_LONG)
    keep_typed(key)
    wanted = request.form.get("examples") == "on"
    change_quietly(wiring().database, g.passport, prompts=wanted)
    flash(_("Examples are on.") if wanted else _("Examples are off."))
    return redirect(address, 303)


def prompts_for(kind: SectionType) -> dict[str, Any]:
    """What templates show: examples by question, and whether they are wanted."""
    wanted = preferences(wiring().database, g.passport).prompts
    found = {part.key: examples(kind.key, part.key) for part in kind.parts}
    return {"examples": found if wanted else {}, "examples_wanted": wanted}
