"""What a way in is called: by its owner, or by us in the reader's language."""

from flask import Flask
from flask_babel import gettext

from passport.accounts.ways_in import WayIn


def init_app(app: Flask) -> None:
    """Make the filter known to templates, by its own name."""
    app.add_template_filter(way_title)


def way_title(way: WayIn) -> str:
    """Her name for it, else what kind it is."""
    return way.name or gettext(way.usual_title)
