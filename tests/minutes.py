"""Limits count by the minute of the clock: tests that count tries must not straddle two."""

import time


def within_a_minute(seconds: float) -> None:
    """Go on when at least so much is left of this minute."""
    left = 60 - time.time() % 60
    if left < seconds:
        time.sleep(left)
