"""A worker that is stopped when the test ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.services.jobs import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker]:
    worker = Worker("test")
    yield worker
    worker.stop()
    assert worker.wait(20)
