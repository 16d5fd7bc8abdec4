"""The running service's memory, where keys pass through, is its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_ASK = """
import ctypes, resource
try:
    import wsgi
except SystemExit:
    pass
PR_GET_DUMPABLE = 3
dumpable = ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0)
print(dumpable, *resource.getrlimit(resource.RLIMIT_CORE))
"""


def test_the_service_leaves_no_core_dump_and_lets_no_neighbour_look_in(tmp_path: Path) -> None:
    asked = subprocess.run(
        [sys.executable, "-c", _ASK],
        cwd=ROOT,
        env=os.environ | {"INSTANCE_PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.split() == ["0", "0", "0"]
