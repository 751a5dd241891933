"""Tells when the photos in the open folder change, so that it is read again.

The system's own notices are used where they can be had. A look now and then stands in for them where they
cannot: too many folders to watch, a drive that was away, or one in the network, of which the system tells
nothing.
"""

from __future__ import annotations

import logging
import os
from enum import Enum, auto
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

    from imgsearch_gui.core.types.progress import IndexProgress
    from imgsearch_gui.services.jobs import Worker

    Observe = Callable[[Path, Callable[[Path], object]], BaseObserver | None]

_log = logging.getLogger(__name__)

_SETTLE_MS = 1000  # many files are often copied at once: one reading for all that come within this time
_LOOK_MS = 60_000
# Notices that a folder was listed or a file was opened are no changes: reading the photos makes them.
_CHANGES = {"created", "modified", "closed", "moved", "deleted"}
_FOLDER_CHANGES = {"created", "moved", "deleted"}
_REST = 4  # times as long as looking through the folder takes, nothing is read while it goes on changing


class _Seen(Enum):
    """What was seen of a folder's changes."""

    ALL = auto()
    NOTHING = auto()
    NOWHERE = auto()  # the folder is not there


class FolderWatcher(QObject):
    """Watches one folder at a time and everything below it; a new folder takes the place of the one before.

    Args:
        worker: the thread that begins and ends the watching, which takes seconds in a large folder.
        parent: the Qt parent, if any.
        observe: begins to watch a folder; see :func:`watch_folder`, which is the default.
        settle_ms: how long changes are gathered.
        look_ms: how often a folder is looked at that cannot be watched.

    Signals:
        changed(object): the path of the folder, which should be read again.
    """

    changed = Signal(object)
    _noticed = Signal(object)

    def __init__(
        self,
        worker: Worker,
        parent: QObject | None = None,
        observe: Observe | None = None,
        *,
        settle_ms: int = _SETTLE_MS,
        look_ms: int = _LOOK_MS,
    ) -> None:
        super().__init__(parent)
        self._worker = worker
        self._watch = _Watch(observe or watch_folder, self._noticed.emit)
        self._folder: Path | None = None
        self._settle_ms = settle_ms
        self._settle = QTimer(self, singleShot=True, interval=settle_ms)
        self._settle.timeout.connect(self._tell)
        self._look_timer = QTimer(self, interval=look_ms)
        self._look_timer.timeout.connect(self._look)
        self._told = QElapsedTimer()
        self._reading = QElapsedTimer()  # after a change
        # It is emitted by the threads of the watching.
        self._noticed.connect(self._gather, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def watch(self, folder: Path) -> None:
        """Watches a folder from now on, and no other."""
        self._folder = folder
        self._settle.stop()
        self._settle.setInterval(self._settle_ms)
        self._told.start()
        self._reading.invalidate()
        self._look_timer.start()
        self._look()

    @Slot(Qt.ApplicationState)
    def application_changed(self, state: Qt.ApplicationState) -> None:
        """Takes a change for granted when the user comes back and none was told of for a while."""
        came_back = state is Qt.ApplicationState.ApplicationActive
        if came_back and self._told.isValid() and self._told.hasExpired(self._look_timer.interval()):
            self._look(certain=True)

    @Slot(object)
    def rest(self, last: IndexProgress) -> None:
        """Takes a longer while to gather changes where looking through the folder takes long.

        Args:
            last: how the reading ended; one that had photos to embed tells nothing of that.
        """
        if self._reading.isValid() and not last.embedded:
            longest = max(self._settle_ms, self._look_timer.interval())
            self._settle.setInterval(min(longest, max(self._settle_ms, _REST * self._reading.elapsed())))
        self._reading.invalidate()

    def close(self) -> None:
        """Ends the watching, for good; call it when the worker has ended."""
        self._look_timer.stop()
        self._settle.stop()
        self._watch.close()

    @Slot()
    def _look(self, *, certain: bool = False) -> None:
        if self._folder is not None:
            job = self._worker.submit(partial(self._watch.begin, self._folder))
            job.succeeded.connect(partial(self._looked, self._folder, certain))

    def _looked(self, folder: Path, certain: bool, seen: _Seen) -> None:
        if seen is _Seen.NOTHING or (certain and seen is _Seen.ALL):
            self._gather(folder)

    @Slot(object)
    def _gather(self, folder: Path) -> None:
        if folder == self._folder and not self._settle.isActive():
            self._settle.start()

    @Slot()
    def _tell(self) -> None:
        self._told.start()
        self._reading.start()
        self.changed.emit(self._folder)


class _Watch:
    """The watching itself; used by the worker's thread, and closed when that has ended."""

    def __init__(self, observe: Observe, notice: Callable[[Path], object]) -> None:
        self._observe, self._notice = observe, notice
        self._observer: BaseObserver | None = None
        self._watched: tuple[Path, int, int] | None = None
        self._closed = False

    def begin(self, folder: Path) -> _Seen:
        """Sees to it that a folder is watched, if it is there and can be; returns what was seen so far."""
        try:
            info = folder.stat()
        except OSError:  # not there now: nothing to read, and to be watched anew when it is back
            self._end()
            return _Seen.NOWHERE
        watched = folder, info.st_dev, info.st_ino  # of a drive plugged in again they differ
        alive = self._observer is not None and all(one.is_alive() for one in self._observer.emitters)
        if alive and watched == self._watched:
            return _Seen.ALL
        self._end()
        self._watched = watched
        self._observer = self._observe(folder, self._notice)
        if self._closed:
            self._end()
        return _Seen.NOTHING

    def close(self) -> None:
        """Ends the watching; what begins just now ends itself."""
        self._closed = True
        self._end()

    def _end(self) -> None:
        observer, self._observer = self._observer, None
        if observer is not None:
            observer.stop()
            observer.join()


def watch_folder(folder: Path, notice: Callable[[Path], object]) -> BaseObserver | None:
    """Begins to watch a folder and everything below it.

    Args:
        folder: the folder.
        notice: called with the folder, from a thread of the observer, when photos may have changed.

    Returns:
        What ends it; nothing when the folder cannot be watched.
    """
    # Here, because it takes time and is not needed before the first folder is open.
    from watchdog.events import FileSystemEventHandler
    from watchdog.observers import Observer

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event: FileSystemEvent) -> None:
            if matters(event):
                notice(folder)

    observer = Observer()
    observer.name = "imgsearch-watch-folder"
    try:
        observer.schedule(Handler(), os.fspath(folder), recursive=True)
        observer.start()
    except Exception as error:  # noqa: BLE001 - each system has its own; a look now and then has to do
        _log.warning("%s cannot be watched: %s", folder, error)
        return None
    return observer


def matters(event: FileSystemEvent) -> bool:
    """Returns whether there may be other photos after an event than before."""
    from imgsearch_gui.core.pictures.images import SUFFIXES

    if event.is_directory:
        return event.event_type in _FOLDER_CHANGES
    places = (Path(os.fsdecode(place)) for place in (event.src_path, event.dest_path))
    return event.event_type in _CHANGES and any(place.suffix.lower() in SUFFIXES for place in places)
