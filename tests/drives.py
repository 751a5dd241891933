"""Drives that tests can plug in and pull out, where the machine lets them."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def mounted(folder: Path, options: str = "size=4m") -> Iterator[None]:
    """A drive of its own at a folder, in memory; skips the test where none can be had."""
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder]
    if not sys.platform.startswith("linux") or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("only root on Linux can mount a drive, and not everywhere")
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)
