"""Let one view take a file that is larger than any form; say kindly when it is larger still."""

from collections.abc import Callable
from functools import wraps
from threading import BoundedSemaphore
from typing import Any

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from passport.media.kinds import MOST_BYTES
from passport.web.error_pages import error_page
from passport.web.local_address import sign_in_address
from passport.web.signed_in import View, recognise

_FORM_AROUND_IT = 256 * 1024
# Browsers show an answer only when all that they send was taken; beyond this they are cut off.
_MOST_THROWN_AWAY = 400 * 1000 * 1000
_PIECE = 64 * 1024
_AT_ONCE, _WAIT_SECONDS = 2, 30
_turns = BoundedSemaphore(_AT_ONCE)


def takes_sent_file(too_large: Callable[..., ResponseReturnValue]) -> Callable[[View], View]:
    """Stand above `signed_in`: nothing of the request's body may be read before.

    `too_large` answers, with the view's own values, when the body is larger than any file we take.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**values: Any) -> ResponseReturnValue:
            length = request.content_length or 0
            if request.method != "POST" or length <= current_app.config["MAX_CONTENT_LENGTH"]:
                return view(**values)
            if not recognise():
                return redirect(sign_in_address(request.path), 303)
            if length > MOST_BYTES + _FORM_AROUND_IT:
                return _thrown_away(length, too_large, values)
            return _in_turn(view, values)

        return guarded

    return guard


def _in_turn(view: View, values: dict[str, Any]) -> ResponseReturnValue:
    # A file of this size takes several times its size of memory while it is cleaned.
    if not _turns.acquire(timeout=_WAIT_SECONDS):
        return error_page(503, _("Other people are sending large files just now."))
    try:
        request.max_content_length = MOST_BYTES + _FORM_AROUND_IT
        return view(**values)
    except RequestEntityTooLarge:
        return error_page(413, _("This file is larger than 50 MB. Choose a smaller one."))
    finally:
        _turns.release()


def _thrown_away(
    length: int, too_large: Callable[..., ResponseReturnValue], values: dict[str, Any]
) -> ResponseReturnValue:
    """Let the browser finish sending, keep nothing of it, and answer with words."""
    stream, left = request.environ["wsgi.input"], min(length, _MOST_THROWN_AWAY)
    while left > 0 and (piece := stream.read(min(_PIECE, left))):
        left -= len(piece)
    # Nothing is left to read, so that no form finds a body half there.
    request.environ["CONTENT_LENGTH"], request.environ["CONTENT_TYPE"] = "0", ""
    return too_large(**values)
