"""The list of the user's models as a table; a name can be edited in its place."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from imgsearch_gui.core.types.training import BUNDLED
from imgsearch_gui.services.language import told
from imgsearch_gui.ui.models import model_messages

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from imgsearch_gui.core.types.training import KeptModel

_ROOT = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex
NAME, _CREATED, _DATA, _PAIRS, _RMSE, STATE = range(6)
_RIGHT = (_PAIRS, _RMSE)


class ModelsTable(QAbstractTableModel):
    """A row for each model.

    Signals:
        renamed(str, str): the id of a model whose name was edited, and the new name.
    """

    renamed = Signal(str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._models: tuple[KeptModel, ...] = ()

    def show(self, models: tuple[KeptModel, ...]) -> None:
        """Shows these models."""
        self.beginResetModel()
        self._models = models
        self.endResetModel()

    def at(self, index: _Index) -> KeptModel | None:
        """Returns the model of a row, if it is one."""
        return self._models[index.row()] if index.isValid() else None

    def row_of(self, model_id: str) -> int:
        """Returns the row of a model; that of the one in use where it is gone, or else the first."""
        ids = [model.id for model in self._models]
        if model_id in ids:
            return ids.index(model_id)
        return next((row for row, model in enumerate(self._models) if model.in_use), 0)

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Returns the number of models."""
        return 0 if parent.isValid() else len(self._models)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Returns the number of columns."""
        return 0 if parent.isValid() else len(model_messages.headers())

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Returns what a cell shows."""
        model = self._models[index.row()]
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"<p>{html.escape(model_messages.details(model))}</p>".replace("\n", "<br>")
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in _RIGHT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.EditRole:
            return model.name
        return self._text(model, index.column()) if role == Qt.ItemDataRole.DisplayRole else None

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Asks for another name; the row shows it once it is on the disk."""
        model = self._models[index.row()]
        if (
            role == Qt.ItemDataRole.EditRole
            and isinstance(value, str)
            and value.strip() not in ("", model.name)
        ):
            self.renamed.emit(model.id, value)
        return False

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Lets names be edited, but for that of the bundled model and of those that cannot be read."""
        flags = super().flags(index)
        model = self._models[index.row()]
        if index.column() == NAME and model.id != BUNDLED and model.created is not None:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Returns the title of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section in _RIGHT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return model_messages.headers()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def _text(self, model: KeptModel, column: int) -> str:
        if column == _CREATED:
            if model.created is None:
                return ""
            return f"{model.created.astimezone():%Y-%m-%d %H:%M}"  # sorts by eye, in every language
        texts = {NAME: told(model.name), _DATA: told(model.data), STATE: model_messages.state(model)}
        if column in texts:
            return texts[column]
        return model_messages.pairs(model) if column == _PAIRS else model_messages.rmse(model)
