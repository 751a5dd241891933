"""The settings' part of the composition root: what they change, and what the program remembers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Signal, Slot

from imgsearch_gui import paths
from imgsearch_gui.app.renewal import Renewal
from imgsearch_gui.core.datasets.dataset import QUERIES_TABLE, TRAIN_TABLE, has_table
from imgsearch_gui.core.pictures.cores import limit_cores
from imgsearch_gui.services import settings_schema as schema
from imgsearch_gui.services.jobs import Worker
from imgsearch_gui.services.recent_folders import RecentFolders
from imgsearch_gui.services.rule_service import RuleService
from imgsearch_gui.services.saved_searches import SavedSearches
from imgsearch_gui.ui import style
from imgsearch_gui.ui.memory.folder_tools import FolderTools
from imgsearch_gui.ui.memory.query_tools import QueryTools
from imgsearch_gui.ui.memory.saved_tools import SavedTools
from imgsearch_gui.ui.settings.settings_tools import SettingsTools
from imgsearch_gui.ui.shortcuts.key_tables import key_tables
from imgsearch_gui.ui.shortcuts.shortcuts_dialog import ShortcutTools
from imgsearch_gui.ui.start.dataset_tools import DatasetTools

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from imgsearch_gui.app.services import Services
    from imgsearch_gui.core.types.content_rule import RuleMode
    from imgsearch_gui.services.settings import Settings
    from imgsearch_gui.ui.main_window import MainWindow
    from imgsearch_gui.ui.models.model_tools import ModelTools
    from imgsearch_gui.ui.training.training_tools import TrainingTools


class Remembering(QObject):
    """Brings settings, recent things, saved searches and the first steps to a window.

    Args:
        app: gets the theme.
        window: the window; its place and size are those of last time.
        services: what runs beside it.
        settings: the values.
        models: what the window has of the matchers.
        training: what the window has of the training of new ones.
        busy: tells whether long work is going on that a new window would break off.
        library_named: whether the library was named on the command line.
        owner: the Qt parent of the services.

    Signals:
        renewed(): the window is to be made anew.

    Attributes:
        tools: the settings.
        queries: the recent searches.
        folders: the recent folders.
        saved: the saved searches.
        datasets: the opening of dataset folders.
        shortcuts: the list of shortcuts.
    """

    renewed = Signal()

    def __init__(
        self,
        app: QApplication,
        window: MainWindow,
        services: Services,
        settings: Settings,
        models: ModelTools,
        training: TrainingTools,
        busy: Callable[[], bool],
        owner: QObject,
        *,
        library_named: bool = False,
    ) -> None:
        super().__init__(owner)
        self._app, self._window, self._services, self._settings = app, window, services, settings
        self._workers = Worker("folders", owner), Worker("rule", owner)
        looking, checking = self._workers
        self._rule = RuleService(checking, owner)
        self._renewal = Renewal(settings, schema.SHOWN, busy, self.renewed.emit, self)
        recent = RecentFolders(settings, looking, owner)
        self.datasets = DatasetTools(window, _is_dataset, training.open_on)
        self.folders = FolderTools(window, recent)
        self.tools = SettingsTools(
            window,
            settings,
            self._rule,
            models,
            self._renewal.pending,
            library_named=library_named,
        )
        window.menus.search.addSeparator()
        self.queries = QueryTools(window, services.search, settings)
        self.saved = SavedTools(window, SavedSearches(paths.saved_searches()))
        self.shortcuts = ShortcutTools(window, key_tables)
        self.tools.closed.connect(self._settings_closed)
        self._rule.changed.connect(window.ask)
        services.engine.ready.connect(self._rule.use_engine)
        services.engine.failed.connect(self._no_engine)
        window.rule_changed.connect(self._rule_chosen)
        settings.changed.connect(self._apply)
        self._restore()
        window.installEventFilter(self)

    def stop(self) -> None:
        """Asks the threads to end."""
        for worker in self._workers:
            worker.stop()

    def finish(self, seconds: float) -> None:
        """Waits for the threads, ``seconds`` each at most."""
        for worker in self._workers:
            worker.wait(seconds)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Remembers where the window was when it is closed."""
        if watched is self._window and event.type() is QEvent.Type.Close:
            self._settings.set(schema.GEOMETRY, bytes(self._window.saveGeometry().data()))
        return super().eventFilter(watched, event)

    def _restore(self) -> None:
        geometry = self._settings.get(schema.GEOMETRY)
        if geometry:
            self._window.restoreGeometry(geometry)
            screens = [screen.availableGeometry() for screen in self._app.screens()]
            if not any(screen.intersects(self._window.frameGeometry()) for screen in screens):
                self._window.move(self._app.primaryScreen().availableGeometry().topLeft())
        else:
            self._window.resize(self._window.size().boundedTo(self._window.screen().availableSize()))
        for row in (schema.THEME, schema.THREADS, schema.RESULTS, schema.RULE):
            self._apply(row.key)

    @Slot(str)
    def _apply(self, key: str) -> None:
        settings = self._settings
        if key == schema.THEME.key:
            style.use_theme(self._app, settings.get(schema.THEME))
        elif key == schema.THREADS.key:
            limit_cores(settings.get(schema.THREADS))
        elif key == schema.RESULTS.key:
            self._services.search.top = settings.get(schema.RESULTS) or None
            self._window.ask()
        elif key == schema.RULE.key and settings.get(schema.RULE) is not self._window.rule:
            self._window.set_rule(settings.get(schema.RULE))

    @Slot(object)
    def _rule_chosen(self, rule: RuleMode) -> None:
        self._settings.set(schema.RULE, rule)

    @Slot()
    def _no_engine(self) -> None:
        # It may be for a mistake in the words: the window made anew loads it again.
        self._rule.changed.connect(self._renewal.demand)

    @Slot()
    def _settings_closed(self) -> None:
        told = self._renewal.pending()
        self._renewal.consider()
        if told:
            self._window.status.tell(told)


def _is_dataset(folder: Path) -> bool:
    return has_table(folder, TRAIN_TABLE) or has_table(folder, QUERIES_TABLE)
