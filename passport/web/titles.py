"""Page titles that tell nobody which service this is, for whoever chose that.

The choice is sealed in the passport. A cookie remembers it on this device, for the pages that are
shown before anybody has signed in; it says nothing else.
"""

from flask import Flask, Response, g, request

from passport.web.own_preferences import own_preferences
from passport.web.session_cookie import lasting_cookie

NEUTRAL_TITLE = "Notes"
_NAME, _CHOSEN = "titles", "plain"
_A_YEAR = 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Give templates `neutral_title()`, and keep the cookie as her passport says."""
    app.add_template_global(neutral_title)

    @app.after_request
    def remember(response: Response) -> Response:
        chosen = g.get("neutral_titles")
        if chosen is not None and chosen != _on_this_device():
            name, flags = lasting_cookie(_NAME)
            if chosen:
                response.set_cookie(name, _CHOSEN, max_age=_A_YEAR, **flags)
            else:
                response.delete_cookie(name, **flags)
        return response


def neutral_title() -> str:
    """What stands in the title of every page instead of its own; empty for its own."""
    # The reader's page is the same for everyone, so that any cache may keep it.
    if request.blueprint == "viewer":
        return ""
    return NEUTRAL_TITLE if _is_chosen() else ""


def choose_titles(*, neutral: bool) -> None:
    """What the owner has just chosen counts from this answer on."""
    g.neutral_titles = neutral


def _is_chosen() -> bool:
    if "neutral_titles" not in g:
        chosen = own_preferences()
        if chosen is None:
            return _on_this_device()
        g.neutral_titles = chosen.neutral_titles
    return bool(g.neutral_titles)


def _on_this_device() -> bool:
    return request.cookies.get(lasting_cookie(_NAME)[0]) == _CHOSEN
