"""How far the open folder's photos are read, and the bar that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from imgsearch_gui.ui.notices import IndexingBar
from imgsearch_gui.ui.view_state import Reading

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.types.progress import IndexProgress
    from imgsearch_gui.services.indexing_service import IndexingService

_REFRESH_MS = 1000  # how often new photos join the answer while a folder is read


class FolderReading(QObject):
    """Reads the open folder, and tells what came of it.

    Args:
        indexing: does the reading.
        parent: the Qt parent.

    Signals:
        changed(): state or progress are others now.
        came(): there are more photos than a while ago.
        ended(): the reading is over, was stopped or has failed, and there may be other photos than before.
        failed(object): the exception that ended it; comes after ``ended``.
        recovered(): a reading succeeded after one that had failed.

    Attributes:
        bar: shows how far it is, and stops and pauses it.
        state: whether photos are being read.
        progress: how far it has come; nothing before the first step.
    """

    changed = Signal()
    came = Signal()
    ended = Signal()
    failed = Signal(object)
    recovered = Signal()

    def __init__(self, indexing: IndexingService, parent: QObject) -> None:
        super().__init__(parent)
        self._indexing = indexing
        self.bar = IndexingBar()
        self.state = Reading.OVER
        self.progress: IndexProgress | None = None
        self._folder: Path | None = None
        self._failed = False  # and that was said
        self._pause = QTimer(self)  # between two times that photos came
        self._pause.setSingleShot(True)
        self._pause.setInterval(_REFRESH_MS)
        self._pause.timeout.connect(self._came)
        self.bar.cancel_requested.connect(indexing.cancel)
        self.bar.pause_requested.connect(indexing.toggle_pause)
        indexing.progressed.connect(self._progressed)
        indexing.succeeded.connect(self._succeeded)
        indexing.cancelled.connect(self._cancelled)
        indexing.pause_changed.connect(self._paused)
        indexing.failed.connect(self._fail)

    @property
    def going_on(self) -> bool:
        """Whether photos are being read, if only after a pause."""
        return self.state in (Reading.BUSY, Reading.PAUSED)

    def begin(self, folder: Path) -> None:
        """Reads what is new in a folder, and nothing of the one before any more."""
        self._failed = self._failed and folder == self._folder
        self._folder = folder
        self._show_busy()
        self._indexing.start(folder)
        self.changed.emit()

    def refresh(self, folder: Path) -> None:
        """Reads what has changed in the folder, unless the user has stopped the reading."""
        if self.state is not Reading.STOPPED:
            self._indexing.refresh(folder)

    def forbid(self) -> None:
        """Says that there is nothing that could read."""
        self.state = Reading.OVER
        self.bar.hide()

    def _show_busy(self) -> None:
        self.state, self.progress = Reading.BUSY, None
        self.bar.begin()

    @Slot(object)
    def _progressed(self, progress: IndexProgress) -> None:
        if not self.going_on:  # the folder has changed; that is shown once there is something to read
            if not progress.total or progress.stage == "done":
                self.progress = progress
                return
            self._show_busy()
        before = self.progress.embedded if self.progress is not None else 0
        self.progress = progress
        self.bar.say(progress)
        if progress.embedded > before and not self._pause.isActive():
            self._pause.start()
        self.changed.emit()

    @Slot()
    def _came(self) -> None:
        if self.going_on:
            self.came.emit()

    @Slot(bool)
    def _paused(self, paused: bool) -> None:
        if self.going_on:
            self.state = Reading.PAUSED if paused else Reading.BUSY
        self.bar.show_paused(paused=paused)
        self.changed.emit()

    @Slot()
    def _succeeded(self) -> None:
        if self._failed:
            self.recovered.emit()
        self._failed = False
        self._end(Reading.OVER)

    @Slot()
    def _cancelled(self) -> None:
        self._end(Reading.STOPPED)

    @Slot(object)
    def _fail(self, reason: Exception) -> None:
        self._end(Reading.OVER)
        self._failed = True
        self.failed.emit(reason)

    def _end(self, state: Reading) -> None:
        if not self.going_on and self.progress is not None and not self.progress.changed:
            return
        self.state = state
        self.bar.hide()
        self._pause.stop()
        self.ended.emit()
