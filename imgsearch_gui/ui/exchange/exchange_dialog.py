"""The dialog of an export or import: a folder to choose, progress, and what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.services.language import number, told, tr
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.asking import ask_folder
from imgsearch_gui.ui.widgets import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from imgsearch_gui.core.types.exchange import ExchangeProgress
    from imgsearch_gui.services.jobs import Job
    from imgsearch_gui.ui.asking import AskFolder
    from imgsearch_gui.ui.exchange.exchange_messages import ExchangeWords

_WIDTH, _HEIGHT, _BELOW_HEIGHT = 560, 350, 120  # pixels


class ExchangeDialog(QDialog):
    """Runs one job on a folder. While it runs, closing the dialog asks it to stop.

    Args:
        words: what stands in it.
        start: starts the job on a folder, with links instead of copies or not.
        lines: the lines to show of the job's result.
        parent: the window.
        ask: asks for a folder.
    """

    def __init__(
        self,
        words: ExchangeWords,
        start: Callable[[Path, bool], Job],
        lines: Callable[[Any], list[str]],
        parent: QWidget | None = None,
        ask: AskFolder = ask_folder,
    ) -> None:
        super().__init__(parent)
        self._words, self._start, self._lines, self._ask = words, start, lines, ask
        self._job: Job | None = None
        self.setWindowTitle(words.title)
        self.setMinimumWidth(_WIDTH)
        self.resize(_WIDTH, _HEIGHT)

        self.folder = QLineEdit()
        self.folder.setAccessibleName(tr("Folder"))
        self.folder.setPlaceholderText(words.placeholder)
        self.folder.setToolTip(words.placeholder)
        self.choose_button = QPushButton(tr("C&hoose…"))
        self.choose_button.setObjectName("small")
        self.choose_button.setToolTip(tr("Choose the folder"))
        self.copy, self.link = QRadioButton(tr("&Copy the pictures")), QRadioButton(tr("&Link the pictures"))
        self.copy.setToolTip(tr("The exported folder can be moved and sent"))
        self.link.setToolTip(tr("Takes no room; a picture that is changed in place changes in both folders"))
        self.copy.setChecked(True)
        self.stage = label("", "quiet")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.progress = QWidget()
        self.outcome = QPlainTextEdit()
        self.outcome.setReadOnly(True)
        self.outcome.setTabChangesFocus(True)
        self.outcome.setAccessibleName(tr("Result"))
        self.below = QStackedWidget()  # nothing, then progress, then the outcome: the rest keeps its place
        self.below.setMinimumHeight(_BELOW_HEIGHT)
        self.go, self.leave = QPushButton(words.verb), QPushButton(tr("Close"))
        self.go.setObjectName("primary")
        self.go.setDefault(True)
        self.leave.setAutoDefault(False)
        self._lay_out()
        self.folder.textChanged.connect(self._draw)
        self.choose_button.clicked.connect(self._choose)
        self.go.clicked.connect(self._begin)
        self.leave.clicked.connect(self.reject)
        self._draw()

    @Slot()
    def reject(self) -> None:
        """Closes the dialog, or asks what runs to stop."""
        if self._job is None:
            super().reject()
            return
        self.leave.setEnabled(False)  # it takes until the end of a picture
        self._job.cancel()

    @Slot()
    def _choose(self) -> None:
        chosen = self._ask(self, self._words.title, None)
        if chosen is not None:
            self.folder.setText(str(chosen))
            self.go.setFocus()

    @Slot()
    def _begin(self) -> None:
        self.bar.setRange(0, 0)
        self.stage.setText(self._words.begins)
        self._job = self._start(Path(self.folder.text()).expanduser().absolute(), self.link.isChecked())
        self._job.progressed.connect(self._progressed)
        self._job.succeeded.connect(self._succeeded)
        self._job.failed.connect(self._failed)
        self._job.cancelled.connect(self._cancelled)
        self._draw()
        self.leave.setFocus()

    @Slot(object)
    def _progressed(self, progress: ExchangeProgress) -> None:
        self.stage.setText(
            tr("{stage}: {done} of {total}").format(
                stage=told(progress.stage), done=number(progress.done), total=number(progress.total)
            )
        )
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)

    @Slot(object)
    def _succeeded(self, result: object) -> None:
        self._end(self._lines(result))
        self.go.hide()  # a second time would do nothing new
        self.leave.setDefault(True)
        for field in (self.folder, self.choose_button, self.copy, self.link):
            field.setEnabled(False)

    @Slot(object)
    def _failed(self, error: Exception) -> None:
        self._end([messages.error(error)])

    @Slot()
    def _cancelled(self) -> None:
        self._end([self._words.cancelled])

    def _end(self, lines: list[str]) -> None:
        self._job = None
        self.outcome.setPlainText("\n".join(lines))
        self.below.setCurrentWidget(self.outcome)
        self.leave.setEnabled(True)
        self._draw()
        self.leave.setFocus()

    @Slot()
    def _draw(self) -> None:
        running = self._job is not None
        for field in (self.folder, self.choose_button, self.copy, self.link):
            field.setEnabled(not running)
        self.go.setEnabled(not running and bool(self.folder.text().strip()))
        self.leave.setText(tr("Stop") if running else tr("Close"))
        if running:
            self.below.setCurrentWidget(self.progress)

    def _lay_out(self) -> None:
        steps = QVBoxLayout(self.progress)
        steps.setContentsMargins(0, 0, 0, 0)
        steps.addWidget(self.stage)
        steps.addWidget(self.bar)
        steps.addStretch()
        for page in (QWidget(), self.progress, self.outcome):
            self.below.addWidget(page)
        explained = label()
        explained.setText(self._words.explained)
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(self.choose_button)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(explained)
        column.addLayout(place)
        for choice in (self.copy, self.link):
            choice.setVisible(self._words.offers_link)
            column.addWidget(choice)
        column.addWidget(self.below, 1)
        column.addLayout(buttons)
