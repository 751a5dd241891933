"""The composition root: the one place that makes the application and its services.

Qt is imported inside `run`, after it is clear that there is a screen and that Qt's system
libraries are there; the engine, which imports torch, is built in a thread once the window is drawn.
"""

from __future__ import annotations

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
    from imgsearch_gui.services.engine_service import Engine, EngineService, PhotoStore
    from imgsearch_gui.services.folder_watcher import FolderWatcher
    from imgsearch_gui.services.indexing_service import IndexingService
    from imgsearch_gui.services.jobs import Worker
    from imgsearch_gui.services.model_service import ModelService
    from imgsearch_gui.services.search_service import SearchService
    from imgsearch_gui.services.thumbnail_service import ThumbnailService
    from imgsearch_gui.ui.main_window import MainWindow

_SHUTDOWN_SECONDS = 10.0  # a batch takes well under one; importing torch up to eight
_LOG_BYTES = 1_000_000
_NO_SCREEN = (
    'There is no screen to open the window on: use “imgsearch-gui search FOLDER "QUERY"”, '
    "or “imgsearch-gui --demo”, which saves a picture of the window instead."
)
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
    _start_log()
    app = QApplication(sys.argv[:1])
    try:
        return _run(app, folder, demo=demo, screen=screen, library=library, model=model)
    except ImgSearchError as error:
        print(error, file=sys.stderr)
        return 2


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
    store: PhotoStore, build_engine: Callable[[], Engine], parent: QObject, kept: ModelStore | None = None
) -> Services:
    """Makes the services, with one thread each for searching, reading, thumbnails, watching and models.

    Args:
        store: thumbnails and problems.
        build_engine: called on the searching thread.
        parent: what owns them all.
        kept: the user's models; by default those in the data folder.
    """
    from imgsearch_gui.core.matching.model_store import ModelStore
    from imgsearch_gui.services.engine_service import EngineService
    from imgsearch_gui.services.folder_watcher import FolderWatcher
    from imgsearch_gui.services.indexing_service import IndexingService
    from imgsearch_gui.services.jobs import Worker
    from imgsearch_gui.services.model_service import ModelService
    from imgsearch_gui.services.search_service import SearchService
    from imgsearch_gui.services.thumbnail_service import ThumbnailService

    names = ("search", "index", "thumbnails", "watch", "models")
    searching, reading, decoding, watching, keeping = (Worker(name, parent) for name in names)
    kept = kept or ModelStore(paths.kept_models(), paths.bundled_model())
    return Services(
        EngineService(build_engine, searching, parent),
        SearchService(searching, parent),
        IndexingService(store, reading, parent),
        ThumbnailService(store, decoding, parent),
        FolderWatcher(watching, parent),
        ModelService(kept, keeping, parent),
        (searching, reading, decoding, watching, keeping),
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

    Attributes:
        window: the window, not shown yet.
        services: what runs beside it; the engine is not loaded yet.
        models: what the window has of the user's models.
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
    ) -> None:
        from PySide6.QtCore import QObject

        from imgsearch_gui.core.storage.library import Library
        from imgsearch_gui.services.engine_service import NoPhotos
        from imgsearch_gui.ui.main_window import MainWindow
        from imgsearch_gui.ui.model_tools import ModelTools

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
        services = build_services(self._library or NoPhotos(), self._build_engine, self._owner, kept)
        window = MainWindow(services.engine, services.search, services.indexing, services.thumbnails)
        window.demo_requested.connect(self.open_demo)
        window.folder_opened.connect(self._opened)
        window.folder_opened.connect(services.watcher.watch)
        window.error.rebuild_requested.connect(self._rebuild)
        services.watcher.changed.connect(window.refresh_folder)
        services.indexing.succeeded.connect(services.watcher.rest)
        app.applicationStateChanged.connect(services.watcher.application_changed)
        services.engine.ready.connect(services.models.use_engine)
        self.models = ModelTools(window, services.models, services.search)
        report_bugs_in(window)
        self.window, self.services = window, services

    def open_demo(self) -> None:
        """Opens the demo gallery."""
        from imgsearch_gui.core.demo import prepare_demo

        try:
            self.window.open_folder(prepare_demo(paths.demo_gallery()))
        except ImgSearchError as error:
            self.window.show_error(error)

    def close(self, seconds: float = _SHUTDOWN_SECONDS) -> None:
        """Stops all threads, within some seconds, and closes the window and the library."""
        self.window.close()
        self.services.close(seconds)
        if self._library is not None:
            self._library.close()
        self.window.deleteLater()
        self._owner.deleteLater()

    def _build_engine(self) -> Engine:
        if self._library is None:
            raise self._failed or LibraryError("There is no library.")
        return self._load(self._library)

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
) -> int:
    from PySide6.QtCore import QTimer

    from imgsearch_gui.core.matching.model_store import ModelStore
    from imgsearch_gui.core.storage.rebuild import rebuild
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
        session = Session(app, path, load, failed, kept)
        window, services = session.window, session.services
        offscreen = None if screen else OffscreenDemo(window, services.search, services.thumbnails, app.exit)
        window.show()
        QTimer.singleShot(0, services.engine.load)
        if demo:
            session.open_demo()
        elif folder is not None:
            window.open_folder(folder)
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


def _start_log() -> None:
    handler = logging.handlers.RotatingFileHandler(
        paths.log_file(), maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
    )
    logging.raiseExceptions = False  # a log that cannot be written must not say so with a traceback
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", handlers=[handler]
    )


def report_bugs_in(window: MainWindow) -> None:
    """Shows in the window what nobody caught in a slot; Qt would go on in silence."""

    def report(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            window.close()
        else:
            window.show_error(error)

    sys.excepthook = report
