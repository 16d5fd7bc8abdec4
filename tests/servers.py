"""Real PostgreSQL, Redis and Chromium for tests, each on a free port and gone afterwards.

A program that is missing fails the test that needs it; `make test` installs them.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import redis
from playwright.sync_api import Browser, sync_playwright

from scripts.install_tools import find

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def program(tool: str) -> Path:
    """Where `tool` of scripts/install_tools.py is; an error that says how to get it if nowhere."""
    found = find(tool)
    if found is None:
        raise RuntimeError(f"{tool} is missing: run `python scripts/install_tools.py test`")
    return found


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(ready: Callable[[], bool], process: subprocess.Popen, log: Path) -> None:
    """Wait for a server; if it ends or takes 60 seconds, raise RuntimeError with its log."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if ready():
            return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args} did not start:\n{log.read_text()[-5000:]}")


@contextmanager
def postgresql(*, survives_power_cut: bool = False) -> Iterator[str]:
    """A PostgreSQL server of its own; yields the SQLAlchemy URL of its first database.

    One that lives for a test run need not survive a power cut; one that is measured must.
    """
    programs = program("postgresql").parent
    folder = Path(tempfile.mkdtemp(prefix="passport-postgresql-"))
    user = _postgresql_user()
    if user:
        shutil.chown(folder, user)
    as_user = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    data, log, port = folder / "data", folder / "log", free_port()
    initdb = [programs / "initdb", "--username=postgres", "--auth=trust", "--no-sync"]
    subprocess.run(
        [*initdb, "--encoding=UTF8", "--locale=C", "--pgdata", data],
        **as_user,
        cwd=folder,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    options = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}"]
    options += ["max_connections=200"]
    options += [] if survives_power_cut else ["fsync=off", "full_page_writes=off"]
    with log.open("wb") as output:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, *(part for o in options for part in ("-c", o))],
            **as_user,
            cwd=folder,
            stdout=output,
            stderr=output,
        )
    try:
        wait_until(lambda: _answers_as_postgresql(port), server, log)
        yield f"postgresql+psycopg://postgres@127.0.0.1:{port}/postgres"
    finally:
        # "Immediate shutdown" of the PostgreSQL manual, section 18.5: waits for no client.
        server.send_signal(signal.SIGQUIT)
        server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def fresh_database(server_url: str) -> Iterator[str]:
    """A new, empty database on the server at `server_url`; yields its SQLAlchemy URL."""
    name = f"passport_{uuid4().hex}"
    plain_url = server_url.replace("+psycopg", "")
    with psycopg.connect(plain_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield server_url.rsplit("/", 1)[0] + f"/{name}"
    finally:
        with psycopg.connect(plain_url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def redis_server() -> Iterator[str]:
    """A Redis server of its own that keeps nothing on disk; yields its URL."""
    port = free_port()
    keep_nothing = ["--save", "", "--appendonly", "no"]
    with tempfile.TemporaryDirectory(prefix="passport-redis-") as folder:
        log = Path(folder) / "log"
        with log.open("wb") as output:
            server = subprocess.Popen(
                [program("redis"), "--bind", "127.0.0.1", "--port", str(port), *keep_nothing],
                cwd=folder,
                stdout=output,
                stderr=output,
            )
        try:
            wait_until(lambda: _answers_as_redis(port), server, log)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            server.terminate()
            server.wait(timeout=30)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, as it comes for use without windows, driven by Playwright."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program("headless chromium"), args=CHROMIUM_FLAGS
        )
        yield browser
        browser.close()


def _postgresql_user() -> str | None:
    """PostgreSQL refuses to run as root: the user to run it as, or None for this one."""
    if os.geteuid() != 0:
        return None
    known = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def _answers_as_postgresql(port: int) -> bool:
    try:
        psycopg.connect(host="127.0.0.1", port=port, user="postgres", connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _answers_as_redis(port: int) -> bool:
    try:
        with redis.Redis(port=port) as client:
            return bool(client.ping())
    except redis.ConnectionError:
        return False
