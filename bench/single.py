"""Times and sizes of single things: a QR code, a sign-in, the viewer's script."""

import gzip
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.load import built
from passport.accounts.sign_in import sign_in
from passport.accounts.sign_up import sign_up
from passport.crypto.passphrase import Argon2Parameters
from passport.crypto.pepper import Pepper
from passport.paper.qr_code import qr_png, qr_svg
from passport.storage import migrate
from passport.storage.database import Database

REPEATS = 15
LINK = "https://passport.example/view#shlink:/" + "eyJ1cmwiOiJodHRwczovL3Bhc3Nwb3J0" * 9


def report() -> list[dict[str, object]]:
    """One line for each thing."""
    return [
        {"bench": "QR as SVG", "milliseconds": _median_ms(lambda: qr_svg(LINK))},
        {"bench": "QR as PNG", "milliseconds": _median_ms(lambda: qr_png(LINK))},
        {"bench": "sign-in", "milliseconds": _sign_in_ms()},
        *(_size(name) for name in ("viewer.js", "viewer.css", "passport.js", "passport.css")),
    ]


def _median_ms(action: Callable[[], object]) -> float:
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        action()
        times.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(times), 2)


def _sign_in_ms() -> float:
    pepper, cost = Pepper(bytes(32)), Argon2Parameters()
    who = ("bench resident", "lantern beans alto marble")
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.sqlite'}")
        migrate.upgrade(database)
        sign_up(database, pepper, cost, *who)
        return _median_ms(lambda: sign_in(database, pepper, cost, *who))


def _size(name: str) -> dict[str, object]:
    body = built(name).read_bytes()
    as_sent = len(gzip.compress(body, 9, mtime=0))
    return {"bench": f"size of {name}", "bytes": len(body), "bytes_gzip": as_sent}
