"""Saves ratings off the GUI thread, in the order in which they are given."""

from __future__ import annotations

import logging
import threading
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from imgsearch_gui.core.types.ratings import Rating
    from imgsearch_gui.services.jobs import Worker
    from imgsearch_gui.services.rating_round import Given

_log = logging.getLogger(__name__)
_PATIENCE = 30.0  # seconds


class RatingStore(Protocol):
    """Where ratings are kept; safe to use from several threads at once."""

    def add_rating(self, rating: Rating) -> int:
        """Stores a rating for good and returns its id."""
        ...

    def remove_rating(self, rating_id: int) -> None:
        """Takes a rating back."""
        ...


class RatingWriter(QObject):
    """Writes each rating at once, one after the other.

    What is to be written waits in a list that outlives the worker, so that `finish` loses nothing
    that was given in the last moment.

    Args:
        store: where ratings are kept.
        worker: the thread that writes.
        parent: the Qt parent, if any.

    Signals:
        not_saved(object, object): a `Given` that could not be saved, and the exception.
        not_taken_back(object, object): a `Given` that is saved still, and the exception.
    """

    not_saved = Signal(object, object)
    not_taken_back = Signal(object, object)

    def __init__(self, store: RatingStore, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store, self._worker = store, worker
        # With each, whether it is to be taken back. A deque's two ends may be used by two threads.
        self._waiting: deque[tuple[Given, bool]] = deque()
        self._unwritten, self._written = 0, threading.Condition()
        self._ids: dict[Given, int] = {}  # of saved ratings; for the writing thread

    def save(self, given: Given) -> None:
        """Saves a rating."""
        self._submit(given, take_back=False)

    def take_back(self, given: Given) -> None:
        """Takes back a rating that was given to `save`, whether or not it is written yet."""
        self._submit(given, take_back=True)

    def settle(self) -> None:
        """Waits until all that was given is written; for threads that are about to read ratings.

        Half a minute at most: a disk that hangs for longer is told by those who write to it.
        """
        with self._written:
            self._written.wait_for(lambda: not self._unwritten, _PATIENCE)

    def finish(self) -> None:
        """Writes what still waits; to be called when the worker's thread has ended."""
        while self._waiting:
            try:
                self._write_next()
            except Exception:  # noqa: BLE001 - whatever becomes of one, the others are written
                _log.exception("a rating was not saved at the end")

    def _submit(self, given: Given, *, take_back: bool) -> None:
        with self._written:
            self._unwritten += 1
        self._waiting.append((given, take_back))
        failed = self.not_taken_back if take_back else self.not_saved
        job = self._worker.submit(self._write_next)
        job.failed.connect(partial(failed.emit, given))

    def _write_next(self) -> None:
        given, take_back = self._waiting.popleft()
        try:
            if not take_back:
                self._ids[given] = self._store.add_rating(given.rating)
            elif given in self._ids:  # else it was never saved, which has been told
                self._store.remove_rating(self._ids[given])
                del self._ids[given]
        finally:
            with self._written:
                self._unwritten -= 1
                self._written.notify_all()
