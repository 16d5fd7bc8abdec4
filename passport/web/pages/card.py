"""Signing in with an owner card and its PIN."""

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_limiter import RateLimitExceeded

from passport import limits
from passport.accounts.card_sign_in import sign_in_with_card
from passport.accounts.errors import CardRefused
from passport.accounts.sessions import end_session
from passport.crypto.typed_code import MistypedCode
from passport.limits import limiter
from passport.web.device_words import this_device
from passport.web.error_words import error_words
from passport.web.forms.account_forms import CardForm
from passport.web.local_address import local_address
from passport.web.mistyped_words import which_groups_of_card
from passport.web.session_cookie import fresh_form_session, give_session, session_cookie
from passport.wiring import wiring

blueprint = Blueprint("card", __name__)


@blueprint.route("/card", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Where a card's QR code leads: its code is in the address behind `#`, so ask for the PIN."""
    then, form = local_address(request.args.get("next")), CardForm()
    if form.validate_on_submit() and (cookie := _signed_in(form)):
        end_session(wiring().database, session_cookie())
        fresh_form_session()
        return give_session(make_response(redirect(then, 303)), cookie)
    return render_template("account/card.html", form=form)


def _signed_in(form: CardForm) -> str | None:
    try:
        return _limited_card_sign_in(form.code.data or "", form.pin.data or "")
    except MistypedCode as error:
        form.code.errors = [which_groups_of_card(error.groups)]
    except CardRefused as error:
        form.pin.errors = [error_words(error)]
    except RateLimitExceeded:
        form.pin.errors = [
            _("There were too many tries in a short time. Wait a few minutes, then try again.")
        ]
    return None


@limiter.shared_limit(limits.SIGN_IN, scope="sign-in")
def _limited_card_sign_in(code: str, pin: str) -> str:
    parts = wiring()
    return sign_in_with_card(parts.database, parts.argon2, code, pin, this_device())
