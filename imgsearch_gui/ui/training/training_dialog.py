"""The window that trains a matcher: choose, watch, compare, keep or discard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.asking import ask_folder
from imgsearch_gui.ui.fitting import begin_with
from imgsearch_gui.ui.training import training_messages as training
from imgsearch_gui.ui.training.training_form import ChoosePage
from imgsearch_gui.ui.training.training_progress import RunningPage
from imgsearch_gui.ui.training.training_result import ResultPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from imgsearch_gui.core.types.progress import TrainProgress
    from imgsearch_gui.core.types.training import SideBySide, TrainedModel, TrainingChoices, TrainingSummary
    from imgsearch_gui.services.model_service import ModelService
    from imgsearch_gui.services.thumbnail_service import ThumbnailService
    from imgsearch_gui.services.training_service import TrainingService
    from imgsearch_gui.ui.asking import AskFolder
    from imgsearch_gui.ui.stage_clock import StageClock

_ROLE = QMessageBox.ButtonRole


@dataclass(frozen=True, slots=True)
class Searching:
    """What the main window searches now.

    Attributes:
        folder: the folder that is open.
        query: the text of the query field.
        rule: what the content rule does.
    """

    folder: Path | None = None
    query: str = ""
    rule: RuleMode = RuleMode.BLOCK


class TrainingDialog(QWidget):
    """A window of its own, so that the main window is never covered by it.

    Args:
        training_service: sums up, trains and compares.
        models: keeps what was trained.
        thumbnails: decodes the thumbnails of the side-by-side, and of nothing else.
        searching: tells what the main window searches.
        ask: asks for a folder.
        clock: tells how long a stage will still take.

    Signals:
        state_changed(str): what the main window should say of it in a few words; blank for nothing.
    """

    state_changed = Signal(str)

    def __init__(
        self,
        training_service: TrainingService,
        models: ModelService,
        thumbnails: ThumbnailService,
        searching: Callable[[], Searching],
        ask: AskFolder = ask_folder,
        clock: StageClock | None = None,
    ) -> None:
        super().__init__()
        self._service, self._models, self._searching = training_service, models, searching
        self._trained: TrainedModel | None = None
        self._keeping = self._leaving = self._unseen = False
        self.choose, self.running = ChoosePage(ask), RunningPage(clock)
        self.result = ResultPage(thumbnails)
        self.question: QMessageBox | None = None
        self.pages = QStackedWidget()
        for page in (self.choose, self.running, self.result):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self.setWindowTitle(tr("Train a matcher — ImgSearch"))
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)  # the program ends with its main window
        self.setMinimumSize(720, 520)
        begin_with(self, 980, 720)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self, self.close)
        self._connect()

    @property
    def busy(self) -> bool:
        """Whether a matcher is being trained."""
        return self.pages.currentWidget() is self.running

    @property
    def undecided(self) -> bool:
        """Whether there is a new matcher that is neither kept nor discarded."""
        return self._trained is not None

    def open(self) -> None:
        """Comes to the front; looks at the data anew when nothing runs and nothing is to be decided."""
        if not (self.isVisible() or self.busy or self.undecided or self._unseen):
            self.choose.begin()
        self.show()
        self.activateWindow()
        if self.pages.currentWidget() is self.choose:
            self.choose.folder.setFocus()

    def folder_opened(self) -> None:
        """Tries the query of the side-by-side on the folder that the main window opened."""
        if self._trained is not None:
            self.result.side_by_side.set_folder_open(folder_open=self._searching().folder is not None)

    # What the user does

    @Slot(object)
    def _train(self, choices: TrainingChoices) -> None:
        self.pages.setCurrentWidget(self.running)
        self.running.begin()
        self.state_changed.emit(training.background(None))
        self._service.train(choices)

    @Slot(str)
    def _try(self, query: str) -> None:
        now = self._searching()
        if self._trained is not None and now.folder is not None:
            self._service.try_query(self._trained, now.folder, query, now.rule)

    @Slot(str, bool)
    def _keep(self, name: str, use: bool) -> None:
        if self._trained is not None:
            self._keeping = True
            self._models.keep(self._trained, name, use=use)

    @Slot()
    def _discard(self) -> None:
        self._back(tr("The new matcher was discarded. Nothing was changed."))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asks first what becomes of a training that runs, or of its result."""
        if self._keeping:
            event.ignore()
        elif self.busy and self.running.cancel.isEnabled():
            event.ignore()
            self._ask(
                tr("Training is still going on."),
                tr(
                    "It can go on in the background while you search, or be stopped; then nothing is changed."
                ),
                (tr("Go on in &background"), _ROLE.AcceptRole, self.hide),
                (tr("&Stop training"), _ROLE.DestructiveRole, self._stop_and_hide),
            )
        elif self.undecided:
            event.ignore()
            self._ask(
                tr("Keep the new matcher?"),
                tr("It is not saved yet."),
                (tr("&Keep"), _ROLE.AcceptRole, self._keep_and_hide),
                (tr("&Discard"), _ROLE.DestructiveRole, self._discard_and_hide),
            )
        else:
            super().closeEvent(event)

    def _ask(
        self, text: str, more: str, *answers: tuple[str, QMessageBox.ButtonRole, Callable[[], object]]
    ) -> None:
        """Asks in a box of its own, without waiting; Esc leaves everything as it is."""
        if self.question is None:
            self.question = ask(self, text, more, *answers)
            self.question.finished.connect(self._asked)

    @Slot()
    def _asked(self) -> None:
        self.question = None

    def _stop_and_hide(self) -> None:
        if self.busy:
            self.running.show_stopping()
            self._service.cancel()
        self.hide()

    def _keep_and_hide(self) -> None:
        self._leaving = True
        self.result.keep_it()
        self._leaving = self._keeping  # not without a name

    def _discard_and_hide(self) -> None:
        self._back("")
        self.hide()

    # What the services say

    @Slot(object)
    def _summarised(self, summary: TrainingSummary) -> None:
        self.choose.show_summary(summary)

    @Slot(object)
    def _summary_failed(self, reason: Exception) -> None:
        self.choose.show_failure(reason)

    @Slot(object)
    def _progressed(self, progress: TrainProgress) -> None:
        if self.busy:
            self.running.say(progress)
            self.state_changed.emit(training.background(progress))

    @Slot(object)
    def _trained_one(self, trained: TrainedModel) -> None:
        if not self.busy:
            return
        self._close_question()
        self._trained = trained
        self.pages.setCurrentWidget(self.result)
        now = self._searching()
        self.result.begin(trained, now.query, folder_open=now.folder is not None)
        self.state_changed.emit(tr("A new matcher is ready"))

    @Slot(object)
    def _failed(self, reason: Exception) -> None:
        if self.busy:
            self._back("")
            self.choose.error.tell(reason)
            self._unseen = not self.isVisible()
            if self._unseen:
                self.state_changed.emit(tr("Training did not work"))
        elif self.undecided:  # a query by both
            self.result.side_by_side.show_failure(messages.error(reason))

    @Slot()
    def _cancelled(self) -> None:
        if self.busy:
            self._back(tr("Training was stopped. Nothing was changed."))

    @Slot(object)
    def _compared(self, found: SideBySide) -> None:
        if self.undecided:
            self.result.side_by_side.show_hits(found)

    @Slot(str)
    def _saved(self, sentence: str) -> None:
        if self._keeping:
            hide, self._keeping, self._leaving = self._leaving, False, False
            self._back(sentence)
            if hide:
                self.hide()

    @Slot(object)
    def _keep_failed(self, reason: Exception) -> None:
        if self._keeping:
            self._keeping = self._leaving = False
            self.result.show_failure(reason)

    def _back(self, note: str) -> None:
        """Returns to the choices, and says what happened."""
        self._close_question()
        self._trained = None
        self.pages.setCurrentWidget(self.choose)
        self.choose.begin(note)
        self.state_changed.emit("")

    def _close_question(self) -> None:
        if self.question is not None:
            self.question.reject()

    def showEvent(self, event: QShowEvent) -> None:
        """A failure that happened in the background is seen now."""
        super().showEvent(event)
        self._unseen = False
        if not self.busy and not self.undecided:
            self.state_changed.emit("")

    def _connect(self) -> None:
        service, models = self._service, self._models
        self.choose.summary_wanted.connect(service.summarise)
        self.choose.train_requested.connect(self._train)
        self.choose.close_requested.connect(self.close)
        self.running.cancel_requested.connect(service.cancel)
        self.running.hide_requested.connect(self.hide)
        self.result.keep_requested.connect(self._keep)
        self.result.discard_requested.connect(self._discard)
        self.result.side_by_side.asked.connect(self._try)
        service.summarised.connect(self._summarised)
        service.summary_failed.connect(self._summary_failed)
        service.progressed.connect(self._progressed)
        service.trained.connect(self._trained_one)
        service.failed.connect(self._failed)
        service.cancelled.connect(self._cancelled)
        service.compared.connect(self._compared)
        models.saved.connect(self._saved)
        models.not_saved.connect(self._keep_failed)


def ask(
    parent: QWidget, text: str, more: str, *answers: tuple[str, QMessageBox.ButtonRole, Callable[[], object]]
) -> QMessageBox:
    """Asks a question without waiting for its answer; “Cancel” and Esc do nothing.

    Args:
        parent: the window that asks; it cannot be used meanwhile.
        text: the question.
        more: what else there is to know.
        answers: texts and roles of buttons, and what each does; the first is the default.
    """
    box = QMessageBox(QMessageBox.Icon.Question, parent.windowTitle(), text, parent=parent)
    box.setInformativeText(more)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for number, (name, role, act) in enumerate(answers):
        button = box.addButton(name, role)
        button.clicked.connect(act)
        if not number:
            box.setDefaultButton(button)
    box.setEscapeButton(box.addButton(QMessageBox.StandardButton.Cancel))
    box.open()
    return box
