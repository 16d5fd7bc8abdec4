"""`make endurance`: kill a real browser while somebody types, 200 times, and print what was lost.

`python -m tests.endurance [KILLS] [SEED]` ends with 1 if more than two seconds ever were.
"""

import json
import random
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.endurance.typing_killed import (
    MOST_LOST_SECONDS,
    PLACES,
    kill_while_typing,
    new_writer,
)
from tests.live_service import running

KILLS = 200


def main(arguments: list[str]) -> int:
    kills = int(arguments[0]) if arguments else KILLS
    seed = int(arguments[1]) if len(arguments) > 1 else random.SystemRandom().randrange(10**9)
    chance, losses = random.Random(seed), []
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder) / "instance", {}) as service,
        sync_playwright() as playwright,
    ):
        writer = new_writer(service)
        for number in range(kills):
            place = PLACES[number % len(PLACES)]
            losses.append(kill_while_typing(playwright.chromium, writer, place, chance))
    seconds = [loss.seconds for loss in losses]
    found = {
        "kills": kills,
        "seed": seed,
        "letters_typed": sum(loss.typed for loss in losses),
        "letters_lost": sum(loss.letters for loss in losses),
        "median_seconds_lost": round(statistics.median(seconds), 3),
        "worst_seconds_lost": max(seconds),
        "over_two_seconds": sum(one > MOST_LOST_SECONDS for one in seconds),
    }
    print(json.dumps(found))
    return 1 if found["over_two_seconds"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
