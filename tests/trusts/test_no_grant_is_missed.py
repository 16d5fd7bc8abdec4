"""A program that follows cursors misses nothing, however many residents share meanwhile."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

from passport.crypto.unlocked_passport import UnlockedPassport
from passport.trusts.grants import list_grants
from tests.trusts.trust import Trust, new_resident, register_trust

WRITERS, EACH = 4, 12


def test_no_grant_is_missed_while_others_are_added(app_on_each_database):
    trust = register_trust(app_on_each_database)
    residents = [new_resident(app_on_each_database, f"Resident {n}") for n in range(WRITERS)]
    done = threading.Event()
    with ThreadPoolExecutor(WRITERS + 3) as pool:
        readers = [pool.submit(follow, trust, done, seed) for seed in range(3)]
        writers = [pool.submit(share_often, trust, resident) for resident in residents]
        given = {share_id for writer in writers for share_id in writer.result()}
        done.set()
        followed = [reader.result() for reader in readers]
    assert len(given) == WRITERS * EACH
    for seen in followed:
        assert len(seen) == len(set(seen)), "no grant comes twice"
        assert set(seen) == given


def share_often(trust: Trust, resident: UnlockedPassport) -> list[str]:
    return [trust.is_given(resident).share_id for _ in range(EACH)]


def follow(trust: Trust, done: threading.Event, seed: int) -> list[str]:
    """What a program sees that always goes on from the last number it had."""
    chance, after, seen = random.Random(seed), 0, []
    while True:
        last_round = done.is_set()
        page = list_grants(trust.wired.database, trust.client_id, after, chance.randint(1, 4))
        seen += [grant.share_id for grant in page]
        after = page[-1].number if page else after
        if last_round and not page:
            return seen
