"""Signing in and out."""

from flask import Blueprint, flash, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.accounts.sessions import end_session
from passport.web.forms.account_forms import SignInForm
from passport.web.forms.passport_form import PressForm
from passport.web.local_address import local_address
from passport.web.session_cookie import (
    fresh_form_session,
    give_session,
    session_cookie,
    take_session,
)
from passport.web.signed_in import recognise
from passport.web.try_sign_in import try_sign_in
from passport.wiring import wiring

blueprint = Blueprint("sign_in", __name__)


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Ask for name and passphrase, then go on to where the person was going."""
    then = local_address(request.args.get("next"))
    form = SignInForm()
    if form.validate_on_submit() and (cookie := try_sign_in(form)):
        end_session(wiring().database, session_cookie())
        fresh_form_session()
        return give_session(make_response(redirect(then, 303)), cookie)
    if recognise() and not form.is_submitted():
        return redirect(then, 303)
    return render_template("account/sign_in.html", form=form)


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session, in the database and in the browser."""
    form = PressForm()
    if not form.validate_on_submit():
        recognise()
        return render_template("account/sign_out.html", form=form), 400
    end_session(wiring().database, session_cookie())
    fresh_form_session()
    flash(_("You are signed out."))
    return take_session(make_response(redirect("/", 303)))
