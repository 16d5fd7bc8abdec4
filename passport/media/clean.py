"""Clean a file in a process of its own, so that a hostile one can hurt nobody.

Why so: docs/decisions, "Files are decoded in a process of their own".
"""

import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

from passport.media import kinds
from passport.media.kinds import Cleaned, MediaRefused

PATIENCE_SECONDS = 120
_AT_ONCE = 2
_WAIT_SECONDS = 60
_HOME = Path(__file__).resolve().parent.parent.parent
_turns = BoundedSemaphore(_AT_ONCE)


def clean(content: bytes) -> Cleaned:
    """The file as it may be kept. Raises MediaRefused, in words for whoever added it."""
    if not content:
        raise MediaRefused(kinds.EMPTY)
    if len(content) > kinds.MOST_BYTES:
        raise MediaRefused(kinds.TOO_LARGE)
    if not _turns.acquire(timeout=_WAIT_SECONDS):
        raise MediaRefused(kinds.BUSY)
    try:
        answer = _worker(content)
    finally:
        _turns.release()
    return _understood(answer)


def _worker(content: bytes) -> bytes:
    # Through pipes, and with an empty environment: no file in clear, and no secrets to take.
    try:
        done = subprocess.run(
            [sys.executable, "-m", "passport.media.worker"],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_HOME,
            env={"PYTHONDONTWRITEBYTECODE": "1"},
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise MediaRefused(kinds.TOO_HARD) from None
    return done.stdout if done.returncode == 0 else f"no {kinds.TOO_HARD}\n".encode()


def _understood(answer: bytes) -> Cleaned:
    line, _, content = answer.partition(b"\n")
    verdict, _, words = line.decode().partition(" ")
    if verdict != "ok":
        raise MediaRefused(words)
    return Cleaned(words, content)
