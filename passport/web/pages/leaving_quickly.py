"""Away from here at once, for somebody who is being watched."""

from flask import Blueprint, Response, make_response, redirect, request
from flask.typing import ResponseReturnValue

from passport.accounts.sessions import end_session
from passport.web.session_cookie import fresh_form_session, session_cookie, take_session
from passport.wiring import wiring

blueprint = Blueprint("leaving_quickly", __name__)


@blueprint.route("/leave", methods=["GET", "POST"])
def leave() -> ResponseReturnValue:
    """Sign out and go to a page that anybody might look at. Asks for no token: see the decisions.

    The script asks by POST while it goes there itself.
    """
    end_session(wiring().database, session_cookie())
    fresh_form_session()
    away = wiring().settings.quick_exit_url
    response = make_response("", 204) if request.method == "POST" else _redirected(away)
    # W3C Clear Site Data: what the back button or the disk might still hold of our pages.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return take_session(response)


def _redirected(address: str) -> Response:
    return make_response(redirect(address, 303))
