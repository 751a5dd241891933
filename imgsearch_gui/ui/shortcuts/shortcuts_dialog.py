"""The list of keyboard shortcuts: what the menus have, and the keys of pages that are in no menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import menus
from imgsearch_gui.ui.fitting import begin_with
from imgsearch_gui.ui.shortcuts.key_tables import KeyTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu, QMenuBar

    from imgsearch_gui.ui.main_window import MainWindow

_KEYS_WIDTH = 190


class ShortcutTools(QObject):
    """Lists the shortcuts of a window (Help, Keyboard shortcuts).

    Args:
        window: the window, which owns this.
        tables: makes the keys that are in no menu.

    Attributes:
        dialog: the list, if it is open.
    """

    def __init__(self, window: MainWindow, tables: Callable[[], Sequence[KeyTable]]) -> None:
        super().__init__(window)
        self._window, self._tables = window, tables
        self.dialog: ShortcutsDialog | None = None
        text, key = tr("&Keyboard shortcuts"), menus.StandardKey.HelpContents
        menus.entry(window.menus.help, text, self.open, key, before=window.about_entry)

    @Slot()
    def open(self) -> None:
        """Opens the list."""
        if self.dialog is None:
            tables = [*menu_tables(self._window.menuBar()), *self._tables()]
            self.dialog = ShortcutsDialog(tables, self._window)
            self.dialog.finished.connect(self._closed)
            self.dialog.open()

    @Slot()
    def _closed(self) -> None:
        self.dialog = None


def menu_tables(bar: QMenuBar) -> list[KeyTable]:
    """Returns a table for each menu of a bar that has shortcuts; what is in submenus belongs to it."""
    tables = []
    for top in bar.actions():
        menu = _menu_of(top)
        keys = tuple(_keys(menu)) if menu is not None else ()
        if keys:
            tables.append(KeyTable(menus.plain(top), keys))
    return tables


def _keys(menu: QMenu) -> Iterator[tuple[str, str]]:
    for action in menu.actions():
        inner = _menu_of(action)
        if inner is not None:
            yield from _keys(inner)
        elif action.shortcuts():
            native = QKeySequence.SequenceFormat.NativeText
            named = dict.fromkeys(
                keys.toString(native) for keys in action.shortcuts()
            )  # some systems' are alike
            yield menus.plain(action), ", ".join(named)


def _menu_of(action: QAction) -> QMenu | None:
    menu: QMenu | None = action.menu()  # type: ignore[assignment]  # PySide says object
    return menu


class ShortcutsDialog(QDialog):
    """Shows tables of keys, and filters them.

    Args:
        tables: one below the other.
        parent: the Qt parent, if any.

    Attributes:
        filter: what is typed here has to be in an action or its keys.
        tree: the tables.
    """

    def __init__(self, tables: Iterable[KeyTable], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        begin_with(self, 640, 620)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Type an action or a key"))
        self.filter.setAccessibleName(tr("Filter of the shortcuts"))
        self.filter.setClearButtonEnabled(True)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(self.windowTitle())
        self.tree.setHeaderLabels([tr("Action"), tr("Keys")])
        self.tree.setRootIsDecorated(False)
        self.tree.setItemsExpandable(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Interactive)
        self.tree.setColumnWidth(1, _KEYS_WIDTH)
        self._groups: list[tuple[QTreeWidgetItem, list[QTreeWidgetItem]]] = []
        for table in tables:
            self._add(table)
        self.tree.expandAll()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.filter)
        column.addWidget(self.tree, 1)
        column.addWidget(buttons)
        self.filter.textChanged.connect(self._filter)
        self.filter.setFocus()

    def _add(self, table: KeyTable) -> None:
        group = QTreeWidgetItem(self.tree, [table.title])
        group.setFirstColumnSpanned(True)
        bold = group.font(0)
        bold.setBold(True)
        group.setFont(0, bold)
        self._groups.append((group, [QTreeWidgetItem(group, [action, keys]) for action, keys in table.keys]))

    @Slot(str)
    def _filter(self, text: str) -> None:
        wanted = text.casefold().split()
        for group, rows in self._groups:
            for row in rows:
                told = f"{group.text(0)} {row.text(0)} {row.text(1)}".casefold()
                row.setHidden(not all(word in told for word in wanted))
            group.setHidden(all(row.isHidden() for row in rows))
