"""How well scores mean what they say: the mean target of pairs of like scores, old and new."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPen

from imgsearch_gui.services.language import told, tr
from imgsearch_gui.ui.training import training_messages as messages
from imgsearch_gui.ui.training.charts import Line, Plot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from imgsearch_gui.core.types.training import ComparedModel

_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_SMALL, _LARGE = 2.5, 6.5  # half the width of a mark of few pairs and of most pairs
_UNIT = (0.0, 1.0)


class ReliabilityPlot(Plot):
    """A line for each matcher; on the diagonal, people say just what the score says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QSize(420, 380), QSize(260, 240), parent)
        self._models: list[tuple[Line, ComparedModel]] = []
        self.setAccessibleName(tr("Reliability plot"))

    def show_models(self, models: Sequence[ComparedModel]) -> None:
        """Shows the matchers of a comparison; the last one is the new one."""
        matchers = [model for model in models if model.reliability][-2:]
        lines = (Line.OTHER, Line.MAIN)[-len(matchers) :] if matchers else ()
        self._models = list(zip(lines, matchers, strict=True))
        self.setAccessibleDescription(messages.reliability(matchers))
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Draws the diagonal and both lines."""
        if not self._models:
            self.say(painter, messages.no_reliability())
            return
        top = self.legend(painter, [(line, told(model.name)) for line, model in self._models], marks=True)
        labels = (tr("score", "an axis"), tr("mean target of the pairs", "an axis"))
        axes = self.ground(painter, _TICKS, _TICKS, labels, _UNIT, _UNIT, top)
        painter.setPen(QPen(self.palette().dark().color(), 1.5, Qt.PenStyle.DotLine))
        painter.drawLine(axes.at(0, 0), axes.at(1, 1))
        for line, model in self._models:
            bins = [one for one in model.reliability if one[2]]
            painter.setPen(line.pen(self.palette()))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(axes.polygon([(score, target) for score, target, _ in bins]))
            most = max((count for _, _, count in bins), default=1)
            for score, target, count in bins:
                half = _SMALL + (_LARGE - _SMALL) * math.sqrt(count / most)
                line.draw_mark(painter, self.palette(), axes.at(score, target), half)
