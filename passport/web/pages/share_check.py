"""The last look before sharing: the very words that they will see, and the button that does it."""

from flask import Blueprint, Response, abort, flash, g, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms import SelectChoice

from passport.sharing.change_contents import change_contents
from passport.sharing.change_share import get_share
from passport.sharing.create_share import create_share, share_id_of
from passport.sharing.errors import NotAllowed, NothingChosen, ShareChanged, UnknownShare
from passport.sharing.preview import Preview, preview, preview_change
from passport.sharing.share import Share
from passport.sharing.share_document import CONTENT_TYPE
from passport.sharing.unfinished import forget_choices, keep_choices
from passport.storage.identifiers import new_id
from passport.trusts.errors import UnknownOrganisation
from passport.trusts.grant_share import share_with_organisation
from passport.web.forms.passport_form import PressForm
from passport.web.forms.share_forms import CheckForm
from passport.web.pages.shares import share_page
from passport.web.section_words import title_words
from passport.web.share_proof import just_made
from passport.web.share_step_words import summary_rows
from passport.web.share_steps import CHANGES, Steps
from passport.web.share_words import shared_story
from passport.web.signed_in import open_to_supporters, signed_in
from passport.wiring import wiring

blueprint = Blueprint("share_check", __name__)


@blueprint.route("/shares/new/<try_id>/check", methods=["GET", "POST"])
@signed_in
@open_to_supporters
def check(try_id: str) -> ResponseReturnValue:
    """Show exactly what they will see; make the share, or change it, when that is pressed."""
    steps = Steps(try_id)
    if not steps.is_begun and (made := _made(try_id)):
        return _to_show(made)
    if unready := steps.unready():
        return redirect(f"/shares/new/{try_id}/{unready}", 303)
    shown, form = _preview(steps), CheckForm()
    sensitive = [s for s in shown.sections if s.sensitive]
    form.again.choices = [SelectChoice(s.key, title_words(s)) for s in sensitive]
    if form.validate_on_submit():
        if form.seen.data != shown.mark:
            form.add_problem(_("Something changed since you looked at this page. Look once more."))
        elif share := _done(steps, form):
            return redirect(f"/shares/{share.share_id}", 303) if steps.changes else _to_show(share)
    return _page(steps, shown, form)


def _to_show(share: Share) -> ResponseReturnValue:
    # On a phone, what to show across the desk begins below the edge of the screen.
    return redirect(f"/shares/{share.share_id}#show", 303)


@blueprint.get("/shares/new/<try_id>/preview.json")
@signed_in
@open_to_supporters
def preview_file(try_id: str) -> ResponseReturnValue:
    """The very file that the share would hold, for the readers' page on her own screen."""
    steps = Steps(try_id)
    if not steps.is_begun or steps.unready():
        abort(404)
    shown = _preview(steps)
    for key in shown.share.terms.section_keys:
        g.passport.access.require("read", key)
    response = Response(shown.file, mimetype=CONTENT_TYPE)
    # A one-file link takes no further files along; readers of any other share can open them.
    is_alone = shown.share.terms.is_direct
    response.headers["Passport-Files"] = "not-with-it" if is_alone else "with-it"
    return response


@blueprint.post("/shares/<share_id>/contents")
@signed_in
@open_to_supporters
def choose_again(share_id: str) -> ResponseReturnValue:
    """Begin to change what is in a share: what is in it now is ticked."""
    share = get_share(wiring().database, g.passport, share_id)
    form = PressForm()
    if not form.validate_on_submit() or share.record.secrets is None:
        return share_page(share_id, form), 400
    try_id, terms = new_id(), share.terms
    ticked = [("sensitive" if k in terms.sensitive else "sections", k) for k in terms.sections]
    fields = [*ticked, *(("identity", key) for key in terms.identity)]
    fields += [(CHANGES, share_id), ("done-what", "1")]
    keep_choices(wiring().database, g.passport, try_id, (), fields)
    return redirect(f"/shares/new/{try_id}/what", 303)


def _preview(steps: Steps) -> Preview:
    database = wiring().database
    if steps.changes:
        return preview_change(database, g.passport, steps.changes, steps.terms)
    name = steps.organisation[1] if steps.organisation else None
    return preview(database, g.passport, steps.terms, name, steps.number)


def _page(steps: Steps, shown: Preview, form: CheckForm) -> str:
    readable = [s.key for s in shown.sections if g.passport.access.allows("read", s.key)]
    return render_template(
        "shares/check.html",
        form=form,
        steps=steps,
        document=shown.document,
        organisation=shown.share.record.organisation,
        rows=summary_rows(steps.number, shared_story(shown.share, steps.story)),
        mark=shown.mark,
        files_go_along=not shown.share.terms.is_direct,
        readable=readable,
        facts_readable=g.passport.access.allows("read", "identity"),
    )


def _done(steps: Steps, form: CheckForm) -> Share | None:
    try:
        share = _changed(steps) if steps.changes else _shared(steps)
    except (NothingChosen, UnknownOrganisation, NotAllowed, ShareChanged) as error:
        form.add_problem(error)
        return None
    forget_choices(wiring().database, g.passport, steps.number)
    return share


def _changed(steps: Steps) -> Share:
    share = change_contents(wiring().database, g.passport, steps.changes, steps.terms)
    flash(_("You have changed what is in it. They see it from now on."))
    return share


def _shared(steps: Steps) -> Share:
    parts, terms, once = wiring(), steps.terms, steps.number
    if steps.organisation is None:
        share = create_share(parts.database, parts.pepper, g.passport, terms, once)
    else:
        share = share_with_organisation(
            parts.database,
            parts.pepper,
            g.passport,
            terms,
            steps.organisation[0],
            parts.settings.base_url,
            once,
        )
    just_made(share.share_id)
    return share


def _made(try_id: str) -> Share | None:
    try:
        return get_share(wiring().database, g.passport, share_id_of(g.passport, try_id))
    except UnknownShare:
        return None
