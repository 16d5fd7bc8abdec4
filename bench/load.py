"""Load from a second process on this machine, bounded in time: wrk and a few lines of Lua."""

import json
import re
import subprocess
import tempfile
from pathlib import Path

SECONDS = 3
CONNECTIONS = 16
SCRIPT = """
local asked = { ASKED }
local headers = { ["Content-Type"] = "application/json" }
local turn = 0
request = function()
  turn = turn % #asked + 1
  return wrk.format("POST", asked[turn][1], headers, asked[turn][2])
end
"""


def requests_per_second(url: str, asked: list[tuple[str, dict[str, object]]]) -> float:
    """How many POSTs are answered with 200 each second. Raises on any other answer.

    `asked` are pairs of path and body on the server at `url`, each asked in turn.
    """
    lines = (f"{{ {_lua(path)}, {_lua(json.dumps(body))} }}" for path, body in asked)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(SCRIPT.replace("ASKED", ",\n".join(lines)))
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


def _lua(text: str) -> str:
    # JSON's strings are Lua's, for what stands in paths and bodies here.
    return json.dumps(text)


def built(name: str) -> Path:
    """Where a built asset of the pages is."""
    return Path(__file__).parents[1] / "passport" / "web" / "static" / "built" / name
