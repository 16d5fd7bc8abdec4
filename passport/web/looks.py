"""How pages look: larger, wider apart, in strong colours, without motion.

What an owner chose is sealed in her passport, and goes with her to every device. A cookie keeps it
on this device too, for the pages before anybody has signed in and for strangers; it says no more.
The server writes it as classes of the page's root, so that no script is needed.
"""

from flask import Flask, Response, g, request
from flask_babel import lazy_gettext

from passport.accounts.preferences import preferences
from passport.storage.database import DatabaseUnavailable
from passport.web.session_cookie import lasting_cookie
from passport.wiring import wiring

SIZES = {
    "usual": lazy_gettext("Usual"),
    "large": lazy_gettext("Larger"),
    "largest": lazy_gettext("Largest"),
}
OTHERS = {
    "spaced": lazy_gettext("More space between letters and lines"),
    "strong": lazy_gettext("Strong colours: black on white"),
    "calm": lazy_gettext("Nothing moves"),
}
_KNOWN = [*SIZES, *OTHERS]
_COOKIE = "looks"
_A_YEAR = 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Give templates `look_classes()`, and keep the cookie as her passport says."""
    app.add_template_global(look_classes)

    @app.after_request
    def remember(response: Response) -> Response:
        chosen = g.get("looks")
        if chosen is not None and chosen != _on_this_device():
            name, flags = lasting_cookie(_COOKIE)
            if chosen:
                response.set_cookie(name, ".".join(chosen), max_age=_A_YEAR, **flags)
            else:
                response.delete_cookie(name, **flags)
        return response


def look_classes() -> str:
    """The classes of the page's root. None on the reader's page, which is the same for everyone."""
    if request.blueprint == "viewer":
        return ""
    return " ".join(f"passport-look-{look}" for look in looks())


def looks() -> tuple[str, ...]:
    """What was chosen, by her in her passport, else on this device."""
    passport = g.get("passport")
    if passport is None or not passport.access.is_owner:
        return g.get("looks", _on_this_device())
    if "looks" not in g:
        try:
            g.looks = _known(preferences(wiring().database, passport).looks)
        except DatabaseUnavailable:
            # On the page that says so.
            return _on_this_device()
    return tuple(g.looks)


def choose_looks(chosen: tuple[str, ...]) -> None:
    """What was chosen counts from this answer on, on this device."""
    g.looks = _known(chosen)


def _on_this_device() -> tuple[str, ...]:
    return _known(tuple(request.cookies.get(lasting_cookie(_COOKIE)[0], "").split(".")))


def _known(chosen: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(look for look in _KNOWN if look in chosen and look != "usual")
