"""The last page of the training window: whether the new matcher is better, and whether to keep it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QTabWidget, QVBoxLayout, QWidget

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.notices import Banner, ErrorBanner
from imgsearch_gui.ui.training import training_messages as training
from imgsearch_gui.ui.training.figures_table import FiguresTable
from imgsearch_gui.ui.training.reliability_plot import ReliabilityPlot
from imgsearch_gui.ui.training.side_by_side import SideBySidePanel
from imgsearch_gui.ui.training.training_widgets import button, line, roomy
from imgsearch_gui.ui.widgets import label, scrolled

if TYPE_CHECKING:
    from imgsearch_gui.core.types.training import TrainedModel
    from imgsearch_gui.services.thumbnail_service import ThumbnailService

_NAME_LENGTH = 200


class ResultPage(QWidget):
    """Shows a comparison of old and new.

    Args:
        thumbnails: decodes the thumbnails of the side-by-side, and of nothing else.
        parent: the Qt parent, if any.

    Signals:
        keep_requested(str, bool): the new matcher is to be kept under a name, and used if so.
        discard_requested(): it is not wanted.
    """

    keep_requested = Signal(str, bool)
    discard_requested = Signal()

    def __init__(self, thumbnails: ThumbnailService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.verdict, self.warning, self.error = Banner("info"), Banner("warning"), ErrorBanner()
        for said in (self.verdict, self.warning):
            said.setProperty("verdict", True)
        self.about, self.remarks = label("", "quiet"), label()
        self.table, self.plot = FiguresTable(), ReliabilityPlot()
        self.copy = button(tr("Copy table"), tr("Copy the table as text (Ctrl+C in the table)"), "small")
        self.copy.clicked.connect(self.table.copy)
        self.side_by_side = SideBySidePanel(thumbnails)
        self.name = QLineEdit()
        self.name.setMaxLength(_NAME_LENGTH)
        roomy(self.name)
        self.name.setAccessibleName(tr("Name of the new matcher"))
        self.name.setToolTip(tr("The name under which the matcher is listed"))
        self.name.returnPressed.connect(self.keep_it)
        self.use = QCheckBox(tr("&Use it now"))
        self.use.setToolTip(tr("Search with the new matcher as soon as it is kept"))
        self.keep = button(tr("&Keep"), tr("Save the new matcher among your models"), "primary")
        self.keep.clicked.connect(self.keep_it)
        self.discard = button(tr("&Discard"), tr("Forget the new matcher; nothing is changed"))
        self.discard.clicked.connect(self.discard_requested)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.currentChanged.connect(self._tab_changed)
        self._lay_out()

    @Slot(int)
    def _tab_changed(self, _index: int) -> None:
        if self.tabs.currentWidget() is self.side_by_side and self.side_by_side.query.isEnabled():
            self.side_by_side.query.setFocus()

    def begin(self, trained: TrainedModel, query: str, *, folder_open: bool) -> None:
        """Shows a matcher that was trained."""
        comparison = trained.comparison
        worse, verdict = comparison.worse, messages.of_core(comparison.verdict)
        self.warning.say(verdict if worse else "")
        self.verdict.say("" if worse else verdict)
        self.error.clear()
        about = (training.measured_on(comparison), training.trained_on(trained.data, trained.seconds))
        self.about.setText("\n".join(messages.printable(part) for part in about))
        self.remarks.setText("\n".join(f"•  {messages.of_core(remark)}" for remark in comparison.remarks))
        self.remarks.setVisible(bool(comparison.remarks))
        self.table.show_figures(comparison)
        self.plot.show_models(comparison.models)
        day = datetime.now(UTC).astimezone().strftime("%Y-%m-%d %H:%M")
        self.name.setText(messages.printable(training.model_name(trained.data, day)))
        self.name.setCursorPosition(0)
        self.use.setChecked(comparison.better)
        self._set_enabled(enabled=True)
        self.tabs.setCurrentIndex(0)
        self.side_by_side.begin(query, folder_open=folder_open)
        self.tabs.setFocus()  # no key that is meant for a query keeps or discards

    @Slot()
    def keep_it(self) -> None:
        """Asks for the matcher to be kept, once it has a name."""
        name = self.name.text().strip()
        if not name:
            self.error.say(tr("Give the matcher a name, so that you find it again."))
            self.name.setFocus()
        elif self.keep.isEnabled():
            self.error.clear()
            self._set_enabled(enabled=False)
            self.keep_requested.emit(name, self.use.isChecked())

    def show_failure(self, reason: Exception) -> None:
        """Says why the matcher could not be kept; one can try again."""
        self.error.tell(reason)
        self._set_enabled(enabled=True)

    def _set_enabled(self, *, enabled: bool) -> None:
        for widget in (self.name, self.use, self.keep, self.discard):
            widget.setEnabled(enabled)
        self.keep.setText(tr("&Keep") if enabled else tr("Saving…"))

    def _lay_out(self) -> None:
        figures, inner = QWidget(), QVBoxLayout()
        inner.setContentsMargins(0, 10, 0, 0)
        inner.setSpacing(10)
        inner.addWidget(self.table)
        row = QHBoxLayout()
        row.addWidget(label(tr("Below each figure stands its 95 % interval."), "quiet"), 1)
        row.addWidget(self.copy)
        inner.addLayout(row)
        inner.addWidget(self.remarks)
        inner.addStretch()
        figures.setLayout(inner)
        reliability, beside = QWidget(), QHBoxLayout()
        beside.setContentsMargins(0, 10, 0, 0)
        beside.setSpacing(20)
        beside.addWidget(self.plot, 3)
        reliability_help = tr(
            "Pairs of like scores, and what people say of them. The closer a line is to the dotted diagonal, "
            "the more a score means what it says; larger marks stand for more pairs."
        )
        help_text = label(reliability_help, "quiet")
        help_text.setAlignment(Qt.AlignmentFlag.AlignTop)
        beside.addWidget(help_text, 1)
        reliability.setLayout(beside)
        self.tabs.addTab(scrolled(figures), tr("&Figures"))
        self.tabs.addTab(reliability, tr("&Reliability"))
        self.tabs.addTab(self.side_by_side, tr("&Try a query"))
        content = QVBoxLayout()
        content.setContentsMargins(20, 16, 20, 12)
        content.setSpacing(8)
        for said in (self.warning, self.verdict, self.error, self.about):
            content.addWidget(said)
        content.addWidget(self.tabs, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 10, 20, 14)
        foot.setSpacing(10)
        name = QLabel(tr("&Name"))
        name.setBuddy(self.name)
        foot.addWidget(name)
        foot.addWidget(self.name, 1)
        for widget in (self.use, self.discard, self.keep):
            foot.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(content, 1)
        whole.addWidget(line())
        whole.addLayout(foot)
