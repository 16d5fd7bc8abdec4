"""How often a stranger may try: limits by Flask-Limiter, shared through Redis when there is one."""

from hashlib import sha256

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

from config.settings import Settings
from passport.wiring import wiring

limiter = Limiter(get_remote_address, headers_enabled=True, strategy="sliding-window-counter")

SIGN_IN = "20 per minute; 200 per hour"
SIGN_UP = "10 per minute; 60 per hour"
TOKEN = "60 per minute"  # noqa: S105 (a limit, not a secret)


def read_limit() -> str:
    """How often one address may read one share."""
    limit: str = wiring().settings.read_limit
    return limit


def share_address() -> str:
    """Counts readings of one share from one place, so that one ward never slows another.

    The share's own address is hashed: a counter is no place for a capability.
    """
    return f"{get_remote_address()} {sha256(request.path.encode()).hexdigest()[:32]}"


def limit_rates(app: Flask, settings: Settings) -> None:
    """Count in Redis when `REDIS_URL` is set, else in this process's memory."""
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    app.config["RATELIMIT_ENABLED"] = settings.rate_limits
    # Better to serve a nurse without counting than to refuse her because the counter is down.
    app.config["RATELIMIT_SWALLOW_ERRORS"] = True
    limiter.init_app(app)
