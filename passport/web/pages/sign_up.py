"""Making a passport, and keeping its recovery code."""

from urllib.parse import quote

from flask import Blueprint, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from passport import limits
from passport.accounts import slots
from passport.accounts.errors import NameNotUsable
from passport.accounts.sign_in_names import sign_in_name
from passport.accounts.sign_up import is_new, sign_up
from passport.limits import TooManyTries, limiter
from passport.story.sections import story
from passport.web.device_words import this_device
from passport.web.error_words import error_words
from passport.web.forms.account_forms import SignUpForm, asks_for_words
from passport.web.forms.passport_form import PressForm
from passport.web.local_address import local_address
from passport.web.proved import proved
from passport.web.session_cookie import fresh_form_session, give_session
from passport.web.signed_in import recognise, signed_in
from passport.web.try_sign_in import TOO_MANY, count_try
from passport.wiring import wiring

blueprint = Blueprint("sign_up", __name__)


@blueprint.route("/sign-up", methods=["GET", "POST"])
@limiter.limit(limits.SIGN_UP, methods=["POST"], exempt_when=asks_for_words)
def new_passport() -> ResponseReturnValue:
    """Choose a name and a passphrase."""
    form = SignUpForm()
    if form.only_asks(form.name.data or ""):
        return render_template("account/sign_up.html", form=form)
    if form.validate_on_submit() and (cookie := _made(form)):
        fresh_form_session()
        return give_session(make_response(redirect(_then_keep_code(), 303)), cookie)
    if recognise() and not form.is_submitted():
        return redirect("/story", 303)
    return render_template("account/sign_up.html", form=form)


@blueprint.route("/recovery-code", methods=["GET", "POST"])
@signed_in
@proved
def recovery_code() -> ResponseReturnValue:
    """Show the recovery code until its owner says that she has kept it."""
    form, database = PressForm(), wiring().database
    if form.validate_on_submit():
        slots.confirm_recovery_code(database, g.passport)
        return redirect(local_address(request.args.get("next")), 303)
    code = slots.unconfirmed_recovery_code(database, g.passport)
    return render_template(
        "account/recovery_code.html",
        form=form,
        groups=code.split("-") if code else [],
        name=sign_in_name(database, g.passport),
        address=wiring().settings.base_url,
        is_new_and_empty=is_new(database, g.passport) and not story(database, g.passport),
    )


def _then_keep_code() -> str:
    then = request.args.get("next")
    return "/recovery-code" + (f"?next={quote(local_address(then), safe='/')}" if then else "")


def _made(form: SignUpForm) -> str | None:
    services, name, passphrase = wiring(), form.name.data or "", form.passphrase.data or ""
    try:
        # Under a name that somebody has, this is a try to sign in.
        count_try(name)
        return sign_up(
            services.database, services.pepper, services.argon2, name, passphrase, this_device()
        )
    except NameNotUsable as error:
        form.name.errors = [error_words(error)]
    except TooManyTries:
        form.name.errors = [TOO_MANY]
    return None
