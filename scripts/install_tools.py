"""Find the programs that tests and benchmarks run, and install those that are missing.

    python scripts/install_tools.py test     # Chromium, PostgreSQL, Redis, Poppler
    python scripts/install_tools.py bench    # and wrk

They come from Debian's own packages, when this user may install packages; otherwise the exact
command to ask for is printed, and the exit status is 1.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple


class Tool(NamedTuple):
    """A program, by every name it goes by, and the Debian package that brings it."""

    programs: tuple[str, ...]
    package: str


TOOLS = {
    "chromium": Tool(("chromium", "chromium-browser", "google-chrome"), "chromium"),
    # The same without windows and profiles of their own, which take most of a short test's time.
    "headless chromium": Tool(("chromium-headless-shell",), "chromium-headless-shell"),
    # initdb is in a folder of its own for each version, which is not on the path.
    "postgresql": Tool(("initdb",), "postgresql"),
    "redis": Tool(("redis-server",), "redis-server"),
    # A second reader of the PDFs that we make.
    "poppler": Tool(("pdftotext",), "poppler-utils"),
    "wrk": Tool(("wrk",), "wrk"),
}
NEEDED = {
    "test": ["chromium", "headless chromium", "postgresql", "redis", "poppler"],
    "bench": ["chromium", "postgresql", "wrk"],
}


def find(tool: str) -> Path | None:
    """Where the program of `tool` (a key of TOOLS) is, or None. PostgreSQL: its `initdb`."""
    debian_postgresql = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    path = os.pathsep.join([*map(str, reversed(debian_postgresql)), os.environ.get("PATH", "")])
    found = (shutil.which(program, path=path) for program in TOOLS[tool].programs)
    return next((Path(program) for program in found if program), None)


def main(purpose: str) -> None:
    packages = [TOOLS[tool].package for tool in NEEDED[purpose] if not find(tool)]
    if not packages:
        return
    root = as_root()
    if root is None or not shutil.which("apt-get"):
        sys.exit(
            f"`make {purpose}` needs programs that are not on this machine. Install them, "
            f"then run it again:\n    sudo apt-get install {' '.join(packages)}"
        )
    install(root, packages)
    missing = [tool for tool in NEEDED[purpose] if not find(tool)]
    if missing:
        sys.exit(f"Installed {' '.join(packages)}, but cannot find: {' '.join(missing)}")


def as_root() -> list[str] | None:
    """The words to put before a command that only root may run; None if we may not."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    allowed = sudo and subprocess.run([sudo, "-n", "true"], capture_output=True).returncode == 0
    return [sudo, "-n"] if sudo and allowed else None


def install(root: list[str], packages: list[str]) -> None:
    print(f"Installing {' '.join(packages)}", flush=True)
    subprocess.run([*root, "apt-get", "update", "-qq"], check=True)
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "-qqy"]
    subprocess.run([*root, *quiet, "--no-install-recommends", *packages], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
