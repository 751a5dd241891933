"""What runs beside the window: every service, and the threads that they share."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imgsearch_gui import paths

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from imgsearch_gui.core.matching.model_store import ModelStore
    from imgsearch_gui.services.copies_service import CopiesService
    from imgsearch_gui.services.engine_service import Engine, EngineService, PhotoStore
    from imgsearch_gui.services.explain_service import ExplainService
    from imgsearch_gui.services.folder_watcher import FolderWatcher
    from imgsearch_gui.services.indexing_service import IndexingService
    from imgsearch_gui.services.jobs import Worker
    from imgsearch_gui.services.left_out_service import LeftOutService
    from imgsearch_gui.services.model_service import ModelService
    from imgsearch_gui.services.search_service import SearchService
    from imgsearch_gui.services.takeout_service import TakeoutService
    from imgsearch_gui.services.thumbnail_service import ThumbnailService
    from imgsearch_gui.services.training_service import TrainingService


SHUTDOWN_SECONDS = 10.0  # a batch takes well under one; importing torch, to train, up to eight
_COMPARED = 64  # thumbnails of a side-by-side, and of some before


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that runs beside the window, and its threads."""

    engine: EngineService
    search: SearchService
    explain: ExplainService
    copies: CopiesService
    indexing: IndexingService
    left_out: LeftOutService
    thumbnails: ThumbnailService
    watcher: FolderWatcher
    models: ModelService
    training: TrainingService
    takeout: TakeoutService
    compared: ThumbnailService  # of the training window's side-by-side: one service serves one view
    workers: tuple[Worker, ...]
    lasting: tuple[Worker, ...]  # those whose work is not begun again by itself when it is broken off

    def close(self, seconds: float = SHUTDOWN_SECONDS) -> None:
        """Stops every thread, and waits for what each is in the midst of, ``seconds`` at most."""
        for worker in self.workers:
            worker.stop()
        end = time.monotonic() + seconds
        for worker in self.workers:
            worker.wait(max(0.0, end - time.monotonic()))
        self.watcher.close()


def build_services(
    store: PhotoStore,
    build_engine: Callable[[], Engine],
    parent: QObject,
    kept: ModelStore | None = None,
    settled: Callable[[], object] = lambda: None,
) -> Services:
    """Makes the services, with a thread for each kind of work.

    Args:
        store: thumbnails, problems and what is missing.
        build_engine: called on the searching thread.
        parent: what owns them all.
        kept: the user's models; by default those in the data folder.
        settled: returns when all ratings that were given are in the library.
    """
    from imgsearch_gui.core.matching.model_store import ModelStore
    from imgsearch_gui.services.copies_service import CopiesService
    from imgsearch_gui.services.engine_service import EngineService
    from imgsearch_gui.services.explain_service import ExplainService
    from imgsearch_gui.services.folder_watcher import FolderWatcher
    from imgsearch_gui.services.indexing_service import IndexingService
    from imgsearch_gui.services.jobs import Worker
    from imgsearch_gui.services.left_out_service import LeftOutService
    from imgsearch_gui.services.model_service import ModelService
    from imgsearch_gui.services.search_service import SearchService
    from imgsearch_gui.services.takeout_service import TakeoutService
    from imgsearch_gui.services.thumbnail_service import ThumbnailService
    from imgsearch_gui.services.training_service import TrainingService

    names = ("search", "explain", "index", "lists", "thumbnails", "watch", "models", "train", "takeout")
    workers = tuple(Worker(name, parent) for name in names)
    searching, explaining, reading, listing, decoding, watching, keeping, training, taking = workers
    kept = kept or ModelStore(paths.kept_models(), paths.bundled_model())
    return Services(
        EngineService(build_engine, searching, parent),
        SearchService(searching, parent),
        ExplainService(explaining, parent),
        CopiesService(explaining, parent),
        IndexingService(store, reading, parent),
        LeftOutService(store, listing, parent),
        ThumbnailService(store, decoding, parent),
        FolderWatcher(watching, parent),
        ModelService(kept, keeping, parent),
        TrainingService(training, parent, settled),
        TakeoutService(store, taking),
        ThumbnailService(store, decoding, parent, capacity=_COMPARED),
        workers,
        (listing, keeping, training, taking),
    )
