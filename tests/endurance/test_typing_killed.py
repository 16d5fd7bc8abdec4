"""A browser that dies takes no more than the last two seconds of typing with it."""

import random

from playwright.sync_api import Browser

from tests.endurance.typing_killed import (
    MOST_LOST_SECONDS,
    PLACES,
    kill_while_typing,
    new_writer,
)
from tests.live_service import LiveService


def test_a_killed_browser_loses_no_more_than_two_seconds(
    browser: Browser, shared_live_server: LiveService
) -> None:
    """The short form of `make endurance`."""
    writer, chance = new_writer(shared_live_server), random.Random(4)
    for place in (*PLACES, PLACES[0]):
        loss = kill_while_typing(browser.browser_type, writer, place, chance)
        assert loss.typed
        assert loss.seconds <= MOST_LOST_SECONDS, loss
