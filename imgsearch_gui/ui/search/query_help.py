"""How queries can be written: a short table whose examples can be tried."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui.fitting import begin_with
from imgsearch_gui.ui.widgets import label, scrolled


def examples() -> tuple[tuple[str, str], ...]:
    """Returns queries and what they find."""
    return (
        (tr("a dog runs on the beach"), tr("Describe what is seen, in plain words.")),
        (tr('"red boat" lake'), tr("A phrase in quotation marks counts as a sentence of its own.")),
        (tr("beach -people"), tr("A minus sign takes photos away that match the word or phrase.")),
        (tr("2:beach dog"), tr("A weight before a word or phrase makes it count more, or less.")),
        (tr("beach folder:italy"), tr("Only photos below folders with these letters; also -folder:")),
        (tr("name:img_2"), tr("Only photos with these letters in the file name; also -name:")),
        (tr("after:2023 before:2024-05-17"), tr("Only photos taken between these days.")),
        (tr("rated:yes"), tr("Only photos that were rated; also rated:no, or rated:3 for 3 and better.")),
        (tr("beach score>0.6"), tr("Only hits with a high score; also >=, < and <=")),
    )


class QueryHelp(QDialog):
    """Lists the forms of a query.

    Args:
        parent: the window.

    Signals:
        chosen(str): an example is to be tried.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Query forms"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lead = label(tr("Click an example to try it. All forms can be used together."))
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        self.buttons: list[QPushButton] = []
        for row, (query, meaning) in enumerate(examples()):
            button = QPushButton(query.replace("&", "&&"))
            button.setObjectName("small")
            button.setAccessibleName(tr("Try {query}").format(query=query))
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, query=query: self._choose(query))
            self.buttons.append(button)
            grid.addWidget(button, row, 0)
            grid.addWidget(label(meaning), row, 1)
        scroll = scrolled(table)
        scroll.setMinimumWidth(540)
        picture = label(
            tr(
                "A picture can be a query too: drop or paste it into the field, or choose “More like this” "
                "in the menu of a photo. Words beside it count as well."
            )
        )
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(14)
        column.addWidget(lead)
        column.addWidget(scroll, 1)
        column.addWidget(picture)
        column.addWidget(close)
        begin_with(self, 680, 520)

    def _choose(self, query: str) -> None:
        self.chosen.emit(query)
        self.accept()
