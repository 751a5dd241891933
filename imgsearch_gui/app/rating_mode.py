"""The rating mode's part of the composition root: its services, their threads, and its pages."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from imgsearch_gui.errors import LibraryError
from imgsearch_gui.sentences import sentence
from imgsearch_gui.services.engine_service import NoPhotos
from imgsearch_gui.services.jobs import Worker
from imgsearch_gui.services.pool_service import PoolService
from imgsearch_gui.services.preview_service import PreviewService
from imgsearch_gui.services.rating_service import RatingService
from imgsearch_gui.services.rating_settings import read_choices, write_choices
from imgsearch_gui.services.thumbnail_service import ThumbnailService
from imgsearch_gui.ui.rating.rating_tools import RatingTools

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from imgsearch_gui.core.pictures.decoding import Decoder
    from imgsearch_gui.core.storage.library import Library
    from imgsearch_gui.core.types.ratings import Rating
    from imgsearch_gui.services.engine_service import EngineService
    from imgsearch_gui.services.settings import Settings
    from imgsearch_gui.ui.main_window import MainWindow
    from imgsearch_gui.ui.window_pages import WindowPages

_PREVIEW_SECONDS = 10.0  # for reading a file, and again for decoding it; others wait meanwhile


class RatingMode:
    """What is needed to rate: one thread each for saving, for test queries and for pictures.

    Args:
        window: the window that gets menu entries.
        pages: takes the pages.
        engine: tells when there is a search engine.
        library: thumbnails and ratings; nothing when it cannot be opened.
        settings: where it is remembered how a person rates.
        owner: the Qt parent of the services.

    Attributes:
        tools: the pages.
        previews: decodes large pictures, for whichever page is shown.
    """

    def __init__(
        self,
        window: MainWindow,
        pages: WindowPages,
        engine: EngineService,
        library: Library | None,
        settings: Settings,
        owner: QObject,
    ) -> None:
        saving, stepping, decoding = (Worker(name, owner) for name in ("ratings", "test-queries", "previews"))
        store = library or _NoRatings()
        self._workers = saving, stepping, decoding
        self._rating = RatingService(store, saving, read_choices(settings), parent=owner)
        self._rating.choices_changed.connect(partial(write_choices, settings))
        self.previews = PreviewService(store, _decoder, decoding, owner)
        pool = PoolService(stepping, parent=owner)
        for service in (self._rating, pool):
            engine.ready.connect(service.use_engine)
            engine.failed.connect(service.no_engine)
        thumbnails = ThumbnailService(store, decoding, owner)
        self.tools = RatingTools(window, pages, self._rating, pool, self.previews, thumbnails)

    def settle(self) -> None:
        """Waits until all ratings that were given are written; for threads that read them."""
        self._rating.settle()

    def stop(self) -> None:
        """Asks every thread to end."""
        self.previews.close()
        for worker in self._workers:
            worker.stop()

    def finish(self, seconds: float) -> None:
        """Waits for the threads, ``seconds`` each at most, and saves the ratings that still wait."""
        for worker in self._workers:
            worker.wait(seconds)
        self._rating.finish()


class _NoRatings(NoPhotos):
    """The store when the library cannot be opened: there is nothing to rate then."""

    def add_rating(self, rating: Rating) -> int:  # noqa: ARG002 - as the protocol has it
        """Says that it cannot."""
        raise LibraryError(sentence("There is no library to keep ratings in."))

    def remove_rating(self, rating_id: int) -> None:
        """Does nothing: there is none."""


def _decoder() -> Decoder:
    from imgsearch_gui.core.pictures.decoding import Decoder
    from imgsearch_gui.core.pictures.images import preview_bytes

    return Decoder(_PREVIEW_SECONDS, preview_bytes)
