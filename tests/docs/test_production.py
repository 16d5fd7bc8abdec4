"""What docs/how-to/run-in-production.md tells operators to do works."""

import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from sqlalchemy import text

from passport.leaving.erase import erase_passport
from passport.sharing.change_share import resume_share
from tests.app_residents import Resident, sign_up_resident
from tests.applications import make_app
from tests.docs.pages import ROOT, blocks
from tests.live_service import LiveService

PAGE = ROOT / "docs" / "how-to" / "run-in-production.md"
BEHIND_A_PROXY = {
    "Host": "passport.example",
    "X-Forwarded-For": "203.0.113.5",
    "X-Forwarded-Proto": "https",
}


@pytest.fixture
def resident(tmp_path: Path) -> Resident:
    """A resident on a SQLite database in `tmp_path`."""
    return sign_up_resident(make_app(tmp_path))


def test_the_environment_shown_starts_a_service_for_real_people(
    live_server: Callable[..., LiveService],
) -> None:
    lines = blocks(PAGE, "ini")[0].split()
    env = dict(line.split("=", 1) for line in lines if not line.startswith("INSTANCE_PATH"))
    service = live_server(**env, ARGON2_MEMORY_KIB="65536")
    url = f"http://127.0.0.1:{service.env['PORT']}/sign-up"
    answer = requests.get(url, headers=BEHIND_A_PROXY, timeout=10)
    assert answer.status_code == 200
    assert "Strict-Transport-Security" in answer.headers
    assert "Secure" in answer.headers["Set-Cookie"]
    assert requests.get(url, timeout=10).status_code == 400
    with pytest.raises(RuntimeError, match="production"):
        service.flask("demo", "--json")


def test_the_backup_shown_holds_everything(resident: Resident, tmp_path: Path) -> None:
    share, copy = resident.shares(), tmp_path / "copy"
    _back_up(tmp_path, copy, "/backup")
    _back_up(tmp_path, copy, "/erasure-copy")
    assert _read(make_app(copy), resident, share) == 200


def test_a_backup_opens_nothing_that_was_erased_before_the_newest_copy_of_erasure_keys(
    resident: Resident, tmp_path: Path
) -> None:
    share, copy = resident.shares(), tmp_path / "copy"
    _back_up(tmp_path, copy, "/backup")
    _back_up(tmp_path, copy, "/erasure-copy")
    erase_passport(resident.wired.database, resident.passport)
    _back_up(tmp_path, copy, "/erasure-copy")
    assert _read(make_app(copy), resident, share) == 404


def _back_up(instance: Path, copy: Path, to: str) -> None:
    """Do what the page says: the command that copies to the folder `to`, into `copy` instead."""
    copy.mkdir(exist_ok=True)
    [command] = [line for line in "".join(blocks(PAGE, "sh")).splitlines() if f"'{to}/" in line]
    moved = command.replace("/var/lib/story-passport", str(instance)).replace(to, str(copy))
    subprocess.run([sys.executable, *shlex.split(moved)[1:]], check=True)


def test_pausing_all_after_a_restore_stops_reading_until_the_owner_resumes(
    resident: Resident,
) -> None:
    share, database = resident.shares(), resident.wired.database
    assert _read(resident.app, resident, share) == 200
    [statement] = blocks(PAGE, "sql")
    with database.write() as connection:
        connection.execute(text(statement))
    assert _read(resident.app, resident, share) == 404
    resume_share(database, resident.passport, share.share_id)
    assert _read(resident.app, resident, share) == 200


def _read(app, resident, share) -> int:
    path = urlsplit(resident.link(share).url).path
    return app.test_client().post(path, json={"recipient": "Ward 7"}).status_code
