"""What the small plots share: axes with round numbers, marks and a legend, drawn in the palette of now.

Every line has a dash and a mark of its own beside its colour, so that no one has to tell colours apart.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

_PAD = 6.0  # between numbers, labels and the plot
_DASH = 22.0  # the length of a line in the legend
_DIGITS = 6  # of a number at an axis
_MARK = 3.5  # half the width of a mark
_CENTRE, _RIGHT = Qt.AlignmentFlag.AlignCenter, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Line(Enum):
    """How a line is drawn: what is looked at first, or what it is compared with."""

    MAIN = auto()
    OTHER = auto()

    def pen(self, palette: QPalette) -> QPen:
        """Returns the line's pen: the main one solid, the other dashed."""
        if self is Line.MAIN:
            return QPen(palette.highlight().color(), 2)
        pen = QPen(palette.text().color(), 1.5)
        pen.setDashPattern([4, 3])
        return pen

    def draw_mark(self, painter: QPainter, palette: QPalette, at: QPointF, half: float = _MARK) -> None:
        """Draws a mark: a full disc on the main line, an open square on the other."""
        colour = self.pen(palette).color()
        if self is Line.MAIN:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(at, half, half)
        else:
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(palette.base())
            painter.drawRect(QRectF(at.x() - half, at.y() - half, 2 * half, 2 * half))


@dataclass(frozen=True, slots=True)
class Axes:
    """Where values stand within a plot.

    Attributes:
        area: the plot without its numbers, in pixels.
        x: the lowest and the highest value across.
        y: the lowest and the highest value upwards.
    """

    area: QRectF
    x: tuple[float, float]
    y: tuple[float, float]

    def at(self, x: float, y: float) -> QPointF:
        """Returns where a point stands."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return QPointF(
            self.area.left() + across * self.area.width(), self.area.bottom() - up * self.area.height()
        )

    def polygon(self, points: Sequence[tuple[float, float]]) -> QPolygonF:
        """Returns a line through points."""
        return QPolygonF([self.at(x, y) for x, y in points])


def ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Returns round numbers from ``low`` to ``high``, 1, 2 or 5 times a power of ten apart.

    Args:
        low: the least number.
        high: the greatest; must be greater than ``low``.
        most: how many there may be, 2 or more.
    """
    rough = (high - low) / (most - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough * (1 - 1e-9))
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(round(number * step, 12) for number in range(first, last + 1))


class Plot(QWidget):
    """A plot's ground: margins, grid, numbers, labels and legend; a child draws what is on it.

    Args:
        hint: the size that it would like.
        least: the size that it needs.
        parent: the Qt parent, if any.
    """

    def __init__(self, hint: QSize, least: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hint = hint
        self.setMinimumSize(least)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Returns the size that it would like."""
        return self._hint

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paints the plot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """Draws what the plot shows."""
        raise NotImplementedError

    def ground(
        self,
        painter: QPainter,
        x_ticks: Sequence[float],
        y_ticks: Sequence[float],
        labels: tuple[str, str],
        x: tuple[float, float],
        y: tuple[float, float],
        top: float = 0.0,
    ) -> Axes:
        """Draws grid, numbers and labels.

        Args:
            painter: paints on this widget.
            x_ticks: numbers below.
            y_ticks: numbers at the left, each with a line.
            labels: what stands below, and at the top left.
            x: the lowest and the highest value across.
            y: the lowest and the highest value upwards.
            top: pixels to leave free at the top.
        """
        metrics, palette = QFontMetricsF(self.font()), self.palette()
        high = metrics.height()
        numbers = [QLocale().toString(float(tick), "g", _DIGITS) for tick in y_ticks]
        left = max((metrics.horizontalAdvance(number) for number in numbers), default=0.0) + 2 * _PAD
        area = QRectF(self.rect()).adjusted(left, top + high + _PAD, -2.5 * _PAD, -2 * high - 2 * _PAD)
        axes = Axes(area, x, y)
        for tick, number in zip(y_ticks, numbers, strict=True):
            at = axes.at(x[0], tick)
            painter.setPen(QPen(palette.mid().color(), 1))
            painter.drawLine(at, QPointF(area.right(), at.y()))
            painter.setPen(palette.placeholderText().color())
            painter.drawText(QRectF(0, at.y() - high / 2, left - _PAD, high), _RIGHT, number)
        for tick in x_ticks:
            place = QRectF(axes.at(tick, y[0]).x() - 50, area.bottom() + _PAD / 2, 100, high)
            painter.drawText(place, _CENTRE, QLocale().toString(float(tick), "g", _DIGITS))
        bottom = QRectF(area.left(), area.bottom() + _PAD + high, area.width(), high)
        painter.drawText(bottom, _CENTRE, labels[0])
        painter.drawText(QRectF(_PAD / 2, top, self.width(), high), _LEFT, labels[1])
        return axes

    def legend(self, painter: QPainter, names: Sequence[tuple[Line, str]], *, marks: bool) -> float:
        """Draws which line is which, at the top.

        Returns:
            The height that it takes.
        """
        metrics, palette = QFontMetricsF(self.font()), self.palette()
        at, high = _PAD / 2, metrics.height()
        for line, name in names:
            middle = high / 2
            painter.setPen(line.pen(palette))
            painter.drawLine(QPointF(at, middle), QPointF(at + _DASH, middle))
            if marks:
                line.draw_mark(painter, palette, QPointF(at + _DASH / 2, middle))
            at += _DASH + _PAD
            wide = min(metrics.horizontalAdvance(name), max(0.0, self.width() - at))
            shown = metrics.elidedText(name, Qt.TextElideMode.ElideRight, wide + 1)
            painter.setPen(palette.text().color())
            painter.drawText(QRectF(at, 0, wide + 2, high), _LEFT, shown)
            at += wide + 3 * _PAD
        return high + _PAD

    def say(self, painter: QPainter, text: str) -> None:
        """Draws a sentence in the middle, in place of the plot."""
        painter.setPen(self.palette().placeholderText().color())
        wrap = Qt.TextFlag.TextWordWrap | _CENTRE
        painter.drawText(QRectF(self.rect()).adjusted(_PAD, _PAD, -_PAD, -_PAD), int(wrap), text)
