"""Small widgets that many pages and dialogs are made of."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget


def label(text: str = "", name: str = "", *, wrap: bool = True) -> QLabel:
    """Returns a label that shows text as it is: a file's name or text must not be drawn as HTML.

    Args:
        text: what it says first.
        name: its name in the style sheet.
        wrap: whether a long text goes on in the next line.
    """
    made = QLabel()
    made.setObjectName(name)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    return made


def scrolled(content: QWidget) -> QScrollArea:
    """Returns a frameless area that scrolls a widget up and down alone."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


class CaptionedButton(QPushButton):
    """A button with a mark, a title, and a text that explains it.

    Args:
        mark: stands at the left.
        title: a few words.
        text: wrapped where it is longer than the button is wide.
        parent: the Qt parent, if any.

    Attributes:
        row: the mark, and beside it the lines.
        lines: title and text.
    """

    def __init__(self, mark: QLabel, title: QLabel, text: QLabel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        text.setWordWrap(True)
        self.lines, self.row = QVBoxLayout(), QHBoxLayout(self)
        self.lines.addWidget(title)
        self.lines.addWidget(text)
        self.row.addWidget(mark)
        self.row.addLayout(self.lines, 1)
        for one in (mark, title, text):
            one.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """Returns the size of what is in it."""
        return self.row.sizeHint()
