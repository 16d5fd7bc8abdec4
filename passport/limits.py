"""How often a stranger may try: limits by Flask-Limiter, shared through Redis when there is one."""

from typing import Any

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.settings import Settings

limiter = Limiter(get_remote_address, headers_enabled=True, strategy="sliding-window-counter")

SIGN_IN = "20 per minute; 200 per hour"
SIGN_UP = "10 per minute; 60 per hour"
TOKEN = "60 per minute"  # noqa: S105 (a limit, not a secret)


def limit_rates(app: Flask, settings: Settings) -> None:
    """Count in Redis when `REDIS_URL` is set, else in this process's memory."""
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    app.config["RATELIMIT_STORAGE_OPTIONS"] = counter_options(settings)
    app.config["RATELIMIT_ENABLED"] = settings.rate_limits
    # Better to serve a nurse without counting than to refuse her because the counter is down.
    app.config["RATELIMIT_SWALLOW_ERRORS"] = True
    limiter.init_app(app)


def counter_options(settings: Settings) -> dict[str, Any]:
    """A Redis that does not answer within half a second counts as down: readers do not wait."""
    if not settings.redis_url:
        return {}
    wait = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
    return {**wait, "retry": Retry(NoBackoff(), 0)}
