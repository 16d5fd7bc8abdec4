"""Choosing the language of all pages."""

from dataclasses import replace

from flask import Blueprint, abort, g, redirect, request
from flask.typing import ResponseReturnValue

from passport.accounts.preferences import preferences, save_preferences
from passport.web.forms.passport_form import PressForm
from passport.web.local_address import local_address
from passport.web.page_language import PAGE_LANGUAGES, choose_language
from passport.web.signed_in import comes_from_elsewhere, recognise
from passport.wiring import wiring

blueprint = Blueprint("language", __name__)


@blueprint.post("/language")
def choose() -> ResponseReturnValue:
    """Show all pages in this language from now on, and the same page again.

    Without a token it counts on this device only: no page that a stranger sees holds a secret.
    """
    code = request.form.get("language", "")
    if code not in PAGE_LANGUAGES:
        abort(400)
    if not comes_from_elsewhere():
        choose_language(code)
        if recognise() and g.passport.access.is_owner and PressForm().validate_on_submit():
            _keep(code)
    return redirect(local_address(request.form.get("next"), "/"), 303)


def _keep(code: str) -> None:
    database = wiring().database
    chosen = replace(preferences(database, g.passport), language=code)
    save_preferences(database, g.passport, chosen)
