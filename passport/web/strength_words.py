"""How long it takes to guess a passphrase, in words."""

from datetime import timedelta

from babel.dates import format_timedelta
from flask import Flask
from flask_babel import gettext as _

from passport.accounts.strength import Strength
from passport.web.page_language import locale

_CENTURY = 100 * 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Make the filter known to templates, by its own name."""
    app.add_template_filter(guessing_words)


def guessing_words(strength: Strength) -> str:
    """A sentence about what guessing it takes."""
    if strength.seconds < 1:
        return _("With very fast computers, guessing it would take less than a second.")
    if strength.seconds >= _CENTURY:
        return _("With very fast computers, guessing it would take centuries.")
    time = format_timedelta(timedelta(seconds=strength.seconds), threshold=1, locale=locale())
    return _("With very fast computers, guessing it would take about %(time)s.", time=time)
