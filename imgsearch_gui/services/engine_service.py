"""What the services ask of the core, and the loading of it off the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

from imgsearch_gui.core.types.photos import LeftOut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from imgsearch_gui.core.types.content_rule import RuleMode
    from imgsearch_gui.core.types.photos import Gallery, Problem, SearchResult
    from imgsearch_gui.core.types.progress import IndexProgress
    from imgsearch_gui.core.types.query import Order, PictureQuery
    from imgsearch_gui.services.jobs import Worker


class Engine(Protocol):
    """The product without a screen; safe to use from several threads at once."""

    def ask(
        self,
        folder: Path,
        query: str,
        *,
        top: int | None,
        rule: RuleMode,
        picture: PictureQuery | None = None,
        order: Order,
        fold: bool,
    ) -> SearchResult | Gallery:
        """Finds the photos of a folder that match a query and a picture; an empty query lists all."""
        ...

    def prepare(self, folder: Path) -> Iterator[tuple[int, int]]:
        """Makes ready what a search of a folder needs; closing the generator leaves it for later."""
        ...

    def copies(self, folder: Path, image_id: int, *, rule: RuleMode) -> tuple[Path, ...]:
        """Lists the files of a folder with the bytes of one of its images."""
        ...

    def index(self, folder: Path) -> Iterator[IndexProgress]:
        """Reads what is new in a folder; closing the generator cancels."""
        ...


class PhotoStore(Protocol):
    """The stored things that need no engine; safe to use from several threads at once."""

    def thumbnail(self, image_id: int) -> bytes | None:
        """Returns a small JPEG of an image."""
        ...

    def left_out(self, root: Path) -> LeftOut:
        """Counts the files of a folder that could not be read, and those that are missing."""
        ...

    def problems(self, root: Path) -> list[Problem]:
        """Lists the files of a folder that could not be read."""
        ...

    def missing(self, root: Path) -> list[Path]:
        """Lists the files of a folder that are gone and kept for their return."""
        ...

    def forget_missing(self, root: Path, files: Iterable[Path]) -> int:
        """Forgets missing files for good; returns how many."""
        ...

    def knows(self, root: Path) -> bool:
        """Returns whether photos of a folder were ever stored."""
        ...


class NoPhotos:
    """The store when the library cannot be opened."""

    def thumbnail(self, image_id: int) -> bytes | None:  # noqa: ARG002 - as the protocol has it
        """Returns nothing."""
        return None

    def left_out(self, root: Path) -> LeftOut:  # noqa: ARG002 - likewise
        """Returns none."""
        return LeftOut()

    def problems(self, root: Path) -> list[Problem]:  # noqa: ARG002 - likewise
        """Returns nothing."""
        return []

    def missing(self, root: Path) -> list[Path]:  # noqa: ARG002 - likewise
        """Returns nothing."""
        return []

    def forget_missing(self, root: Path, files: Iterable[Path]) -> int:  # noqa: ARG002 - likewise
        """Returns none."""
        return 0

    def knows(self, root: Path) -> bool:  # noqa: ARG002 - likewise
        """Returns no."""
        return False


class EngineService(QObject):
    """Builds the engine on a worker's thread, because that takes seconds.

    Signals:
        ready(object): the engine, once.
        failed(object): the exception that kept it from being built.
    """

    ready = Signal(object)
    failed = Signal(object)

    def __init__(self, build: Callable[[], Engine], worker: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._build = build
        self._worker = worker

    def load(self) -> None:
        """Begins to build the engine."""
        job = self._worker.submit(self._build)
        job.succeeded.connect(self.ready)
        job.failed.connect(self.failed)
