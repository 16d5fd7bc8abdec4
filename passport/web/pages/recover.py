"""Back in with the recovery code."""

from flask import Blueprint, flash, make_response, redirect, render_template
from flask.typing import ResponseReturnValue

from passport import limits
from passport.accounts.errors import WrongNameOrCode
from passport.accounts.recover import recover
from passport.crypto.recovery_code import MistypedCode
from passport.limits import limiter
from passport.web.forms.account_forms import RecoverForm
from passport.web.session_cookie import fresh_form_session, give_session
from passport.web.try_sign_in import pressed_twice
from passport.web.words import listed
from passport.wiring import wiring

blueprint = Blueprint("recover", __name__)
_RECOVERED = (
    "You are in again, and your new passphrase works. The code on your old paper does not work "
    "any more. Keep the new code on this page instead."
)


@blueprint.route("/recover", methods=["GET", "POST"])
@limiter.limit(limits.SIGN_IN, methods=["POST"])
def with_code() -> ResponseReturnValue:
    """Set a new passphrase with the recovery code; a new code waits on the next page."""
    form = RecoverForm()
    if form.validate_on_submit() and (cookie := _recovered(form)):
        fresh_form_session()
        flash(_RECOVERED)
        return give_session(make_response(redirect("/recovery-code", 303)), cookie)
    return render_template("account/recover.html", form=form)


def _recovered(form: RecoverForm) -> str | None:
    services, name, passphrase = wiring(), form.name.data or "", form.passphrase.data or ""
    try:
        return recover(
            services.database,
            services.pepper,
            services.argon2,
            name,
            form.code.data or "",
            passphrase,
        )
    except MistypedCode as error:
        form.code.errors = [_which_groups(error.groups)]
    except WrongNameOrCode as error:
        if cookie := pressed_twice(name, passphrase):
            return cookie
        form.code.errors = [str(error)]
    return None


def _which_groups(groups: tuple[int, ...]) -> str:
    if not groups:
        return "The code has eight groups of five letters or numbers. Check that all are there."
    if len(groups) == 1:
        return f"Group {groups[0]} is not right. Check it against your paper."
    return (
        f"Groups {listed([str(n) for n in groups])} are not right. Check them against your paper."
    )
