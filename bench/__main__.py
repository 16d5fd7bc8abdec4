"""`python -m bench`: measure everything, print JSON lines."""

import json

from bench import first_screen, reads, single, strangers, viewer

THREADS = (1, 8, 16)


def main() -> None:
    """Single things first, then the viewer in Chromium, then reads with few and more threads.

    The service's own defaults are 16 threads with SQLite and 8 with PostgreSQL.
    """
    for line in (*single.report(), *first_screen.report(), *viewer.report(), *strangers.report()):
        print(json.dumps(line), flush=True)
    for database in ("sqlite", "postgresql"):
        for threads in THREADS:
            print(json.dumps(reads.measure(database, threads)), flush=True)


main()
