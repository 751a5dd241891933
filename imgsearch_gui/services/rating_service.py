"""Rating: gathers what there is to rate, keeps the round, and saves every press at once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from imgsearch_gui.core.types.judging import JudgingWish
from imgsearch_gui.services.rating_round import Given, Round
from imgsearch_gui.services.rating_writer import RatingWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path
    from typing import Any

    from imgsearch_gui.core.types.content_rule import RuleMode
    from imgsearch_gui.core.types.judging import JudgingItem, JudgingList, RatingChoices
    from imgsearch_gui.services.jobs import Job, Worker
    from imgsearch_gui.services.rating_writer import RatingStore

    Gather = Callable[[Any, JudgingWish], Generator[object, None, JudgingList]]


def _gather(engine: Any, wish: JudgingWish) -> Generator[object, None, JudgingList]:  # noqa: ANN401 - the core's
    from imgsearch_gui.core.ratings.judge import list_to_judge

    return (yield from list_to_judge(engine, wish))


class RatingService(QObject):
    """What the rating page shows, and does.

    A rating counts for the item that is on screen when it is given, and the next item is there at once:
    neither waits for a disk. One thread writes and gathers, so that what is gathered knows all
    that was said before.

    Args:
        store: where ratings are kept.
        worker: the thread that writes and gathers.
        choices: how the person rates.
        gather: gathers what there is to rate; called on the worker's thread.
        parent: the Qt parent, if any.

    Signals:
        progressed(object): a `TrainProgress` of the gathering.
        gathered(object): the `JudgingList` that was asked for last; the round has begun.
        failed(object): the exception that ended the gathering.
        changed(): the round is another, or stands elsewhere, or another value is given.
        choices_changed(object): the `RatingChoices` of now.
        not_saved(object): the exception that kept a rating from being saved; its item is not rated.
        not_taken_back(object): the exception that kept a rating from being taken back.
    """

    progressed = Signal(object)
    gathered = Signal(object)
    failed = Signal(object)
    changed = Signal()
    choices_changed = Signal(object)
    not_saved = Signal(object)
    not_taken_back = Signal(object)

    def __init__(
        self,
        store: RatingStore,
        worker: Worker,
        choices: RatingChoices,
        gather: Gather = _gather,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._worker, self._choices, self._gather = worker, choices, gather
        self._writer = RatingWriter(store, worker, self)
        self._writer.not_saved.connect(self._not_saved)
        self._writer.not_taken_back.connect(self._not_taken_back)
        self._engine: object | None = None
        self._no_engine: Exception | None = None
        self._wish: JudgingWish | None = None
        self._running: Job | None = None
        self._latest = 0  # what was gathered for an earlier wish is dropped
        self._round = Round((), choices)

    @property
    def round(self) -> Round:
        """The round of now, without items before anything is gathered."""
        return self._round

    @property
    def choices(self) -> RatingChoices:
        """How the person rates."""
        return self._choices

    @Slot(object)
    def use_engine(self, engine: object) -> None:
        """Takes the engine, and gathers what was asked for before it was there."""
        self._engine = engine
        self._start()

    @Slot(object)
    def no_engine(self, reason: Exception) -> None:
        """Takes note that there will be no engine, and why."""
        self._no_engine = reason
        self._start()

    def begin(self, folder: Path, query: str | None, rule: RuleMode) -> None:
        """Gathers what there is to rate, in the order that is chosen; replaces what was asked before.

        Args:
            folder: the folder that is searched, or a dataset folder.
            query: the query whose hits are rated; nothing for the pairs of a dataset folder.
            rule: what the content rule does.
        """
        self._wish = JudgingWish(folder, query, self._choices.order, rule)
        self._start()

    def end(self) -> None:
        """Ends the round, or the gathering; what was rated stays."""
        self._stop_gathering()
        self._wish = None
        self._begin_round(())

    def rate(self, value: int, comment: str = "") -> None:
        """Rates the item on screen, saves that, and goes on; does nothing without an item."""
        given = self._round.rate(value, comment)
        if given is not None:
            self._writer.save(given)
            self.changed.emit()

    def undo(self) -> None:
        """Takes the last rating of this round back and returns to its item."""
        given = self._round.undo()
        if given is not None:
            self._writer.take_back(given)
            self.changed.emit()

    def skip(self) -> None:
        """Goes on without a rating."""
        self._round.skip()
        self.changed.emit()

    def back(self) -> None:
        """Returns to the item before."""
        self._round.back()
        self.changed.emit()

    def go_to_left(self) -> None:
        """Goes to the first item that is not rated."""
        self._round.go_to_left()
        self.changed.emit()

    def choose(self, choices: RatingChoices) -> None:
        """Rates in another way; another rater, or another order, begins the round anew."""
        before, self._choices = self._choices, choices
        if choices == before:
            return
        self.choices_changed.emit(choices)
        if self._wish is not None and (choices.rater, choices.order) != (before.rater, before.order):
            self._wish = replace(self._wish, order=choices.order)
            self._start()
        else:
            self._round.choices = choices
            self.changed.emit()

    @property
    def gathering(self) -> bool:
        """Whether what there is to rate is being gathered."""
        return self._running is not None

    def settle(self) -> None:
        """Waits until all ratings that were given are written; for other threads."""
        self._writer.settle()

    def finish(self) -> None:
        """Writes what is not written yet; to be called when the worker's thread has ended."""
        self._writer.finish()

    def _start(self) -> None:
        if self._wish is None:
            return
        if self._no_engine is not None:
            self.failed.emit(self._no_engine)
            return
        if self._engine is None:
            return
        self._stop_gathering()
        self._running = self._worker.submit(partial(self._gather, self._engine, self._wish))
        self._begin_round(())
        self._running.progressed.connect(partial(self._progressed, self._latest))
        self._running.succeeded.connect(partial(self._gathered, self._latest))
        self._running.failed.connect(partial(self._failed, self._latest))

    def _stop_gathering(self) -> None:
        self._latest += 1
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def _begin_round(self, items: tuple[JudgingItem, ...]) -> None:
        self._round = Round(items, self._choices)
        self.changed.emit()

    def _progressed(self, asked: int, step: object) -> None:
        if asked == self._latest:
            self.progressed.emit(step)

    def _gathered(self, asked: int, found: JudgingList) -> None:
        if asked == self._latest:
            self._running = None
            self._begin_round(found.items)
            self.gathered.emit(found)

    def _failed(self, asked: int, reason: Exception) -> None:
        if asked == self._latest:
            self._running = None
            self.failed.emit(reason)

    @Slot(object, object)
    def _not_saved(self, given: Given, reason: Exception) -> None:
        self._round.forget(given)
        self.changed.emit()
        self.not_saved.emit(reason)

    @Slot(object, object)
    def _not_taken_back(self, given: Given, reason: Exception) -> None:
        self._round.restore(given)
        self.changed.emit()
        self.not_taken_back.emit(reason)
