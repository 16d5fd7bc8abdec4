"""The clinician's page: one static page and one small script that unlocks a story in the browser.

The service never sees the key: it stays behind the `#` of the link. Nothing is asked before the
reader presses Open, and then only of the service that the link names.
"""

from flask import Flask

from passport.viewer.pages import blueprint

__all__ = ["blueprint", "register"]


def register(app: Flask) -> None:
    """Serve `/view` and `/view/elsewhere`."""
    app.register_blueprint(blueprint)
