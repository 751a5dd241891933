"""The field in which the sentence is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import messages, style

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QKeyEvent

_PAUSE_MS = 250  # shorter searches between two keystrokes, longer feels slow
_MAX_LENGTH = 1000  # no sentence is longer; a pasted book would only be cut by the encoder


class QueryBar(QLineEdit):
    """Searches at Enter, and when typing pauses.

    Signals:
        searched(str): the text to search for; blank asks for all photos.
        left_down(): the down arrow was pressed: the focus should go to the photos.
    """

    searched = Signal(str)
    left_down = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("query")
        self.setPlaceholderText(messages.placeholder())
        self.setAccessibleName(tr("Description of the photo"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(_MAX_LENGTH)
        self.setAcceptDrops(False)  # a dropped folder is the window's, not a text to insert
        self._icon = self.addAction(self._search_icon(), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textChanged.connect(self._typed)
        self.returnPressed.connect(self._search)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Gives the focus away at the down arrow."""
        if event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        else:
            super().keyPressEvent(event)

    def repaint_icon(self) -> None:
        """Draws the icon in the palette of now."""
        self._icon.setIcon(self._search_icon())

    def _search_icon(self) -> QIcon:
        return style.icon("search", self.palette().placeholderText().color())

    @Slot()
    def _typed(self) -> None:
        if self.text():
            self._pause.start()
        else:
            self._search()

    @Slot()
    def _search(self) -> None:
        self._pause.stop()
        self.searched.emit(self.text())
