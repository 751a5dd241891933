"""Fixtures of the core's tests."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.core.storage.library import Library
from tests.engines import make_engine, run
from tests.fakes import FakeImageEncoder, write_jpegs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imgsearch_gui.core.engine import Engine


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


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of twelve photos."""
    write_jpegs(tmp_path / "photos", 12)
    return tmp_path / "photos"


@pytest.fixture
def encoder() -> FakeImageEncoder:
    return FakeImageEncoder()


@pytest.fixture
def engine(library: Library, folder: Path, encoder: FakeImageEncoder) -> Engine:
    """An engine that has read the folder."""
    engine = make_engine(library, encoder)
    run(engine.index(folder))
    return engine
