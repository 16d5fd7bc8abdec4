"""How often a stranger may try: limits by Flask-Limiter, shared through Redis when there is one."""

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits import parse_many
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.settings import Settings


def whose() -> str:
    """The address that a request comes from, or the network where it is one of very many.

    Whoever has IPv6 at home has 2^64 addresses, and would have as many times the tries.
    """
    text = request.remote_addr or ""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if not isinstance(address, IPv6Address):
        return text
    return str(address.ipv4_mapped or IPv6Network((int(address), 64), strict=False))


limiter = Limiter(whose, headers_enabled=True, strategy="sliding-window-counter")

SIGN_IN = "20 per minute; 200 per hour"
PASSKEY = "30 per minute; 300 per hour"
SIGN_IN_NAME = "10 per minute; 60 per hour"
SIGN_UP = "10 per minute; 60 per hour"
HELP_TICKET = "10 per hour; 30 per day"
HELP_NUMBER = "10 per hour; 40 per day"
_NAME_LIMIT = "story-passport-name-limit"
TOKEN = "60 per minute"  # noqa: S105 (a limit, not a secret)


def limit_rates(app: Flask, settings: Settings) -> None:
    """Count in Redis when `REDIS_URL` is set, else in this process's memory."""
    app.config["RATELIMIT_STORAGE_URI"] = settings.redis_url or "memory://"
    app.config["RATELIMIT_STORAGE_OPTIONS"] = counter_options(settings)
    app.config["RATELIMIT_ENABLED"] = settings.rate_limits
    # Better to serve a nurse without counting than to refuse her because the counter is down.
    app.config["RATELIMIT_SWALLOW_ERRORS"] = True
    limiter.init_app(app)
    app.extensions[_NAME_LIMIT] = NameLimit(settings)


class TooManyTries(Exception):
    """Passphrases were tried too often under one sign-in name, or in one passport."""


class NameLimit:
    """How often a passphrase may be tried under one sign-in name, from all addresses together.

    Counted by `limits`, the library under Flask-Limiter, in a window that moves with each try:
    in no minute and no hour does anybody get one try more, however many ask at once.
    """

    def __init__(self, settings: Settings) -> None:
        self._limits = parse_many(SIGN_IN_NAME) if settings.rate_limits else []
        storage = storage_from_string(
            settings.redis_url or "memory://", wrap_exceptions=True, **counter_options(settings)
        )
        self._counter = MovingWindowRateLimiter(storage)

    def count(self, name_lookup: bytes) -> None:
        """Count a try, whether or not anybody has this name. Raises TooManyTries."""
        self._count("sign-in-name", name_lookup.hex())

    def count_proof(self, passport_id: str) -> None:
        """Count a try of somebody who is signed in to this passport. Raises TooManyTries.

        Apart from the name's tries, so that no stranger keeps the owner from proving who she is.
        """
        self._count("proof", passport_id)

    def _count(self, kind: str, whose_tries: str) -> None:
        # A counter that is down counts nothing: each address's own limit is counted there too.
        try:
            for limit in self._limits:
                if not self._counter.hit(limit, kind, whose_tries):
                    raise TooManyTries
        except StorageError:
            return


def name_limit() -> NameLimit:
    """The current application's counter of tries under each name."""
    found: NameLimit = current_app.extensions[_NAME_LIMIT]
    return found


def counter_options(settings: Settings) -> dict[str, Any]:
    """A Redis that does not answer within half a second counts as down: readers do not wait."""
    if not settings.redis_url:
        return {}
    wait = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
    return {**wait, "retry": Retry(NoBackoff(), 0)}
