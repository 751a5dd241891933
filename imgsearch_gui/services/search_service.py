"""Runs queries off the GUI thread: the latest request wins."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from imgsearch_gui.core.query.grammar import parse
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.photos import Gallery, ImageRecord, SearchHit, SearchResult
from imgsearch_gui.core.types.query import Order

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

    from imgsearch_gui.core.types.query import Mistake, ParsedQuery, PictureQuery
    from imgsearch_gui.services.engine_service import Engine
    from imgsearch_gui.services.jobs import Job, Worker

Photo = SearchHit | ImageRecord


def image_id(photo: Photo) -> int:
    """Returns the library's id of a photo."""
    return photo.image_id if isinstance(photo, SearchHit) else photo.id


@dataclass(frozen=True, slots=True)
class Question:
    """All that an answer depends on, but the folder.

    Attributes:
        query: what was typed, without blanks around it.
        picture: what the photos are to be like, if anything.
        rule: what the content rule does.
        order: in which order photos come.
        fold: whether of photos with the same bytes one stands for all.
    """

    query: str = ""
    picture: PictureQuery | None = None
    rule: RuleMode = RuleMode.BLOCK
    order: Order = Order.SCORE
    fold: bool = True

    def __post_init__(self) -> None:
        object.__setattr__(self, "query", self.query.strip())  # who only types a blank asks nothing new

    @property
    def blank(self) -> bool:
        """Whether it asks for all photos."""
        return not self.query and self.picture is None


@dataclass(frozen=True, slots=True)
class Request:
    """A question about a folder.

    Attributes:
        id: greater than those of all requests before.
        folder: whose photos.
        question: which of them.
    """

    id: int
    folder: Path
    question: Question


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request.

    Attributes:
        request: what was asked.
        found: a `SearchResult` for a query or a picture, a `Gallery` for neither.
        seconds: how long it took, without waiting.
        parsed: the query as it was understood.
    """

    request: Request
    found: SearchResult | Gallery
    seconds: float
    parsed: ParsedQuery

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """What was not understood of the query, and is passed over."""
        return self.parsed.mistakes

    @property
    def photos(self) -> Sequence[Photo]:
        """What may be shown, in the order to show it."""
        return self.found.hits if isinstance(self.found, SearchResult) else self.found.photos


class SearchService(QObject):
    """Answers the latest request; one that was overtaken is dropped.

    At most one request runs and one waits. Requests made before the engine is there wait for it. Where a
    folder has to be made ready first, as after a change of the matcher, newer requests do not wait for that.

    Signals:
        prepared(object): how many photos of the folder are ready for the latest request, of how many.
        answered(object): an `Answer` to the latest request.
        failed(object): the exception that ended the latest request.

    Attributes:
        top: the most hits of an answer; all when nothing.
    """

    prepared = Signal(object)
    answered = Signal(object)
    failed = Signal(object)

    def __init__(self, worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._engine: Engine | None = None
        self.top: int | None = None
        self._latest = 0
        self._waiting: Request | None = None
        self._running: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether a request runs or waits."""
        return self._running is not None or self._waiting is not None

    @Slot(object)
    def use_engine(self, engine: Engine) -> None:
        """Takes the engine, and answers what waited for it."""
        self._engine = engine
        self._next()

    def request(self, folder: Path, question: Question) -> int:
        """Asks for photos; replaces every earlier request.

        A picture from outside is read here, off the GUI thread; `failed` tells of one that cannot be.

        Returns:
            The request's id, greater than all before.
        """
        self._latest += 1
        self._waiting = Request(self._latest, folder, question)
        if self._running is not None:
            self._running.cancel()
        self._next()
        return self._latest

    def _next(self) -> None:
        if self._engine is None or self._running is not None or self._waiting is None:
            return
        request, self._waiting = self._waiting, None
        self._running = self._worker.submit(partial(_answer, self._engine, request, self.top))
        self._running.progressed.connect(partial(self._progressed, request))
        self._running.succeeded.connect(self._succeeded)
        self._running.failed.connect(partial(self._failed, request))
        self._running.finished.connect(self._finished)

    def _progressed(self, request: Request, step: tuple[int, int]) -> None:
        if request.id == self._latest:
            self.prepared.emit(step)

    @Slot(object)
    def _succeeded(self, answer: Answer) -> None:
        if answer.request.id == self._latest:
            self.answered.emit(answer)

    def _failed(self, request: Request, error: Exception) -> None:
        if request.id == self._latest:
            self.failed.emit(error)

    @Slot()
    def _finished(self) -> None:
        self._running = None
        self._next()


def _answer(engine: Engine, request: Request, top: int | None) -> Generator[tuple[int, int], None, Answer]:
    begin, question = time.perf_counter(), request.question
    yield from engine.prepare(request.folder)
    found = engine.ask(
        request.folder,
        question.query,
        top=top,
        rule=question.rule,
        picture=question.picture,
        order=question.order,
        fold=question.fold,
    )
    parsed = parse(question.query, beside_picture=question.picture is not None)
    return Answer(request, found, time.perf_counter() - begin, parsed)
