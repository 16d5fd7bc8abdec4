"""A SMART Health Links service made for these tests alone, from the specification and joserfc."""

import json
import secrets
import threading
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, abort, request
from joserfc import jwe
from joserfc.jwk import OctKey
from werkzeug.serving import make_server

FHIR_JSON = "application/fhir+json"
Answer = Callable[[], Response]


def base64url(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def seal(content: Any, key: str, **header: str) -> str:
    """`content` (bytes, or anything for JSON) as a compact JWE under a base64url key."""
    plain = content if isinstance(content, bytes) else json.dumps(content).encode()
    protected = {"alg": "dir", "enc": "A256GCM", "cty": FHIR_JSON} | header
    registry = jwe.JWERegistry(algorithms=["dir", "A256GCM", "DEF"])
    secret = OctKey.import_key({"kty": "oct", "k": key})
    return jwe.encrypt_compact(protected, plain, secret, registry=registry)


def link_to(url: str, key: str, **members: Any) -> str:
    """The link, bare."""
    payload = {"url": url, "key": key} | members
    return "shlink:/" + base64url(json.dumps(payload, separators=(",", ":")).encode())


@dataclass
class Service:
    """Answers as each test says, and remembers what it was asked."""

    origin: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[dict[str, Any]] = field(default_factory=list)

    def at_new_address(self, answer: Answer) -> str:
        """The address from now on at which `answer` is given."""
        address = secrets.token_urlsafe(32)
        self.answers[address] = answer
        return f"{self.origin}/shl/{address}"

    def share(self, *files: dict[str, Any], key: str, **members: Any) -> str:
        """A link to a manifest of `files`."""
        manifest = json.dumps({"files": files})
        url = self.at_new_address(lambda: Response(manifest, mimetype="application/json"))
        return link_to(url, key, **members)

    def share_of(self, content: Any, **members: Any) -> str:
        """A link to a manifest with `content` embedded in it."""
        key = base64url(secrets.token_bytes(32))
        return self.share(embedded(content, key), key=key, **members)

    def refusing(self, status: int, body: str = "", **headers: str) -> str:
        """A link that is answered with this status."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        url = self.at_new_address(lambda: Response(body, status, named))
        return link_to(url, base64url(bytes(32)))

    def answer(self, address: str) -> Response:
        if request.method != "OPTIONS":
            self.asked.append(
                {
                    "method": request.method,
                    "json": request.get_json(silent=True),
                    "args": dict(request.args),
                    "headers": dict(request.headers),
                }
            )
        response = Response() if request.method == "OPTIONS" else self._known(address)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Headers"] = "content-type"
        return response

    def _known(self, address: str) -> Response:
        return self.answers.get(address, lambda: abort(404))()


def embedded(content: Any, key: str, **header: str) -> dict[str, str]:
    """A manifest's file with its JWE inside."""
    return {"contentType": FHIR_JSON, "embedded": seal(content, key, **header)}


@contextmanager
def running(app: Flask) -> Iterator[Service]:
    """Serve `app`, and under it a Service, on a free port of this machine."""
    service = Service()
    app.add_url_rule("/shl/<address>", view_func=service.answer, methods=["GET", "POST", "OPTIONS"])
    server = make_server("127.0.0.1", 0, app, threaded=True)
    service.origin = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
