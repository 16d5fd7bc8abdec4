"""The yardstick: a Flask route that does nothing but answer as many bytes as a manifest has."""

import os

from flask import Flask, Response

app = Flask(__name__, static_folder=None)
_BODY = b"x" * int(os.environ["BODY_BYTES"])


@app.post("/shl/<address>")
def answer(address: str) -> Response:
    """The same number of bytes each time."""
    return Response(_BODY, mimetype="application/json")


@app.get("/healthz")
def healthz() -> str:
    """Up."""
    return "ok"
