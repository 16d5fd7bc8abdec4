"""Chromium 83 of May 2020, as the npm package chrome-aws-lambda 3.1.1 brings it.

It has holes that were found since: it is to open pages of this machine, and nothing else.
"""

import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import brotli

from bench import devtools
from bench.devtools import DevTools
from scripts import build_assets

HERE = Path(__file__).resolve().parent
BROUGHT = HERE / "node_modules" / "chrome-aws-lambda" / "bin"


@contextmanager
def running(folder: Path) -> Iterator[DevTools]:
    """The browser, unpacked into `folder`; fetched first if it is not here yet."""
    if not BROUGHT.exists():
        # No package may run code of its own while it is installed.
        command = [*build_assets.npm_command(), "ci", "--ignore-scripts", "--no-update-notifier"]
        build_assets.run(build_assets.with_node(os.environ), *command, at=HERE)
    program = folder / "chromium"
    program.write_bytes(_unpacked("chromium.br"))
    program.chmod(0o755)
    with tarfile.open(fileobj=BytesIO(_unpacked("aws.tar.br"))) as libraries:
        libraries.extractall(folder, filter="data")
    environment = {**os.environ, "LD_LIBRARY_PATH": str(folder / "lib")}
    with devtools.running(program, environment) as browser:
        yield browser


def _unpacked(name: str) -> bytes:
    unpacked: bytes = brotli.decompress((BROUGHT / name).read_bytes())
    return unpacked
