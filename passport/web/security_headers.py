"""What every answer tells the browser to refuse.

Policies follow the OWASP Secure Headers Project. Nothing on a page may come from, or be sent to,
another site; the viewer sets a policy of its own, which is left alone.
"""

from flask import Flask, Response, request

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
)

PERMISSIONS_POLICY = (
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    # A share's address is a secret: no other site may learn it from a link.
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
}
_TWO_YEARS = 63072000
STAY_ON_HTTPS = ("Strict-Transport-Security", f"max-age={_TWO_YEARS}; includeSubDomains")
_FOR_GOOD = "public, max-age=31536000, immutable"
_FOR_AN_HOUR = "public, max-age=3600"


def policy_with(directive: str) -> str:
    """The usual policy and one directive more, for a page that needs it."""
    return f"{CONTENT_SECURITY_POLICY}; {directive}"


def init_app(app: Flask, base_url: str) -> None:
    """Add the headers to every answer of `app`; `base_url` (https or not) decides on HSTS."""
    secure = base_url.startswith("https://")
    # Flask-WTF would look for the referrer that our own Referrer-Policy takes away.
    app.config["WTF_CSRF_SSL_STRICT"] = False

    @app.after_request
    def add(response: Response) -> Response:
        return apply(response, secure=secure)


def apply(response: Response, *, secure: bool) -> Response:
    """Add what `response` does not set itself; needs a request context."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if secure:
        response.headers.setdefault(*STAY_ON_HTTPS)
    if request.endpoint != "static":
        # A shared computer must not show the story again when someone presses "Back".
        response.headers.setdefault("Cache-Control", "no-store")
    elif response.status_code in (200, 304):
        response.headers["Cache-Control"] = _FOR_GOOD if "v" in request.args else _FOR_AN_HOUR
    return response
