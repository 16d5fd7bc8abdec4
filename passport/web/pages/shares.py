"""All shares, one share, and its QR code."""

from flask import Blueprint, Response, abort, g, render_template, request
from flask.typing import ResponseReturnValue

from passport.paper.qr_code import qr_png, qr_svg
from passport.sharing.change_share import get_share
from passport.sharing.receipts import MOST_SHOWN, list_receipts
from passport.sharing.share import Share
from passport.sharing.shlink import link_of, viewer_link
from passport.sharing.unfinished import unfinished_shares
from passport.story.sections import shareable_story
from passport.web.forms.passport_form import PassportForm
from passport.web.forms.share_forms import ExtendForm
from passport.web.share_proof import may_be_shown, shown_after_proof
from passport.web.share_words import my_shares, open_now_words, shared_story
from passport.web.signed_in import asked_by_itself, open_to_supporters, signed_in
from passport.wiring import wiring

blueprint = Blueprint("shares", __name__)


@blueprint.get("/shares")
@signed_in
@open_to_supporters
def all_shares() -> ResponseReturnValue:
    """Every share as a sentence; those that people can or could read again come first."""
    shares, tries = my_shares(), unfinished_shares(wiring().database, g.passport)
    # Begun twice for the same team, the older try would read the same and only puzzle.
    newest = {one.first("recipient"): one for one in reversed(tries)}
    return render_template(
        "shares/shares.html",
        open_shares=[s for s in shares if s.share.state != "revoked"],
        unfinished=list(reversed(newest.values())),
        stopped=[s for s in shares if s.share.state == "revoked"],
    )


@blueprint.get("/shares/<share_id>")
@signed_in
@open_to_supporters
def one_share(share_id: str) -> ResponseReturnValue:
    """One share: how it is opened, what is in it, who read it, and what to do with it."""
    return share_page(share_id)


@blueprint.get("/shares/<share_id>/readings.json")
@signed_in
@open_to_supporters
@asked_by_itself
def readings(share_id: str) -> ResponseReturnValue:
    """Who has it open now, for the page that shows the QR code across a desk."""
    return {"words": open_now_words(share_id)}


@blueprint.get("/shares/<share_id>/qr.svg")
@signed_in
@open_to_supporters
@shown_after_proof
def svg(share_id: str) -> ResponseReturnValue:
    """The QR code for the page."""
    return Response(qr_svg(_link(share_id)), mimetype="image/svg+xml")


@blueprint.get("/shares/<share_id>/qr.png")
@signed_in
@open_to_supporters
@shown_after_proof
def png(share_id: str) -> ResponseReturnValue:
    """The QR code as a picture to keep or print."""
    headers = {"Content-Disposition": 'attachment; filename="story-passport-qr-code.png"'}
    return Response(qr_png(_link(share_id)), mimetype="image/png", headers=headers)


def share_page(share_id: str, form: PassportForm | None = None) -> str:
    """The page of one share; `form` is the one whose button was pressed, if it has a problem."""
    database = wiring().database
    share, skip = get_share(database, g.passport, share_id), _skip()
    receipts = list_receipts(database, g.passport, share_id, skip)
    return render_template(
        "shares/share.html",
        shared=shared_story(share, shareable_story(database, g.passport)),
        link=_link_to_show(share),
        ways_shown=may_be_shown(share_id),
        receipts=receipts,
        skipped=skip,
        open_now=open_now_words(share_id),
        older=skip + MOST_SHOWN if len(receipts) == MOST_SHOWN else None,
        extend_form=form if isinstance(form, ExtendForm) else ExtendForm(formdata=None),
        form=form,
    )


def _skip() -> int:
    text = request.args.get("skip", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _link(share_id: str) -> str:
    return _link_to_show(get_share(wiring().database, g.passport, share_id)) or abort(404)


def _link_to_show(share: Share) -> str | None:
    # An organisation's link is sealed to it alone and asks for no passcode: shown here, it would
    # open the share to anybody who sees the page.
    link = None if share.record.organisation else link_of(share, wiring().settings.base_url)
    return viewer_link(link, wiring().settings.base_url) if link else None
