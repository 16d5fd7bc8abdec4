"""Asking a server over the internet, with limits on time and size, and no detours."""

import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import requests

CONNECT_SECONDS, READ_SECONDS, LONGEST_SECONDS = 5, 20, 60
MOST_BYTES = 24 * 1024 * 1024
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class AskingFailed(Exception):
    """No useful answer. `status` is the HTTP status if there was one."""

    def __init__(self, message: str, status: int | None = None) -> None:
        self.status = status
        super().__init__(message)


class WebClient:
    """Talks to the allowed origins only, over TLS (or to this very machine)."""

    def __init__(self, origins: set[str]) -> None:
        self._origins, self._session = origins, requests.Session()

    def ask(self, method: str, url: str, token: str | None = None, **options: Any) -> str:
        """The answer's text. `options` are those of `requests`. Raises AskingFailed."""
        if origin_of(url) not in self._origins:
            raise AskingFailed(f"{origin_of(url)} is another server. Allow it with --allow-origin.")
        try:
            with self._session.request(
                method,
                url,
                auth=_bearer(token),
                timeout=(CONNECT_SECONDS, READ_SECONDS),
                stream=True,
                allow_redirects=False,
                **options,
            ) as answer:
                body = _read(answer)
        except requests.RequestException as error:
            raise AskingFailed(f"{origin_of(url)} does not answer: {error}") from error
        if answer.status_code != 200:
            raise AskingFailed(_reason(answer.status_code, body), answer.status_code)
        return body.decode()

    def ask_json(self, method: str, url: str, token: str | None = None, **options: Any) -> Any:
        """The JSON of the answer. Raises AskingFailed."""
        try:
            return json.loads(self.ask(method, url, token, **options))
        except (ValueError, RecursionError):
            raise AskingFailed(
                f"{origin_of(url)} answered with something else than JSON."
            ) from None


def origin_of(url: str) -> str:
    """Scheme, host and port. Raises AskingFailed for what must not be asked."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise AskingFailed("Only https:// addresses are asked.")
    return f"{parts.scheme}://{parts.netloc}"


def _bearer(token: str | None) -> Callable[[Any], Any]:
    # As `auth`, because otherwise requests may put a password of ~/.netrc in its place.
    def authorise(request: Any) -> Any:
        if token:
            request.headers["Authorization"] = f"Bearer {token}"
        return request

    return authorise


def _read(answer: requests.Response) -> bytes:
    body, deadline = bytearray(), time.monotonic() + LONGEST_SECONDS
    for chunk in answer.iter_content(64 * 1024):
        body += chunk
        if len(body) > MOST_BYTES or time.monotonic() > deadline:
            raise AskingFailed("The answer is too long or too slow.", answer.status_code)
    return bytes(body)


def _reason(status: int, body: bytes) -> str:
    try:
        said = json.loads(body)
        words = said.get("detail") or said.get("error_description") or said.get("error") or ""
    except (ValueError, AttributeError, RecursionError):
        words = ""
    # What a server says goes to a terminal, so no control characters.
    return "".join(c for c in f"{status} {words}".strip()[:500] if c.isprintable())
