"""The program that decodes one file: from its input to its output, then it ends.

Decoders of media are where hostile files strike. Here they find no key, no secret, no database,
no network address, little memory and little time; if they crash, nothing else does.
"""

import resource
import sys

from passport.media import kinds
from passport.media.clean_here import clean_here
from passport.media.kinds import MediaRefused

CPU_SECONDS = 90
MEMORY_BYTES = 2 * 1024**3


def main() -> None:
    """Answer one line, "ok <type>" or "no <words>", and then the file."""
    _give_up_powers()
    content = sys.stdin.buffer.read(kinds.MOST_BYTES + 1)
    try:
        cleaned = clean_here(content)
    except MediaRefused as refused:
        answer, content = f"no {refused}", b""
    except MemoryError:
        answer, content = f"no {kinds.TOO_HARD}", b""
    else:
        answer, content = f"ok {cleaned.content_type}", cleaned.content
    sys.stdout.buffer.write(answer.encode() + b"\n" + content)


def _give_up_powers() -> None:
    limits = {
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_AS: MEMORY_BYTES,
        # Nothing to a disk: no file may grow, and a crash leaves no picture of the memory.
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    main()
