"""Asks which files hold the same picture, off the GUI thread."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.types.content_rule import RuleMode
    from imgsearch_gui.services.engine_service import Engine
    from imgsearch_gui.services.jobs import Worker

_log = logging.getLogger(__name__)


class CopiesService(QObject):
    """Lists the files with the bytes of an image.

    A question that cannot be answered, as of a photo that has gone meanwhile, gets no answer.

    Signals:
        listed(int, object): the id of an image, and the paths of all files that hold it, as a tuple.
    """

    listed = Signal(int, object)

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._engine: Engine | None = None

    @Slot(object)
    def use_engine(self, engine: Engine) -> None:
        """Takes the engine."""
        self._engine = engine

    def ask(self, folder: Path, image_id: int, rule: RuleMode) -> None:
        """Asks for the files of a folder that hold the picture of one of its images."""
        if self._engine is None:
            return
        job = self._worker.submit(partial(self._engine.copies, folder, image_id, rule=rule))
        job.succeeded.connect(partial(self.listed.emit, image_id))
        job.failed.connect(self._failed)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        _log.info("copies cannot be listed", exc_info=error)
