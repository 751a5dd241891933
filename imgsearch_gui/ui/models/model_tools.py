"""Brings the user's models to the window: the menu's entries, the list, and which one is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QLabel

from imgsearch_gui.core.types.training import BUNDLED
from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import menus, messages
from imgsearch_gui.ui.models import model_messages as texts
from imgsearch_gui.ui.models.models_dialog import ModelsDialog

if TYPE_CHECKING:
    from imgsearch_gui.core.types.training import KeptModel
    from imgsearch_gui.services.model_service import ModelService
    from imgsearch_gui.services.search_service import SearchService
    from imgsearch_gui.ui.main_window import MainWindow


class ModelTools(QObject):
    """Wires the models to a window: after a change it asks again, so that the open search is scored anew.

    Args:
        window: the window, which owns this.
        service: does what is asked for.
        search: tells how far a folder is made ready for a model.

    Attributes:
        dialog: the list, if it is open.
        in_use: what is to be said of the model that searches use.
    """

    def __init__(self, window: MainWindow, service: ModelService, search: SearchService) -> None:
        super().__init__(window)
        self._window, self._service = window, service
        self.dialog: ModelsDialog | None = None
        self.in_use = texts.not_listed()
        menu = window.menus.model
        menus.entry(menu, tr("&Models…"), self.open, "Ctrl+Shift+M")
        text = tr("Roll &back to the model before")
        self.roll_back = menus.entry(menu, text, service.roll_back, "Ctrl+Shift+Z")
        self.roll_back.setEnabled(False)
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setToolTip(tr("The model that searches use; the Model menu has others"))
        self.label.hide()
        window.status.addPermanentWidget(self.label)
        service.listed.connect(self._listed)
        service.switched.connect(self._switched)
        for told in (service.told, service.saved):
            told.connect(self._tell)
        for failed in (service.failed, service.not_saved):
            failed.connect(self._fail)
        search.prepared.connect(self._prepared)

    @Slot()
    def open(self) -> None:
        """Opens the list of models."""
        if self.dialog is None:
            self.dialog = ModelsDialog(self._service, self._window)
            self.dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            self.dialog.finished.connect(self._closed)
            self.dialog.open()

    @Slot()
    def _closed(self) -> None:
        self.dialog = None

    @Slot(object)
    def _listed(self, models: tuple[KeptModel, ...]) -> None:
        self.roll_back.setEnabled(self._service.can_roll_back)
        used = next((model for model in models if model.in_use), None)
        self.label.setText(texts.not_listed() if used is None else texts.in_use(used))
        self.in_use = self.label.text() if used is None else texts.about(used)
        self.label.setVisible(used is None or used.id != BUNDLED)

    @Slot()
    def _switched(self) -> None:
        self._window.ask()

    @Slot(str)
    def _tell(self, text: str) -> None:
        if self.dialog is None:
            self._window.status.tell(messages.printable(text))

    @Slot(object)
    def _fail(self, reason: Exception) -> None:
        if self.dialog is None:
            self._window.show_error(reason)

    @Slot(object)
    def _prepared(self, step: tuple[int, int]) -> None:
        done, total = step
        if done < total:
            self._window.status.count.setText(texts.preparing(done, total))
