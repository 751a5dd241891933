"""The real window, on a fake engine and store."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QFont
from shiboken6 import isValid

from imgsearch_gui import paths
from imgsearch_gui.app.services import Services, build_services
from imgsearch_gui.app.session import Session
from imgsearch_gui.core.matching.model_store import ModelStore
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.services.jobs import Worker
from imgsearch_gui.services.language import LANGUAGES, use_language
from imgsearch_gui.services.preview_service import PreviewService
from imgsearch_gui.services.settings import Settings
from imgsearch_gui.services.thumbnail_service import ThumbnailService
from imgsearch_gui.ui import style
from imgsearch_gui.ui.main_window import MainWindow
from imgsearch_gui.ui.photos.grid_tools import GridTools
from imgsearch_gui.ui.search.search_tools import SearchTools
from imgsearch_gui.ui.stage_clock import StageClock
from imgsearch_gui.ui.training.training_dialog import Searching, TrainingDialog
from tests.fakes import write_jpegs
from tests.rating_fakes import PaintedPictures
from tests.training_fakes import FakeModelService, FakeTrainingService
from tests.ui.driving import open_and_wait
from tests.ui.pictures import Looks, skip_elsewhere
from tests.ui.sessions import PlainEngine
from tests.window_fakes import FakeEngine, FakeStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QUrl
    from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def look(qapp: QApplication, english: None) -> None:
    """One look on every machine, as far as that goes."""
    style.apply(qapp)
    style.apply_palette(qapp, dark=False)
    font = QFont("DejaVu Sans")
    font.setPixelSize(13)
    qapp.setFont(font)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lets those that draw screens be off screen, of which Qt complains when a window changes its size."""
    for item in items:
        if "looks" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(params=LANGUAGES)
def looks(request, qtbot, qapp: QApplication, compiled_texts: Path, tmp_path: Path) -> Iterator[Looks]:
    """Every look of what the test draws; a test asks for it before what it draws."""
    skip_elsewhere(qapp)
    use_language(qapp, request.param, compiled_texts)
    flash = qapp.cursorFlashTime()
    qapp.setCursorFlashTime(0)
    yield Looks(qtbot, qapp, request.param, tmp_path)
    # What is left must not be drawn again in another look.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setCursorFlashTime(flash)
    use_language(qapp, "en", compiled_texts)


@dataclass
class Opened:
    """A shown window and what stands behind it."""

    window: MainWindow
    services: Services
    engine: FakeEngine
    grid: GridTools
    searching: SearchTools
    decoding: Worker
    opened: list[QUrl] = field(default_factory=list)
    pictures: list[Path] = field(default_factory=list)  # that are chosen when one is asked for


@pytest.fixture
def show(qtbot, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Returns a function that shows a window; its engine is loaded unless ``load`` is false."""
    made: list[Opened] = []

    def make(
        engine: FakeEngine | None = None,
        store: FakeStore | None = None,
        *,
        load: bool = True,
        can_open: bool = True,
        engine_error: Exception | None = None,
    ) -> Opened:
        engine = engine or FakeEngine()

        def build() -> FakeEngine:
            if engine_error is not None:
                raise engine_error
            return engine

        owner = QObject()
        services = build_services(store or FakeStore(), build, owner)
        opened: list[QUrl] = []
        pictures: list[Path] = []

        def open_url(url: QUrl) -> bool:
            opened.append(url)
            return can_open

        window = MainWindow(
            services.engine,
            services.search,
            services.indexing,
            services.left_out,
            services.thumbnails,
            open_url,
        )
        grid = GridTools(window, Settings(tmp_path / "settings.ini"))
        decoding = Worker("pictures", owner)
        previews = PreviewService(FakeStore(), PaintedPictures, decoding, owner)
        searching = SearchTools(window, previews, lambda *_: pictures.pop() if pictures else None)
        made.append(Opened(window, services, engine, grid, searching, decoding, opened, pictures))
        owners.append(owner)
        window.resize(900, 640)
        window.show()
        with qtbot.waitActive(window):
            window.activateWindow()
        if load:
            with qtbot.waitSignal(services.engine.ready):
                services.engine.load()
        return made[-1]

    owners: list[QObject] = []
    yield make
    for one in made:
        one.engine.search_gate.set()
        one.engine.index_gate.set()
        one.services.close(20)
        one.decoding.stop()
        assert one.decoding.wait(20)
        one.window.close()
        one.window.deleteLater()
    # Now, before the services go that it talks to.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder to open: the fake engine knows what is in it."""
    path = tmp_path / "holiday"
    path.mkdir()
    return path


@pytest.fixture
def one(qtbot, show: Callable[..., Opened], folder: Path) -> Opened:
    """A window with the photos of the folder."""
    one = show()
    open_and_wait(qtbot, one, folder)
    return one


@dataclass
class Training:
    """A shown training window, the services that it asks, and what the main window searches."""

    dialog: TrainingDialog
    service: FakeTrainingService
    models: FakeModelService
    thumbnails: ThumbnailService
    searching: Searching
    picked: list[Path | None] = field(default_factory=list)
    seconds: float = 0.0
    states: list[str] = field(default_factory=list)


@pytest.fixture
def training(qtbot) -> Iterator[Callable[..., Training]]:
    """Returns a function that shows a training window; `Training.seconds` is the time it goes by."""
    made: list[Training] = []
    owner = QObject()
    worker = Worker("thumbnails", owner)

    def make(query: str = "", folder: Path | None = None, rule: RuleMode = RuleMode.BLOCK) -> Training:
        service, models = FakeTrainingService(), FakeModelService()
        thumbnails = ThumbnailService(FakeStore(), worker, owner)
        dialog = TrainingDialog(
            service,
            models,
            thumbnails,
            lambda: one.searching,
            lambda _parent, _title, _begin: one.picked.pop(),
            StageClock(lambda: one.seconds),
        )
        one = Training(dialog, service, models, thumbnails, Searching(folder, query, rule))
        dialog.state_changed.connect(one.states.append)
        made.append(one)
        dialog.resize(980, 720)
        dialog.open()
        with qtbot.waitActive(dialog):
            dialog.activateWindow()
        return one

    yield make
    worker.stop()
    assert worker.wait(20)
    for one in made:
        one.dialog.hide()
        one.dialog.deleteLater()
    owner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    write_jpegs(tmp_path / "photos", 3)
    return tmp_path / "photos"


@pytest.fixture
def begin(qapp, tmp_path: Path) -> Iterator[Callable[..., Session]]:
    """Returns a function that shows a window on the library ``l.sqlite`` of the test's folder."""
    sessions: list[Session] = []
    threads = threading.active_count()

    def show(**options) -> Session:
        # Not in the test's home, which root alone may read.
        kept = ModelStore(tmp_path / "models", paths.bundled_model())
        load = options.pop("load", PlainEngine)
        session = Session(qapp, tmp_path / "l.sqlite", load, kept=kept, **options)
        sessions.append(session)
        session.window.show()
        session.services.engine.load()
        return session

    yield show
    for session in sessions:
        if isValid(session.window):  # the test may have closed it
            session.close(20)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert threading.active_count() <= threads
