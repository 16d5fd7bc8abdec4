"""Load from a second process on this machine, bounded in time: wrk and a few lines of Lua."""

import json
import re
import subprocess
import tempfile
from pathlib import Path

SECONDS = 4
CONNECTIONS = 8


def requests_per_second(url: str, body: dict[str, object]) -> float:
    """How many POSTs of `body` are answered with 200 each second. Raises on any other answer."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(
            'wrk.method = "POST"\n'
            'wrk.headers["Content-Type"] = "application/json"\n'
            f"wrk.body = {json.dumps(json.dumps(body))}\n"
        )
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", script.name, url]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", output)
    if refused or "Socket errors" in output:
        raise RuntimeError(f"not every request was answered:\n{output}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", output)
    if not found:
        raise RuntimeError(f"wrk said nothing of requests:\n{output}")
    return float(found[1])


def built(name: str) -> Path:
    """Where a built asset of the pages is."""
    return Path(__file__).parents[1] / "passport" / "web" / "static" / "built" / name
