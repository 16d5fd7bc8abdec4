"""Serves the reader's page, twice: the same script under a narrow and under a wider policy.

`/view` can reach nothing but this service. `/view/elsewhere` opens links of other SMART Health
Links services, so it may ask any https address, as the link says.
"""

import gzip
from functools import lru_cache

import brotli
from flask import Blueprint, Response, make_response, render_template, request

from passport.viewer.long_date import long_date, months
from passport.viewer.within_page import (
    DRAW_ANYWAY,
    SCRIPT,
    STORY_SCRIPT,
    STORY_STYLESHEET,
    STYLESHEET,
    script,
    stylesheet,
)
from passport.wiring import wiring

CACHE_SECONDS = 300
_POLICY = (
    "default-src 'none'",
    "img-src 'self' data: blob:",
    # Sound and video are decrypted by the page itself; no address can be played.
    "media-src blob:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    # W3C Trusted Types: no text can become markup or script, whatever a story holds.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
OLDEST_BROWSERS = "Chrome 83, Edge 83, Firefox 78, Safari 14"
"""What the viewer's script is built for (scripts/build_assets.py) and was tried in."""
_NEVER = "display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
_THIS_MACHINE = "http://127.0.0.1:* http://localhost:*"

blueprint = Blueprint("viewer", __name__, template_folder="templates")


@blueprint.get("/view")
def view() -> Response:
    """The page for links of this service."""
    return _reading_page("'self'", reach="own")


@blueprint.get("/view/elsewhere")
def view_elsewhere() -> Response:
    """The page for links of other services."""
    reach = _elsewhere(wiring().settings.base_url)
    return _reading_page(f"'self' {reach}", reach="any")


@blueprint.get("/view/scan")
def scan() -> Response:
    """The page that reads a code with the camera, or in a photo. Nothing of it is sent."""
    response = _page("viewer/scan.html", "'none'", "script-src 'self'", "style-src 'self'")
    response.headers["Permissions-Policy"] = f"camera=(self), {_NEVER}"
    return response


def _elsewhere(base_url: str) -> str:
    in_development = base_url.startswith("http://")
    return f"https: {_THIS_MACHINE}" if in_development else "https:"


def _reading_page(connect: str, *, reach: str) -> Response:
    styles, story_styles = stylesheet(STYLESHEET), stylesheet(STORY_STYLESHEET)
    anyway, code, story_code = script(DRAW_ANYWAY), script(SCRIPT), script(STORY_SCRIPT)
    return _page(
        "viewer/view.html",
        connect,
        # What draws codes for handing over is a file of its own, for those who press for it.
        f"script-src 'self' {anyway.source} {code.source} {story_code.source}",
        f"style-src {styles.source} {story_styles.source}",
        reach=reach,
        long_date=long_date,
        months=months,
        styles=styles.text,
        story_styles=story_styles.text,
        draw_anyway=anyway.text,
        script=code.text,
        story_script=story_code.text,
    )


def _page(template: str, connect: str, *policy: str, **members: object) -> Response:
    chosen = request.args.get("lang")
    page = render_template(template, chosen=chosen, browsers=OLDEST_BROWSERS, **members)
    coding = _coding()
    response = make_response(_compressed(page, coding))
    response.headers["Content-Security-Policy"] = "; ".join(
        [*_POLICY, *policy, f"connect-src {connect}"]
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Nobody's name is on it: the story comes later, and is never kept.
    response.headers["Cache-Control"] = f"private, max-age={CACHE_SECONDS}"
    response.vary.update(["Accept-Encoding", "Accept-Language", "Cookie"])
    if coding:
        response.content_encoding = coding
    response.add_etag()
    response.make_conditional(request)
    return response


def _coding() -> str:
    # The smallest that the browser takes.
    return next((coding for coding in ("br", "gzip") if request.accept_encodings[coding]), "")


@lru_cache(maxsize=64)
def _compressed(page: str, coding: str) -> bytes:
    """The same few pages are asked for again and again: once for each language and reach."""
    whole = page.encode()
    if coding == "br":
        return brotli.compress(whole)
    return gzip.compress(whole, mtime=0) if coding else whole
