"""An invented resident's passport, for everybody to look around in. It changes nothing."""

from dataclasses import replace
from functools import lru_cache

from flask import Blueprint, Response, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext

from passport.paper.qr_code import qr_svg
from passport.sharing.example_share import (
    example_file,
    example_link,
    example_replies,
    example_shares,
    example_story,
)
from passport.story.fact_names import FACT_NAMES
from passport.web.section_words import fact_hints
from passport.web.share_words import SharedStory, shared_story
from passport.web.signed_in import recognise
from passport.wiring import wiring

_FIRST = ("most-important", "please-do", "please-dont")
blueprint = Blueprint("example", __name__, url_prefix="/example")
PAGES = {
    "/example": lazy_gettext("Her story"),
    "/example/shares": lazy_gettext("Her shares"),
    "/example/reader": lazy_gettext("What staff see"),
    "/example/inbox": lazy_gettext("Her inbox"),
}


@blueprint.get("")
def story() -> str:
    """What she wrote."""
    return _page("story", story=example_story())


@blueprint.get("/shares")
def shares() -> str:
    """Who can read it, as her own page says it."""
    return _page("shares", shares=_shares())


@blueprint.get("/reader")
def reader() -> str:
    """What a ward reads, here and in the reader's own page."""
    shown, told = _shares()[0], fact_hints(example_story())
    return _page(
        "reader",
        facts=[(_(FACT_NAMES[key]), told[key]) for key in shown.share.terms.identity],
        first=[section for section in shown.sections if section.key in _FIRST],
        others=[section for section in shown.sections if section.key not in _FIRST],
        link=example_link(wiring().settings.base_url),
    )


@blueprint.get("/inbox")
def inbox() -> str:
    """What came of it."""
    return _page("inbox", replies=example_replies())


@blueprint.get("/file")
def file() -> Response:
    """What the link in the example leads to."""
    return Response(example_file(), mimetype="application/jose")


@blueprint.get("/qr.svg")
def qr() -> Response:
    """The link as a QR code, to try with a phone."""
    return Response(_drawn(example_link(wiring().settings.base_url)), mimetype="image/svg+xml")


@lru_cache(maxsize=1)
def _drawn(link: str) -> bytes:
    # Strangers may ask for it as often as they like, and it is slow to draw.
    return qr_svg(link)


def _shares() -> list[SharedStory]:
    story = example_story()
    return [
        replace(shared_story(one.share, story), last_read=one.last_read) for one in example_shares()
    ]


def _page(name: str, **values: object) -> str:
    recognise()
    return render_template(f"example/{name}.html", pages=PAGES, **values)
