"""The editor of the content rule's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QMessageBox,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui.fitting import begin_with
from imgsearch_gui.ui.notices import ErrorBanner

if TYPE_CHECKING:
    from imgsearch_gui.services.rule_service import RuleService, RuleText

_LINE = re.compile(r", line (\d+):")


class RuleEditor(QDialog):
    """Shows the file of the content rule, and saves it when it has no mistake.

    Args:
        service: reads, checks and keeps the words.
        parent: the Qt parent, if any.

    Attributes:
        text: the words.
        error: says which line has a mistake.
        state: whose words these are.
        save_button: saves the text.
        default_button: goes back to the words that come with the program.
        question: what is asked before changes are lost, if it is open.
    """

    def __init__(self, service: RuleService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Words of the content rule") + "[*]")  # where Qt marks changes
        begin_with(self, 820, 640)
        self._service = service
        self.question: QMessageBox | None = None
        self._own = False
        self.error = ErrorBanner()
        self.state = QLabel()
        self.state.setObjectName("quiet")
        self.state.setWordWrap(True)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("Words of the content rule"))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setTabChangesFocus(True)
        self.text.setEnabled(False)
        buttons = QDialogButtonBox()
        self.save_button = buttons.addButton(tr("&Save"), QDialogButtonBox.ButtonRole.ApplyRole)
        self.save_button.setShortcut("Ctrl+S")
        self.save_button.setToolTip(tr("Check the words, keep them and search by them (Ctrl+S)"))
        self.default_button = buttons.addButton(
            tr("Back to the &built-in"), QDialogButtonBox.ButtonRole.ResetRole
        )
        self.default_button.setToolTip(
            tr("Search by the words that come with ImgSearch; yours are kept in a file beside them")
        )
        buttons.addButton(QDialogButtonBox.StandardButton.Close)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for widget in (self.state, self.error):
            column.addWidget(widget)
        column.addWidget(self.text, 1)
        column.addWidget(buttons)
        self.save_button.clicked.connect(self._save)
        self.default_button.clicked.connect(self._go_back)
        buttons.rejected.connect(self.reject)
        self.text.document().modificationChanged.connect(self._draw)
        service.loaded.connect(self._loaded)
        service.failed.connect(self._failed)
        service.load()
        self._draw()

    def reject(self) -> None:
        """Closes, after a question if changes would be lost."""
        if not self.text.document().isModified():
            super().reject()
            return
        if self.question is not None:
            return
        self.question = QMessageBox(self)
        self.question.setIcon(QMessageBox.Icon.Question)
        self.question.setWindowTitle(tr("Words of the content rule"))
        self.question.setText(tr("Close without saving the words?"))
        leave = self.question.addButton(tr("&Do not save"), QMessageBox.ButtonRole.DestructiveRole)
        leave.clicked.connect(self._leave)
        self.question.setDefaultButton(self.question.addButton(QMessageBox.StandardButton.Cancel))
        self.question.finished.connect(self._asked)
        self.question.open()

    @Slot()
    def _asked(self) -> None:
        self.question = None

    @Slot()
    def _leave(self) -> None:
        self.text.document().setModified(False)
        self.reject()

    @Slot()
    def _save(self) -> None:
        self.error.clear()
        self._busy(busy=True)
        self._service.save(self.text.toPlainText())

    @Slot()
    def _go_back(self) -> None:
        self.error.clear()
        self._busy(busy=True)
        self._service.go_back()

    @Slot(object)
    def _loaded(self, rule: RuleText) -> None:
        if rule.text != self.text.toPlainText():
            self.text.setPlainText(rule.text)
        self.text.document().setModified(False)
        self.state.setText(
            tr("These are your own words. A line that begins with # is a remark.")
            if rule.own
            else tr(
                "These words come with ImgSearch; what you save becomes your own. A line that begins with # "
                "is a remark."
            )
        )
        self._own = rule.own
        self._busy(busy=False)

    @Slot(object)
    def _failed(self, reason: Exception) -> None:
        self._busy(busy=False)
        self.error.tell(reason)
        found = _LINE.search(str(reason))
        if found is not None:
            block = self.text.document().findBlockByNumber(int(found[1]) - 1)
            cursor = QTextCursor(block)
            cursor.select(QTextCursor.SelectionType.LineUnderCursor)
            self.text.setTextCursor(cursor)
        self.text.setFocus()

    def _busy(self, *, busy: bool) -> None:
        self.text.setEnabled(not busy)
        self.default_button.setEnabled(self._own and not busy)
        self._draw()

    @Slot()
    def _draw(self) -> None:
        changed = self.text.document().isModified()
        self.save_button.setEnabled(changed and self.text.isEnabled())
        self.setWindowModified(changed)
