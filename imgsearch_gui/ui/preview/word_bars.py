"""Why a photo has its score: the words of the query, each with what it does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from imgsearch_gui.ui.preview import preview_messages

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from imgsearch_gui.ui.preview.preview_messages import Bar

_PAD, _LINE_GAP = 6.0, 5.0
_WORDS = 0.34  # of the width
_LEAST = 0.05  # of a score, that the longest bar stands for: what is next to nothing looks so
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class WordBars(QWidget):
    """A line for each word, and a bar that goes right of the middle where it raises the score, else left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[Bar, ...] = ()
        self.setAccessibleName(preview_messages.why())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: tuple[Bar, ...]) -> None:
        """Shows some words; screen readers get the same in a sentence."""
        self._bars = bars
        text = preview_messages.spoken_bars(bars)
        self.setAccessibleDescription(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Returns a height with room for every word."""
        return QSize(200, round(len(self._bars) * self._line()))

    def minimumSizeHint(self) -> QSize:
        """Returns the same, narrower."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the words, the middle line and the bars."""
        painter, palette, metrics = QPainter(self), self.palette(), self.fontMetrics()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, figures = self._line(), metrics.horizontalAdvance(preview_messages.effect(-0.55)) + _PAD
        words = self.width() * _WORDS
        half = (self.width() - words - figures - 2 * _PAD) / 2
        middle = words + _PAD + half
        longest = max([_LEAST, *(abs(bar.effect) for bar in self._bars)])
        for number, bar in enumerate(self._bars):
            row = QRectF(0, number * line, self.width(), line)
            word = metrics.elidedText(bar.text, Qt.TextElideMode.ElideRight, int(words))
            painter.setPen(palette.text().color())
            painter.drawText(QRectF(0, row.top(), words, line), _LEFT, word)
            painter.drawText(row, _RIGHT, preview_messages.effect(bar.effect))
            length = half * bar.effect / longest
            place = QRectF(middle, row.top() + line / 4, length, line / 2).normalized()
            # Full or hollow beside right or left: no one has to tell colours apart.
            raises = bar.effect > 0
            painter.setPen(QPen(palette.highlight() if raises else palette.text(), 1))
            painter.setBrush(palette.highlight() if raises else Qt.BrushStyle.NoBrush)
            painter.drawRect(place)
        painter.setPen(QPen(palette.dark(), 1))
        painter.drawLine(round(middle), 0, round(middle), self.height())
        painter.end()

    def _line(self) -> float:
        return self.fontMetrics().height() + _LINE_GAP
