"""Serves what `scripts/build_assets.py` built, as small as the browser can take it."""

from functools import cache
from pathlib import Path

from flask import Flask, Response, request, send_from_directory, url_for
from werkzeug.utils import safe_join

_STATIC = Path(__file__).parent / "web" / "static"
_STAMP = _STATIC / "built" / ".built-from"
_SMALLER = {"br": ".br", "gzip": ".gz"}
"""Codings that files were compressed with when they were built; the best comes first."""
_TYPES = {".css": "text/css", ".js": "text/javascript"}


def init_app(app: Flask) -> None:
    """Serve `static/` and give templates `asset(name)`, the address of a built file."""
    app.static_folder = str(_STATIC)
    if "static" not in app.view_functions:
        app.add_url_rule("/static/<path:filename>", "static", _send)
    app.add_template_global(asset)


def asset(name: str) -> str:
    """The address of a built file. It changes with the content: browsers may keep it for good."""
    return url_for("static", filename=f"built/{name}", v=_version())


@cache
def built_text(name: str) -> str:
    """What a built stylesheet or script says."""
    # Sass begins a sheet with a byte order mark, which means nothing within a page.
    return (_STATIC / "built" / name).read_text("utf-8-sig")


@cache
def _version() -> str:
    return _STAMP.read_text()[:12] if _STAMP.exists() else "unbuilt"


def _send(filename: str) -> Response:
    kind = _TYPES.get(Path(filename).suffix)
    if kind is None:
        return send_from_directory(_STATIC, filename)
    coding = _coding_of(filename)
    response = send_from_directory(_STATIC, filename + _SMALLER.get(coding, ""), mimetype=kind)
    response.vary.add("Accept-Encoding")
    if coding:
        response.content_encoding = coding
    return response


def _coding_of(filename: str) -> str:
    for coding, ending in _SMALLER.items():
        path = safe_join(str(_STATIC), filename + ending)
        if path and request.accept_encodings[coding] and Path(path).is_file():
            return coding
    return ""
