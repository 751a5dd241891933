"""An engine and a store without models or files, for the services and the window.

Pictures are painted from the image's id; a query finds the photos whose name holds its words.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage, QPainter

from imgsearch_gui.core.types.content_rule import RuleMatch, RuleMode
from imgsearch_gui.core.types.photos import (
    Bands,
    Gallery,
    ImageRecord,
    LeftOut,
    Problem,
    SearchHit,
    SearchResult,
)
from imgsearch_gui.core.types.query import Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from imgsearch_gui.core.types.progress import IndexProgress
    from imgsearch_gui.core.types.query import PictureQuery

NAMES = (
    "a dog on the beach.jpg",
    "red boat.jpg",
    "two dogs in snow.jpg",
    "mountain lake.jpg",
    "city at night with a rather long name of its own.jpg",
    "yellow flower.jpg",
    "old bicycle.jpg",
    "forest path.jpg",
)
SIZES = ((256, 171), (256, 192), (171, 256), (256, 144), (256, 171), (192, 256), (256, 256), (256, 171))


# A query's hits have scores of 0.97, 0.78, 0.62, 0.50, 0.40, 0.32 …: three strong, two partial ones.
BANDS = Bands(strong=0.6, partial=0.35)


def records(folder: Path, names: tuple[str, ...] = NAMES) -> tuple[ImageRecord, ...]:
    return tuple(
        ImageRecord(n + 1, folder / name, 12 * SIZES[n % 8][0], 12 * SIZES[n % 8][1])
        for n, name in enumerate(names)
    )


def painted(image_id: int) -> bytes:
    width, height = SIZES[(image_id - 1) % 8]
    image = QImage(width, height, QImage.Format.Format_RGB32)
    hue = (image_id * 67) % 360
    painter = QPainter(image)
    painter.fillRect(0, 0, width, height, QColor.fromHsv(hue, 90, 230))
    painter.fillRect(0, height * 2 // 3, width, height, QColor.fromHsv((hue + 40) % 360, 150, 130))
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", 90)
    return bytes(buffer.data().data())


class FakeStore:
    """Has a thumbnail for every id but those in ``missing``; the files that are ``gone`` can be forgotten.

    A test that wants forgetting to last clears ``forget_gate`` and sets it again.
    """

    def __init__(
        self,
        problems: tuple[Problem, ...] = (),
        missing: frozenset[int] = frozenset(),
        gone: tuple[Path, ...] = (),
    ) -> None:
        self._problems, self._missing, self.gone = problems, missing, gone
        self.forget_begun, self.forget_gate = threading.Event(), threading.Event()
        self.forget_gate.set()
        self.asked: list[int] = []
        self.known: set[Path] = set()

    def thumbnail(self, image_id: int) -> bytes | None:
        self.asked.append(image_id)
        return None if image_id in self._missing else painted(image_id)

    def problems(self, root: Path) -> list[Problem]:
        return list(self._problems)

    def left_out(self, root: Path) -> LeftOut:
        return LeftOut(len(self._problems), len(self.gone))

    def missing(self, root: Path) -> list[Path]:
        return list(self.gone)

    def forget_missing(self, root: Path, files: Iterable[Path]) -> int:
        self.forget_begun.set()
        assert self.forget_gate.wait(20)
        before, wanted = self.gone, set(files)
        self.gone = tuple(file for file in before if file not in wanted)
        return len(before) - len(self.gone)

    def knows(self, root: Path) -> bool:
        return root in self.known


class FakeEngine:
    """Answers from names; ``steps`` are what indexing yields, ``best`` is the score of the first hit.

    A test that wants work to last clears ``search_gate`` or ``index_gate`` and sets it again; indexing
    passes its gate before every step but the first.
    """

    def __init__(
        self,
        names: tuple[str, ...] = NAMES,
        steps: tuple[IndexProgress, ...] = (),
        withheld: int = 0,
        note: str = "",
        error: Exception | None = None,
        index_error: Exception | None = None,
        best: float = 0.97,
        preparing: tuple[tuple[int, int], ...] = (),
    ) -> None:
        self.preparing = preparing
        self.names, self.steps, self.withheld, self.note = names, steps, withheld, note
        self.error, self.index_error, self.best = error, index_error, best
        self.queries: list[str] = []
        self.pictures: list[PictureQuery] = []
        self.indexed: list[Path] = []
        self.closed = threading.Event()
        self.search_gate, self.index_gate = threading.Event(), threading.Event()
        self.search_gate.set()
        self.index_gate.set()

    def prepare(self, folder: Path) -> Iterator[tuple[int, int]]:
        yield from self.preparing

    def copies(self, folder: Path, image_id: int, *, rule: RuleMode) -> tuple[Path, ...]:
        return tuple(r.path for r in records(folder, self.names) if r.id == image_id)

    def gallery(self, folder: Path, order: Order, fold: bool) -> Gallery:
        """Lists its photos in the one order that it knows."""
        if self.error is not None:
            raise self.error
        return Gallery(records(folder, self.names), self.withheld)

    def ask(
        self,
        folder: Path,
        query: str,
        *,
        top: int | None,
        rule: RuleMode,
        picture: PictureQuery | None = None,
        order: Order = Order.SCORE,
        fold: bool = True,
    ) -> SearchResult | Gallery:
        if not query and picture is None:
            return self.gallery(folder, order, fold)
        self.queries.append(query)
        self.pictures += [] if picture is None else [picture]
        assert self.search_gate.wait(20)
        if self.error is not None:
            raise self.error
        if picture is not None:
            alike = [SearchHit(r.id, r.path, 1 - r.id / 10, None) for r in records(folder, self.names)]
            return SearchResult(query, alike, len(alike), 0, None, rule, likeness=True)
        words = query.lower().split()
        match = RuleMatch("toddlers", "toddler", "en") if "toddlers" in words else None
        if rule is RuleMode.OFF:
            match = None
        found = [r for r in records(folder, self.names) if any(w in r.path.name for w in words)]
        if match is not None:
            found = [] if rule is RuleMode.BLOCK else list(records(folder, self.names))
        notes = (self.note,) if self.note else ()
        scores = [round(self.best * 0.8**n, 2) for n in range(len(found))]
        hits = tuple(
            SearchHit(r.id, r.path, score, BANDS.of(score)) for r, score in zip(found, scores, strict=True)
        )
        return SearchResult(query, hits, len(self.names), self.withheld, match, rule, notes)

    def index(self, folder: Path) -> Iterator[IndexProgress]:
        self.indexed.append(folder)
        try:
            for n, step in enumerate(self.steps):
                if n:
                    assert self.index_gate.wait(20)
                yield step
            if self.index_error is not None:
                raise self.index_error
        finally:
            self.closed.set()
