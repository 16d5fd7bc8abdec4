"""The helper's pages: saying yes to being a recovery helper, and helping somebody back in."""

from flask import Blueprint, abort, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter import RateLimitExceeded

from passport import limits
from passport.accounts import helping_back_in
from passport.accounts.helper_invitations import (
    Asked,
    accept_helping,
    decline_helping,
    look_at,
)
from passport.accounts.helping_back_in import Helped
from passport.accounts.recovery_errors import NotFinishedYet, UnknownOwner, WrongHelpNumber
from passport.accounts.sign_in_names import sign_in_name
from passport.crypto.recovery_code import MistypedCode
from passport.errors import PassportError
from passport.limits import limiter
from passport.web.error_words import error_words
from passport.web.forms.passport_form import PressForm
from passport.web.forms.recovery_forms import HelperCodeForm, HelpNumberForm
from passport.web.mistyped_words import which_groups
from passport.web.signed_in import recognise, signed_in
from passport.web.words import time_words
from passport.wiring import wiring

HOME = "/helping-back-in"
blueprint = Blueprint("helping_back_in", __name__)


@blueprint.get("/help-back-in")
def code() -> ResponseReturnValue:
    """Ask for the code, which a link carries behind `#`."""
    if recognise():
        g.passport.access.require_owner()
    return render_template("recovery_helpers/code.html", form=HelperCodeForm(formdata=None))


@blueprint.post("/help-back-in")
@limiter.limit(limits.SIGN_IN)
@signed_in
def look() -> ResponseReturnValue:
    """Who asks, and what for, before anything happens."""
    form = HelperCodeForm()
    asked = _asked(form) if form.validate_on_submit() else None
    if asked is None:
        return render_template("recovery_helpers/code.html", form=form)
    return _question(form, asked)


@blueprint.post("/help-back-in/answer")
@limiter.limit(limits.SIGN_IN)
@signed_in
def answer() -> ResponseReturnValue:
    """Yes or no."""
    form = HelperCodeForm()
    if form.validate_on_submit() and _answered(form):
        return redirect(HOME, 303)
    if form.csrf_token.errors and (asked := _asked(form)):
        return _question(form, asked)
    return render_template("recovery_helpers/code.html", form=form)


@blueprint.get(HOME)
@signed_in
def everyone() -> ResponseReturnValue:
    """Everybody whose recovery helper one is."""
    helped = helping_back_in.list_helped(wiring().database, g.passport)
    return render_template("recovery_helpers/helping.html", helped=helped)


@blueprint.route(f"{HOME}/<helped_id>", methods=["GET", "POST"])
@signed_in
def help_(helped_id: str) -> ResponseReturnValue:
    """Type the number that somebody who is locked out told."""
    form, helped = HelpNumberForm(), _one(helped_id)
    if form.validate_on_submit() and _helped(form, helped):
        return redirect(HOME, 303)
    return render_template("recovery_helpers/help.html", form=form, helped=helped)


@blueprint.post(f"{HOME}/<helped_id>/take-back")
@signed_in
def take_back(helped_id: str) -> ResponseReturnValue:
    """It was a mistake."""
    if not PressForm().validate_on_submit():
        abort(400)
    if helping_back_in.take_back_help(wiring().database, g.passport, helped_id):
        flash(_("You took your help back."))
    return redirect(HOME, 303)


@blueprint.route(f"{HOME}/<helped_id>/step-down", methods=["GET", "POST"])
@signed_in
def step_down(helped_id: str) -> ResponseReturnValue:
    """Ask once more, then be a helper no more."""
    form, helped = PressForm(), _one(helped_id)
    if form.validate_on_submit():
        helping_back_in.step_down(wiring().database, g.passport, helped_id)
        flash(_("You are not a recovery helper for %(name)s any more.", name=helped.name))
        return redirect(HOME, 303)
    return render_template("recovery_helpers/step_down.html", form=form, helped=helped)


def _one(helped_id: str) -> Helped:
    for helped in helping_back_in.list_helped(wiring().database, g.passport):
        if helped.helper_id == helped_id:
            return helped
    raise UnknownOwner


def _helped(form: HelpNumberForm, helped: Helped) -> bool:
    try:
        ready_at = _limited_help(helped.helper_id, form.number.data or "")
    except (WrongHelpNumber, NotFinishedYet) as error:
        form.number.errors = [error_words(error)]
    except RateLimitExceeded:
        form.number.errors = [_("You typed many numbers in a short time. Try again in an hour.")]
    else:
        when = time_words(ready_at)
        flash(_("You have helped %(name)s. They can get in %(when)s.", name=helped.name, when=when))
        return True
    return False


@limiter.shared_limit(
    limits.HELP_NUMBER, scope="help-number", key_func=lambda: g.passport.passport_id
)
def _limited_help(helped_id: str, number: str):  # type: ignore[no-untyped-def]
    parts = wiring()
    return helping_back_in.help_back_in(parts.database, parts.pepper, g.passport, helped_id, number)


def _answered(form: HelperCodeForm) -> bool:
    database, typed = wiring().database, form.code.data or ""
    try:
        if request.form.get("answer") == "yes":
            accept_helping(database, g.passport, typed)
            flash(_("Thank you. Now read them the check number below."))
        else:
            decline_helping(database, g.passport, typed)
            flash(_("You said no. The code does not work any more."))
    except (PassportError, MistypedCode) as error:
        form.code.errors = [_words(error)]
        return False
    return True


def _asked(form: HelperCodeForm) -> Asked | None:
    try:
        return look_at(wiring().database, g.passport, form.code.data or "")
    except (PassportError, MistypedCode) as error:
        form.code.errors = [_words(error)]
    return None


def _words(error: PassportError | MistypedCode) -> str:
    if isinstance(error, MistypedCode):
        return which_groups(error.groups)
    return error_words(error)


def _question(form: HelperCodeForm, asked: Asked) -> str:
    name = sign_in_name(wiring().database, g.passport)
    return render_template("recovery_helpers/question.html", form=form, asked=asked, name=name)
