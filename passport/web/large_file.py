"""Let one view take a file that is larger than any form, from its owner alone, one at a time."""

from functools import wraps
from threading import Lock
from typing import Any

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import RequestEntityTooLarge

from passport.leaving.read_export import LARGEST_FILE
from passport.web.error_pages import error_page
from passport.web.local_address import sign_in_address
from passport.web.signed_in import View, recognise
from passport.words_to_translate import N_

_FORM_AROUND_IT = 64 * 1024
_TOO_LARGE = N_("This file is larger than any story that we can bring in.")
_ONE_AT_A_TIME = N_("Somebody else is bringing in a large file just now.")
_one_at_a_time = Lock()


def takes_large_file(view: View) -> View:
    """Stand above `signed_in`: nothing of the request's body may be read before.

    A file of this size takes several times its size of memory while it is brought in.
    """

    @wraps(view)
    def guarded(**values: Any) -> ResponseReturnValue:
        usual = current_app.config["MAX_CONTENT_LENGTH"]
        if request.method != "POST" or (request.content_length or 0) <= usual:
            return view(**values)
        if not recognise():
            return redirect(sign_in_address(request.path), 303)
        if not _one_at_a_time.acquire(blocking=False):
            return error_page(503, gettext(_ONE_AT_A_TIME))
        try:
            request.max_content_length = LARGEST_FILE + _FORM_AROUND_IT
            return view(**values)
        except RequestEntityTooLarge:
            return error_page(413, gettext(_TOO_LARGE))
        finally:
            _one_at_a_time.release()

    return guarded
