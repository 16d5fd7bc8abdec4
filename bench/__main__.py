"""`python -m bench`: measure everything, print JSON lines."""

import json

from bench import reads, single


def main() -> None:
    """Single things first; then reads, with one thread and with two (the default)."""
    for line in single.report():
        print(json.dumps(line), flush=True)
    for database in ("sqlite", "postgresql"):
        for threads in (1, 2):
            print(json.dumps(reads.measure(database, threads)), flush=True)


main()
