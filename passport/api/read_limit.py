"""How often one address may read one share: counted by `limits`, the library under Flask-Limiter.

Flask-Limiter itself costs a third of a read, so the readers' path asks the library directly.
"""

from hashlib import sha256
from time import time

from flask import request
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from config.settings import Settings
from passport.api.read_counts import CalmMemoryStorage
from passport.limits import counter_options


class TooManyReads(Exception):
    """This address has read this share too often. `retry_after` is in whole seconds."""

    def __init__(self, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__("too many reads")


class ReadLimit:
    """Counts readings of one share from one place, so that one ward never slows another."""

    def __init__(self, settings: Settings) -> None:
        self._limit: RateLimitItem | None = (
            parse(settings.read_limit) if settings.rate_limits else None
        )
        storage = storage_from_string(
            settings.redis_url or f"{CalmMemoryStorage.STORAGE_SCHEME[0]}://",
            wrap_exceptions=True,
            **counter_options(settings),
        )
        self._counter = FixedWindowRateLimiter(storage)

    def check(self) -> None:
        """Count this request. Raises TooManyReads.

        The share's address is hashed: a counter is no place for a capability. If the counter
        is down we serve without counting rather than refuse a nurse.
        """
        if self._limit is None:
            return
        share = sha256(request.path.encode()).hexdigest()[:32]
        key = (request.remote_addr or "", share)
        try:
            if not self._counter.hit(self._limit, *key):
                reset = self._counter.get_window_stats(self._limit, *key).reset_time
                raise TooManyReads(max(1, int(reset - time()) + 1))
        except StorageError:
            return
