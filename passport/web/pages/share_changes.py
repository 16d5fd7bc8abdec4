"""What a resident does with a share that she made."""

from collections.abc import Callable

from flask import Blueprint, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from passport.sharing.change_share import (
    extend_share,
    get_share,
    pause_share,
    renew_passcode,
    resume_share,
    revoke_share,
)
from passport.sharing.errors import NotAllowed, ShareChanged
from passport.story.sections import shareable_story
from passport.web.forms.passport_form import PassportForm, PressForm
from passport.web.forms.share_forms import ExtendForm
from passport.web.pages.shares import share_page
from passport.web.proved import proved
from passport.web.share_words import SharedStory, shared_story
from passport.web.signed_in import open_to_supporters, signed_in
from passport.wiring import wiring

blueprint = Blueprint("share_changes", __name__, url_prefix="/shares/<share_id>")


@blueprint.post("/pause")
@signed_in
@open_to_supporters
def pause(share_id: str) -> ResponseReturnValue:
    """Nobody can read it until it is started again."""
    return _change(
        share_id,
        PressForm(),
        lambda: pause_share(wiring().database, g.passport, share_id),
        _("It is paused. Nobody can read it until you start it again."),
    )


@blueprint.post("/resume")
@signed_in
@open_to_supporters
def resume(share_id: str) -> ResponseReturnValue:
    """The same QR code works again."""
    return _change(
        share_id,
        PressForm(),
        lambda: resume_share(wiring().database, g.passport, share_id),
        _("You have started it again."),
    )


@blueprint.post("/extend")
@signed_in
@open_to_supporters
def extend(share_id: str) -> ResponseReturnValue:
    """The same QR code works for longer."""
    form = ExtendForm()
    return _change(
        share_id,
        form,
        lambda: extend_share(
            wiring().database, g.passport, share_id, form.duration.data, form.chosen_day
        ),
        _("You have changed how long they can read it."),
    )


@blueprint.route("/new-passcode", methods=["GET", "POST"])
@signed_in
@open_to_supporters
@proved
def new_passcode(share_id: str) -> ResponseReturnValue:
    """Ask once more, then make another passcode; the old one no longer works."""

    def renew() -> None:
        renew_passcode(wiring().database, wiring().pepper, g.passport, share_id)

    form, shared = PressForm(), _shared(share_id)
    if form.validate_on_submit():
        done = _("There is a new passcode. The old one does not work any more.")
        return _change(share_id, form, renew, done)
    if shared.share.passcode is None:
        return redirect(f"/shares/{share_id}", 303)
    return render_template("shares/new_passcode.html", form=form, shared=shared)


@blueprint.route("/stop", methods=["GET", "POST"])
@signed_in
@open_to_supporters
def stop(share_id: str) -> ResponseReturnValue:
    """Ask once more, then stop it for good."""
    form, shared = PressForm(), _shared(share_id)
    if form.validate_on_submit():
        revoke_share(wiring().database, g.passport, share_id)
        flash(_("It is stopped. Nobody can read it any more."))
        return redirect(f"/shares/{share_id}", 303)
    return render_template("shares/stop.html", form=form, shared=shared)


def _shared(share_id: str) -> SharedStory:
    share = get_share(wiring().database, g.passport, share_id)
    return shared_story(share, shareable_story(wiring().database, g.passport))


def _change(
    share_id: str, form: PassportForm, change: Callable[[], None], done: str
) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return share_page(share_id, form), 400
    try:
        change()
    except (ShareChanged, NotAllowed) as error:
        form.add_problem(error)
        return share_page(share_id, form), 409
    flash(done)
    return redirect(f"/shares/{share_id}", 303)
