"""The one shape of a background job.

Work is a plain callable. If it returns a generator, every yielded value is progress, the value it
returns is the result, and between two yields it can be paused, or cancelled by closing it. A `Worker`
owns one thread and runs its jobs one after the other; a job's signals are always emitted on the thread
that made it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Generator
from enum import Enum, auto
from queue import SimpleQueue
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

_log = logging.getLogger(__name__)

Work = Callable[[], Any]


class _Event(Enum):
    PROGRESS = auto()
    SUCCESS = auto()
    FAILURE = auto()
    CANCEL = auto()


class Job(QObject):
    """One piece of work on a worker's thread; made by `Worker.submit` and deleted after its last signal.

    Signals:
        progressed(object): a value that the generator yielded.
        succeeded(object): the result.
        failed(object): the exception that ended the work.
        cancelled(): the work was stopped before its end.
        finished(): after exactly one of the three above.
    """

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    finished = Signal()
    _happened = Signal(object, object)

    def __init__(self, work: Work, worker: Worker) -> None:
        # The parent owns the C++ object, so that a last Python reference held by the worker's
        # thread can never delete it there.
        super().__init__(worker)
        self._work = work
        self._stop, self._go_on = threading.Event(), threading.Event()
        self._go_on.set()
        self._muted = False
        self._happened.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def cancel(self) -> None:
        """Asks the work to end at its next yield; `cancelled` tells when it has."""
        self._stop.set()
        self._go_on.set()

    def pause(self) -> None:
        """Asks the work to wait at its next yield, until it is resumed or cancelled."""
        if not self._stop.is_set():
            self._go_on.clear()

    def resume(self) -> None:
        """Lets work go on that was paused."""
        self._go_on.set()

    def mute(self) -> None:
        """Cancels, and emits nothing any more."""
        self._muted = True
        self.cancel()

    def run(self) -> None:
        """Does the work; for the worker's thread only."""
        event, value = self._outcome()
        self._happened.emit(event, value)

    def _outcome(self) -> tuple[_Event, object]:
        if self._stop.is_set():
            return _Event.CANCEL, None
        try:
            result = self._work()
            if isinstance(result, Generator):
                return self._drive(result)
        except Exception as error:  # noqa: BLE001 - it crosses the thread as an object and is shown
            return _Event.FAILURE, error
        return _Event.SUCCESS, result

    def _drive(self, steps: Generator[object, None, object]) -> tuple[_Event, object]:
        while True:
            try:
                step = next(steps)
            except StopIteration as end:
                return _Event.SUCCESS, end.value
            self._happened.emit(_Event.PROGRESS, step)
            self._go_on.wait()
            if self._stop.is_set():
                steps.close()
                return _Event.CANCEL, None

    @Slot(object, object)
    def _deliver(self, event: _Event, value: object) -> None:
        if self._muted:
            return
        if event is _Event.PROGRESS:
            self.progressed.emit(value)
            return
        if event is _Event.SUCCESS:
            self.succeeded.emit(value)
        elif event is _Event.FAILURE:
            self.failed.emit(value)
        else:
            self.cancelled.emit()
        self.finished.emit()
        self.deleteLater()


class Worker(QObject):
    """One thread that runs jobs in the order they come.

    The thread lives from the first job to `close`, because native libraries keep pools for every
    thread that calls them.

    Args:
        name: the thread's name.
        parent: the Qt parent, if any.
    """

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        # A daemon, so that a library call that does not return cannot keep the program from ending.
        self._thread = threading.Thread(target=self._loop, name=f"imgsearch-{name}", daemon=True)

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self.findChildren(Job))

    def submit(self, work: Work, *, paused: bool = False) -> Job:
        """Queues work. Connect to the job's signals before control returns to the event loop.

        After `stop`, nothing is done any more.

        Args:
            work: what to do.
            paused: whether it waits at its first yield until it is resumed.
        """
        job = Job(work, self)
        if paused:
            job.pause()
        if self._thread.ident is None:
            self._thread.start()
        self._queue.put(job)
        return job

    def stop(self) -> None:
        """Cancels every job, silently, and lets the thread end; does not wait."""
        for job in self.findChildren(Job):
            job.mute()
        self._queue.put(None)

    def wait(self, seconds: float) -> bool:
        """Waits for the thread after `stop`.

        Returns:
            Whether it has ended in time.
        """
        if self._thread.is_alive():
            self._thread.join(seconds)
        ended = not self._thread.is_alive()
        if not ended:
            _log.warning("%s was still busy after %.0f s", self._thread.name, seconds)
        return ended

    def _loop(self) -> None:
        while (job := self._queue.get()) is not None:
            job.run()
