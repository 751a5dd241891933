"""The composition root: the one place that makes the application and its services.

Qt is imported inside `run`, after it is clear that there is a screen and that Qt's system
libraries are there; the engine, which loads networks, is built in a thread once the window is drawn.
"""

from __future__ import annotations

import gc
import logging
import logging.handlers
import os
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imgsearch_gui import paths
from imgsearch_gui.errors import ImgSearchError, LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QApplication

    from imgsearch_gui.core.matching.model_store import ModelStore
    from imgsearch_gui.core.storage.library import Library
    from imgsearch_gui.services.crash_reports import CrashReports
    from imgsearch_gui.services.engine_service import Engine, EngineService, PhotoStore
    from imgsearch_gui.services.folder_watcher import FolderWatcher
    from imgsearch_gui.services.indexing_service import IndexingService
    from imgsearch_gui.services.jobs import Worker
    from imgsearch_gui.services.model_service import ModelService
    from imgsearch_gui.services.search_service import Answer, SearchService
    from imgsearch_gui.services.single_window import SingleWindow
    from imgsearch_gui.services.thumbnail_service import ThumbnailService
    from imgsearch_gui.services.training_service import TrainingService
    from imgsearch_gui.ui.main_window import MainWindow

_log = logging.getLogger(__name__)

_SHUTDOWN_SECONDS = 10.0  # a batch takes well under one; importing torch, to train, up to eight
_LOG_BYTES = 1_000_000
_COMPARED = 64  # thumbnails of a side-by-side, and of some before
_NO_SCREEN = (
    'There is no screen to open the window on: use “imgsearch-gui search FOLDER "QUERY"”, '
    "or “imgsearch-gui --demo”, which saves a picture of the window instead."
)
_OPEN_ALREADY = "ImgSearch is open already with this library: its window comes to the front."
_NO_QT = (
    "Qt cannot start because a system library is missing ({reason}). On Debian or Ubuntu type, as root: "
    "apt-get install -y libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 "
    "fonts-dejavu-core libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"
)


def run(
    folder: Path | None = None, *, demo: bool = False, library: Path | None = None, model: Path | None = None
) -> int:
    """Opens the window, and returns when it is closed.

    Args:
        folder: what to open first.
        demo: opens the demo gallery; where there is no screen, draws the window off screen, runs one
            query, saves a picture of the window in the current folder and prints the hits.
        library: the library file; by default the user's own.
        model: the matcher; by default the one that the user's models name, or the bundled one.

    Returns:
        The exit status: 0, or 2 after a sentence on stderr.
    """
    screen = has_screen()
    if not screen:
        if not demo:
            print(_NO_SCREEN, file=sys.stderr)
            return 2
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    try:
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        print(_NO_QT.format(reason=error), file=sys.stderr)
        return 2
    from imgsearch_gui.services.crash_reports import CrashReports
    from imgsearch_gui.services.program_facts import versions
    from imgsearch_gui.services.single_window import Request, SingleWindow

    _start_log()
    crashes: CrashReports | None = None
    single: SingleWindow | None = None
    try:
        single = SingleWindow(paths.open_windows(), library or paths.default_library())
        if screen and not single.claim(Request(folder, demo)):
            print(_OPEN_ALREADY, file=sys.stderr)
            return 0
        crashes = CrashReports(paths.crash_reports(), versions())
        crashes.begin()
        app = QApplication(sys.argv[:1])
        return _run(
            app,
            folder,
            demo=demo,
            screen=screen,
            library=library,
            model=model,
            single=single,
            crashes=crashes,
        )
    except ImgSearchError as error:
        print(error, file=sys.stderr)
        return 2
    finally:
        if crashes is not None:
            crashes.end()
        if single is not None:
            single.release()


def has_screen() -> bool:
    """Returns whether a window would be seen by anyone."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform:
        return platform.split(":")[0] not in ("offscreen", "minimal")
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@dataclass(frozen=True, slots=True)
class Services:
    """Everything that runs beside the window, and its threads."""

    engine: EngineService
    search: SearchService
    indexing: IndexingService
    thumbnails: ThumbnailService
    watcher: FolderWatcher
    models: ModelService
    training: TrainingService
    compared: ThumbnailService  # of the training window's side-by-side: one service serves one view
    workers: tuple[Worker, ...]

    def close(self, seconds: float = _SHUTDOWN_SECONDS) -> None:
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
    """Makes the services, with a thread each to search, read, decode, watch, keep models and train.

    Args:
        store: thumbnails and problems.
        build_engine: called on the searching thread.
        parent: what owns them all.
        kept: the user's models; by default those in the data folder.
        settled: returns when all ratings that were given are in the library.
    """
    from imgsearch_gui.core.matching.model_store import ModelStore
    from imgsearch_gui.services.engine_service import EngineService
    from imgsearch_gui.services.folder_watcher import FolderWatcher
    from imgsearch_gui.services.indexing_service import IndexingService
    from imgsearch_gui.services.jobs import Worker
    from imgsearch_gui.services.model_service import ModelService
    from imgsearch_gui.services.search_service import SearchService
    from imgsearch_gui.services.thumbnail_service import ThumbnailService
    from imgsearch_gui.services.training_service import TrainingService

    names = ("search", "index", "thumbnails", "watch", "models", "train")
    searching, reading, decoding, watching, keeping, training = (Worker(name, parent) for name in names)
    kept = kept or ModelStore(paths.kept_models(), paths.bundled_model())
    return Services(
        EngineService(build_engine, searching, parent),
        SearchService(searching, parent),
        IndexingService(store, reading, parent),
        ThumbnailService(store, decoding, parent),
        FolderWatcher(watching, parent),
        ModelService(kept, keeping, parent),
        TrainingService(training, parent, settled),
        ThumbnailService(store, decoding, parent, capacity=_COMPARED),
        (searching, reading, decoding, watching, keeping, training),
    )


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

    Attributes:
        window: the window, not shown yet.
        services: what runs beside it; the engine is not loaded yet.
        models: what the window has of the user's models.
        requests: opens what is asked for from outside.
        training: what the window has of the training of new ones.
        rating: the rating mode.
        folder: the folder that is open.
        rebuild_wanted: whether the user wants the library begun anew.
    """

    def __init__(
        self,
        app: QApplication,
        path: Path,
        load: Callable[[Library], Engine],
        failed: ImgSearchError | None = None,
        kept: ModelStore | None = None,
        crashes: CrashReports | None = None,
    ) -> None:
        from PySide6.QtCore import QObject

        from imgsearch_gui.core.storage.library import Library
        from imgsearch_gui.rating_mode import RatingMode
        from imgsearch_gui.services.engine_service import NoPhotos
        from imgsearch_gui.services.exchange_service import ExchangeService
        from imgsearch_gui.services.jobs import Worker
        from imgsearch_gui.ui.about_dialog import open_about
        from imgsearch_gui.ui.crash_notice import CrashNotice
        from imgsearch_gui.ui.exchange_tools import ExchangeTools
        from imgsearch_gui.ui.main_window import MainWindow
        from imgsearch_gui.ui.model_tools import ModelTools
        from imgsearch_gui.ui.requests import Requests
        from imgsearch_gui.ui.training_tools import TrainingTools

        self._app, self._load, self._failed = app, load, failed
        self._library: Library | None = None
        self._owner = QObject()
        self.folder: Path | None = None
        self.rebuild_wanted = False
        if failed is None:
            try:
                self._library = Library(path)
            except ImgSearchError as error:
                self._failed = error
        services = build_services(
            self._library or NoPhotos(), self._build_engine, self._owner, kept, self._settled
        )
        window = MainWindow(services.engine, services.search, services.indexing, services.thumbnails)
        self.rating = RatingMode(window, services.engine, self._library, self._owner)
        window.demo_requested.connect(self.open_demo)
        window.folder_opened.connect(self._opened)
        window.folder_opened.connect(services.watcher.watch)
        window.error.rebuild_requested.connect(self._rebuild)
        services.watcher.changed.connect(window.refresh_folder)
        services.indexing.succeeded.connect(services.watcher.rest)
        app.applicationStateChanged.connect(services.watcher.application_changed)
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
        if self._library is not None:
            ExchangeTools(
                window.rate_menu, ExchangeService(self._library, self._exchange, self._settled), window
            )

    def open_demo(self) -> None:
        """Opens the demo gallery."""
        from imgsearch_gui.core.demo import prepare_demo

        try:
            self.window.open_folder(prepare_demo(paths.demo_gallery()))
        except ImgSearchError as error:
            self.window.show_error(error)

    def close(self, seconds: float = _SHUTDOWN_SECONDS) -> None:
        """Stops all threads, within some seconds, and closes the windows and the library."""
        self.training.close()
        self.window.close()
        self.rating.stop()
        self._exchange.stop()
        self.services.close(seconds)
        self.rating.finish(seconds)
        self._exchange.wait(seconds)
        gc.unfreeze()
        if self._library is not None:
            self._library.close()
        self.window.deleteLater()
        self._owner.deleteLater()

    def _build_engine(self) -> Engine:
        if self._library is None:
            raise self._failed or LibraryError("There is no library.")
        engine = self._load(self._library)
        # The collector would go through all of torch's objects, and hold the window up for 0.15 s, whenever
        # a job has made a few ten thousand of its own.
        gc.freeze()
        return engine

    def _settled(self) -> None:
        self.rating.settle()

    def _opened(self, folder: Path) -> None:
        self.folder = folder

    def _rebuild(self) -> None:
        self.rebuild_wanted = True
        self._app.quit()


def _run(
    app: QApplication,
    folder: Path | None,
    *,
    demo: bool,
    screen: bool,
    library: Path | None,
    model: Path | None,
    single: SingleWindow | None = None,
    crashes: CrashReports | None = None,
) -> int:
    from PySide6.QtCore import QTimer

    from imgsearch_gui.core.matching.model_store import ModelStore
    from imgsearch_gui.core.storage.rebuild import rebuild
    from imgsearch_gui.services.single_window import Request
    from imgsearch_gui.ui import messages, style
    from imgsearch_gui.ui.offscreen_demo import OffscreenDemo

    def load(store: Library) -> Engine:
        from imgsearch_gui.core.engine import load_engine

        return load_engine(store, kept=kept)

    kept = ModelStore(paths.kept_models(), paths.bundled_model(), model)
    app.setApplicationName("ImgSearch")
    app.setDesktopFileName("imgsearch-gui")
    style.apply(app)
    path = library or paths.default_library()
    failed: ImgSearchError | None = None
    news = ""
    while True:
        session = Session(app, path, load, failed, kept, crashes)
        window, services = session.window, session.services
        offscreen = None if screen else OffscreenDemo(window, services.search, services.thumbnails, app.exit)
        window.show()
        QTimer.singleShot(0, lambda: _log.info("window shown"))
        QTimer.singleShot(0, services.engine.load)
        session.requests.answer(Request(folder, demo))
        if single is not None:
            single.listen(session.requests.bring_forward)
        if news:
            window.statusBar().showMessage(news)
        try:
            status = app.exec()
        finally:
            session.close()
        if offscreen is not None:
            print(offscreen.report, file=sys.stderr if status else sys.stdout)
        if not session.rebuild_wanted:
            return status
        folder, demo, failed, news = session.folder, False, None, ""
        try:
            done = rebuild(path)
            news = messages.rebuilt(str(done.kept), done.ratings)
        except ImgSearchError as error:
            failed = error


def _note_answer(answer: Answer) -> None:
    """Notes in the log how long an answer took, and not what was asked."""
    _log.info("%s answered in %.3f s", "query" if answer.request.query else "gallery", answer.seconds)


def _start_log() -> None:
    handler = logging.handlers.RotatingFileHandler(
        paths.log_file(), maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
    )
    logging.raiseExceptions = False  # a log that cannot be written must not say so with a traceback
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", handlers=[handler]
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
