"""A dialog with a text to read: a model card, a crash report, licences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QListWidget, QTextBrowser, QVBoxLayout

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui.fitting import begin_with

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from imgsearch_gui.services.program_facts import Licence


class TextDialog(QDialog):
    """Shows a text that can be read, searched by eye and copied; its links lead nowhere.

    Args:
        title: of the window, and what a screen reader calls the text.
        text: what to show.
        markdown: whether the text is Markdown, which is drawn; any other is shown as it is.
        parent: the Qt parent, if any.

    Attributes:
        view: the text.
    """

    def __init__(
        self, title: str, text: str = "", *, markdown: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        begin_with(self, 860, 620)
        self.view = QTextBrowser()
        self.view.setAccessibleName(title)
        self.view.setOpenLinks(False)
        if markdown:
            self.view.setMarkdown(text)
        else:
            self.view.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
            self.view.setPlainText(text)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = buttons.addButton(tr("Copy all"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.setToolTip(tr("Copy the whole text"))
        copy.clicked.connect(self.copy_all)
        buttons.rejected.connect(self.reject)
        self.middle = QHBoxLayout()
        self.middle.addWidget(self.view, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(self.middle, 1)
        column.addWidget(buttons)

    def copy_all(self) -> None:
        """Copies the text."""
        QGuiApplication.clipboard().setText(self.view.toPlainText())


class LicencesDialog(TextDialog):
    """A list of what the program brings along, and the licence of the one that is chosen.

    Args:
        licences: in the order to show them.
        parent: the Qt parent, if any.

    Attributes:
        works: the list.
    """

    def __init__(self, licences: Sequence[Licence], parent: QWidget | None = None) -> None:
        super().__init__(tr("Licences"), parent=parent)
        self._licences = licences
        self.works = QListWidget()
        self.works.setObjectName("rows")
        self.works.setAccessibleName(tr("What ImgSearch brings along"))
        self.works.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.works.setFixedWidth(250)
        self.works.addItems([licence.work for licence in licences])
        self.works.currentRowChanged.connect(self._show)
        self.middle.insertWidget(0, self.works)
        self.works.setCurrentRow(0)
        self.works.setFocus()

    def _show(self, row: int) -> None:
        self.view.setPlainText(self._licences[row].text() if row >= 0 else "")
