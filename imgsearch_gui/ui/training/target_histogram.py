"""How many pairs have their target in each tenth of 0..1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui.training import training_messages as messages
from imgsearch_gui.ui.training.charts import Plot, ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

_GAP = 2.0  # between two bars


class TargetHistogram(Plot):
    """A bar for each tenth."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QSize(320, 150), QSize(200, 130), parent)
        self._counts: tuple[int, ...] = ()
        self.setAccessibleName(tr("Histogram of targets"))

    def show_counts(self, counts: Sequence[int]) -> None:
        """Shows how many pairs there are, from low to high."""
        self._counts = tuple(counts)
        text = messages.histogram(self._counts)
        self.setAccessibleDescription(text)
        self.setToolTip(text)
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Draws the bars."""
        most = max(self._counts, default=0)
        if not most:
            self.say(painter, messages.histogram(self._counts))
            return
        y = (0.0, float(most))
        up = [tick for tick in ticks(*y, 4) if tick == int(tick)]
        axes = self.ground(
            painter, (0, 0.5, 1), up, (tr("target", "an axis"), tr("pairs", "an axis")), (0.0, 1.0), y
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().highlight())
        for number, count in enumerate(self._counts):
            low, high = (
                axes.at(number / len(self._counts), 0),
                axes.at((number + 1) / len(self._counts), count),
            )
            painter.drawRect(
                QRectF(low.x() + _GAP / 2, high.y(), high.x() - low.x() - _GAP, low.y() - high.y())
            )
