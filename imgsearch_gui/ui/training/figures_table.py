"""The table of a comparison: models by metrics, each figure with its 95 % interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from imgsearch_gui.services.language import told, tr
from imgsearch_gui.ui.training import training_messages as training

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from imgsearch_gui.core.types.training import Comparison

_PAD = 10  # pixels in a row beside its two lines of text


class FiguresTable(QTableWidget):
    """A row for each model, as high as all of them; the last, the new one, is bold."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("figures")
        self.setAccessibleName(tr("Figures of the models"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setCornerButtonEnabled(False)
        self.setWordWrap(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._text, self._lines = "", 2
        self._intervals: list[str] = []

    @property
    def text(self) -> str:
        """The table as text, its cells parted by tabs."""
        return self._text

    def show_figures(self, comparison: Comparison) -> None:
        """Shows the figures of a comparison."""
        models = comparison.models
        metrics = list(dict.fromkeys(name for model in models for name in model.figures))
        self.clear()
        self.setRowCount(len(models))
        self.setColumnCount(len(metrics))
        self._intervals = [training.interval(cell) for model in models for cell in model.figures.values()]
        lines = ["\t".join(["", *map(told, metrics)])]
        for column, metric in enumerate(metrics):
            head = QTableWidgetItem(told(metric))
            head.setToolTip(_meaning(metric))
            self.setHorizontalHeaderItem(column, head)
        for row, model in enumerate(models):
            bold = self.font()
            bold.setBold(row == len(models) - 1)
            model_name = told(model.name)
            head = QTableWidgetItem(model_name)
            head.setFont(bold)
            self.setVerticalHeaderItem(row, head)
            cells = [model.figures.get(metric) for metric in metrics]
            lines.append("\t".join([model_name, *(training.figure_text(cell) for cell in cells)]))
            for column, cell in enumerate(cells):
                item = QTableWidgetItem(f"{training.figure(cell)}\n{training.interval(cell)}".strip())
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                item.setFont(bold)
                name = f"{model_name}, {told(metrics[column])}: {training.figure_text(cell)}"
                item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
                self.setItem(row, column, item)
        self._text = "\n".join(lines)
        self.fit()

    def fit(self) -> None:
        """Makes rows as high as their text, and the table as high as its rows."""
        self._lines = self._needed_lines()
        high = self._lines * self.fontMetrics().height() + _PAD
        self.verticalHeader().setDefaultSectionSize(high)
        for row in range(self.rowCount()):
            self.setRowHeight(row, high)
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + high * self.rowCount() + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives rows another line where columns have become too narrow for an interval."""
        super().resizeEvent(event)
        if self._lines != self._needed_lines():
            self.fit()

    def _needed_lines(self) -> int:
        """Returns 2, for a figure and its interval, or 3 where an interval has to be broken."""
        bold = self.font()
        bold.setBold(True)
        measure = QFontMetrics(bold)
        widest = max((measure.horizontalAdvance(text) for text in self._intervals), default=0)
        narrowest = min((self.columnWidth(column) for column in range(self.columnCount())), default=0)
        return 3 if widest + _PAD > narrowest else 2

    def copy(self) -> None:
        """Copies the table as text."""
        QGuiApplication.clipboard().setText(self._text)

    def changeEvent(self, event: QEvent) -> None:
        """Fits anew to another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copies the whole table at Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        else:
            super().keyPressEvent(event)


def _meaning(metric: str) -> str:
    """Returns what a metric means; nothing for one that is not known."""
    known = {
        "RMSE": tr("How far scores are from people's judgements; smaller is better"),
        "R²": tr("The share of the judgements' spread that scores explain; greater is better"),
        "τc": tr("Kendall's τc: how well scores order pairs as the experts do; greater is better"),
        "τb": tr("Kendall's τb: how well scores order pairs as the experts do; greater is better"),
        "recall@1": tr("The share of test queries whose right image comes first; greater is better"),
        "recall@5": tr("The share of test queries whose right image is among the first 5; greater is better"),
        "recall@10": tr(
            "The share of test queries whose right image is among the first 10; greater is better"
        ),
        "calibration": tr("How far scores are from what they mean, over all bins; smaller is better"),
    }
    return known.get(metric, "")
