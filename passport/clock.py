"""What time it is: the one place that asks, so that tests can move it."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def from_epoch(seconds: int) -> datetime:
    """A moment in whole seconds since 1970, as `epoch` counts."""
    return datetime.fromtimestamp(seconds, UTC)


def epoch() -> int:
    """The present moment in whole seconds since 1970 (UTC)."""
    return int(now().timestamp())
