"""Passkeys: adding one, and signing in with one."""

from flask import Blueprint, flash, g, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from flask_limiter import RateLimitExceeded

from passport import limits
from passport.accounts.passkey_answers import PasskeyAnswer
from passport.accounts.passkey_errors import ALREADY_HERE, CANCELLED, NO_PRF
from passport.accounts.passkey_sign_in import sign_in_with_passkey, signing_in_options
from passport.accounts.passkeys import add_passkey, adding_options
from passport.accounts.sessions import end_session
from passport.accounts.ways_in import tidy_name
from passport.errors import PassportError
from passport.limits import limiter
from passport.web.device_words import this_device
from passport.web.forms.passkey_forms import NewPasskeyForm, PasskeyForm
from passport.web.forms.passport_form import PressForm
from passport.web.local_address import local_address
from passport.web.passkey_site import address_with_passkeys, passkey_site, required_site
from passport.web.proved import proved
from passport.web.session_cookie import fresh_form_session, give_session, session_cookie
from passport.web.signed_in import recognise, signed_in
from passport.wiring import wiring

blueprint = Blueprint("passkeys", __name__)
WAYS_IN = "/ways-in"
_TOO_MANY = lazy_gettext(
    "There were too many tries in a short time. Wait a few minutes, then try again."
)


@blueprint.app_context_processor
def passkey_words() -> dict[str, object]:
    """What the script says when the device does not answer, and whether there are passkeys."""
    words = {"cancelled": _(CANCELLED), "no_prf": _(NO_PRF), "already": _(ALREADY_HERE)}
    return {"passkey_words": words, "passkey_site": passkey_site}


@blueprint.route("/ways-in/passkeys/new", methods=["GET", "POST"])
@signed_in
@proved
def add() -> ResponseReturnValue:
    """Say what a passkey is, ask for a name, and keep what the device answers."""
    form = NewPasskeyForm()
    if form.validate_on_submit() and (answer := form.answer) and _added(form, answer):
        name = tidy_name(form.name.data or "")
        flash(_("You can now sign in with the passkey “%(name)s”.", name=name))
        return redirect(WAYS_IN, 303)
    return render_template(
        "account/new_passkey.html", form=form, site=passkey_site(), elsewhere=address_with_passkeys
    )


def _added(form: NewPasskeyForm, answer: PasskeyAnswer) -> bool:
    name = tidy_name(form.name.data or "")
    try:
        add_passkey(wiring().database, g.passport, required_site(), name, answer)
    except PassportError as error:
        form.add_problem(error)
        return False
    return True


@blueprint.post("/ways-in/passkeys/options")
@signed_in
@proved
def new_passkey_options() -> ResponseReturnValue:
    """What the script asks the device to make. 422 when the form has to be corrected first."""
    form = NewPasskeyForm()
    site = passkey_site()
    if not form.validate_on_submit() or site is None:
        return {}, 422
    name = tidy_name(form.name.data or "")
    options = adding_options(wiring().database, g.passport, site, name)
    return options, {"Content-Type": "application/json"}


@blueprint.route("/sign-in/passkey", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Open the passport that the device's passkey belongs to, and go on."""
    then = local_address(request.args.get("next"))
    form = PasskeyForm()
    if form.validate_on_submit() and (cookie := _try_passkey(form)):
        end_session(wiring().database, session_cookie())
        fresh_form_session()
        return give_session(make_response(redirect(then, 303)), cookie)
    if recognise() and not form.is_submitted():
        return redirect(then, 303)
    return render_template(
        "account/passkey_sign_in.html", form=form, then=then, elsewhere=address_with_passkeys
    )


def _try_passkey(form: PasskeyForm) -> str | None:
    answer = form.answer
    if answer is None:
        return None
    try:
        return _limited_sign_in(answer)
    except PassportError as error:
        form.add_problem(error)
    except RateLimitExceeded:
        form.add_problem(_TOO_MANY)
    return None


@limiter.shared_limit(limits.PASSKEY, scope="passkey")
def _limited_sign_in(answer: PasskeyAnswer) -> str:
    return sign_in_with_passkey(wiring().database, required_site(), answer, this_device())


@blueprint.post("/sign-in/passkey/options")
def sign_in_options() -> ResponseReturnValue:
    """What the script asks the device to sign: the same for everybody."""
    site = passkey_site()
    if not PressForm().validate_on_submit() or site is None:
        return {}, 422
    try:
        options = _limited_options()
    except RateLimitExceeded:
        return {"problem": str(_TOO_MANY)}, 429
    return options, {"Content-Type": "application/json"}


@limiter.shared_limit(limits.PASSKEY, scope="passkey-options")
def _limited_options() -> str:
    return signing_in_options(wiring().database, required_site())
