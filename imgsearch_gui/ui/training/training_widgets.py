"""Small widgets that the pages of the training window share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui.drops import FolderDrops
from imgsearch_gui.ui.messages import printable

if TYPE_CHECKING:
    from imgsearch_gui.ui.asking import AskFolder

_FIELD_HEIGHT = 28


def button(text: str, tooltip: str, name: str = "") -> QPushButton:
    """Returns a button."""
    made = QPushButton(text)
    made.setObjectName(name)
    made.setToolTip(tooltip)
    return made


def roomy(*fields: QWidget) -> None:
    """Gives fields some air above and below their text."""
    for field in fields:
        field.setMinimumHeight(_FIELD_HEIGHT)


def line() -> QFrame:
    """Returns a thin line across."""
    made = QFrame()
    made.setObjectName("rule")
    made.setFixedHeight(1)
    return made


class Fold(QWidget):
    """A headline that shows and hides what is below it.

    Args:
        title: the headline.
        content: what it shows and hides.
        parent: the Qt parent, if any.
    """

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self.head = QToolButton()
        self.head.setObjectName("fold")
        self.head.setCheckable(True)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.head.toggled.connect(self._toggled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.head, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(content)
        self.set_title(title)
        self._toggled(opened=False)

    def set_title(self, title: str) -> None:
        """Changes the headline."""
        self.head.setText(title)
        self.head.setAccessibleName(title)

    @Slot(bool)
    def _toggled(self, opened: bool) -> None:
        self.head.setArrowType(Qt.ArrowType.DownArrow if opened else Qt.ArrowType.RightArrow)
        self.head.setToolTip(tr("Fold away") if opened else tr("Unfold"))
        self._content.setVisible(opened)


@dataclass(frozen=True, slots=True)
class FolderTexts:
    """What is said around a field for a folder.

    Attributes:
        name: what the folder is, for screen readers.
        hint: stands in the empty field.
        path: the field's tooltip.
        choose: the tooltip of the button, and the title of the dialog, that choose it.
        browse: what a screen reader calls the button.
    """

    name: str
    hint: str
    path: str
    choose: str
    browse: str


class FolderField(QWidget):
    """A folder's path that can be typed, chosen or dropped.

    Args:
        texts: what is said around it.
        ask: asks for a folder.
        parent: the Qt parent, if any.

    Signals:
        typed(): the text changed, be it by typing.
        chosen(): a folder was chosen or dropped.
    """

    typed = Signal()
    chosen = Signal()

    def __init__(self, texts: FolderTexts, ask: AskFolder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts, self._ask = texts, ask
        self.field = QLineEdit()
        self.field.setPlaceholderText(texts.hint)
        self.field.setAccessibleName(texts.name)
        self.field.setToolTip(texts.path)
        self.field.setAcceptDrops(False)  # a dropped folder replaces the text, it is no text to insert
        self.field.setClearButtonEnabled(True)
        roomy(self.field)
        self.field.textChanged.connect(self.typed)
        self.browse = button(tr("Browse…"), texts.choose, "small")
        self.browse.setAccessibleName(texts.browse)
        self.browse.clicked.connect(self._browse)
        self._shown: tuple[str, Path] | None = None
        self.setFocusProxy(self.field)
        FolderDrops(self, self.put)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.field, 1)
        row.addWidget(self.browse)

    @property
    def path(self) -> Path | None:
        """The folder, or nothing for an empty field."""
        text = self.field.text().strip()
        if self._shown is not None and self._shown[0] == text:
            return self._shown[1]
        return Path(text) if text else None

    def put(self, folder: Path) -> None:
        """Sets the folder."""
        # A name that is no Unicode cannot be shown as it is, and would be another one read back.
        self._shown = (printable(folder), folder)
        self.field.setText(self._shown[0])
        self.chosen.emit()

    @Slot()
    def _browse(self) -> None:
        chosen = self._ask(self, self._texts.choose, self.path)
        if chosen is not None:
            self.put(chosen)
