"""Errors of the API as problem+json (RFC 9457): the one place where they are made."""

from flask import Response, json, request
from werkzeug.exceptions import HTTPException

from passport.errors import PassportError
from passport.sharing.errors import (
    HandOverNotAllowed,
    MayNotReply,
    NoLongerActive,
    TooManyReplies,
)
from passport.storage.database import DatabaseFull, DatabaseUnavailable
from passport.trusts.errors import ScopeMissing, TokenRefused

API_PREFIXES = ("/api/", "/shl/")
RETRY_SECONDS = {503: "5", 429: "3600"}

_STATUS: tuple[tuple[type[PassportError], int], ...] = (
    (NoLongerActive, 404),
    (MayNotReply, 403),
    (HandOverNotAllowed, 403),
    (TooManyReplies, 429),
    (DatabaseFull, 507),
    (DatabaseUnavailable, 503),
    (ScopeMissing, 403),
    (TokenRefused, 401),
)
_WORDS = {
    400: "The request can't be understood. Check it against /api/docs.",
    404: "There is nothing at this address.",
    405: "This address does not take that method. Check it against /api/docs.",
    413: "The request is too large.",
    415: "Send JSON.",
    422: "Some values are not what this address takes. See `errors`.",
    429: "Too many requests. Wait a little, then try again.",
    500: "Something went wrong on our side. Nothing was changed. Try again later.",
    503: "The service is busy just now. Nothing was saved. Try again in a moment.",
}


def is_api_request() -> bool:
    """Whether the request came from a program, so that it is answered in JSON."""
    return request.path.startswith(API_PREFIXES)


def problem(
    status: int, detail: str, *, headers: dict[str, str] | None = None, **members: object
) -> Response:
    """A problem+json answer. `members` stand beside the standard ones."""
    body = {"type": "about:blank", "status": status, "detail": detail, **members}
    answer = Response(json.dumps(body), status, mimetype="application/problem+json")
    answer.headers.update(headers or {})
    answer.headers["Cache-Control"] = "no-store"
    return answer


def problem_from(error: Exception) -> Response:
    """Any error as problem+json, without a trace and without the person's words."""
    if isinstance(error, PassportError):
        status = next((code for kind, code in _STATUS if isinstance(error, kind)), 400)
        headers = _retry(status)
        if isinstance(error, TokenRefused):
            headers["WWW-Authenticate"] = error.challenge
        return problem(status, str(error), headers=headers)
    if isinstance(error, HTTPException) and error.code:
        return _from_http(error)
    return problem(500, _WORDS[500])


def _from_http(error: HTTPException) -> Response:
    status = error.code or 500
    answer = problem(status, _WORDS.get(status, error.description or "The request failed."))
    answer.headers.update({k: v for k, v in error.get_headers() if k in ("Allow", "Retry-After")})
    data = getattr(error, "data", None)
    if status == 422 and isinstance(data, dict):
        answer = problem(status, _WORDS[422], errors=data.get("messages", {}))
    if status == 429 and "Retry-After" not in answer.headers:
        answer.headers["Retry-After"] = "60"
    return answer


def _retry(status: int) -> dict[str, str]:
    return {"Retry-After": RETRY_SECONDS[status]} if status in RETRY_SECONDS else {}
