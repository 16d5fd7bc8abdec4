"""Back in with the help of recovery helpers, for somebody who has nothing left to sign in with."""

from flask import Blueprint, Response, flash, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from passport import limits
from passport.accounts.errors import WeakPassphrase
from passport.accounts.help_tickets import TicketState, new_ticket, ticket_state
from passport.accounts.recover_with_help import recover_with_help
from passport.accounts.recovery_errors import NotReadyYet, TicketOver, TooManyTickets
from passport.crypto.help_ticket import HelpTicket
from passport.crypto.typed_code import MistypedCode
from passport.limits import limiter
from passport.web.device_words import this_device
from passport.web.error_words import error_words
from passport.web.forms.passport_form import PressForm
from passport.web.forms.recovery_forms import BackInForm, TicketForm
from passport.web.help_ticket_cookie import give_ticket, take_ticket, ticket_in_cookie
from passport.web.mistyped_words import which_groups
from passport.web.session_cookie import fresh_form_session, give_session
from passport.web.signed_in import recognise
from passport.wiring import wiring

HOME = "/recover/with-help"
blueprint = Blueprint("help_tickets", __name__, url_prefix=HOME)
_BACK_IN = lazy_gettext(
    "You are in again, and your new passphrase works. Everyone else is signed out. Your old "
    "recovery code does not work any more. Keep the new code on this page instead."
)


@blueprint.get("")
def ticket() -> ResponseReturnValue:
    """How far it is; or how to begin."""
    recognise()
    held = ticket_in_cookie()
    if held is None:
        return _start(PressForm(formdata=None))
    try:
        state = ticket_state(wiring().database, held)
    except TicketOver as error:
        return take_ticket(make_response(_start(PressForm(formdata=None), error)))
    if state.is_ready:
        form = BackInForm(formdata=None)
        form.only_asks("")
        return _choose(form)
    return _wait(held, state)


@blueprint.post("/number")
@limiter.limit(limits.HELP_TICKET)
def number() -> ResponseReturnValue:
    """A new help number."""
    form = PressForm()
    if form.validate_on_submit():
        try:
            made = new_ticket(wiring().database, wiring().pepper)
        except TooManyTickets as error:
            form.add_problem(error)
        else:
            return give_ticket(make_response(redirect(HOME, 303)), made)
    return _start(form)


@blueprint.route("/code", methods=["GET", "POST"])
@limiter.limit(limits.SIGN_IN, methods=["POST"])
def code() -> ResponseReturnValue:
    """Go on with a ticket from paper or another device."""
    form = TicketForm()
    if form.validate_on_submit() and (held := _typed(form)):
        return give_ticket(make_response(redirect(HOME, 303)), held)
    return render_template("recovery_helpers/ticket_code.html", form=form)


@blueprint.post("")
@limiter.limit(limits.SIGN_IN)
def back_in() -> ResponseReturnValue:
    """Set a new passphrase; a new recovery code waits on the next page."""
    form, held = BackInForm(), ticket_in_cookie()
    if held is None:
        return redirect(HOME, 303)
    if form.only_asks("") or not form.validate_on_submit():
        return _choose(form)
    try:
        cookie = _let_in(held, form)
    except (TicketOver, NotReadyYet):
        # The page says how far it is, or why it is over.
        return redirect(HOME, 303)
    if cookie is None:
        return _choose(form)
    fresh_form_session()
    flash(str(_BACK_IN))
    return take_ticket(give_session(make_response(redirect("/recovery-code", 303)), cookie))


@blueprint.post("/forget")
def forget() -> ResponseReturnValue:
    """This device holds the ticket no more. It still works from paper."""
    if PressForm().validate_on_submit():
        flash(_("This device has forgotten your help number."))
        return take_ticket(make_response(redirect(HOME, 303)))
    return redirect(HOME, 303)


def _let_in(held: HelpTicket, form: BackInForm) -> str | None:
    parts = wiring()
    try:
        return recover_with_help(
            parts.database,
            parts.pepper,
            parts.argon2,
            held,
            form.passphrase.data or "",
            this_device(),
        )
    except WeakPassphrase as error:
        form.passphrase.errors = [error_words(error)]
    return None


def _typed(form: TicketForm) -> HelpTicket | None:
    try:
        held = HelpTicket.from_code(form.code.data or "")
        ticket_state(wiring().database, held)
    except MistypedCode as error:
        form.code.errors = [which_groups(error.groups)]
    except TicketOver as error:
        form.code.errors = [error_words(error)]
    else:
        return held
    return None


def _start(form: PressForm, over: TicketOver | None = None) -> str:
    return render_template("recovery_helpers/ticket_start.html", form=form, over=over)


def _choose(form: BackInForm) -> str:
    return render_template("recovery_helpers/ticket_ready.html", form=form)


def _wait(held: HelpTicket, state: TicketState) -> Response:
    number = held.number
    page = render_template(
        "recovery_helpers/ticket.html",
        state=state,
        number=[number[:3], number[3:6], number[6:]],
        groups=held.to_code().split("-"),
        address=f"{wiring().settings.base_url}{HOME}",
    )
    return make_response(page)
