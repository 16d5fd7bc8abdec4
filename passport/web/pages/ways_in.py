"""All ways into the passport in one place: to see, add, name, replace and remove."""

from flask import Blueprint, abort, flash, g, make_response, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.accounts.change_passphrase import renew_recovery_code
from passport.accounts.errors import LastWayIn, WaysInChanged
from passport.accounts.ways_in import (
    OWN_KINDS,
    WayIn,
    find_way_in,
    list_ways_in,
    remove_way_in,
    rename_way_in,
)
from passport.web.forms.account_forms import InsteadForm, NameForm
from passport.web.forms.passport_form import PressForm
from passport.web.proved import proved
from passport.web.session_cookie import session_cookie
from passport.web.signed_in import signed_in
from passport.wiring import wiring

blueprint = Blueprint("ways_in", __name__, url_prefix="/ways-in")


@blueprint.get("")
@signed_in
def all_ways() -> ResponseReturnValue:
    """Every way in, kind by kind, with what can be done about it."""
    found = list_ways_in(wiring().database, g.passport)
    by_kind = {kind: [way for way in found if way.kind == kind] for kind in OWN_KINDS}
    opening = sum(way.opens for way in found)
    return render_template("ways_in/ways_in.html", ways=by_kind, opening=opening)


@blueprint.route("/<slot_id>/name", methods=["GET", "POST"])
@signed_in
@proved
def name(slot_id: str) -> ResponseReturnValue:
    """Give it a name, or another."""
    way = _way(slot_id)
    form = NameForm(data={"name": way.name})
    if form.validate_on_submit():
        try:
            rename_way_in(wiring().database, g.passport, slot_id, form.name.data or "")
        except WaysInChanged as error:
            form.add_problem(error)
        else:
            flash(_("We have saved the name."))
            return redirect("/ways-in", 303)
    return render_template("ways_in/name.html", form=form, way=way)


@blueprint.route("/<slot_id>/remove", methods=["GET", "POST"])
@signed_in
@proved
def remove(slot_id: str) -> ResponseReturnValue:
    """Ask once more, then let it open nothing any more."""
    way, form = _way(slot_id), PressForm()
    if form.validate_on_submit():
        try:
            remove_way_in(wiring().database, g.passport, slot_id, session_cookie())
        except (LastWayIn, WaysInChanged) as error:
            form.add_problem(error)
            return render_template("ways_in/remove.html", form=form, way=way), 409
        flash(_("It is removed, and it opens nothing any more. Other devices are signed out."))
        return redirect("/ways-in", 303)
    return render_template("ways_in/remove.html", form=form, way=way)


@blueprint.route("/recovery-code", methods=["GET", "POST"])
@signed_in
@proved
def recovery_code() -> ResponseReturnValue:
    """Ask once more, then make a new recovery code, which waits on its own page."""
    database = wiring().database
    codes = [way for way in list_ways_in(database, g.passport) if way.kind == "recovery-code"]
    form = InsteadForm(data={"instead_of": codes[0].slot_id if codes else ""})
    if form.validate_on_submit():
        instead_of = form.instead_of.data or ""
        try:
            renew_recovery_code(database, g.passport, instead_of, session_cookie())
        except (LastWayIn, WaysInChanged) as error:
            form.add_problem(error)
            return render_template("ways_in/recovery_code.html", form=form, codes=codes), 409
        flash(_("There is a new code. Other devices are signed out."))
        return redirect("/recovery-code", 303)
    return render_template("ways_in/recovery_code.html", form=form, codes=codes)


def _way(slot_id: str) -> WayIn:
    found = find_way_in(wiring().database, g.passport, slot_id)
    return found or abort(make_response(render_template("ways_in/gone.html"), 404))
