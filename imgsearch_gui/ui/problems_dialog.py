"""The list of the files that could not be read: a table that is as quick with 10,000 files as with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QTreeView, QVBoxLayout, QWidget

from imgsearch_gui.ui import messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imgsearch_gui.core.types.photos import Problem

_HEADERS = ("File", "Reason")
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class ProblemsModel(QAbstractTableModel):
    """A row for each file: its name, with the whole path as tooltip, and the reason."""

    def __init__(self, problems: Sequence[Problem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems = problems

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Returns the number of files."""
        return 0 if parent.isValid() else len(self._problems)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Returns two: file and reason."""
        return 0 if parent.isValid() else len(_HEADERS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Returns what a cell shows."""
        problem = self._problems[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return messages.printable(problem.file.name) if index.column() == 0 else problem.reason
        if role == Qt.ItemDataRole.ToolTipRole:
            return messages.printable(str(problem))
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Returns the title of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return _HEADERS[section]
        return None


class ProblemsDialog(QDialog):
    """The files of a folder that could not be read, and why."""

    def __init__(self, problems: Sequence[Problem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problems = problems
        self.setWindowTitle("Files that could not be read")
        self.setMinimumSize(560, 320)
        self.table = QTreeView()
        self.table.setAccessibleName("Files that could not be read")
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setModel(ProblemsModel(problems, self))
        self.table.setColumnWidth(0, 200)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton("Copy all", QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy_all)
        buttons.rejected.connect(self.reject)
        headline = QLabel(messages.problems(len(problems)))
        headline.setTextFormat(Qt.TextFormat.PlainText)
        column = QVBoxLayout(self)
        column.addWidget(headline)
        column.addWidget(self.table)
        column.addWidget(buttons)

    def copy_all(self) -> None:
        """Copies every file and reason, one a line."""
        lines = (messages.printable(str(problem)) for problem in self._problems)
        QGuiApplication.clipboard().setText("\n".join(lines))
