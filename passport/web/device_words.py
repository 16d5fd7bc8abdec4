"""A browser in words, so that its owner knows it again in the list of where she is signed in.

The raw header is never kept: it would tell much more about a device than its owner needs.
"""

from flask import Flask, request
from flask_babel import gettext as _

from passport.words_to_translate import N_

# The first that is found counts: most browsers also name the ones that they descend from.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("DuckDuckGo/", "DuckDuckGo"),
    ("Ddg/", "DuckDuckGo"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


_UNKNOWN = N_("A browser")


def init_app(app: Flask) -> None:
    """Make the filter known to templates, by its own name."""
    app.add_template_filter(device_shown)


def this_device() -> str:
    """What sent this request, such as "Chrome on Android"."""
    return device_words(request.headers.get("User-Agent", ""))


def device_words(user_agent: str) -> str:
    """A `User-Agent` header in words. Words of ours alone, whatever the header says."""
    browser = _first(_BROWSERS, user_agent) or _UNKNOWN
    system = _first(_SYSTEMS, user_agent)
    return f"{browser} on {system}" if system else browser


def device_shown(words: str) -> str:
    """What `device_words` said, which is kept in English, in the reader's language."""
    browser, on, system = words.partition(" on ")
    if on:
        browser = _shown_browser(browser)
        return _("%(browser)s on %(system)s", browser=browser, system=system)
    return _shown_browser(words)


def _shown_browser(words: str) -> str:
    return _(_UNKNOWN) if words.casefold() == _UNKNOWN.casefold() else words


def _first(words: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((word for mark, word in words if mark in text), None)
