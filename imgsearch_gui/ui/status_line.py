"""The line at the window's foot: how many photos there are, what is left out, the engine's state."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar, QWidget

from imgsearch_gui.core.types.photos import LeftOut
from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.problems_dialog import ProblemsDialog

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.services.left_out_service import LeftOutService

_TOLD_MS = 10_000


class StatusLine(QStatusBar):
    """Three short texts; the one in the middle opens the list of the files that are left out.

    Args:
        files: counts and lists those.
        parent: the Qt parent, if any.
    """

    def __init__(self, files: LeftOutService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._folder: Path | None = None
        self._left_out = LeftOut()
        self.count, self.engine_state = QLabel(), QLabel()
        self.count.setMinimumWidth(1)  # cut off in a narrow window, which must not grow for it
        self.problems = QPushButton()
        self.problems.setObjectName("link")
        self.problems.setToolTip(tr("List these files"))
        self.problems.hide()
        self.problems.clicked.connect(self._list_left_out)
        files.counted.connect(self._say_left_out)
        self.setSizeGripEnabled(False)
        self.addWidget(self.count)
        self.addPermanentWidget(self.problems)
        self.addPermanentWidget(self.engine_state)

    def tell(self, text: str) -> None:
        """Shows a sentence for a while, in place of the number of photos."""
        self.showMessage(text, _TOLD_MS)

    def begin(self, folder: Path) -> None:
        """Turns to a folder."""
        self._folder = folder
        self._say_left_out(LeftOut())
        self.count_left_out()

    def count_left_out(self) -> None:
        """Has the files counted that are left out: the folder was read."""
        if self._folder is not None:
            self._files.count(self._folder)

    def say_problems(self, n: int) -> None:
        """Says how many files could not be read so far."""
        self._say_left_out(replace(self._left_out, problems=n))

    @Slot(object)
    def _say_left_out(self, left_out: LeftOut) -> None:
        """Says how many files could not be read, and how many are missing."""
        self._left_out = left_out
        text = messages.left_out(left_out)
        self.problems.setText(text)
        self.problems.setVisible(bool(text))

    @Slot()
    def _list_left_out(self) -> None:
        if self._folder is not None:
            dialog = ProblemsDialog(self._files, self._folder, self._left_out, self)
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.open()
