"""How quick a clinician's read is, as ratios to a bare Flask route on the same server settings."""

import json
import operator
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests

from bench.load import requests_per_second
from passport.sharing.shlink import parse
from tests import live_service, servers

ROUNDS = 7
RESIDENTS = 8
Asked = tuple[str, dict[str, object]]
# Counted like any other, but never reached.
NO_LIMIT = "10000000 per minute"


@dataclass(frozen=True)
class Measured:
    """Requests a second, one figure for each round."""

    bare: list[float]
    read: list[float]
    with_passcode: list[float]


def measure(database: str, threads: int) -> dict[str, object]:
    """One line of the report, for "sqlite" or "postgresql"."""
    with _service(database, threads) as service, tempfile.TemporaryDirectory() as folder:
        read, locked = _shares(service)
        size = len(
            requests.post(service.base_url + read[0][0], json=read[0][1], timeout=10).content
        )
        with _bare(size, threads, Path(folder) / "bare.log") as bare_url:
            measured = _rounds(
                (bare_url, read), (service.base_url, read), (service.base_url, locked)
            )
    return {"bench": "manifest read", "database": database, "threads": threads, "bytes": size} | (
        _report(measured)
    )


def _shares(service: live_service.LiveService) -> tuple[list[Asked], list[Asked]]:
    """What wards ask for: shares of several residents, without a passcode and with one."""
    read, locked = [], []
    for _ in range(RESIDENTS):
        shares = json.loads(service.flask("demo", "--json"))["shares"]
        read.append((_path(shares["open"]), {"recipient": "Ward 7"}))
        body = {"recipient": "Ward 7", "passcode": shares["passcode"]["passcode"]}
        locked.append((_path(shares["passcode"]), body))
    return read, locked


def _path(share: dict[str, str]) -> str:
    return urlsplit(parse(share["link"]).url).path


def _rounds(bare: tuple, read: tuple, locked: tuple) -> Measured:
    measured = Measured([], [], [])
    for _ in range(ROUNDS):
        measured.bare.append(requests_per_second(*bare))
        measured.read.append(requests_per_second(*read))
        measured.with_passcode.append(requests_per_second(*locked))
    return measured


def _report(measured: Measured) -> dict[str, object]:
    return {
        "ratio_to_bare_flask": _ratio(measured.read, measured.bare),
        "target": 0.15,
        "ratio_passcode_to_without": _ratio(measured.with_passcode, measured.read),
        "target_passcode": 0.9,
        "reads_per_second": round(statistics.median(measured.read)),
        "bare_per_second": round(statistics.median(measured.bare)),
    }


def _ratio(these: list[float], those: list[float]) -> float:
    """The median of each round's ratio: a machine that slows down for a while slows both."""
    return round(statistics.median(map(operator.truediv, these, those)), 3)


@contextmanager
def _service(database: str, threads: int) -> Iterator[live_service.LiveService]:
    env = {"WEB_THREADS": str(threads), "READ_LIMIT": NO_LIMIT}
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "instance"
        if database == "sqlite":
            with live_service.running(instance, env) as service:
                yield service
            return
        with servers.postgresql(survives_power_cut=True) as url:
            env["DATABASE_URL"] = url
            with live_service.running(instance, env) as service:
                yield service


@contextmanager
def _bare(size: int, threads: int, log: Path) -> Iterator[str]:
    port = servers.free_port()
    granian = Path(sys.executable).parent / "granian"
    command = [granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--blocking-threads", str(threads), "--no-access-log"]
    env = {**os.environ, "BODY_BYTES": str(size)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "bench.bare:app"], env=env, stdout=output, stderr=output
        )
    try:
        url = f"http://127.0.0.1:{port}"
        servers.wait_until(lambda: _answers(url), process, log)
        yield url
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/healthz", timeout=2).ok
    except requests.RequestException:
        return False
