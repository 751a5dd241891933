"""How many cores there are for this program, and how many of them it may use."""

from __future__ import annotations

import os
import sys

_MOST = 8  # more threads or processes than this wait for memory and for the disk


class _Limit:
    """What the user has set; the whole process has one."""

    most = _MOST


def limit_cores(most: int) -> None:
    """Limits what `cores` returns from now on; 0 is no limit."""
    _Limit.most = most or _MOST


def cores() -> int:
    """Returns the number of cores to use: those that this process may run on, eight or the limit at most."""
    return min(_there(), _Limit.most)


def _there() -> int:
    if sys.platform == "linux":  # where containers and batch systems hand out some of the machine
        return min(len(os.sched_getaffinity(0)), _MOST)
    return min(os.cpu_count() or 1, _MOST)
