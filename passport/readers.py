"""Readers' requests pass through an application of their own, beside the pages.

It has no cookies, no sessions and nothing else that only residents need, so that a clinician's
read passes the share, its receipt and little more.
"""

import zlib
from collections.abc import Iterable
from typing import Any

from flask import Flask, Response, request

from config.settings import Settings
from passport.api import replies
from passport.api.read_limit import ReadLimit
from passport.api.shl import blueprint
from passport.application import Application
from passport.web.security_headers import STAY_ON_HTTPS
from passport.wiring import share_parts

PREFIX = "/shl/"
_WORTH_PACKING = 2000
_AS_GZIP = 31
_ALWAYS = (
    # For other sites.
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "Retry-After"),
    # An answer is data: opened in a tab by itself, it is no page and goes into no frame.
    ("X-Content-Type-Options", "nosniff"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Referrer-Policy", "no-referrer"),
)
_BEFORE_THEY_ASK = {
    "Access-Control-Allow-Methods": "GET, POST",
    "Access-Control-Allow-Headers": "Content-Type, Authorization",
    "Access-Control-Max-Age": "3600",
}


def serve_readers(app: Flask, settings: Settings) -> None:
    """Let a second application answer everything under `/shl/`, with the parts of the first.

    Call it before the proxies are set up, which look at requests for both.
    """
    readers = Application(__name__, static_folder=None)
    readers.config["TESTING"] = app.config["TESTING"]
    readers.extensions["read-limit"] = ReadLimit(settings)
    share_parts(app, readers)
    readers.register_blueprint(blueprint)
    readers.register_blueprint(replies.blueprint)
    app.extensions["readers"] = readers
    readers.after_request(_open_to_other_sites)
    if settings.is_https:
        readers.after_request(_stay_on_https)
    pages = app.wsgi_app

    def choose(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        chosen = readers.wsgi_app if environ["PATH_INFO"].startswith(PREFIX) else pages
        return chosen(environ, start_response)

    app.wsgi_app = choose  # type: ignore[method-assign]


def _open_to_other_sites(response: Response) -> Response:
    """Readers are web pages on other sites: they may ask, and may read errors too. No cookies.

    Fetch Standard, section 3.3 (CORS protocol): the answer is the same whoever asks.
    """
    for header in _ALWAYS:
        response.headers.add(*header)
    if request.method == "OPTIONS":
        response.headers.update(_BEFORE_THEY_ASK)
    return _packed(response)


def _packed(response: Response) -> Response:
    """A quarter smaller for those who take gzip: ciphertext in base64 has only 64 letters.

    By frequency of letters alone (RFC 1951, section 3.2.7): there is nothing to find that
    repeats, so it costs little, and the packed size tells no more than the size did.
    """
    if response.status_code != 200 or (response.content_length or 0) < _WORTH_PACKING:
        return response
    response.headers.add("Vary", "Accept-Encoding")
    if request.accept_encodings["gzip"]:
        packer = zlib.compressobj(1, zlib.DEFLATED, _AS_GZIP, 8, zlib.Z_HUFFMAN_ONLY)
        response.set_data(packer.compress(response.get_data()) + packer.flush())
        response.content_encoding = "gzip"
    return response


def _stay_on_https(response: Response) -> Response:
    response.headers.set(*STAY_ON_HTTPS)
    return response
