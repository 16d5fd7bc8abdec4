"""Chromium driven by its DevTools protocol alone, for measuring.

Playwright runs scripts of its own in every page, which a four times slower processor takes a
third of a second for: as long as what is measured.
https://chromedevtools.github.io/devtools-protocol/
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests import servers

# The descriptors that Chromium reads commands from, and writes answers to.
_COMMANDS, _ANSWERS = 3, 4
_AT_ONCE = 1 << 20


class DevTools:
    """A browser. `events` collects what it said of itself, until somebody empties it."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = os.fdopen(commands, "wb", buffering=0)
        self._answers = answers
        self._read = b""
        self._sent = 0
        self.events: list[dict[str, Any]] = []

    def send(self, method: str, session: str | None = None, **params: object) -> dict[str, Any]:
        """What the browser answers. Raises RuntimeError when it refuses."""
        self._sent += 1
        message = {"id": self._sent, "method": method, "params": params}
        if session:
            message["sessionId"] = session
        self._commands.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._sent:
                break
            self.events.append(answer)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            more = os.read(self._answers, _AT_ONCE)
            if not more:
                raise RuntimeError("Chromium has ended.")
            self._read += more
        message, _, self._read = self._read.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer

    @contextmanager
    def visitor(self) -> Iterator[str]:
        """A browser context that nothing was ever seen in: its id."""
        context = self.send("Target.createBrowserContext")["browserContextId"]
        yield context
        self.send("Target.disposeBrowserContext", browserContextId=context)

    @contextmanager
    def page(self, context: str) -> Iterator[str]:
        """An empty page: the id of a session with it."""
        target = self.send("Target.createTarget", url="about:blank", browserContextId=context)
        target_id = target["targetId"]
        yield self.send("Target.attachToTarget", targetId=target_id, flatten=True)["sessionId"]
        self.send("Target.closeTarget", targetId=target_id)


@contextmanager
def running(
    program: Path | None = None, environment: dict[str, str] | None = None
) -> Iterator[DevTools]:
    """Chromium, without Playwright: the machine's, or another one."""
    with tempfile.TemporaryDirectory(
        prefix="passport-bench-", ignore_cleanup_errors=True
    ) as folder:
        read_commands, commands = os.pipe()
        answers, write_answers = os.pipe()

        def connect() -> None:
            # By way of others, lest one is overwritten before it is copied.
            for end, number in ((read_commands, 103), (write_answers, 104)):
                os.dup2(end, number)
            os.dup2(103, _COMMANDS)
            os.dup2(104, _ANSWERS)

        command = [str(program or servers.program("chromium"))]
        command += ["--headless", "--remote-debugging-pipe"]
        chromium = subprocess.Popen(
            [*command, f"--user-data-dir={folder}", *servers.CHROMIUM_FLAGS, "about:blank"],
            preexec_fn=connect,
            close_fds=False,
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        os.close(read_commands)
        os.close(write_answers)
        try:
            yield DevTools(commands, answers)
        finally:
            chromium.terminate()
            chromium.wait(timeout=30)
