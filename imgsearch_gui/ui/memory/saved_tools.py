"""Saved searches: in the Search menu, and the dialog that renames and removes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QInputDialog,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.core.types.photos import SearchResult
from imgsearch_gui.errors import SavedSearchError
from imgsearch_gui.services.language import tr
from imgsearch_gui.services.saved_searches import LONGEST_NAME, SavedSearch, SavedSearches
from imgsearch_gui.ui import menus
from imgsearch_gui.ui.memory.recent_menu import Recent, action_of, fill
from imgsearch_gui.ui.messages import hint, printable
from imgsearch_gui.ui.notices import ErrorBanner

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imgsearch_gui.ui.main_window import MainWindow


class SavedTools(QObject):
    """Saves what a window searches for, and searches for it again.

    Args:
        window: the window, which owns this.
        searches: the saved searches, not loaded yet.

    Attributes:
        menu: the saved searches.
        dialog: the one that is open, if any.
    """

    def __init__(self, window: MainWindow, searches: SavedSearches) -> None:
        super().__init__(window)
        self._window, self._searches = window, searches
        self.dialog: QDialog | None = None
        search = window.menus.search
        menus.entry(search, tr("&Save this search…"), self.ask_name, menus.StandardKey.Save)
        self.menu = QMenu(tr("Sa&ved searches"), window)
        search.addMenu(self.menu)
        self._edit = action_of(self, tr("&Rename or remove…"), self.edit)
        self._edit.setShortcut("Ctrl+Shift+S")
        try:
            searches.load()
        except SavedSearchError as error:
            window.show_error(error)
        self._draw()

    @Slot()
    def ask_name(self) -> None:
        """Asks for a name for the search that is shown, and saves it."""
        answer = self._window.answer
        found = answer.found if answer is not None else None
        if (
            answer is None
            or not answer.request.question.query
            or (isinstance(found, SearchResult) and found.blocked)
        ):
            self._window.status.tell(tr("Search for something first, then save it."))
            return
        query, folder = answer.request.question.query, answer.request.folder
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("Save this search"))
        dialog.setLabelText(tr("Name of the search; one that has this name already is replaced:"))
        dialog.setTextValue(printable(query)[:LONGEST_NAME])
        dialog.textValueSelected.connect(lambda name: self._save(name, query, folder))
        self._show(dialog)

    @Slot()
    def edit(self) -> None:
        """Opens the list of saved searches."""
        self._show(SavedDialog(self._searches, self._draw, self._window))

    def _show(self, dialog: QDialog) -> None:
        if self.dialog is not None:
            return
        self.dialog = dialog
        dialog.finished.connect(self._closed)
        dialog.open()

    @Slot()
    def _closed(self) -> None:
        self.dialog = None

    def _save(self, name: str, query: str, folder: Path) -> None:
        name = name.strip()[:LONGEST_NAME]
        if not name:
            return
        try:
            self._searches.add(SavedSearch(name, query, folder))
        except SavedSearchError as error:
            self._window.show_error(error)
        self._draw()

    def _draw(self) -> None:
        fill(self.menu, [self._entry(search) for search in self._searches.all], [self._edit])

    def _entry(self, search: SavedSearch) -> Recent:
        text = f"{search.name} — {printable(search.folder.name)}"
        return Recent(text, _about(search), lambda: self._open(search))

    def _open(self, search: SavedSearch) -> None:
        self._window.query.setText(search.query)
        if self._window.folder != search.folder:
            self._window.open_folder(search.folder)


class SavedDialog(QDialog):
    """Lists the saved searches; a name is changed in its place.

    Args:
        searches: the saved searches.
        changed: called after every change.
        parent: the Qt parent, if any.

    Attributes:
        list: the searches, by name.
        error: says what cannot be done.
        rename_button: begins to change the chosen one's name.
        remove_button: removes the chosen one.
    """

    def __init__(
        self, searches: SavedSearches, changed: Callable[[], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._searches, self._changed = searches, changed
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Saved searches"))
        self.resize(460, 380)
        self.error = ErrorBanner()
        self.list = QListWidget()
        self.list.setObjectName("rows")
        self.list.setAccessibleName(self.windowTitle())
        self.list.setToolTip(tr("F2 renames, Delete removes"))
        self.rename_button = QPushButton(tr("&Rename"))
        self.rename_button.setToolTip(tr("Change the name (F2)"))
        self.remove_button = QPushButton(tr("Re&move"))
        self.remove_button.setToolTip(tr("Remove the search; no photo is touched (Delete)"))
        self.remove_button.setShortcut("Del")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for one in (self.rename_button, self.remove_button):
            one.setAutoDefault(False)
            buttons.addButton(one, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.error)
        column.addWidget(self.list, 1)
        column.addWidget(buttons)
        self.rename_button.clicked.connect(lambda: self.list.editItem(self.list.currentItem()))
        self.remove_button.clicked.connect(self._remove)
        self.list.currentRowChanged.connect(self._draw)
        self.list.itemChanged.connect(self._renamed)
        self._fill()
        self.list.setCurrentRow(0)

    def _fill(self) -> None:
        row = self.list.currentRow()
        self.list.blockSignals(True)  # only what the user changes is a change
        self.list.clear()
        for search in self._searches.all:
            item = QListWidgetItem(search.name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            item.setData(Qt.ItemDataRole.UserRole, search)
            item.setToolTip(hint(_about(search)))
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, self.list.count() - 1))
        self.list.blockSignals(False)
        self._draw()

    @Slot()
    def _draw(self) -> None:
        for one in (self.rename_button, self.remove_button):
            one.setEnabled(self.list.currentItem() is not None)

    @Slot(QListWidgetItem)
    def _renamed(self, item: QListWidgetItem) -> None:
        search, name = item.data(Qt.ItemDataRole.UserRole), item.text()
        self._change(lambda: self._searches.rename(search, name))

    @Slot()
    def _remove(self) -> None:
        search = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        self._change(lambda: self._searches.remove(search))

    def _change(self, change: Callable[[], None]) -> None:
        self.error.clear()
        try:
            change()
        except SavedSearchError as error:
            self.error.tell(error)
        self._fill()
        self._changed()


def _about(search: SavedSearch) -> str:
    """What a saved search looks for, and where."""
    return tr("“{query}” in {folder}").format(query=search.query, folder=printable(search.folder))
