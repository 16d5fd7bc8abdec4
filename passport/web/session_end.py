"""How long somebody stays signed in, and where she goes to leave at once: for every page."""

from flask import Flask

from passport.accounts.sessions import seconds_until_over
from passport.storage.database import DatabaseUnavailable
from passport.web.session_cookie import session_cookie
from passport.wiring import wiring


def init_app(app: Flask) -> None:
    """Let the frame of every page know both."""
    app.add_template_global(seconds_left)
    app.add_template_global(quick_exit_url)


def quick_exit_url() -> str:
    """Where "Leave this page quickly" leads."""
    return wiring().settings.quick_exit_url


def seconds_left() -> int:
    """Seconds until this session is over; 0 if nobody is signed in."""
    try:
        return seconds_until_over(wiring().database, session_cookie())
    except DatabaseUnavailable:
        # On the page that says so.
        return 0
