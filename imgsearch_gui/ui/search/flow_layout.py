"""Widgets side by side, in as many lines as it takes."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays widgets out like words of a text; it never needs more width than its widest one.

    Args:
        parent: the widget whose layout it is.
        gap: pixels between two widgets, and between lines.
    """

    def __init__(self, parent: QWidget, gap: int) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap

    def addItem(self, item: QLayoutItem) -> None:
        """Takes an item."""
        self._items.append(item)

    def count(self) -> int:
        """Returns the number of items."""
        return len(self._items)

    def itemAt(self, place: int) -> QLayoutItem | None:
        """Returns an item, or nothing beyond the last."""
        return self._items[place] if 0 <= place < len(self._items) else None

    def takeAt(self, place: int) -> QLayoutItem | None:
        """Gives an item away."""
        return self._items.pop(place) if 0 <= place < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Returns none."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Says that fewer widgets in a line take more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Returns the height of all lines."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """Returns the size of the widest widget."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Returns the size of the widest widget."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def setGeometry(self, rect: QRect) -> None:
        """Puts every widget into its place."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Goes through the lines; returns their height with the margins."""
        margins = self.contentsMargins()
        room = rect.marginsRemoved(margins)
        at, line = room.topLeft(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(max(1, room.width()), item.sizeHint().height()))
            if at.x() > room.left() and at.x() + size.width() > room.right() + 1:
                at, line = QPoint(room.left(), at.y() + line + self._gap), 0
            if move:
                item.setGeometry(QRect(at, size))
            at, line = at + QPoint(size.width() + self._gap, 0), max(line, size.height())
        return at.y() + line - rect.top() + margins.bottom()
