"""Permissions that hold for tests too, which may well run as root."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOBODY = 65534


@contextlib.contextmanager
def ordinary_user() -> Iterator[None]:
    """Inside it the process has no more rights than an ordinary user has."""
    if sys.platform == "win32":
        pytest.skip("Windows has no file modes that take rights away")
    if os.geteuid() != 0:
        yield
        return
    try:
        os.seteuid(_NOBODY)
    except OSError as error:
        pytest.skip(f"this root cannot become an ordinary user: {error}")
    try:
        yield
    finally:
        os.seteuid(0)
