"""A supporter's side: whom they support, and beginning and ending to act for them."""

from flask import Blueprint, abort, flash, g, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.accounts import helping, supporters
from passport.web.forms.passport_form import PressForm
from passport.web.session_cookie import session_cookie
from passport.web.signed_in import open_to_supporters, signed_in
from passport.wiring import wiring

blueprint = Blueprint("supporting", __name__, url_prefix="/supporting")


@blueprint.get("")
@signed_in
def everyone() -> ResponseReturnValue:
    """Whom the signed-in person supports."""
    helped = supporters.list_helped(wiring().database, g.passport)
    return render_template("supporters/supporting.html", helped=helped)


@blueprint.post("/<supported_id>/help")
@signed_in
def begin(supported_id: str) -> ResponseReturnValue:
    """From the next page on, act in the other's passport."""
    _pressed()
    helping.begin(wiring().database, g.passport, session_cookie(), supported_id)
    return make_response(redirect("/story", 303))


@blueprint.post("/stop")
@signed_in
@open_to_supporters
def stop() -> ResponseReturnValue:
    """Back to one's own passport."""
    _pressed()
    helping.stop(wiring().database, session_cookie())
    flash(_("You have stopped helping. This is your own passport."))
    return redirect("/supporting", 303)


@blueprint.route("/<supported_id>/leave", methods=["GET", "POST"])
@signed_in
def leave(supported_id: str) -> ResponseReturnValue:
    """Ask once more, then give the way in back."""
    database, form = wiring().database, PressForm()
    found = supporters.find_helped(database, g.passport, supported_id)
    if form.validate_on_submit():
        supporters.stop_supporting(database, g.passport, supported_id)
        flash(_("You do not support them any more."))
        return redirect("/supporting", 303)
    return render_template("supporters/leave.html", form=form, helped=found)


def _pressed() -> None:
    if not PressForm().validate_on_submit():
        abort(400)
