"""Fixtures of the core's tests."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.core.storage.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def public_folder() -> Iterator[Path]:
    """A new folder that every user may use: those of ``tmp_path`` lie below a private one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        folder.chmod(0o777)
        yield folder
        folder.chmod(0o777)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.sqlite") as library:
        yield library
