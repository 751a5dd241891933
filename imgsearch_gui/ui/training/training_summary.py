"""What a training would be made of: numbers, the targets, and the rows that are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QGridLayout,
    QHeaderView,
    QLabel,
    QProgressBar,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.services.language import number, tr
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.notices import Banner, ErrorBanner
from imgsearch_gui.ui.training import training_messages as training
from imgsearch_gui.ui.training.target_histogram import TargetHistogram
from imgsearch_gui.ui.training.training_widgets import Fold, button
from imgsearch_gui.ui.widgets import label

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from imgsearch_gui.core.types.photos import Problem
    from imgsearch_gui.core.types.training import TrainingSummary

_LIST_HEIGHT = 190


class LeftOutRows(QWidget):
    """The rows that are not used, by reason; each with its file and line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._summary: TrainingSummary | None = None
        self.tree = QTreeWidget()
        self.tree.setAccessibleName(tr("Rows left out"))
        self.tree.setHeaderLabels([tr("Reason"), tr("Rows")])
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setUniformRowHeights(True)
        self.tree.setFixedHeight(_LIST_HEIGHT)
        self.tree.installEventFilter(self)
        self.copy = button(
            tr("Copy all"), tr("Copy every reason and row as text (Ctrl+C in the list)"), "small"
        )
        self.copy.clicked.connect(self.copy_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tree)
        column.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignLeft)

    def show_rows(self, summary: TrainingSummary) -> None:
        """Shows the rows of a summary."""
        self._summary = summary
        self.tree.clear()
        for reason, count, problems in _by_reason(summary):
            top = QTreeWidgetItem([messages.of_core(reason), number(count)])
            top.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for problem in problems:
                row = QTreeWidgetItem([f"{training.place(problem)}: {messages.of_core(problem.reason)}"])
                row.setToolTip(0, messages.hint(training.problem(problem)))
                top.addChild(row)
            if problems and len(problems) < count:
                top.addChild(QTreeWidgetItem([training.more_rows(count - len(problems))]))
            self.tree.addTopLevelItem(top)

    def copy_all(self) -> None:
        """Copies every reason with its count, and every row, one a line."""
        if self._summary is None:
            return
        lines = []
        for reason, count, problems in _by_reason(self._summary):
            lines.append(f"{messages.of_core(reason)}: {number(count)}")
            lines += [training.problem(problem) for problem in problems]
            if problems and len(problems) < count:
                lines.append(training.more_rows(count - len(problems)))
        QGuiApplication.clipboard().setText("\n".join(lines))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Copies all at Ctrl+C in the list."""
        if isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Copy):
            if event.type() is QEvent.Type.KeyPress:
                self.copy_all()
            return True
        return super().eventFilter(watched, event)


def _by_reason(summary: TrainingSummary) -> list[tuple[str, int, list[Problem]]]:
    problems: dict[str, list[Problem]] = {reason: [] for reason in summary.left_out}
    for problem in summary.problems:
        problems.setdefault(problem.kind or problem.reason, []).append(problem)
    return [(reason, summary.left_out.get(reason, len(rows)), rows) for reason, rows in problems.items()]


class SummaryPanel(QStackedWidget):
    """Says what there is to learn from, that it is being looked at, or why it cannot be used."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.error, self.obstacle = ErrorBanner(), Banner("warning")
        self.histogram, self.rows = TargetHistogram(), LeftOutRows()
        self.fold = Fold("", self.rows)
        self.no_rows, self._rule = label("", "quiet"), label("", "quiet")
        looking = tr("Looking at the data…")
        self.busy = QProgressBar()
        self.busy.setTextVisible(False)
        self.busy.setRange(0, 0)
        self.busy.setAccessibleName(looking)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(18)
        self._facts.setVerticalSpacing(3)
        self._facts.setColumnStretch(1, 1)
        self._values: dict[str, QLabel] = {}

        no_data = tr("Choose a dataset folder, or your own ratings, to see what there is to learn from.")
        self._nothing = _page(label(no_data, "quiet"))
        self._looking = _page(label(looking, "quiet"), self.busy)
        self._failed = _page(self.error)
        self._known = QWidget()
        column = QVBoxLayout(self._known)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.obstacle)
        column.addLayout(self._facts)
        column.addWidget(self.histogram)
        column.addWidget(self._rule)
        column.addWidget(self.no_rows)
        column.addWidget(self.fold)
        column.addStretch()
        for page in (self._nothing, self._looking, self._failed, self._known):
            self.addWidget(page)

    @property
    def looking(self) -> bool:
        """Whether it says that the data is being looked at."""
        return self.currentWidget() is self._looking

    @property
    def facts(self) -> dict[str, str]:
        """The numbers that it shows, by name."""
        return {name: value.text() for name, value in self._values.items()}

    def clear(self) -> None:
        """Says that nothing is chosen."""
        self.setCurrentWidget(self._nothing)

    def wait(self) -> None:
        """Says that the data is being looked at."""
        self.setCurrentWidget(self._looking)

    def show_failure(self, reason: Exception) -> None:
        """Says why the data cannot be read."""
        self.error.tell(reason)
        self.setCurrentWidget(self._failed)

    def show_summary(self, summary: TrainingSummary) -> None:
        """Shows what there is."""
        self.obstacle.say(messages.of_core(summary.obstacle))
        for row, (name, value) in enumerate(training.facts(summary)):
            if name not in self._values:
                self._values[name] = QLabel()
                self._facts.addWidget(label(name, "quiet"), row, 0)
                self._facts.addWidget(self._values[name], row, 1)
            self._values[name].setText(value)
            self._values[name].setAccessibleName(f"{name}: {value}")
        self.histogram.show_counts(summary.targets)
        self._rule.setText(training.rule(summary))
        some = bool(summary.left_out or summary.problems)
        self.no_rows.setText(training.left_out(summary))
        self.no_rows.setVisible(not some)
        self.fold.setVisible(some)
        self.fold.set_title(training.left_out(summary))
        self.rows.show_rows(summary)
        self.setCurrentWidget(self._known)


def _page(*widgets: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch()
    return page
