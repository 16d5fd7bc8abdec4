"""Errors as pages in plain words: the one place where pages translate them."""

from collections.abc import Sequence

from flask import Flask, Response, g, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError

from passport.access import NotPermitted
from passport.accounts.errors import UnknownInvitation, UnknownSupporter
from passport.accounts.recovery_errors import UnknownHelper, UnknownOwner
from passport.errors import PassportError
from passport.sharing.errors import UnknownReply, UnknownShare
from passport.storage.database import DatabaseFull, DatabaseUnavailable
from passport.story.attachment import UnknownAttachment
from passport.story.errors import UnknownSection
from passport.web.error_words import error_words
from passport.web.typed_fields import CARRIES, PROVES, typed_fields
from passport.web.typed_words import typed_words

Fields = Sequence[tuple[str, str]]

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
    (DatabaseFull, 507),
    (DatabaseUnavailable, 503),
)
_RETRY_SECONDS = {429: "60", 503: "5"}


def init_app(app: Flask) -> None:
    """Answer every error of the pages with a page."""
    app.register_error_handler(PassportError, _passport_error)
    app.register_error_handler(HTTPException, _http_error)


def error_page(status: int, message: str = "", again: Fields = ()) -> Response:
    """The page for one status, with a sentence about the cause where it is known."""
    page = render_template(
        "error.html", code=status, message=message, again=again, words=typed_words(again)
    )
    response = make_response(page, status)
    if status in _RETRY_SECONDS:
        response.headers["Retry-After"] = _RETRY_SECONDS[status]
    return response


def _passport_error(error: PassportError) -> Response:
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 400)
    # The pages for these say it already, in the same words each time.
    message = "" if status in (404, 503, 507) else error_words(error)
    return error_page(status, message, _to_send_again() if status in (503, 507) else ())


def _to_send_again() -> Fields:
    """The fields of a form with words in it that could not be kept, so that none is lost."""
    if request.method != "POST":
        return ()
    fields = typed_fields()
    # What is carried round a sign-in or a proof stands beside a passphrase.
    is_carried = bool({CARRIES, PROVES} & set(fields))
    sent = list(fields.items(multi=True))
    return sent if typed_words(sent) and not is_carried else ()


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
