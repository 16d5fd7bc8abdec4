"""The cookie that holds the session secret: the only place where it is kept."""

from typing import Any

from flask import Response, current_app, g, request, session

from passport.wiring import wiring


def cookie_name() -> str:
    """`__Host-` binds the cookie to this one host, which browsers allow over TLS only."""
    return "__Host-session" if wiring().settings.is_https else "session"


def session_cookie() -> str | None:
    """The session secret that the browser sent, or the one that this request has just made."""
    return g.get("new_session_cookie") or request.cookies.get(cookie_name())


def give_session(response: Response, value: str) -> Response:
    """Sign this browser in. The cookie ends with the browser, and the session before that."""
    response.set_cookie(cookie_name(), value, **_flags())
    return response


def take_session(response: Response) -> Response:
    """Sign this browser out."""
    response.delete_cookie(cookie_name(), **_flags())
    return response


def lasting_cookie(name: str) -> tuple[str, dict[str, Any]]:
    """The name and flags of a cookie that may outlive the session: never of a secret."""
    return (f"__Host-{name}" if wiring().settings.is_https else name), _flags()


def fresh_form_session() -> None:
    """Forget the tokens of earlier forms, so that nobody can plant theirs before a sign-in."""
    session.clear()
    g.pop(current_app.config.get("WTF_CSRF_FIELD_NAME", "csrf_token"), None)


def _flags() -> dict[str, Any]:
    return {
        "path": "/",
        "secure": wiring().settings.is_https,
        "httponly": True,
        "samesite": "Lax",
    }
