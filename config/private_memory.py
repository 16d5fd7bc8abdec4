"""Keeps the memory of this process, where keys pass through, to itself.

No picture of it is left behind by a crash, and on Linux no other process of the same user may look
into it or read its environment: the worker that decodes hostile files is one of those.
"""

import ctypes
import resource
import sys

_PR_SET_DUMPABLE = 4
"""From Linux's `sys/prctl.h`; see prctl(2)."""


def keep_memory_private() -> None:
    """For the whole life of this process; a program that it starts decides for itself."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
