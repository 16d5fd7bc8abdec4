"""The language of pages: what the reader chose, else what the browser asks for, else English."""

from flask import Flask, request
from flask_babel import Babel

PAGE_LANGUAGES = {"en": "English"}
"""Languages that pages can be shown in, by code, each named in itself."""
_COOKIE = "language"


def init_app(app: Flask) -> None:
    """Let templates and pages say words in the reader's language: `_`, `ngettext` and lazy ones."""
    app.jinja_env.globals["languages"] = PAGE_LANGUAGES
    Babel(app, locale_selector=language, default_timezone="Europe/London")


def language() -> str:
    """The code of the language that this page is shown in."""
    # In the address first: the reader's page is also for people who keep no cookies.
    chosen = request.args.get("lang", request.cookies.get(_COOKIE))
    if chosen in PAGE_LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(PAGE_LANGUAGES) or "en"
