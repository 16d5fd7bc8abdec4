"""The owner's recovery helpers: asking, confirming, removing; and stopping what they began."""

from flask import Blueprint, Response, abort, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.accounts import helper_invitations, recovery_helpers, stopping_recovery
from passport.accounts.errors import UnknownInvitation
from passport.accounts.helper_invitations import HelperInvitation
from passport.accounts.recovery_errors import HelperIsGone, NameMissing, TooManyHelpers
from passport.accounts.sign_in_names import sign_in_name
from passport.paper.qr_code import qr_svg
from passport.story.sections import story
from passport.web.error_words import error_words
from passport.web.forms.passport_form import PressForm
from passport.web.forms.recovery_forms import AskForm, WaitForm, wait_words
from passport.web.proved import proved
from passport.web.signed_in import signed_in
from passport.wiring import wiring

HOME = "/account/recovery-helpers"
blueprint = Blueprint("recovery_helpers", __name__, url_prefix=HOME)


@blueprint.get("")
@signed_in
def all_helpers() -> ResponseReturnValue:
    """Who can help, who was asked, and how long they wait."""
    found = recovery_helpers.list_helpers(wiring().database, g.passport)
    return render_template(
        "recovery_helpers/helpers.html",
        found=found,
        asked=helper_invitations.list_invited(wiring().database, g.passport),
        wait=wait_words(found.wait_hours),
    )


@blueprint.route("/ask", methods=["GET", "POST"])
@signed_in
@proved
def ask() -> ResponseReturnValue:
    """Ask somebody to help; the code is on the next page."""
    form = AskForm(data={"called": _called()})
    if form.validate_on_submit() and (asked := _asked(form)):
        return redirect(f"{HOME}/asked/{asked.invitation_id}", 303)
    return render_template("recovery_helpers/ask.html", form=form)


@blueprint.get("/asked/<asked_id>")
@signed_in
@proved
def asked(asked_id: str) -> ResponseReturnValue:
    """The link, QR code and code, until somebody has used them."""
    try:
        found = helper_invitations.find_invited(wiring().database, g.passport, asked_id)
    except UnknownInvitation:
        flash(_("This code was used or taken back."))
        return redirect(HOME, 303)
    return render_template("recovery_helpers/asked.html", asked=found, link=_link(found))


@blueprint.get("/asked/<asked_id>/qr.svg")
@signed_in
@proved
def qr(asked_id: str) -> ResponseReturnValue:
    """The QR code for the page."""
    found = helper_invitations.find_invited(wiring().database, g.passport, asked_id)
    return Response(qr_svg(_link(found)), mimetype="image/svg+xml")


@blueprint.post("/asked/<asked_id>/take-back")
@signed_in
def take_back(asked_id: str) -> ResponseReturnValue:
    """The code does not work any more."""
    _press()
    try:
        helper_invitations.take_back(wiring().database, g.passport, asked_id)
    except UnknownInvitation:
        flash(_("This code was used or taken back already."))
    else:
        flash(_("You took it back. The code does not work any more."))
    return redirect(HOME, 303)


@blueprint.route("/wait", methods=["GET", "POST"])
@signed_in
@proved
def wait() -> ResponseReturnValue:
    """Choose how long helpers must wait."""
    database = wiring().database
    form = WaitForm(
        data={"wait_hours": recovery_helpers.list_helpers(database, g.passport).wait_hours}
    )
    if form.validate_on_submit():
        recovery_helpers.change_wait(database, g.passport, form.wait_hours.data)
        time = wait_words(form.wait_hours.data)
        flash(_("From now on your helpers must wait %(time)s.", time=time))
        return redirect(HOME, 303)
    return render_template("recovery_helpers/wait.html", form=form)


@blueprint.route("/<helper_id>/confirm", methods=["GET", "POST"])
@signed_in
@proved
def confirm(helper_id: str) -> ResponseReturnValue:
    """Compare the number first, then let them help."""
    database, form = wiring().database, PressForm()
    helper = recovery_helpers.find_helper(database, g.passport, helper_id)
    if form.validate_on_submit():
        try:
            recovery_helpers.confirm_helper(database, g.passport, helper_id, helper.check_number)
        except (HelperIsGone, TooManyHelpers) as error:
            form.add_problem(error)
        else:
            flash(_("%(name)s can help you back in now.", name=helper.name))
            return redirect(HOME, 303)
    return render_template("recovery_helpers/confirm.html", form=form, helper=helper)


@blueprint.route("/<helper_id>/remove", methods=["GET", "POST"])
@signed_in
@proved
def remove(helper_id: str) -> ResponseReturnValue:
    """Ask once more, then end it."""
    database, form = wiring().database, PressForm()
    helper = recovery_helpers.find_helper(database, g.passport, helper_id)
    if form.validate_on_submit():
        recovery_helpers.remove_helper(database, g.passport, helper_id)
        flash(_("%(name)s cannot help you back in any more.", name=helper.name))
        return redirect(HOME, 303)
    return render_template("recovery_helpers/remove.html", form=form, helper=helper)


@blueprint.post("/stop")
@signed_in
def stop() -> ResponseReturnValue:
    """Nobody gets in by help that was under way. Asks for no proof: it only ever closes doors."""
    _press()
    if not stopping_recovery.stop_recovery(wiring().database, g.passport):
        flash(_("There was nothing to stop any more."))
    return redirect(HOME, 303)


@blueprint.post("/seen")
@signed_in
def seen() -> ResponseReturnValue:
    """The owner has read that it was stopped."""
    _press()
    stopping_recovery.forget_stopped(wiring().database, g.passport)
    return redirect(HOME, 303)


def _press() -> None:
    if not PressForm().validate_on_submit():
        abort(400)


def _asked(form: AskForm) -> HelperInvitation | None:
    name, called = form.name.data or "", form.called.data or ""
    try:
        return helper_invitations.invite_helper(wiring().database, g.passport, name, called)
    except NameMissing as error:
        form.name.errors = [error_words(error)]
    except TooManyHelpers as error:
        form.add_problem(error)
    return None


def _link(asked: HelperInvitation) -> str:
    return f"{wiring().settings.base_url}/help-back-in#{asked.code}"


def _called() -> str:
    facts = next((s for s in story(wiring().database, g.passport) if s.is_identity), None)
    called = str(facts.content.get("called") or "") if facts else ""
    return (called or sign_in_name(wiring().database, g.passport))[:60]
