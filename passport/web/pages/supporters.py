"""The owner's supporters: inviting, changing, ending."""

from flask import Blueprint, Response, abort, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.accounts import invitations, supporters
from passport.accounts.errors import TermsNotUsable, UnknownInvitation
from passport.accounts.invitations import Invitation
from passport.accounts.sign_in_names import sign_in_name
from passport.paper.qr_code import qr_svg
from passport.story.sections import story
from passport.web.forms.passport_form import PressForm
from passport.web.forms.supporter_forms import SupporterForm, supporter_form
from passport.web.proved import proved
from passport.web.signed_in import signed_in
from passport.wiring import wiring

blueprint = Blueprint("supporters", __name__, url_prefix="/supporters")


@blueprint.get("")
@signed_in
def all_supporters() -> ResponseReturnValue:
    """Who may act in this passport, and who is invited to."""
    database = wiring().database
    return render_template(
        "supporters/supporters.html",
        supporters=supporters.list_supporters(database, g.passport),
        waiting=invitations.list_invitations(database, g.passport),
    )


@blueprint.route("/invite", methods=["GET", "POST"])
@signed_in
@proved
def invite() -> ResponseReturnValue:
    """Choose what they may do; the code is on the next page."""
    database = wiring().database
    g.passport.access.require_owner()
    form = supporter_form(story(database, g.passport), owner_name=_called())
    if form.validate_on_submit():
        try:
            made = invitations.invite(database, g.passport, form.terms)
        except TermsNotUsable as error:
            form.add_problem(error)
        else:
            return redirect(f"/supporters/invitations/{made.invitation_id}", 303)
    return render_template("supporters/invite.html", form=form)


@blueprint.get("/invitations/<invitation_id>")
@signed_in
@proved
def invitation(invitation_id: str) -> ResponseReturnValue:
    """The link, QR code and code, until somebody has used them."""
    try:
        found = invitations.get_invitation(wiring().database, g.passport, invitation_id)
    except UnknownInvitation:
        flash(_("This invitation is used or cancelled."))
        return redirect("/supporters", 303)
    return render_template("supporters/invitation.html", invitation=found, link=_link(found))


@blueprint.get("/invitations/<invitation_id>/qr.svg")
@signed_in
@proved
def qr(invitation_id: str) -> ResponseReturnValue:
    """The QR code for the page."""
    found = invitations.get_invitation(wiring().database, g.passport, invitation_id)
    return Response(qr_svg(_link(found)), mimetype="image/svg+xml")


@blueprint.post("/invitations/<invitation_id>/cancel")
@signed_in
def cancel(invitation_id: str) -> ResponseReturnValue:
    """The code does not work any more."""
    if not PressForm().validate_on_submit():
        abort(400)
    try:
        invitations.cancel_invitation(wiring().database, g.passport, invitation_id)
    except UnknownInvitation:
        flash(_("This invitation is used or cancelled already."))
    else:
        flash(_("The invitation is cancelled. Its code does not work any more."))
    return redirect("/supporters", 303)


@blueprint.route("/<supporter_id>", methods=["GET", "POST"])
@signed_in
@proved
def change(supporter_id: str) -> ResponseReturnValue:
    """What one supporter may do, to see and to change."""
    database = wiring().database
    found = supporters.get_supporter(database, g.passport, supporter_id)
    form = supporter_form(story(database, g.passport), found.terms)
    if form.validate_on_submit() and _changed(form, supporter_id):
        flash(_("You have changed what they may do. It counts from now on."))
        return redirect("/supporters", 303)
    return render_template("supporters/change.html", form=form, supporter=found)


@blueprint.route("/<supporter_id>/end", methods=["GET", "POST"])
@signed_in
def end(supporter_id: str) -> ResponseReturnValue:
    """Ask once more, then end it at once."""
    database, form = wiring().database, PressForm()
    found = supporters.get_supporter(database, g.passport, supporter_id)
    if form.validate_on_submit():
        supporters.end_supporter(database, g.passport, supporter_id)
        name = found.terms.name
        flash(_("It is ended. %(name)s cannot open your passport any more.", name=name))
        return redirect("/supporters", 303)
    return render_template("supporters/end.html", form=form, supporter=found)


def _changed(form: SupporterForm, supporter_id: str) -> bool:
    try:
        supporters.change_supporter(wiring().database, g.passport, supporter_id, form.terms)
    except TermsNotUsable as error:
        form.add_problem(error)
        return False
    return True


def _link(found: Invitation) -> str:
    return f"{wiring().settings.base_url}/join#{found.code}"


def _called() -> str:
    facts = next((s for s in story(wiring().database, g.passport) if s.is_identity), None)
    called = str(facts.content.get("called") or "") if facts else ""
    return called or sign_in_name(wiring().database, g.passport)
