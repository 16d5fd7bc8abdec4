"""Readers' requests pass through an application of their own, beside the pages.

It has no cookies, no sessions and nothing else that only residents need, so that a clinician's
read passes the share, its receipt and little more.
"""

import logging
from collections.abc import Iterable
from typing import Any

from flask import Flask
from flask_cors import CORS

from config.settings import Settings
from passport.api.read_limit import ReadLimit
from passport.api.shl import blueprint
from passport.application import Application
from passport.wiring import share_parts

PREFIX = "/shl/"

# At level DEBUG, Flask-CORS would write the addresses of shares into the log.
logging.getLogger("flask_cors").setLevel(logging.INFO)


def serve_readers(app: Flask, settings: Settings) -> None:
    """Let a second application answer everything under `/shl/`, with the parts of the first.

    Call it before the proxies are set up, which look at requests for both.
    """
    readers = Application(__name__, static_folder=None)
    readers.config["TESTING"] = app.config["TESTING"]
    readers.extensions["read-limit"] = ReadLimit(settings)
    share_parts(app, readers)
    readers.register_blueprint(blueprint)
    app.extensions["readers"] = readers
    # Readers are web pages on other sites: they may ask, and may read errors too. No cookies.
    CORS(
        readers,
        origins="*",
        allow_headers=["Content-Type", "Authorization"],
        expose_headers=["Retry-After"],
        max_age=3600,
        send_wildcard=True,
    )
    pages = app.wsgi_app

    def choose(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        chosen = readers.wsgi_app if environ["PATH_INFO"].startswith(PREFIX) else pages
        return chosen(environ, start_response)

    app.wsgi_app = choose  # type: ignore[method-assign]
