"""What every test gets: its own data folder, no screen, and no thread that outlives it."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.services.language import use_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the user's own library, rule or log."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("IMGSEARCH_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    """Fails a test whose workers are still running after it."""
    yield
    left = [thread.name for thread in threading.enumerate() if thread.name.startswith("imgsearch-")]
    assert not left, f"these threads outlive the test: {left}"


@pytest.fixture(scope="session")
def compiled_texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the texts of each language are compiled once."""
    return tmp_path_factory.mktemp("translations")


@pytest.fixture(scope="session")
def english(qapp: QApplication, compiled_texts: Path) -> None:
    """The window's texts with their plurals."""
    use_language(qapp, "en", compiled_texts)
