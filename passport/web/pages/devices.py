"""Where the owner is signed in, signing out there, and staying signed in here."""

from flask import Blueprint, flash, g, jsonify, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.accounts.devices import sign_out_device, sign_out_others, signed_in_devices
from passport.web.error_pages import error_page
from passport.web.forms.passport_form import OPEN_TOO_LONG, PressForm
from passport.web.session_cookie import session_cookie
from passport.web.session_end import seconds_left
from passport.web.signed_in import open_to_supporters, signed_in
from passport.wiring import wiring

blueprint = Blueprint("devices", __name__, url_prefix="/account")
_ADDRESS = "/account/devices"


@blueprint.get("/devices")
@signed_in
def all_devices() -> ResponseReturnValue:
    """Every session in words."""
    return _page(PressForm(formdata=None))


@blueprint.post("/devices/sign-out-others")
@signed_in
def sign_out_all_others() -> ResponseReturnValue:
    """End every session but this one."""
    form = PressForm()
    if not form.validate_on_submit():
        return _page(form), 400
    sign_out_others(wiring().database, g.passport, session_cookie())
    flash(_("You are signed out everywhere else. Here you are still signed in."))
    return redirect(_ADDRESS, 303)


@blueprint.post("/devices/<session_id>/sign-out")
@signed_in
def sign_out_one(session_id: str) -> ResponseReturnValue:
    """End one session."""
    form = PressForm()
    if not form.validate_on_submit():
        return _page(form), 400
    done = sign_out_device(wiring().database, g.passport, session_id)
    flash(_("It is signed out.") if done else _("It was signed out already."))
    return redirect(_ADDRESS, 303)


@blueprint.post("/stay")
@signed_in
@open_to_supporters
def stay() -> ResponseReturnValue:
    """Go on for longer: asked by the script that warns before a session ends."""
    if not PressForm().validate_on_submit():
        return error_page(400, str(OPEN_TOO_LONG))
    return jsonify(seconds=seconds_left())


def _page(form: PressForm) -> str:
    devices = signed_in_devices(wiring().database, g.passport, session_cookie())
    return render_template("account/devices.html", form=form, devices=devices)
