"""The start of the window, and its end.

Qt is imported inside `run`, after it is clear that there is a screen and that Qt's system
libraries are there; the engine, which loads networks, is built in a thread once the window is drawn.
"""

from __future__ import annotations

import logging
import logging.handlers
import os
import sys
from typing import TYPE_CHECKING

from imgsearch_gui import paths
from imgsearch_gui.errors import ImgSearchError, LibraryError

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from imgsearch_gui.core.engine import Engine as CoreEngine
    from imgsearch_gui.core.storage.library import Library
    from imgsearch_gui.services.crash_reports import CrashReports
    from imgsearch_gui.services.single_window import SingleWindow

_log = logging.getLogger(__name__)

_LOG_BYTES = 1_000_000
_NO_SCREEN = (
    'There is no screen to open the window on: use “imgsearch-gui search FOLDER "QUERY"”, '
    "or “imgsearch-gui --demo”, which saves a picture of the window instead."
)
_OPEN_ALREADY = "ImgSearch is open already with this library: its window comes to the front."
_KEEPS_ITS_MODEL = (
    "ImgSearch is open already with this library: its window comes to the front, and goes on with the model "
    "that it has. Close it first to start with {model}."
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
    from imgsearch_gui.services.crash_reports import CrashReports
    from imgsearch_gui.services.program_facts import versions
    from imgsearch_gui.services.single_window import Request, SingleWindow

    _start_log()
    crashes: CrashReports | None = None
    single: SingleWindow | None = None
    try:
        single = SingleWindow(paths.open_windows(), _library(library)[0])
        if screen and not single.claim(Request(folder, demo)):
            print(_KEEPS_ITS_MODEL.format(model=model) if model else _OPEN_ALREADY, file=sys.stderr)
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

    from imgsearch_gui.app.session import Again, Session
    from imgsearch_gui.core.matching.model_store import ModelStore
    from imgsearch_gui.core.storage.rebuild import rebuild
    from imgsearch_gui.services import settings_schema as schema
    from imgsearch_gui.services.language import system_language, use_language
    from imgsearch_gui.services.settings import Settings
    from imgsearch_gui.services.single_window import Request
    from imgsearch_gui.ui import messages, style
    from imgsearch_gui.ui.offscreen_demo import OffscreenDemo

    made: CoreEngine | None = None

    def load(store: Library) -> CoreEngine:
        from imgsearch_gui.core.loading import load_engine

        nonlocal made  # its parts take seconds to load, and a window that is made anew has use for them
        made = load_engine(store, kept=kept) if made is None else made.on(store)
        return made

    kept = ModelStore(paths.kept_models(), paths.bundled_model(), model)
    app.setApplicationName("ImgSearch")
    app.setDesktopFileName("imgsearch-gui")
    style.apply(app)
    path, place = _library(library)[0], None
    query = ""
    failed: ImgSearchError | None = None
    news = ""
    while True:
        settings = Settings(paths.settings_file())
        language = settings.get(schema.LANGUAGE)
        use_language(app, system_language() if language is schema.Language.SYSTEM else str(language))
        style.use_theme(app, settings.get(schema.THEME))  # before there is a window to draw anew
        wanted, missing = _library(library)
        failed = failed or missing
        if single is None or single.move(wanted):
            path, place = wanted, settings.get(schema.LIBRARY)
        else:
            settings.set(schema.LIBRARY, place)
            settings.close()
            news = messages.open_elsewhere(wanted.parent)
        session = Session(app, path, load, failed, kept, crashes, library_named=library is not None)
        window, services = session.window, session.services
        offscreen = None if screen else OffscreenDemo(window, services.search, services.thumbnails, app.exit)
        window.show()
        QTimer.singleShot(0, lambda: _log.info("window shown"))
        QTimer.singleShot(0, services.engine.load)
        window.query.setText(query)
        session.requests.answer(Request(folder, demo))
        if single is not None:
            single.listen(session.requests.bring_forward)
        if news:
            window.status.tell(news)
        try:
            status = app.exec()
        finally:
            session.close()
        if offscreen is not None:
            print(offscreen.report, file=sys.stderr if status else sys.stdout)
        if session.again is None:
            return status
        folder, query, demo, failed, news = session.folder, session.query, False, None, ""
        if session.again is Again.ANEW:
            continue
        try:
            done = rebuild(path)
            news = messages.rebuilt(str(done.kept), done.ratings)
        except ImgSearchError as error:
            failed = error


def _library(named: Path | None) -> tuple[Path, LibraryError | None]:
    """Returns the library file, and why it cannot be opened where its folder is not there."""
    try:
        return named or paths.default_library(), None
    except LibraryError as error:
        return paths.settings_file().with_name("library.sqlite"), error


def _start_log() -> None:
    handler = logging.handlers.RotatingFileHandler(
        paths.log_file(), maxBytes=_LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
    )
    logging.raiseExceptions = False  # a log that cannot be written must not say so with a traceback
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s", handlers=[handler]
    )
