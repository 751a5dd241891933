"""How many cores there are for this program."""

from __future__ import annotations

import os
import sys

_MOST = 8  # more threads or processes than this wait for memory and for the disk


def cores() -> int:
    """Returns the number of cores that this process may run on, eight at most."""
    if sys.platform == "linux":  # where containers and batch systems hand out some of the machine
        return min(len(os.sched_getaffinity(0)), _MOST)
    return min(os.cpu_count() or 1, _MOST)
