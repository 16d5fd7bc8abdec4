"""Counting readings costs a reader nothing to speak of, and loses no count."""

import threading

import pytest
from limits import parse
from limits.strategies import FixedWindowRateLimiter

from passport.api.read_counts import CalmMemoryStorage

WARD = ("192.0.2.7", "a share")


@pytest.fixture
def storage():
    storage = CalmMemoryStorage()
    yield storage
    storage.timer.cancel()


def test_counting_many_readings_starts_hardly_any_threads(storage, monkeypatch):
    started = []
    start = threading.Thread.start
    monkeypatch.setattr(threading.Thread, "start", lambda self: (started.append(self), start(self)))
    counter = FixedWindowRateLimiter(storage)
    storage.timer.join()

    for _ in range(2000):
        counter.hit(parse("100000 per minute"), *WARD)

    assert len(started) == 1
    assert started[0].daemon


def test_a_limit_still_holds_and_ends(storage, monkeypatch):
    counter, limit = FixedWindowRateLimiter(storage), parse("3 per second")

    assert [counter.hit(limit, *WARD) for _ in range(4)] == [True, True, True, False]
    later = storage.get_expiry(limit.key_for(*WARD)) + 1
    monkeypatch.setattr("limits.storage.memory.time.time", lambda: later)
    assert counter.hit(limit, *WARD)
