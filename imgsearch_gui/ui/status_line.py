"""The line at the window's foot: how many photos there are, what could not be read, the engine's state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QStatusBar, QWidget

from imgsearch_gui.ui import messages
from imgsearch_gui.ui.problems_dialog import ProblemsDialog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imgsearch_gui.core.types.photos import Problem


class StatusLine(QStatusBar):
    """Three short texts; the one in the middle opens the list of problems.

    Signals:
        problems_requested(): the list of the files that could not be read is wanted.
    """

    problems_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.count, self.engine_state = QLabel(), QLabel()
        self.problems = QPushButton()
        self.problems.setObjectName("link")
        self.problems.hide()
        self.problems.clicked.connect(self.problems_requested)
        self.setSizeGripEnabled(False)
        self.addWidget(self.count)
        self.addPermanentWidget(self.problems)
        self.addPermanentWidget(self.engine_state)

    def say_problems(self, n: int) -> None:
        """Says how many files could not be read."""
        self.problems.setText(messages.problems(n))
        self.problems.setVisible(n > 0)

    def list_problems(self, problems: Sequence[Problem]) -> None:
        """Shows the files that could not be read."""
        dialog = ProblemsDialog(problems, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
