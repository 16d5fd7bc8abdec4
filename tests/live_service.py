"""The real service in a process of its own, started the way `make run` starts it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.servers import free_port, wait_until

ROOT = Path(__file__).resolve().parent.parent
# What a developer's own shell may hold, and a test must not depend on.
OWN_SETTINGS = ("PASSPORT_ENV", "DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PEPPER", "WEB_WORKERS")


@dataclass(frozen=True)
class LiveService:
    """A running service: where it is, and what it was started with."""

    base_url: str
    instance_path: Path
    env: Mapping[str, str]
    log: Path
    process: subprocess.Popen

    def flask(self, *arguments: str) -> str:
        """What `flask <arguments>` prints, with the service's own environment."""
        command = [Path(sys.executable).parent / "flask", "--app", "wsgi", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.env, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"flask {' '.join(arguments)} failed:\n{done.stderr}")
        return done.stdout

    def kill(self) -> None:
        """End it at once, as a power cut would: no process of it finishes what it was doing."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)


@contextmanager
def running(instance_path: Path, env: Mapping[str, str]) -> Iterator[LiveService]:
    """The service with its instance in `instance_path`, made if it is not there yet.

    `env` adds to the environment, or replaces parts of it. Raises RuntimeError, with the log, if
    it does not start.
    """
    instance_path.mkdir(parents=True, exist_ok=True)
    log = instance_path.with_name(f"{instance_path.name}.log")
    environment = _environment(instance_path, env)
    base_url = environment["BASE_URL"]
    health = f"http://127.0.0.1:{environment['PORT']}/healthz"
    with log.open("ab") as output:
        process = subprocess.Popen(
            [ROOT / "scripts" / "serve.sh"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    service = LiveService(base_url, instance_path, environment, log, process)
    try:
        wait_until(lambda: _is_healthy(health), process, log)
        yield service
    finally:
        _stop(process)


def _environment(instance_path: Path, env: Mapping[str, str]) -> dict[str, str]:
    inherited = {name: text for name, text in os.environ.items() if name not in OWN_SETTINGS}
    port = env.get("PORT") or str(free_port())
    ours = {
        "PORT": port,
        "BASE_URL": f"http://127.0.0.1:{port}",
        "INSTANCE_PATH": str(instance_path),
        "VENV_BIN": str(Path(sys.executable).parent),
        # A passphrase in tests need not be slow to guess.
        "ARGON2_MEMORY_KIB": "8192",
    }
    return {**inherited, **ours, **env}


def _is_healthy(health: str) -> bool:
    try:
        return requests.get(health, timeout=2).status_code == 200
    except requests.RequestException:
        return False


def _stop(process: subprocess.Popen) -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
