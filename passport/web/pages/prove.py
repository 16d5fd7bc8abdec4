"""Signing in again before a page that matters much is shown."""

from flask import Blueprint, make_response, redirect, request
from flask.typing import ResponseReturnValue

from passport.web.carried_form import CarriedForm
from passport.web.local_address import local_address
from passport.web.proved import asked_way, is_proved, proof_page
from passport.web.session_cookie import give_session
from passport.web.signed_in import open_to_supporters, signed_in
from passport.web.typed_fields import PROVES

blueprint = Blueprint("prove", __name__)


@blueprint.route("/sign-in-again", methods=["GET", "POST"])
@signed_in
@open_to_supporters
def sign_in_again() -> ResponseReturnValue:
    """Ask for proof, then go on to the page that needs it."""
    then = local_address(request.args.get("next"))
    nothing = CarriedForm([], is_returning=True, mark=PROVES)
    if request.method == "GET":
        return redirect(then, 303) if is_proved() else proof_page(nothing)
    way, form = asked_way()
    cookie = way.prove(form) if form.validate_on_submit() else None
    if cookie is None:
        return proof_page(nothing, way, form)
    return give_session(make_response(redirect(then, 303)), cookie)
