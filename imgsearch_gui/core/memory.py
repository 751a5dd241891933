"""Memory that the C library keeps for a program that has no use for it any more."""

from __future__ import annotations

import ctypes
import sys


def give_back_memory() -> None:
    """Lets the C library return what loading took and freed: with glibc, some 80 MB."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other C libraries have none
        if trim is not None:
            trim(0)
