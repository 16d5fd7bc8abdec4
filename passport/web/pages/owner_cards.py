"""Making an owner card, and printing it."""

from flask import Blueprint, Response, abort, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.accounts.errors import LastWayIn, TooManyWaysIn, WaysInChanged
from passport.accounts.owner_cards import ATTEMPTS, card_code, confirm_card, make_card
from passport.accounts.ways_in import WayIn, find_way_in, remove_way_in
from passport.paper.qr_code import qr_svg
from passport.web.forms.account_forms import InsteadForm, NewCardForm
from passport.web.proved import proved
from passport.web.session_cookie import session_cookie
from passport.web.signed_in import signed_in
from passport.wiring import wiring

blueprint = Blueprint("owner_cards", __name__, url_prefix="/ways-in/cards")


@blueprint.route("/new", methods=["GET", "POST"])
@signed_in
@proved
def new() -> ResponseReturnValue:
    """Choose a PIN. The card waits on the next page to be printed."""
    old = _old_card(request.args.get("instead", ""))
    form = NewCardForm(data={"name": old.name if old else ""})
    if form.validate_on_submit() and (slot_id := _made(form)):
        instead = f"?instead={old.slot_id}" if old else ""
        return redirect(f"/ways-in/cards/{slot_id}{instead}", 303)
    return render_template("ways_in/new_card.html", form=form, attempts=ATTEMPTS, old=old)


@blueprint.route("/<slot_id>", methods=["GET", "POST"])
@signed_in
@proved
def print_card(slot_id: str) -> ResponseReturnValue:
    """The card to print, until its owner says that she has it; the one it replaces ends then."""
    database = wiring().database
    way = find_way_in(database, g.passport, slot_id) or abort(404)
    old = _old_card(request.args.get("instead", ""))
    form = InsteadForm(data={"instead_of": old.slot_id if old else ""})
    if form.validate_on_submit():
        confirm_card(database, g.passport, slot_id)
        flash(_ended(form.instead_of.data or ""))
        return redirect("/ways-in", 303)
    code = card_code(database, g.passport, slot_id)
    return render_template(
        "ways_in/print_card.html",
        form=form,
        way=way,
        old=old,
        groups=code.split("-") if code else [],
        address=f"{wiring().settings.base_url}/card",
    )


@blueprint.get("/<slot_id>/qr.svg")
@signed_in
@proved
def svg(slot_id: str) -> ResponseReturnValue:
    """The card's QR code. What stands behind `#` reaches no server when it is scanned."""
    code = card_code(wiring().database, g.passport, slot_id) or abort(404)
    address = f"{wiring().settings.base_url}/card#{code}"
    return Response(qr_svg(address), mimetype="image/svg+xml")


def _made(form: NewCardForm) -> str | None:
    parts, pin, name = wiring(), form.pin.data or "", form.name.data or ""
    try:
        return make_card(parts.database, parts.argon2, g.passport, pin, name)
    except TooManyWaysIn as error:
        form.add_problem(error)
    return None


def _old_card(slot_id: str) -> WayIn | None:
    way = find_way_in(wiring().database, g.passport, slot_id) if slot_id else None
    return way if way and way.kind == "owner-card" else None


def _ended(instead_of: str) -> str:
    if not _old_card(instead_of):
        return _("Your card is ready. Keep it safe, and keep the PIN in your head.")
    try:
        remove_way_in(wiring().database, g.passport, instead_of, session_cookie())
    except (LastWayIn, WaysInChanged):
        return _("Your new card is ready. Look below whether the old one is still there.")
    return _("Your new card is ready. The old one opens nothing any more.")
