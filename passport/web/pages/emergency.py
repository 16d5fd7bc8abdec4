"""The emergency card: making one, and being told that it was opened."""

from flask import Blueprint, Response, g, json, redirect, render_template
from flask.typing import ResponseReturnValue

from passport.accounts.sessions import passport_of
from passport.sharing.create_share import create_share
from passport.sharing.emergency import openings_seen
from passport.sharing.errors import NotAllowed, NothingChosen
from passport.sharing.share import Share
from passport.story.sections import story
from passport.web.error_pages import error_page
from passport.web.forms.emergency_form import EmergencyForm, emergency_form
from passport.web.forms.inbox_forms import OpeningsSeenForm
from passport.web.forms.passport_form import OPEN_TOO_LONG
from passport.web.inbox_news import news_of, opening_words
from passport.web.section_words import fact_hints, section_hints
from passport.web.session_cookie import session_cookie
from passport.web.share_proof import just_made
from passport.web.signed_in import signed_in
from passport.wiring import wiring

blueprint = Blueprint("emergency", __name__)


@blueprint.route("/shares/emergency/new", methods=["GET", "POST"])
@signed_in
def new() -> ResponseReturnValue:
    """Choose what stands on the card."""
    sections = story(wiring().database, g.passport)
    form = emergency_form(sections)
    if form.validate_on_submit() and (share := _made(form)):
        just_made(share.share_id)
        return redirect(f"/shares/{share.share_id}", 303)
    return render_template(
        "emergency/new.html",
        form=form,
        section_hints=section_hints(sections),
        fact_hints=fact_hints(sections),
    )


@blueprint.post("/inbox/openings/seen")
@signed_in
def seen() -> ResponseReturnValue:
    """She has seen the openings that the page told her; not one that came since."""
    form = OpeningsSeenForm()
    if not form.validate_on_submit():
        return error_page(400, OPEN_TOO_LONG)
    until = form.until.data or ""
    if until.isascii() and until.isdigit() and len(until) < 16:
        openings_seen(wiring().database, g.passport, int(until))
    return redirect("/inbox", 303)


@blueprint.get("/inbox/news.json")
def news() -> Response:
    """What is new, for a page that is open. Asking keeps nobody signed in, and needs no key."""
    passport_id = passport_of(wiring().database, session_cookie())
    found = news_of(passport_id) if passport_id else None
    told = {
        "unread": found.unread if found else 0,
        "until": found.newest_ms if found else 0,
        "words": opening_words(found) if found else "",
    }
    return Response(json.dumps(told), mimetype="application/json")


def _made(form: EmergencyForm) -> Share | None:
    parts = wiring()
    try:
        return create_share(
            parts.database, parts.pepper, g.passport, form.terms, form.once.data or ""
        )
    except (NothingChosen, NotAllowed) as error:
        form.add_problem(error)
    return None
