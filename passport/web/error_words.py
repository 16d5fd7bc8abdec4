"""What went wrong, in the reader's language: services say it in English, marked for catalogues."""

from flask import Flask
from flask_babel import gettext

from passport.errors import PassportError


def init_app(app: Flask) -> None:
    """Make the filter known to templates, by its own name."""
    app.add_template_filter(error_words)


def error_words(error: PassportError) -> str:
    """The error's own words, translated."""
    return gettext(error.words, **error.values) if error.words else str(error)
