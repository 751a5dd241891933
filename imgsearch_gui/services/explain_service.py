"""Asks why a photo has its score, off the GUI thread: the latest question wins."""

from __future__ import annotations

import logging
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.types.content_rule import RuleMode
    from imgsearch_gui.core.types.explanation import Explanation
    from imgsearch_gui.core.types.query import PictureQuery
    from imgsearch_gui.services.jobs import Job, Worker

_log = logging.getLogger(__name__)


class Explains(Protocol):
    """An engine that says why; safe to use from several threads at once."""

    def explain(
        self, folder: Path, query: str, image_id: int, *, rule: RuleMode, picture: PictureQuery | None
    ) -> Explanation:
        """Says why a photo of a folder has its score for a query."""
        ...


class ExplainService(QObject):
    """Explains the photo that was asked for last; what was overtaken is dropped.

    A question that is asked before the engine is there waits for it. One that cannot be answered, as of a
    photo that has gone meanwhile, gets no answer: nobody is kept from anything by that.

    Signals:
        explained(object): an `Explanation`, to the latest question.
    """

    explained = Signal(object)

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._engine: Explains | None = None
        self._waiting: tuple[Path, str, int, RuleMode, PictureQuery | None] | None = None
        self._running: Job | None = None
        self._wanted = False  # whether what runs is the latest

    @Slot(object)
    def use_engine(self, engine: Explains) -> None:
        """Takes the engine, and answers what waited for it."""
        self._engine = engine
        self._next()

    def explain(
        self, folder: Path, query: str, image_id: int, rule: RuleMode, picture: PictureQuery | None = None
    ) -> None:
        """Asks why a photo has its score; replaces every earlier question.

        Args:
            folder: the folder that was searched.
            query: as it was typed, without the blanks around it.
            image_id: the photo's.
            rule: what the content rule does.
            picture: what was searched by beside the query, if anything.
        """
        self._waiting, self._wanted = (folder, query, image_id, rule, picture), False
        self._next()

    def clear(self) -> None:
        """Drops the question: its answer is wanted no more."""
        self._waiting, self._wanted = None, False

    def _next(self) -> None:
        if self._engine is None or self._running is not None or self._waiting is None:
            return
        folder, query, image_id, rule, picture = self._waiting
        self._waiting, self._wanted = None, True
        work = partial(self._engine.explain, folder, query, image_id, rule=rule, picture=picture)
        self._running = self._worker.submit(work)
        self._running.succeeded.connect(self._succeeded)
        self._running.failed.connect(self._failed)
        self._running.finished.connect(self._finished)

    @Slot(object)
    def _succeeded(self, explanation: Explanation) -> None:
        if self._wanted:
            self.explained.emit(explanation)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        _log.info("no explanation", exc_info=error)

    @Slot()
    def _finished(self) -> None:
        self._running = None
        self._next()
