"""Recent searches: in the Search menu, and while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStringListModel, Qt, QTimer, Slot
from PySide6.QtWidgets import QCompleter, QListView, QMenu, QStyledItemDelegate

from imgsearch_gui.core.types.photos import SearchResult
from imgsearch_gui.services.language import tr
from imgsearch_gui.services.settings_schema import RECENT_QUERIES, REMEMBER_QUERIES
from imgsearch_gui.ui.memory.recent_menu import Recent, action_of, fill

if TYPE_CHECKING:
    from imgsearch_gui.services.search_service import Answer, SearchService
    from imgsearch_gui.services.settings import Settings
    from imgsearch_gui.ui.main_window import MainWindow

_SETTLED_MS = 3000  # a query that stands for so long was meant, and is not half of one


class QueryTools(QObject):
    """Remembers the queries that a window answers, and offers them again.

    A query is remembered when Enter was pressed or when it has stood for a while; one that goes on from
    the last takes its place. What the content rule blocks is not remembered.

    Args:
        window: the window, which owns this.
        search: answers.
        settings: where they are kept, and whether.
        settled: milliseconds after which a query was meant.

    Attributes:
        menu: the recent searches.
    """

    def __init__(
        self, window: MainWindow, search: SearchService, settings: Settings, settled: int = _SETTLED_MS
    ) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._meant = ""
        self._answered = ""
        self._grown = ""  # the latest of this time, which may be half of what is typed next
        self._texts = QStringListModel(self)
        completer = QCompleter(self._texts, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._popup = QListView()
        self._popup.setObjectName("completions")
        completer.setPopup(self._popup)
        self._popup.setItemDelegate(QStyledItemDelegate(self._popup))  # the sheet does not style its own
        window.query.setCompleter(completer)
        self.menu = QMenu(tr("&Recent searches"), window)
        window.menus.search.addMenu(self.menu)
        self._clear = action_of(self, tr("&Clear this list"), lambda: settings.set(RECENT_QUERIES, ()))
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(settled)
        self._settled.timeout.connect(self._remember)
        window.query.returnPressed.connect(self._entered)
        window.query.textChanged.connect(self._settled.stop)
        search.answered.connect(self._take)
        settings.changed.connect(self._changed)
        self._draw()

    @Slot()
    def _entered(self) -> None:
        self._meant = self._window.query.text().strip()
        if self._meant and self._meant == self._answered:
            self._remember()

    @Slot(object)
    def _take(self, answer: Answer) -> None:
        found = answer.found
        blocked = isinstance(found, SearchResult) and found.blocked
        self._answered = "" if blocked else answer.request.question.query
        self._settled.stop()
        if self._answered in self._texts.stringList() and not self._popup.currentIndex().isValid():
            self._popup.hide()  # what is typed whole needs no offers, which lie over its photos
        if self._answered and self._answered == self._meant:
            self._remember()
        elif self._answered:
            self._settled.start()

    @Slot()
    def _remember(self) -> None:
        query, known = self._answered, self._settings.get(RECENT_QUERIES)
        if not query or not self._settings.get(REMEMBER_QUERIES):
            return
        if known and known[0] == self._grown and query.startswith(self._grown):
            known = known[1:]
        self._grown = query
        self._settings.set(RECENT_QUERIES, RECENT_QUERIES.with_latest(known, query))

    @Slot(str)
    def _changed(self, key: str) -> None:
        if key == REMEMBER_QUERIES.key and not self._settings.get(REMEMBER_QUERIES):
            self._settings.set(RECENT_QUERIES, ())
        if key == RECENT_QUERIES.key:
            self._draw()

    @Slot()
    def _draw(self) -> None:
        queries = self._settings.get(RECENT_QUERIES)
        self._texts.setStringList(list(queries))
        fill(self.menu, [self._entry(query) for query in queries], [self._clear])

    def _entry(self, query: str) -> Recent:
        return Recent(query, query, lambda: self._window.query.setText(query))
