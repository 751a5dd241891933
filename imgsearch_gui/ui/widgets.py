"""Small widgets that many pages and dialogs are made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget


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
