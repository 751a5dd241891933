"""Sums up, trains and compares off the GUI thread."""

from __future__ import annotations

from contextlib import contextmanager
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from pathlib import Path

    from imgsearch_gui.core.engine import Engine
    from imgsearch_gui.core.retraining.side_by_side import Rivals
    from imgsearch_gui.core.types.content_rule import RuleMode
    from imgsearch_gui.core.types.progress import TrainProgress
    from imgsearch_gui.core.types.training import (
        SideBySide,
        TrainedModel,
        TrainingChoices,
        TrainingSummary,
    )
    from imgsearch_gui.services.jobs import Job, Worker

    Work = Callable[[Engine], Generator[object, None, object]]


class _Kind(Enum):
    SUMMARY = auto()
    TRAINING = auto()
    QUERY = auto()


class TrainingService(QObject):
    """Trains a matcher from the window; searches go on meanwhile.

    There are three kinds of work: a summary, a training, and a query by both matchers. Of each kind the
    latest request counts: a new one stops the one before, which then tells nothing more. What is
    asked for before the engine is there waits for it.

    Args:
        worker: whose thread does the work.
        parent: the Qt parent, if any.
        settled: returns when all ratings that were given are in the library.

    Signals:
        summarised(object): the `TrainingSummary` of the latest choices.
        summary_failed(object): the exception that ended the latest summary.
        progressed(object): a `TrainProgress` of the training.
        trained(object): the `TrainedModel`, which nobody keeps yet.
        failed(object): the exception that ended the training, or the latest query by both matchers.
        cancelled(): the training was stopped by `cancel`; nothing of it is kept but image vectors.
        compared(object): the `SideBySide` of the latest query.
    """

    summarised = Signal(object)
    summary_failed = Signal(object)
    progressed = Signal(object)
    trained = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    compared = Signal(object)

    def __init__(
        self, worker: Worker, parent: QObject | None = None, settled: Callable[[], object] = lambda: None
    ) -> None:
        super().__init__(parent)
        self._worker, self._settled = worker, settled
        self._engine: Engine | None = None
        self._waiting: dict[_Kind, Work] = {}
        self._running: dict[_Kind, Job] = {}
        self._rivals: Rivals | None = None  # of the worker's thread

    @property
    def busy(self) -> bool:
        """Whether a training runs or waits."""
        return _Kind.TRAINING in self._running or _Kind.TRAINING in self._waiting

    @Slot(object)
    def use_engine(self, engine: Engine) -> None:
        """Takes the engine, and begins what waited for it."""
        self._engine = engine
        waiting, self._waiting = self._waiting, {}
        for kind, work in waiting.items():
            self._begin(kind, work)

    def summarise(self, choices: TrainingChoices) -> None:
        """Asks what a training would be made of; replaces every earlier request."""
        self._begin(_Kind.SUMMARY, partial(self._summary, choices))

    def train(self, choices: TrainingChoices) -> None:
        """Begins a training; one that runs is stopped."""
        self._begin(_Kind.TRAINING, partial(self._training, choices))

    def cancel(self) -> None:
        """Stops the training at its next step; does nothing without one."""
        if self._waiting.pop(_Kind.TRAINING, None) is not None:
            self.cancelled.emit()
        elif (job := self._running.get(_Kind.TRAINING)) is not None:
            job.cancel()

    def try_query(self, trained: TrainedModel, folder: Path, query: str, rule: RuleMode) -> None:
        """Asks for the best photos of a folder by the matcher in use and by a new one.

        Args:
            trained: the new one.
            folder: an indexed folder.
            query: a sentence.
            rule: what the content rule does.
        """
        self._begin(_Kind.QUERY, partial(self._both, trained, folder, query, rule))

    def _summary(
        self, choices: TrainingChoices, engine: Engine
    ) -> Generator[TrainProgress, None, TrainingSummary]:
        from imgsearch_gui.core.retraining.summary import summarise

        self._settled()
        return summarise(engine, choices)

    def _training(
        self, choices: TrainingChoices, engine: Engine
    ) -> Generator[TrainProgress, None, TrainedModel]:
        from imgsearch_gui.core.retraining.trial import train

        self._settled()
        with _half_of_the_cores():
            return (yield from train(engine, choices))

    def _both(
        self, trained: TrainedModel, folder: Path, query: str, rule: RuleMode, engine: Engine
    ) -> Generator[TrainProgress, None, SideBySide]:
        from imgsearch_gui.core.retraining.side_by_side import Rivals

        if self._rivals is None or self._rivals.trained is not trained:
            self._rivals = Rivals(engine, trained)
        return self._rivals.side_by_side(folder, query, rule)

    def _begin(self, kind: _Kind, work: Work) -> None:
        earlier = self._running.pop(kind, None)
        if earlier is not None:
            earlier.cancel()
        if self._engine is None:
            self._waiting[kind] = work
            return
        job = self._running[kind] = self._worker.submit(partial(work, self._engine))
        told = {
            _Kind.SUMMARY: (self.summarised, self.summary_failed),
            _Kind.TRAINING: (self.trained, self.failed),
            _Kind.QUERY: (self.compared, self.failed),
        }
        succeeded, failed = told[kind]
        job.succeeded.connect(partial(self._ended, kind, job, succeeded))
        job.failed.connect(partial(self._ended, kind, job, failed))
        if kind is _Kind.TRAINING:
            job.progressed.connect(partial(self._progressed, job))
            job.cancelled.connect(partial(self._cancelled, job))

    def _ended(self, kind: _Kind, job: Job, signal: SignalInstance, value: object) -> None:
        if self._running.get(kind) is job:
            del self._running[kind]
            signal.emit(value)

    def _progressed(self, job: Job, progress: TrainProgress) -> None:
        if self._running.get(_Kind.TRAINING) is job:
            self.progressed.emit(progress)

    def _cancelled(self, job: Job) -> None:
        if self._running.get(_Kind.TRAINING) is job:
            del self._running[_Kind.TRAINING]
            self.cancelled.emit()


@contextmanager
def _half_of_the_cores() -> Iterator[None]:
    """Lets torch use half of the cores, so that searches and the window go on beside it."""
    import torch

    from imgsearch_gui.core.pictures.cores import cores

    before = torch.get_num_threads()
    torch.set_num_threads(max(1, cores() // 2))
    try:
        yield
    finally:
        torch.set_num_threads(before)  # with some builds the number holds for every thread
