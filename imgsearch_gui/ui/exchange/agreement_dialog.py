"""How far raters agree: one figure and what it means, and tables of raters, couples of raters and queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.services.language import number, tr
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.exchange import exchange_messages as words
from imgsearch_gui.ui.fitting import begin_with
from imgsearch_gui.ui.widgets import label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imgsearch_gui.core.types.agreement import Agreement, CoupleAgreement
    from imgsearch_gui.core.types.ratings import RatingScale
    from imgsearch_gui.services.jobs import Job

_COLUMN_WIDTH = 80  # pixels, at least
_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole


class CellsModel(QAbstractTableModel):
    """Rows of text: the first column is a name, the others are figures.

    Args:
        head: the columns' names.
        rows: the cells.
        side: the rows' names, where they are not in the first column: all cells are figures then.
        parent: the Qt parent, if any.
    """

    def __init__(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        side: Sequence[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._head, self._rows, self._side = head, rows, side

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Returns the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Returns the number of columns."""
        return 0 if parent.isValid() else len(self._head)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> object:
        """Returns what a cell shows, and on which side."""
        named = index.column() == 0 and not self._side
        if role == _ROLE.DisplayRole or (role == _ROLE.ToolTipRole and named):
            return self._rows[index.row()][index.column()]
        if role == _ROLE.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignVCenter | (
                Qt.AlignmentFlag.AlignLeft if named else Qt.AlignmentFlag.AlignRight
            )
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> object:
        """Returns the name of a column or row, and on a column what it means."""
        across = orientation is Qt.Orientation.Horizontal
        if role == _ROLE.DisplayRole and (across or self._side):
            return (self._head if across else self._side)[section]
        if role == _ROLE.ToolTipRole and across:
            return words.column_meanings().get(self._head[section])
        if role == _ROLE.TextAlignmentRole and across:
            named = section == 0 and not self._side
            return Qt.AlignmentFlag.AlignVCenter | (
                Qt.AlignmentFlag.AlignLeft if named else Qt.AlignmentFlag.AlignRight
            )
        return None


class AgreementDialog(QDialog):
    """Shows what a job finds of the agreement on each scale.

    Args:
        job: ends with an ``Agreement`` for each scale, by scale.
        parent: the window.
    """

    def __init__(self, job: Job, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._found: Mapping[RatingScale, Agreement] = {}
        self.setWindowTitle(tr("Agreement between raters"))
        begin_with(self, 720, 560)
        self.scale = QComboBox()
        self.scale.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # it is filled late
        self.scale.setAccessibleName(tr("Scale"))
        self.scale.setToolTip(tr("The ratings from 1 to 4, or those of yes and no"))
        self.headline = label("", "headline")
        font = self.headline.font()
        font.setBold(True)
        self.headline.setFont(font)
        self.headline.setText(words.measuring())
        self.couples = _table(tr("Agreement of every two raters"))
        self.raters = _table(tr("Agreement of each rater"))
        self.queries = _table(tr("Agreement by query"))
        self.confusion = _table(tr("Confusion table"))
        self.confusion.verticalHeader().show()
        self.confusion.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.confused = label("", "quiet")
        self.tabs = QTabWidget()
        self._lay_out()
        self.scale.currentIndexChanged.connect(self._draw)
        job.succeeded.connect(self._succeeded)
        job.failed.connect(self._failed)

    @Slot(object)
    def _succeeded(self, found: Mapping[RatingScale, Agreement]) -> None:
        self._found = found
        self.scale.blockSignals(True)
        for scale in found:
            self.scale.addItem(words.scale_name(scale), scale)
        # The scale that says more comes first.
        self.scale.setCurrentIndex(
            max(range(len(found)), key=lambda place: (self._at(place).common, -place), default=-1)
        )
        self.scale.blockSignals(False)
        self.scale.setEnabled(True)
        self._draw()

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self.headline.setText(messages.error(error))

    @Slot()
    def _draw(self) -> None:
        found = self._at(self.scale.currentIndex())
        self.headline.setText(words.agreement_headline(found))
        for view, table in (
            (self.raters, words.raters_table(found)),
            (self.couples, words.couples_table(found)),
            (self.queries, words.queries_table(found)),
        ):
            view.setModel(CellsModel(*table, parent=self))
            view.horizontalHeader().setMinimumSectionSize(_COLUMN_WIDTH)
            view.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
            view.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.couples.selectionModel().currentRowChanged.connect(self._draw_confusion)
        self.confusion.setModel(None)
        self.confused.setText(words.nobody_shared())
        if found.couples:
            self.couples.selectRow(0)

    @Slot()
    def _draw_confusion(self) -> None:
        found = self._at(self.scale.currentIndex())
        couple: CoupleAgreement = found.couples[self.couples.currentIndex().row()]
        self.confused.setText(words.confusion_caption(couple))
        names = [words.value_name(found.scale, value) for value in found.values]
        rows = [[number(count) for count in row] for row in couple.confusion]
        self.confusion.setModel(CellsModel(names, rows, names, self))
        self.confusion.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def _at(self, place: int) -> Agreement:
        return self._found[self.scale.itemData(place)]

    def _lay_out(self) -> None:
        self.scale.setEnabled(False)
        top = QHBoxLayout()
        name = QLabel(tr("&Scale:"))
        name.setBuddy(self.scale)
        top.addWidget(name)
        top.addWidget(self.scale)
        top.addStretch(1)
        meant, dashes = label(words.kappa(), "quiet"), label(words.few_common(), "quiet")
        couples = QWidget()
        column = QVBoxLayout(couples)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.couples, 1)
        column.addWidget(self.confused)
        column.addWidget(self.confusion, 1)
        self.tabs.addTab(self.raters, tr("&Raters"))
        self.tabs.addTab(couples, tr("&Two raters"))
        self.tabs.addTab(self.queries, tr("&Queries"))
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(dashes, 1)
        buttons.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 16, 16, 16)
        whole.setSpacing(10)
        whole.addLayout(top)
        whole.addWidget(self.headline)
        whole.addWidget(meant)
        whole.addWidget(self.tabs, 1)
        whole.addLayout(buttons)


def _table(name: str) -> QTableView:
    table = QTableView()
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.horizontalHeader().setHighlightSections(False)
    table.verticalHeader().setHighlightSections(False)
    table.verticalHeader().hide()
    return table
