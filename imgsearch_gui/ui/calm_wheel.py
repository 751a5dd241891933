"""Lists and numbers that the mouse wheel does not change: it scrolls the page that they stand on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class CalmWheel(QObject):
    """Passes a widget's wheel on to what is around it, or a page that is scrolled would change its choices.

    Args:
        widget: a list or a number; it keeps this.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # by key and click, not by wheel
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps the wheel from the widget."""
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        return super().eventFilter(watched, event)
