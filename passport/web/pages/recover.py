"""Back in with the recovery code."""

from flask import Blueprint, flash, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext

from passport import limits
from passport.accounts.errors import WeakPassphrase, WrongCode
from passport.accounts.recover import recover, recover_again
from passport.crypto.recovery_code import MistypedCode
from passport.limits import limiter
from passport.web.device_words import this_device
from passport.web.error_words import error_words
from passport.web.forms.account_forms import RecoverForm, asks_for_words
from passport.web.mistyped_words import which_groups_on_paper
from passport.web.session_cookie import fresh_form_session, give_session
from passport.web.signed_in import recognise
from passport.wiring import wiring

blueprint = Blueprint("recover", __name__)
_RECOVERED = lazy_gettext(
    "You are in again, and your new passphrase works. The code on your old paper does not work "
    "any more. Keep the new code on this page instead."
)


@blueprint.route("/recover", methods=["GET", "POST"])
@limiter.limit(limits.SIGN_IN, methods=["POST"], exempt_when=asks_for_words)
def with_code() -> ResponseReturnValue:
    """Set a new passphrase with the recovery code; a new code waits on the next page."""
    recognise()
    form = RecoverForm()
    if form.only_asks(form.name.data or ""):
        return render_template("account/recover.html", form=form)
    if form.validate_on_submit() and (cookie := _recovered(form)):
        fresh_form_session()
        flash(str(_RECOVERED))
        return give_session(make_response(redirect("/recovery-code", 303)), cookie)
    return render_template("account/recover.html", form=form)


def _recovered(form: RecoverForm) -> str | None:
    services, code, passphrase = wiring(), form.code.data or "", form.passphrase.data or ""
    try:
        return recover(
            services.database,
            services.pepper,
            services.argon2,
            code,
            passphrase,
            form.name.data or "",
            this_device(),
        )
    except MistypedCode as error:
        form.code.errors = [which_groups_on_paper(error.groups)]
    except WeakPassphrase as error:
        form.passphrase.errors = [error_words(error)]
    except WrongCode as error:
        return _pressed_twice(form, error)
    return None


def _pressed_twice(form: RecoverForm, error: WrongCode) -> str | None:
    """A session, if the code is over because this very person has used it just now."""
    code, passphrase = form.code.data or "", form.passphrase.data or ""
    try:
        return recover_again(wiring().database, code, passphrase, this_device())
    except WrongCode:
        form.code.errors = [error_words(error)]
        form.asks_for_name = True
    return None
