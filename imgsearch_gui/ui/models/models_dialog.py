"""The user's models: which are there, what is known of them, and all that can be done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMessageBox,
    QPushButton,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.core.types.training import BUNDLED
from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.asking import ask_open, ask_save
from imgsearch_gui.ui.models import model_messages as texts
from imgsearch_gui.ui.models.models_table import NAME, STATE, ModelsTable
from imgsearch_gui.ui.notices import ErrorBanner

if TYPE_CHECKING:
    from collections.abc import Callable

    from imgsearch_gui.core.types.training import KeptModel
    from imgsearch_gui.services.model_service import ModelService
    from imgsearch_gui.ui.asking import AskOpen, AskSave

_NAME_WIDTH, _DATA_WIDTH = 190, 150
_DETAILS_HEIGHT = 62


class ModelsDialog(QDialog):
    """A list of the models, and beside it what can be done with the chosen one.

    Args:
        service: does what is asked for.
        parent: the Qt parent.
        ask_open: asks for a file to read.
        ask_save: asks for a file to write.
    """

    def __init__(
        self,
        service: ModelService,
        parent: QWidget | None = None,
        ask_open: AskOpen = ask_open,
        ask_save: AskSave = ask_save,
    ) -> None:
        super().__init__(parent)
        self._service, self._ask_open, self._ask_save = service, ask_open, ask_save
        self.setWindowTitle(texts.title())
        self.setMinimumSize(760, 520)
        self.resize(920, 520)
        self.table, self.rows = QTreeView(), ModelsTable(self)
        self.error = ErrorBanner()
        self.details, self.told = QLabel(), QLabel()
        self.use = self._button(tr("&Use"), tr("Search by this model (Enter)"), self._use)
        self.roll_back = self._button(
            tr("Roll &back"), tr("Go back to the model that was used before"), self._roll_back
        )
        self.rename = self._button(tr("Re&name"), tr("Give this model another name (F2)"), self._rename)
        self.export = self._button(tr("&Export…"), tr("Copy this model to a file"), self._export)
        self.add = self._button(tr("&Import…"), tr("Add a model from a file"), self._import)
        self.delete = self._button(tr("&Delete…"), tr("Delete this model (Del)"), self._delete)
        self.close_button = self._button(tr("&Close"), tr("Close this list (Esc)"), self.accept)
        self._lay_out()
        QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table, self._delete)
        self.table.activated.connect(self._use)
        self.table.selectionModel().currentRowChanged.connect(self._draw)
        self.rows.renamed.connect(service.rename)
        service.listed.connect(self.show_models)
        service.told.connect(self._tell)
        service.failed.connect(self._fail)
        self.show_models(service.models)
        service.refresh()

    @property
    def chosen(self) -> KeptModel | None:
        """The model of the row that is chosen."""
        return self.rows.at(self.table.currentIndex())

    def choose(self, model_id: str) -> None:
        """Chooses a model's row."""
        self.table.setCurrentIndex(self.rows.index(self.rows.row_of(model_id), NAME))

    @Slot(object)
    def show_models(self, models: tuple[KeptModel, ...]) -> None:
        """Shows these models; the row that was chosen stays so."""
        chosen = self.chosen
        self.rows.show(models)
        self.choose(chosen.id if chosen is not None else "")
        self._draw()

    @Slot()
    def _draw(self) -> None:
        model = self.chosen
        usable = model is not None and not model.fault
        own = model is not None and model.id != BUNDLED
        self.use.setEnabled(usable and model is not None and not model.in_use)
        self.rename.setEnabled(usable and own)
        self.export.setEnabled(usable)
        self.delete.setEnabled(own)
        self.roll_back.setEnabled(self._service.can_roll_back)
        self.details.setText(
            tr("Choose a model to see what is known of it.") if model is None else texts.details(model)
        )

    @Slot()
    def _use(self) -> None:
        if self.use.isEnabled() and self.chosen is not None:
            self._service.use(self.chosen.id)

    @Slot()
    def _roll_back(self) -> None:
        self._service.roll_back()

    @Slot()
    def _rename(self) -> None:
        self.table.edit(self.table.currentIndex().siblingAtColumn(NAME))

    @Slot()
    def _export(self) -> None:
        model = self.chosen
        if model is None:
            return
        file = self._ask_save(self, tr("Export a model"), texts.file_name(model), texts.files())
        if file is not None:
            self._service.export(model.id, file)

    @Slot()
    def _import(self) -> None:
        file = self._ask_open(self, tr("Import a model"), texts.files())
        if file is not None:
            self._service.import_file(file)

    @Slot()
    def _delete(self) -> None:
        model = self.chosen
        if model is None or not self.delete.isEnabled():
            return
        asked = QMessageBox(self)
        asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        asked.setIcon(QMessageBox.Icon.Question)
        asked.setWindowTitle(tr("Delete"))
        asked.setTextFormat(Qt.TextFormat.PlainText)
        asked.setText(texts.delete(model))
        yes = asked.addButton(tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        asked.setDefaultButton(asked.addButton(QMessageBox.StandardButton.Cancel))
        yes.clicked.connect(lambda: self._service.delete(model.id))
        asked.open()

    @Slot(str)
    def _tell(self, text: str) -> None:
        self.error.clear()
        self.told.setText(messages.printable(text))

    @Slot(object)
    def _fail(self, reason: Exception) -> None:
        self.told.clear()
        self.error.tell(reason)

    def _button(self, text: str, tip: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)  # Enter is for the row
        button.setToolTip(tip)
        button.setAccessibleDescription(tip)
        button.clicked.connect(lambda: slot())
        return button

    def _lay_out(self) -> None:
        headline = QLabel(
            tr("Searches use one of these models. A model says how well a photo matches a sentence.")
        )
        self.table.setAccessibleName(texts.title())
        self.table.setModel(self.rows)
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setAllColumnsShowFocus(True)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.table.setColumnWidth(NAME, _NAME_WIDTH)
        self.table.setColumnWidth(2, _DATA_WIDTH)
        for number in (1, 3, 4, STATE):
            self.table.header().setSectionResizeMode(number, QHeaderView.ResizeMode.ResizeToContents)
        for label in (self.details, self.told):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.details.setObjectName("quiet")
        self.details.setMinimumHeight(_DETAILS_HEIGHT)
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        buttons = QVBoxLayout()
        for button in (self.use, self.roll_back, self.rename, self.export, self.add, self.delete):
            buttons.addWidget(button)
        buttons.addStretch()
        row = QHBoxLayout()
        row.addWidget(self.table, 1)
        row.addLayout(buttons)
        foot = QHBoxLayout()
        foot.addWidget(self.told, 1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for part in (headline, self.error):
            column.addWidget(part)
        column.addLayout(row, 1)
        column.addWidget(self.details)
        column.addLayout(foot)
        self.table.setFocus()
