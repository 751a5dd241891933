"""About: what the program is, its versions, the matcher in use, and the way to its card and licences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from imgsearch_gui import paths
from imgsearch_gui.services import program_facts
from imgsearch_gui.services.language import told, tr
from imgsearch_gui.ui import messages, style
from imgsearch_gui.ui.about.text_dialog import LicencesDialog, TextDialog
from imgsearch_gui.ui.widgets import label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from imgsearch_gui.services.program_facts import Licence

_ICON = 64


class AboutDialog(QDialog):
    """Says what the program is made of.

    Args:
        versions: names and versions, the program's first.
        matcher: what to say of the matcher in use.
        card: the file of the model card.
        licences: returns the licences; called when they are wanted.
        parent: the Qt parent, if any.
    """

    def __init__(
        self,
        versions: Sequence[tuple[str, str]],
        matcher: str,
        card: Path,
        licences: Callable[[], Sequence[Licence]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("About ImgSearch"))
        self._facts = [*versions, (tr("Matcher"), matcher)]
        self._card, self._licences = card, licences
        icon = QLabel()
        icon.setPixmap(style.pixmap("imgsearch", self.palette().highlight().color(), _ICON))
        name = QLabel(" ".join(versions[0]))
        name.setObjectName("emptyTitle")
        about = QLabel(messages.about())
        words = QVBoxLayout()
        words.addWidget(name)
        words.addWidget(about)
        top = QHBoxLayout()
        top.setSpacing(18)
        top.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        facts = QFormLayout()
        facts.setHorizontalSpacing(18)
        facts.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        for title, value in self._facts[1:]:
            caption = label(told(title), "quiet", wrap=False)
            facts.addRow(caption, _plain(told(value)))
        self.card_button = self._button(
            tr("&Model card"), tr("What the bundled matcher is, and how good"), self.show_card
        )
        self.licences_button = self._button(
            tr("&Licences"), tr("Of ImgSearch and what it brings along"), self.show_licences
        )
        self.copy_button = self._button(tr("&Copy"), tr("Copy the versions"), self.copy)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for button in (self.card_button, self.licences_button, self.copy_button):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(18)
        column.addLayout(top)
        column.addLayout(facts)
        column.addWidget(buttons)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def show_card(self) -> None:
        """Opens the model card."""
        try:
            text = self._card.read_text(encoding="utf-8")
        except OSError as error:
            text = tr("The model card {file} cannot be read: {reason}.").format(
                file=self._card, reason=error.strerror
            )
        TextDialog(tr("Model card"), text, markdown=True, parent=self).open()

    def show_licences(self) -> None:
        """Opens the licences."""
        LicencesDialog(self._licences(), self).open()

    def copy(self) -> None:
        """Copies versions and matcher, one a line."""
        QGuiApplication.clipboard().setText(
            "\n".join(f"{told(name)}: {told(value)}" for name, value in self._facts)
        )

    def _button(self, text: str, tip: str, slot: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button


def _plain(text: str) -> QLabel:
    """Returns a value that can be copied."""
    value = label(text)
    value.setMinimumWidth(420)
    value.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return value


def open_about(window: QWidget, matcher: str) -> None:
    """Opens the dialog on a window, with what the program is made of."""
    card = paths.bundled_model("README.md")
    AboutDialog(program_facts.versions(), matcher, card, program_facts.licences, window).open()
