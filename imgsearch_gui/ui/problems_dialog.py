"""The files that a search does not see: tables that are as quick with 10,000 files as with one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QTabWidget,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.services.language import number, tr
from imgsearch_gui.ui import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from imgsearch_gui.core.types.photos import LeftOut, Problem
    from imgsearch_gui.services.left_out_service import LeftOutFiles, LeftOutService

_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class Row(NamedTuple):
    """What a table shows of a file; ``whole`` is its tooltip, and what is copied."""

    name: str
    more: str
    whole: str


def problem_row(problem: Problem) -> Row:
    """Returns a file's name and the reason why it could not be read."""
    return Row(
        messages.printable(problem.file.name),
        messages.of_core(problem.reason),
        messages.of_core(problem.sentence),
    )


def missing_row(file: Path) -> Row:
    """Returns a file's name and the folder that it was in."""
    return Row(messages.printable(file.name), messages.printable(file.parent), messages.printable(file))


class FilesModel(QAbstractTableModel):
    """A row for each file, made when it is looked at.

    Args:
        titles: of the two columns.
        count: how many files there are.
        row: makes one of them.
        parent: the Qt parent, if any.
    """

    def __init__(
        self, titles: tuple[str, str], count: int, row: Callable[[int], Row], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._titles, self._count, self._row = titles, count, row

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Returns the number of files."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Returns two."""
        return 0 if parent.isValid() else len(self._titles)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Returns what a cell shows."""
        if role == Qt.ItemDataRole.DisplayRole:
            return self._row(index.row())[index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return messages.hint(self._row(index.row()).whole)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Returns the title of a column."""
        if role == Qt.ItemDataRole.DisplayRole and orientation is Qt.Orientation.Horizontal:
            return self._titles[section]
        return None

    def text(self) -> str:
        """Returns every file, one a line."""
        return "\n".join(self._row(number).whole for number in range(self._count))


class FilesPage(QWidget):
    """A sentence, the table of files below it, and buttons for all of them.

    Args:
        name: of the table, for screen readers.
        titles: of its columns.
    """

    def __init__(self, name: str, titles: tuple[str, str]) -> None:
        super().__init__()
        self._titles = titles
        self.headline = QLabel()
        self.headline.setTextFormat(Qt.TextFormat.PlainText)
        self.headline.setWordWrap(True)
        self.table = QTreeView()
        self.table.setAccessibleName(name)
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.copy = QPushButton(tr("Copy all"))
        self.copy.setToolTip(tr("Copy these lines, to paste them somewhere else"))
        self.copy.clicked.connect(self._copy)
        self.buttons = QHBoxLayout()
        self.buttons.addWidget(self.copy)
        self.buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.headline)
        column.addWidget(self.table)
        column.addLayout(self.buttons)
        self.fill("", 0, lambda _: Row("", "", ""))
        self.headline.setText(tr("Looking them up…"))

    def fill(self, headline: str, count: int, row: Callable[[int], Row]) -> None:
        """Shows files."""
        self.headline.setText(headline)
        self._model = FilesModel(self._titles, count, row, self)
        self.table.setModel(self._model)
        self.table.setColumnWidth(0, 220)
        self.copy.setEnabled(count > 0)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._model.text())


class ProblemsDialog(QDialog):
    """The files of a folder that a search does not see: those that could not be read, and the missing.

    Args:
        files: lists and forgets them.
        folder: the folder.
        known: how many there are, as far as that is known yet.
        parent: the Qt parent, if any.
    """

    def __init__(
        self, files: LeftOutService, folder: Path, known: LeftOut, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._files, self._folder = files, folder
        self._missing: Sequence[Path] = ()
        self.setWindowTitle(tr("Files that are left out"))
        self.setMinimumSize(620, 400)
        self.problems = FilesPage(tr("Files that could not be read"), (tr("File"), tr("Reason")))
        self.missing = FilesPage(tr("Missing photos"), (tr("File"), tr("Folder")))
        self.forget = QPushButton()
        self.forget.setAutoDefault(False)
        self.forget.clicked.connect(self._ask_or_stop)
        self.missing.buttons.addWidget(self.forget)
        self.tabs = QTabWidget()
        self.tabs.addTab(self.problems, "")
        self.tabs.addTab(self.missing, "")
        self._say_counts(known.problems, known.missing)
        self.tabs.setCurrentWidget(self.problems if known.problems else self.missing)
        self.question = self._build_question()
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.tabs)
        column.addWidget(close)
        files.listed.connect(self._listed)
        files.forgetting.connect(self._forgetting)
        files.forgotten.connect(self._forgotten)
        files.failed.connect(self.reject)  # the window says why
        self._draw_forget()
        files.list(folder)

    def _say_counts(self, problems: int, missing: int) -> None:
        self.tabs.setTabText(0, tr("Could not be &read ({count})").format(count=number(problems)))
        self.tabs.setTabText(1, tr("&Missing ({count})").format(count=number(missing)))

    def _build_question(self) -> QMessageBox:
        """Makes what is asked before anything is forgotten."""
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("Forget missing photos"))
        box.setInformativeText(
            tr(
                "Their thumbnails, and what a search needs of them, are deleted from the library. A photo "
                "that comes back later is read again.\n\nRatings stay. None of your files is touched."
            )
        )
        box.setStandardButtons(QMessageBox.StandardButton.Cancel)
        forget = box.addButton(tr("Forget"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        forget.clicked.connect(self._forget)
        return box

    def _draw_forget(self) -> None:
        """Offers to forget what is missing or, while that is done, to stop."""
        busy = self._files.busy
        self.forget.setText(tr("Stop") if busy else tr("Forget these…"))
        self.forget.setToolTip(
            tr("Stop forgetting; the rest stays")
            if busy
            else tr("Delete what the library keeps of these photos")
        )
        self.forget.setEnabled(busy or bool(self._missing))

    @Slot(object)
    def _listed(self, files: LeftOutFiles) -> None:
        problems, self._missing = files.problems, files.missing
        self._say_counts(len(problems), len(self._missing))
        self.problems.fill(
            messages.unread(len(problems)),
            len(problems),
            lambda row: problem_row(problems[row]),
        )
        missing = self._missing
        self.missing.fill(
            messages.kept_missing(len(missing)),
            len(missing),
            lambda row: missing_row(missing[row]),
        )
        self._draw_forget()

    @Slot()
    def _ask_or_stop(self) -> None:
        if self._files.busy:
            self._files.stop()
        else:
            self.question.setText(messages.forget_missing(len(self._missing)))
            self.question.open()

    @Slot()
    def _forget(self) -> None:
        self._files.forget(self._folder, self._missing)
        self._forgetting(0)

    @Slot(object)
    def _forgetting(self, done: int) -> None:
        self.missing.headline.setText(messages.forgetting(done))
        self._draw_forget()

    @Slot()
    def _forgotten(self) -> None:
        self._draw_forget()
        self._files.list(self._folder)
