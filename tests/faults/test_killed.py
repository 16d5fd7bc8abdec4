"""kill -9 at any moment: what was acknowledged is there, and nothing is there by half."""

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from passport.sharing.change_share import list_shares, revoke_share
from passport.sharing.errors import NoLongerActive
from passport.sharing.share import Share
from passport.storage import migrate, tables
from passport.storage.database import Database
from passport.story.sections import section, section_history
from tests.databases import BOTH
from tests.faults.busy_resident import text_of
from tests.residents import Resident, new_resident
from tests.sharing.clinician import read

ROOT = Path(__file__).parents[2]
KILLS = 4
EVERYTHING = {"saved", "read", "shared", "revoked"}


class Killed:
    """What one killed process had acknowledged: how many saves, which shares it took back."""

    def __init__(self, output: str) -> None:
        lines = [line.split() for line in output.splitlines() if line.count(" ") == 1]
        self.counts = Counter(what for what, _ in lines)
        self.saved = max((int(which) for what, which in lines if what == "saved"), default=0)
        self.revoked = {which for what, which in lines if what == "revoked"}


@pytest.fixture(params=BOTH)
def bee(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Resident]:
    """Somebody with a long story."""
    url = f"sqlite:///{tmp_path}/passport.sqlite"
    if request.param == "postgresql":
        url = request.getfixturevalue("fresh_postgres_url")
    database = Database(url, erasure_url=f"sqlite:///{tmp_path}/erasure.sqlite")
    migrate.upgrade(database)
    resident = new_resident(database)
    resident.write("my-story", text_of(1))
    yield resident
    database.close()


def _kill_a_busy_process(bee: Resident, share: Share, after: float) -> Killed:
    command = [sys.executable, "-m", "tests.faults.busy_resident"]
    erasure_url = bee.database.erasure_keys.url
    command += [bee.database.url, erasure_url, bee.cookie, share.share_id]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    output = ""
    while not set(Killed(output).counts) >= EVERYTHING and process.poll() is None:
        output += process.stdout.readline()
    time.sleep(after)
    process.kill()
    rest, _ = process.communicate(timeout=30)
    return Killed(output + rest)


def test_killed_at_any_moment_nothing_acknowledged_is_lost(bee: Resident) -> None:
    share = bee.share("my-story", duration="until-stopped")
    for n in range(KILLS):
        before = _receipts_of(bee, share)
        killed = _kill_a_busy_process(bee, share, 0.05 + n * 0.037)
        assert set(killed.counts) == EVERYTHING
        assert _receipts_of(bee, share) - before >= killed.counts["read"]
        _every_save_is_there(bee, killed)
        _every_share_is_whole(bee, killed)


def _every_save_is_there(bee: Resident, killed: Killed) -> None:
    history = section_history(bee.database, bee.passport, "my-story")
    assert history[0].version >= killed.saved
    assert [found.version for found in history] == list(range(len(history), 0, -1))
    for found in history:
        assert found.content["text"] == text_of(found.version).rstrip()


def _every_share_is_whole(bee: Resident, killed: Killed) -> None:
    newest = section(bee.database, bee.passport, "my-story").version
    states = Counter()
    for share in list_shares(bee.database, bee.passport):
        states[share.state] += 1
        if share.state == "revoked":
            assert _files_of(bee, share) == 0
            continue
        assert share.share_id not in killed.revoked
        # A share is in step with the story, never between two versions of it.
        assert read(bee.database, share).count(f"words{newest}x") == 900
    assert states["revoked"] >= len(killed.revoked)


def test_a_share_revoked_before_the_kill_stays_revoked(bee: Resident) -> None:
    share, gone = bee.share("my-story"), bee.share("my-story")
    revoke_share(bee.database, bee.passport, gone.share_id)
    _kill_a_busy_process(bee, share, 0.1)
    with pytest.raises(NoLongerActive):
        read(bee.database, gone)


def _receipts_of(bee: Resident, share: Share) -> int:
    mine = tables.receipts.c.share_id == share.share_id
    return _count(bee, select(func.count()).select_from(tables.receipts).where(mine))


def _files_of(bee: Resident, share: Share) -> int:
    mine = tables.share_files.c.share_id == share.share_id
    return _count(bee, select(func.count()).select_from(tables.share_files).where(mine))


def _count(bee: Resident, query) -> int:  # type: ignore[no-untyped-def]
    with bee.database.read() as connection:
        return int(connection.execute(query).scalar_one())
