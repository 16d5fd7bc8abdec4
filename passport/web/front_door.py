"""What every request passes first: the proxies that we trust, and the names that we answer to."""

import re
from urllib.parse import urlsplit

from flask import Flask, Response, abort, request
from werkzeug.middleware.proxy_fix import ProxyFix

from config.settings import Settings

# Werkzeug's own check knows no IPv6 addresses.
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?")
_LOOPBACK = ["localhost", "127.0.0.1", "[::1]"]
# Load balancers ask by number, not by name.
_ANSWERED_UNDER_ANY_NAME = ("/healthz", "/readyz")


def init_app(app: Flask, settings: Settings) -> None:
    """Believe as many proxies as the settings say, and refuse requests for other hosts."""
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    trusted = trusted_hosts(settings)

    @app.before_request
    def refuse_other_hosts() -> None:
        # An address that we print, such as a share's, must never be of a stranger's choosing.
        if request.path in _ANSWERED_UNDER_ANY_NAME:
            return
        host = _HOST.fullmatch(request.headers.get("Host", "").lower())
        if host is None or host["name"] not in trusted:
            abort(400)

    @app.after_request
    def vary_by_cookie(response: Response) -> Response:
        if not response.cache_control.public:
            response.vary.add("Cookie")
        return response


def trusted_hosts(settings: Settings) -> list[str]:
    """The host of the service's own address; on a developer's machine, all its local names."""
    return _LOOPBACK if answers_to_local_names(settings) else [_own_host(settings)]


def answers_to_local_names(settings: Settings) -> bool:
    """Whether this is a developer's machine, which answers to all its local names."""
    return _own_host(settings) in _LOOPBACK and not settings.is_production


def _own_host(settings: Settings) -> str:
    host = urlsplit(settings.base_url).hostname or ""
    return f"[{host}]" if ":" in host else host
