"""Says that the program crashed the last time, and where the report is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.about.text_dialog import TextDialog

if TYPE_CHECKING:
    from pathlib import Path


class CrashNotice(QFrame):
    """One line above the photos, until it is dismissed.

    Args:
        report: the report's file.
        parent: the Qt parent, if any.

    Attributes:
        show_button: opens the report to be read.
        dismiss_button: hides the notice; the report stays.
    """

    def __init__(self, report: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self.setObjectName("banner")
        self.setProperty("kind", "warning")
        self.label = QLabel()
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setWordWrap(True)
        told = tr(
            "ImgSearch stopped unexpectedly the last time. A report is in {file}; it has been sent to "
            "nobody, and you may give it to whoever gave you the program."
        )
        self.label.setText(told.format(file=messages.printable(report)))
        self.setAccessibleName(self.label.text())
        self.show_button, self.dismiss_button = QPushButton(tr("Show")), QPushButton(tr("Dismiss"))
        self.show_button.setToolTip(tr("Read the report"))
        self.dismiss_button.setToolTip(tr("Hide this notice; the report stays where it is"))
        self.show_button.clicked.connect(self._show_report)
        self.dismiss_button.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.addWidget(self.label, 1)
        for button in (self.show_button, self.dismiss_button):
            button.setObjectName("small")
            row.addWidget(button)

    def _show_report(self) -> None:
        try:
            text = self._report.read_text(encoding="utf-8", errors="replace")
        except OSError as error:
            text = tr("The report cannot be read: {reason}.").format(reason=error.strerror)
        TextDialog(tr("Crash report"), text, parent=self.window()).open()
