"""A window on a library, wired to its services."""

from __future__ import annotations

import gc
import logging
import sys
from enum import Enum, auto
from typing import TYPE_CHECKING

from imgsearch_gui import paths
from imgsearch_gui.app.services import SHUTDOWN_SECONDS, build_services
from imgsearch_gui.errors import ImgSearchError, LibraryError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtWidgets import QApplication

    from imgsearch_gui.core.matching.model_store import ModelStore
    from imgsearch_gui.core.storage.library import Library
    from imgsearch_gui.services.crash_reports import CrashReports
    from imgsearch_gui.services.engine_service import Engine
    from imgsearch_gui.services.search_service import Answer
    from imgsearch_gui.ui.main_window import MainWindow


_log = logging.getLogger(__name__)


class Again(Enum):
    """Why another session follows a session."""

    REBUILD = auto()  # on a library that is begun anew
    ANEW = auto()  # with settings that need another window


class Session:
    """A window on a library, and all that runs beside it.

    A library that cannot be opened is no end: the window says why, and may offer to begin it anew.

    Args:
        app: the application, which ends its event loop when the library is to be begun anew.
        path: the library file.
        load: builds the engine on the open library; called on the searching thread.
        failed: why the library is not even to be opened, if so.
        kept: the user's models; by default those in the data folder.
        crashes: writes a report of what nobody caught in the window's thread.
        library_named: whether the library was named on the command line.

    Attributes:
        window: the window, not shown yet.
        services: what runs beside it; the engine is not loaded yet.
        models: what the window has of the user's models.
        requests: opens what is asked for from outside.
        training: what the window has of the training of new ones.
        rating: the rating mode.
        preview: shows a photo large.
        settings: what the program remembers.
        memory: what the window has of them.
        folder: the folder that was open when the session ended for another.
        query: what stood in the query field then.
        again: why another session is to follow, if so.
    """

    def __init__(
        self,
        app: QApplication,
        path: Path,
        load: Callable[[Library], Engine],
        failed: ImgSearchError | None = None,
        kept: ModelStore | None = None,
        crashes: CrashReports | None = None,
        *,
        library_named: bool = False,
    ) -> None:
        from PySide6.QtCore import QObject

        from imgsearch_gui.app.rating_mode import RatingMode
        from imgsearch_gui.app.remembering import Remembering
        from imgsearch_gui.core.storage.library import Library
        from imgsearch_gui.services.engine_service import NoPhotos
        from imgsearch_gui.services.exchange_service import ExchangeService
        from imgsearch_gui.services.jobs import Worker
        from imgsearch_gui.services.settings import Settings
        from imgsearch_gui.ui.about.about_dialog import open_about
        from imgsearch_gui.ui.about.crash_notice import CrashNotice
        from imgsearch_gui.ui.exchange.exchange_tools import ExchangeTools
        from imgsearch_gui.ui.main_window import MainWindow
        from imgsearch_gui.ui.models.model_tools import ModelTools
        from imgsearch_gui.ui.photos.grid_tools import GridTools
        from imgsearch_gui.ui.preview.preview_tools import PreviewTools
        from imgsearch_gui.ui.requests import Requests
        from imgsearch_gui.ui.search.search_tools import SearchTools
        from imgsearch_gui.ui.takeout_tools import TakeoutTools
        from imgsearch_gui.ui.training.training_tools import TrainingTools
        from imgsearch_gui.ui.window_pages import WindowPages

        self._app, self._load, self._failed = app, load, failed
        self._library: Library | None = None
        self._owner = QObject()
        self.folder: Path | None = None
        self.query = ""
        self.again: Again | None = None
        self._keeping = Worker("settings", self._owner)
        self.settings = Settings(paths.settings_file(), self._keeping, self._owner)
        if failed is None:
            try:
                self._library = Library(path)
            except ImgSearchError as error:
                self._failed = error
        services = build_services(
            self._library or NoPhotos(), self._build_engine, self._owner, kept, self._settled
        )
        window = MainWindow(
            services.engine, services.search, services.indexing, services.left_out, services.thumbnails
        )
        pages = WindowPages(window)
        self.rating = RatingMode(window, pages, services.engine, self._library, self.settings, self._owner)
        self.preview = PreviewTools(
            window, pages, self.rating.previews, services.explain, services.copies, self.settings
        )
        window.demo_requested.connect(self.open_demo)
        window.folder_opened.connect(services.watcher.watch)
        window.error.rebuild_requested.connect(self._rebuild)
        services.watcher.changed.connect(window.refresh_folder)
        services.indexing.succeeded.connect(services.watcher.rest)
        app.applicationStateChanged.connect(services.watcher.application_changed)
        services.engine.ready.connect(services.explain.use_engine)
        services.engine.ready.connect(services.copies.use_engine)
        services.engine.ready.connect(services.models.use_engine)
        services.engine.ready.connect(services.training.use_engine)
        self.models = ModelTools(window, services.models, services.search)
        self.training = TrainingTools(window, services.training, services.models, services.compared)
        self.requests = Requests(window, services.search)
        window.about_requested.connect(lambda: open_about(window, self.models.in_use))
        services.engine.ready.connect(lambda: _log.info("engine ready"))
        services.search.answered.connect(_note_answer)
        report_bugs_in(window, crashes)
        if crashes is not None and crashes.left_over is not None:
            window.banners.insertWidget(0, CrashNotice(crashes.left_over))
            crashes.left_over = None
        self.window, self.services = window, services
        self._exchange = Worker("exchange", self._owner)
        TakeoutTools(window, services.takeout)
        GridTools(window, self.settings)
        SearchTools(window, self.rating.previews)
        window.photo_actions.alike_requested.connect(self.preview.leave)
        self.memory = Remembering(
            app,
            window,
            services,
            self.settings,
            self.models,
            self.training,
            self._busy,
            self._owner,
            library_named=library_named,
        )
        self.memory.renewed.connect(self._renew)
        if self._library is not None:
            ExchangeTools(
                window.menus.rate, ExchangeService(self._library, self._exchange, self._settled), window
            )

    def open_demo(self) -> None:
        """Opens the demo gallery."""
        from imgsearch_gui.core.demo import prepare_demo

        try:
            self.window.open_folder(prepare_demo(paths.demo_gallery()))
        except ImgSearchError as error:
            self.window.show_error(error)

    def close(self, seconds: float = SHUTDOWN_SECONDS) -> None:
        """Stops all threads, within some seconds, and closes the windows and the library."""
        self.training.close()
        self.window.close()
        self.rating.stop()
        self.memory.stop()
        self._exchange.stop()
        self._keeping.stop()
        self.services.close(seconds)
        self.rating.finish(seconds)
        self.memory.finish(seconds)
        self._exchange.wait(seconds)
        self._keeping.wait(seconds)
        self.settings.close()
        gc.unfreeze()
        if self._library is not None:
            self._library.close()
        self.window.deleteLater()
        self._owner.deleteLater()

    def _build_engine(self) -> Engine:
        if self._library is None:
            raise self._failed or LibraryError(sentence("There is no library."))
        engine = self._load(self._library)
        # The collector would go through all of torch's objects, and hold the window up for 0.15 s, whenever
        # a job has made a few ten thousand of its own.
        gc.freeze()
        return engine

    def _settled(self) -> None:
        self.rating.settle()

    def _rebuild(self) -> None:
        self._end(Again.REBUILD)

    def _renew(self) -> None:
        self._end(Again.ANEW)

    def _end(self, again: Again) -> None:
        self.again, self.folder, self.query = again, self.window.folder, self.window.query.text()
        self._app.quit()

    def _busy(self) -> bool:
        """Returns whether work is going on that another window would break off for good."""
        workers = (*self.services.lasting, self._exchange)
        return self.training.at_work or any(worker.busy for worker in workers)


def _note_answer(answer: Answer) -> None:
    """Notes in the log how long an answer took, and not what was asked."""
    _log.info(
        "%s answered in %.3f s", "query" if answer.request.question.query else "gallery", answer.seconds
    )


def report_bugs_in(window: MainWindow, crashes: CrashReports | None = None) -> None:
    """Shows in the window what nobody caught in a slot, with a report; Qt would go on in silence."""

    def report(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
        else:
            if crashes is not None:
                crashes.write(error)
            window.show_error(error)

    sys.excepthook = report
