"""Saves, pauses, revocations and reads at once: nobody reads a stale, stopped or half story."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

import pytest

from passport.sharing.change_share import pause_share, resume_share, revoke_share
from passport.sharing.errors import NoLongerActive
from passport.sharing.receipts import list_receipts
from passport.sharing.share import Share
from passport.storage.database import Database
from tests.residents import Resident, new_resident
from tests.sharing.clinician import at_location, decrypted, location_of, packed_jwe_of, read

SAVES, READERS = 25, 6


@dataclass
class Race:
    """An owner who writes and readers who read, all at once."""

    bee: Resident
    share: Share
    saved: int = 0
    stops: int = 0  # odd while the share is stopped
    is_over: Event = field(default_factory=Event)
    faults: list[str] = field(default_factory=list)
    reads: int = 0

    def save(self) -> None:
        version = self.saved + 1
        self.bee.write("my-story", f"words{version}x " * 300, based_on=version)
        self.saved = version

    def stop(self, how: Callable[..., None]) -> None:
        how(self.bee.database, self.bee.passport, self.share.share_id)
        self.stops += 1

    def go_on(self) -> None:
        self.stops += 1
        resume_share(self.bee.database, self.bee.passport, self.share.share_id)

    def watch(self, read_once: Callable[[], str]) -> None:
        while not self.is_over.is_set():
            at_least, stops = self.saved, self.stops
            try:
                text = read_once()
            except NoLongerActive:
                continue
            if stops % 2 and stops == self.stops:
                self.faults.append("read what was stopped")
            self._check(text, at_least)
            self.reads += 1

    def _check(self, text: str, at_least: int) -> None:
        versions = {int(found) for found in re.findall(r"words(\d+)x", text)}
        if len(versions) != 1 or text.count(f"words{max(versions)}x") != 300:
            self.faults.append(f"half-written: {versions}")
        elif max(versions) < at_least:
            self.faults.append(f"stale: {versions} after {at_least}")


@pytest.fixture
def race(database: Database) -> Race:
    bee = new_resident(database)
    bee.write("my-story", "words0x " * 300, based_on=0)
    return Race(bee, bee.share("my-story", duration="until-stopped"))


def _run(race: Race, owner: Callable[[], None], reader: Callable[[], str]) -> None:
    with ThreadPoolExecutor(READERS) as threads:
        watching = [threads.submit(race.watch, reader) for _ in range(READERS)]
        try:
            owner()
        finally:
            race.is_over.set()
        for each in watching:
            each.result()
    assert race.faults == []
    assert race.reads > 0


def _read(race: Race) -> Callable[[], str]:
    return lambda: read(race.bee.database, race.share)


def _read_packed(race: Race) -> Callable[[], str]:
    return lambda: decrypted(race.share, packed_jwe_of(race.bee.database, race.share))


def _read_location(race: Race) -> Callable[[], str]:
    def once() -> str:
        location = location_of(race.bee.database, race.share)
        return decrypted(race.share, at_location(race.bee.database, location))

    return once


@pytest.mark.parametrize("how", [_read, _read_packed, _read_location])
def test_a_read_that_begins_after_a_save_returned_shows_it(
    race: Race, how: Callable[[Race], Callable[[], str]]
) -> None:
    def owner() -> None:
        for _ in range(SAVES):
            race.save()

    _run(race, owner, how(race))


@pytest.mark.parametrize("how", [_read, _read_location])
def test_a_read_that_begins_after_a_pause_returned_shows_nothing(
    race: Race, how: Callable[[Race], Callable[[], str]]
) -> None:
    def owner() -> None:
        for _ in range(10):
            race.save()
            race.stop(pause_share)
            race.save()
            race.go_on()

    _run(race, owner, how(race))


@pytest.mark.parametrize("how", [_read, _read_location])
def test_a_read_that_begins_after_a_revocation_returned_shows_nothing(
    race: Race, how: Callable[[Race], Callable[[], str]]
) -> None:
    def owner() -> None:
        for _ in range(5):
            race.save()
        race.stop(revoke_share)
        race.save()

    _run(race, owner, how(race))
    with pytest.raises(NoLongerActive):
        read(race.bee.database, race.share)


def test_every_read_that_was_answered_left_its_receipt(race: Race) -> None:
    def owner() -> None:
        for _ in range(5):
            race.save()
        race.stop(revoke_share)

    _run(race, owner, _read(race))
    receipts = list_receipts(race.bee.database, race.bee.passport, race.share.share_id)
    assert len(receipts) == min(race.reads, 200)


def test_a_share_made_while_a_section_is_saved_does_not_miss_the_new_words(race: Race) -> None:
    with ThreadPoolExecutor(2) as threads:
        for _ in range(10):
            saving = threads.submit(race.save)
            share = threads.submit(race.bee.share, "my-story").result()
            saving.result()
            assert f"words{race.saved}x " in read(race.bee.database, share)
