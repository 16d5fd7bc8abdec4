"""Fifty connections at once gain a guesser no try, and do not keep the owner out.

For a minute instead of seconds: `python -m bench.strangers`.
"""

from collections.abc import Callable

from tests.guesser import guess
from tests.live_service import LiveService

# Signing up counts as the first try under the name.
TRIES = 10 - 1


def test_fifty_connections_get_exactly_the_tries_of_one(
    live_server: Callable[..., LiveService],
) -> None:
    found = guess(live_server(TRUSTED_PROXIES="1"), 50, 6)
    assert found.tried == TRIES
    assert found.kept_waiting > 50
    assert found.owner_got_in


def test_several_processes_count_together(
    live_server: Callable[..., LiveService], redis_url: str
) -> None:
    service = live_server(TRUSTED_PROXIES="1", WEB_WORKERS="2", REDIS_URL=redis_url)
    found = guess(service, 50, 6)
    assert found.tried == TRIES
    assert found.owner_got_in


def test_one_connection_gets_them_all(live_server: Callable[..., LiveService]) -> None:
    assert guess(live_server(TRUSTED_PROXIES="1"), 1, 4).tried == TRIES
