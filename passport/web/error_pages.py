"""Errors as pages in plain words: the one place where pages translate them."""

from flask import Flask, Response, g, make_response, render_template
from werkzeug.exceptions import HTTPException, InternalServerError

from passport.access import NotPermitted
from passport.accounts.errors import UnknownInvitation, UnknownSupporter
from passport.accounts.recovery_errors import UnknownHelper, UnknownOwner
from passport.errors import PassportError
from passport.sharing.errors import UnknownReply, UnknownShare
from passport.storage.database import DatabaseUnavailable
from passport.story.attachment import UnknownAttachment
from passport.story.errors import UnknownSection
from passport.web.error_words import error_words

_STATUS: tuple[tuple[type[PassportError], int], ...] = (
    (NotPermitted, 403),
    (UnknownSection, 404),
    (UnknownAttachment, 404),
    (UnknownSupporter, 404),
    (UnknownInvitation, 404),
    (UnknownHelper, 404),
    (UnknownOwner, 404),
    (UnknownShare, 404),
    (UnknownReply, 404),
    (DatabaseUnavailable, 503),
)
_RETRY_SECONDS = {429: "60", 503: "5"}


def init_app(app: Flask) -> None:
    """Answer every error of the pages with a page."""
    app.register_error_handler(PassportError, _passport_error)
    app.register_error_handler(HTTPException, _http_error)


def error_page(status: int, message: str = "") -> Response:
    """The page for one status, with a sentence about the cause where it is known."""
    response = make_response(render_template("error.html", code=status, message=message), status)
    if status in _RETRY_SECONDS:
        response.headers["Retry-After"] = _RETRY_SECONDS[status]
    return response


def _passport_error(error: PassportError) -> Response:
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 400)
    # The pages for these say it already, in the same words each time.
    return error_page(status, "" if status in (404, 503) else error_words(error))


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return make_response(error.get_response())
    if isinstance(error, InternalServerError):
        # Whatever broke may break the header too, so that it is shown as to a stranger.
        g.pop("passport", None)
    response = error_page(status)
    response.headers.update({k: v for k, v in error.get_headers() if k in ("Allow", "Location")})
    return response
