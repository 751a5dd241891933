"""Brings the training window into the main window: a menu's entry, and a word in the status line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Slot
from PySide6.QtWidgets import QMessageBox

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import menus
from imgsearch_gui.ui.training.training_dialog import Searching, TrainingDialog, ask
from imgsearch_gui.ui.training.training_widgets import button

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.services.model_service import ModelService
    from imgsearch_gui.services.thumbnail_service import ThumbnailService
    from imgsearch_gui.services.training_service import TrainingService
    from imgsearch_gui.ui.main_window import MainWindow


class TrainingTools(QObject):
    """Opens the training window, and says in the main window that it is at work.

    Args:
        window: the main window, which owns this object.
        service: sums up, trains and compares.
        models: keeps what was trained.
        thumbnails: a service that nobody else uses, for the side-by-side.

    Attributes:
        dialog: the training window, once it was opened.
        state: the words in the status line, which open the training window.
    """

    def __init__(
        self,
        window: MainWindow,
        service: TrainingService,
        models: ModelService,
        thumbnails: ThumbnailService,
    ) -> None:
        super().__init__(window)
        self._window, self._service, self._models = window, service, models
        self._thumbnails = thumbnails
        self._may_quit = False
        self._question: QMessageBox | None = None
        self.dialog: TrainingDialog | None = None
        self.state = button("", tr("Show the training window"), "link")
        self.state.clicked.connect(self.open)
        self.state.hide()
        window.status.addPermanentWidget(self.state)
        menus.entry(window.menus.model, tr("&Train…"), self.open, "Ctrl+T")
        window.folder_opened.connect(self._folder_opened)
        window.installEventFilter(self)

    @Slot()
    def open(self) -> None:
        """Opens the training window, or brings it back."""
        if self.dialog is None:
            self.dialog = TrainingDialog(self._service, self._models, self._thumbnails, self._searching)
            self.dialog.state_changed.connect(self._say)
        self.dialog.open()

    def open_on(self, folder: Path) -> None:
        """Opens the training window with a dataset folder to sum up, unless it is at work."""
        self.open()
        if self.dialog is not None and not (self.dialog.busy or self.dialog.undecided):
            self.dialog.choose.use_folder(folder)

    @property
    def at_work(self) -> bool:
        """Whether something would be lost now: a training that runs, or a matcher that is not kept yet."""
        return self.dialog is not None and (self.dialog.busy or self.dialog.undecided)

    def close(self) -> None:
        """Ends the training window, whatever it does; for the end of the program."""
        self._window.removeEventFilter(self)
        if self.dialog is not None:
            self.dialog.hide()
            self.dialog.deleteLater()
            self.dialog = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Asks before the program is left with work that would be lost."""
        if watched is self._window and event.type() is QEvent.Type.Close and self._would_lose():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _would_lose(self) -> bool:
        dialog = self.dialog
        if self._may_quit or dialog is None or not self.at_work:
            return False
        if self._question is None:
            running = tr("Training is still going on. Quit all the same?")
            text = running if dialog.busy else tr("The new matcher is not kept yet. Quit all the same?")
            more = tr(
                "What was trained is lost; your photos, ratings and the matcher in use stay as they are."
            )
            answer = (tr("&Quit"), QMessageBox.ButtonRole.DestructiveRole, self._quit)
            self._question = ask(self._window, text, more, answer)
            self._question.finished.connect(self._asked)
        return True

    @Slot()
    def _asked(self) -> None:
        self._question = None

    def _quit(self) -> None:
        self._may_quit = True
        self.close()
        self._window.close()

    def _searching(self) -> Searching:
        return Searching(self._window.folder, self._window.query.text(), self._window.rule)

    @Slot(str)
    def _say(self, text: str) -> None:
        self.state.setText(text)
        self.state.setAccessibleName(text)
        self.state.setVisible(bool(text))

    @Slot()
    def _folder_opened(self) -> None:
        if self.dialog is not None:
            self.dialog.folder_opened()
