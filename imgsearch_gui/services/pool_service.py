"""Steps through a dataset folder's test queries off the GUI thread."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from imgsearch_gui.core.types.content_rule import RuleMode
    from imgsearch_gui.core.types.judging import PoolStep
    from imgsearch_gui.services.jobs import Job, Worker


class Pool(Protocol):
    """The test queries and their pool: `core.ratings.pool.PoolRun`, or a stand-in."""

    count: int

    def step(self, place: int) -> PoolStep:
        """Answers one query."""
        ...


if TYPE_CHECKING:
    OpenPool = Callable[[Any, Path, RuleMode], Generator[object, None, Pool]]


def _open(engine: Any, folder: Path, rule: RuleMode) -> Generator[object, None, Pool]:  # noqa: ANN401 - the core's
    from imgsearch_gui.core.ratings.pool import open_pool

    return (yield from open_pool(engine, folder, rule))


class PoolService(QObject):
    """One dataset folder's test queries, one after the other.

    Every press of a key counts: the place moves at once, and the answer to the latest place is shown when
    it is there.

    Args:
        worker: the thread that works.
        open_pool: opens a dataset folder; called on the worker's thread.
        parent: the Qt parent, if any.

    Signals:
        progressed(object): a `TrainProgress` of the opening.
        stepped(object): the `PoolStep` of the place that was asked for last.
        failed(object): the exception that ended the opening, or a step.
    """

    progressed = Signal(object)
    stepped = Signal(object)
    failed = Signal(object)

    def __init__(self, worker: Worker, open_pool: OpenPool = _open, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker, self._open_pool = worker, open_pool
        self._engine: object | None = None
        self._no_engine: Exception | None = None
        self._asked: tuple[Path, RuleMode] | None = None
        self._pool: Pool | None = None
        self._place = 0
        self._latest = 0  # what was opened or answered for an earlier wish is dropped
        self._running: Job | None = None

    @Slot(object)
    def use_engine(self, engine: object) -> None:
        """Takes the engine, and opens what waited for it."""
        self._engine = engine
        self._start()

    @Slot(object)
    def no_engine(self, reason: Exception) -> None:
        """Takes note that there will be no engine, and why."""
        self._no_engine = reason
        self._start()

    def begin(self, folder: Path, rule: RuleMode) -> None:
        """Opens a dataset folder, and answers its first query."""
        self.end()
        self._asked = folder, rule
        self._start()

    def end(self) -> None:
        """Ends the stepping, or the opening."""
        self._latest += 1
        if self._running is not None:
            self._running.cancel()
        self._running = self._pool = self._asked = None
        self._place = 0

    def go(self, by: int) -> None:
        """Goes on by some queries, or back; stays within them."""
        if self._pool is None:
            return
        place = min(max(0, self._place + by), self._pool.count - 1)
        if place != self._place:
            self._place = place
            self._answer(self._pool)

    def _start(self) -> None:
        if self._asked is None:
            return
        if self._no_engine is not None:
            self.failed.emit(self._no_engine)
            return
        if self._engine is None:
            return
        self._submit(partial(self._open_pool, self._engine, *self._asked), self._opened)

    def _answer(self, pool: Pool) -> None:
        self._submit(partial(pool.step, self._place), self._stepped)

    def _submit(self, work: Callable[[], object], done: Callable[[int, Any], None]) -> None:
        # Steps are never cancelled: a query that was passed counts in the recall of those stepped.
        self._latest += 1
        self._running = self._worker.submit(work)
        self._running.progressed.connect(partial(self._progressed, self._latest))
        self._running.succeeded.connect(partial(done, self._latest))
        self._running.failed.connect(partial(self._failed, self._latest))

    def _progressed(self, asked: int, step: object) -> None:
        if asked == self._latest:
            self.progressed.emit(step)

    def _opened(self, asked: int, pool: Pool) -> None:
        if asked == self._latest:
            self._pool = pool
            self._answer(pool)

    def _stepped(self, asked: int, step: PoolStep) -> None:
        if asked == self._latest:
            self._running = None
            self.stepped.emit(step)

    def _failed(self, asked: int, reason: Exception) -> None:
        if asked == self._latest:
            self._running = None
            self.failed.emit(reason)
