"""Serves the reader's page, twice: the same script under a narrow and under a wider policy.

`/view` can reach nothing but this service. `/view/elsewhere` opens links of other SMART Health
Links services, so it may ask any https address, as the link says.
"""

from flask import Blueprint, Response, make_response, render_template, request

from passport.wiring import wiring

CACHE_SECONDS = 300
_POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    # W3C Trusted Types: no text can become markup or script, whatever a story holds.
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)
_THIS_MACHINE = "http://127.0.0.1:* http://localhost:*"

blueprint = Blueprint("viewer", __name__, template_folder="templates")


@blueprint.get("/view")
def view() -> Response:
    """The page for links of this service."""
    return _page("own", "'self'")


@blueprint.get("/view/elsewhere")
def view_elsewhere() -> Response:
    """The page for links of other services."""
    return _page("any", f"'self' {_elsewhere(wiring().settings.base_url)}")


def _elsewhere(base_url: str) -> str:
    in_development = base_url.startswith("http://")
    return f"https: {_THIS_MACHINE}" if in_development else "https:"


def _page(reach: str, connect: str) -> Response:
    response = make_response(render_template("viewer/view.html", reach=reach))
    response.headers["Content-Security-Policy"] = "; ".join([*_POLICY, f"connect-src {connect}"])
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    # Nobody's name is on it: the story comes later, and is never kept.
    response.headers["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    response.add_etag()
    response.make_conditional(request)
    return response
