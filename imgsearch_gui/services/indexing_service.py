"""Reads a folder's photos off the GUI thread: the latest folder wins."""

from __future__ import annotations

from collections.abc import Generator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from imgsearch_gui.core.types.progress import IndexProgress

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.services.engine_service import Engine, PhotoStore
    from imgsearch_gui.services.jobs import Job, Worker


class IndexingService(QObject):
    """Indexes one folder at a time; a new folder stops the one before.

    Signals:
        progressed(object): an `IndexProgress` of the current folder.
        succeeded(object): the last `IndexProgress`.
        failed(object): the exception that ended the work; what was stored before stays.
        cancelled(): the work was stopped by `cancel`; what was stored before stays.
        pause_changed(bool): the work was paused, or goes on.
    """

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    pause_changed = Signal(bool)

    def __init__(self, store: PhotoStore, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._worker = worker
        self._engine: Engine | None = None
        self._waiting: Path | None = None
        self._again: Path | None = None
        self._running: Job | None = None
        self._overtaken = False
        self._paused = False

    @property
    def busy(self) -> bool:
        """Whether a folder is being read or waits to be."""
        return self._running is not None or self._waiting is not None

    @Slot(object)
    def use_engine(self, engine: Engine) -> None:
        """Takes the engine, and reads the folder that waited for it."""
        self._engine = engine
        self._next()

    def start(self, folder: Path) -> None:
        """Reads what is new in a folder; a folder that is being read is stopped first."""
        self._waiting, self._again = folder, None
        self._set_paused(paused=False)
        if self._running is not None:
            self._overtaken = True
            self._running.cancel()
        self._next()

    def refresh(self, folder: Path) -> None:
        """Reads a folder again, after the reading that goes on, which `start` would stop."""
        if self.busy:
            self._again = folder
        else:
            self.start(folder)

    def knows(self, folder: Path) -> bool:
        """Returns whether photos of a folder were ever read, even if it is not there now."""
        return self._store.knows(folder)

    def cancel(self) -> None:
        """Stops after the batch that is being read."""
        self._again = None
        if self._running is not None:
            self._waiting = None
            self._overtaken = False  # its end is the answer to this call now
            self._running.cancel()
        elif self._waiting is not None:
            self._waiting = None
            self.cancelled.emit()

    @Slot()
    def toggle_pause(self) -> None:
        """Pauses after the batch that is being read, or goes on; does nothing when no folder is read."""
        if self.busy:
            self._set_paused(paused=not self._paused)

    def _next(self) -> None:
        if self._engine is None or self._running is not None or self._waiting is None:
            return
        folder, self._waiting = self._waiting, None
        self._overtaken = False
        work = partial(_index, self._engine, folder)
        self._running = self._worker.submit(work, paused=self._paused)  # paused before the engine was there
        self._running.progressed.connect(self._progressed)
        self._running.succeeded.connect(self._succeeded)
        self._running.failed.connect(self._failed)
        self._running.cancelled.connect(self._cancelled)

    def _set_paused(self, *, paused: bool) -> None:
        if paused == self._paused:
            return
        self._paused = paused
        if self._running is not None:
            if paused:
                self._running.pause()
            else:
                self._running.resume()
        self.pause_changed.emit(paused)

    @Slot(object)
    def _progressed(self, progress: IndexProgress) -> None:
        if not self._overtaken:
            self.progressed.emit(progress)

    @Slot(object)
    def _succeeded(self, progress: IndexProgress) -> None:
        if self._ended():
            self.succeeded.emit(progress)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        if self._ended():
            self.failed.emit(error)

    @Slot()
    def _cancelled(self) -> None:
        if self._ended():
            self.cancelled.emit()

    def _ended(self) -> bool:
        """Lets the waiting folder begin; returns whether the one that ended is still wanted."""
        wanted = not self._overtaken
        self._running = None
        if wanted:
            self._set_paused(paused=False)
        if self._again is not None:
            self._waiting, self._again = self._again, None
        self._next()
        return wanted


def _index(engine: Engine, folder: Path) -> Generator[IndexProgress, None, IndexProgress]:
    progress = IndexProgress("done", 0, 0)
    steps = engine.index(folder)
    try:
        for progress in steps:
            yield progress
    finally:
        if isinstance(steps, Generator):
            steps.close()
    return progress
