"""The curves of a training that runs: RMSE on the images trained on, and on others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPen

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui.training import training_messages as messages
from imgsearch_gui.ui.training.charts import Line, Plot, ticks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from imgsearch_gui.core.types.progress import TrainProgress
    from imgsearch_gui.ui.training.charts import Axes

_MARKED = 40  # up to as many points, each has a mark


@dataclass(frozen=True, slots=True)
class _Point:
    stage: str
    train: float | None
    validation: float | None


class Curves(Plot):
    """Two curves, one point a measurement; stages follow each other, parted by a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QSize(460, 300), QSize(240, 160), parent)
        self._points: list[_Point] = []
        self.setAccessibleName(tr("Curves of the error"))
        self._describe()

    @property
    def points(self) -> int:
        """How many measurements there are."""
        return len(self._points)

    def clear(self) -> None:
        """Forgets every point."""
        self._points.clear()
        self._describe()
        self.update()

    def add(self, progress: TrainProgress) -> None:
        """Takes what a step measured, if it measured anything."""
        point = _Point(progress.stage, progress.train_rmse, progress.validation_rmse)
        if point.train is None and point.validation is None:
            return
        self._points.append(point)
        self._describe()
        self.update()

    def draw(self, painter: QPainter) -> None:
        """Draws both curves, or says that there are none yet."""
        values = [
            value for point in self._points for value in (point.train, point.validation) if value is not None
        ]
        if not values:
            self.say(painter, messages.no_curves())
            return
        x, y = (1.0, float(max(2, len(self._points)))), _around(min(values), max(values))
        names = ((Line.MAIN, tr("validation", "a curve")), (Line.OTHER, tr("training", "a curve")))
        shown = [(line, name) for line, name in names if self._runs(line)]
        top = self.legend(painter, shown, marks=True)
        across = [tick for tick in ticks(*x, 7) if tick == int(tick)]
        axes = self.ground(painter, across, ticks(*y, 6), (tr("measurement", "an axis"), "RMSE"), x, y, top)
        self._draw_stages(painter, axes)
        for line in (Line.OTHER, Line.MAIN):
            for run in self._runs(line):
                painter.setPen(line.pen(self.palette()))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPolyline(axes.polygon(run))
                marked = run if len(self._points) <= _MARKED else run[-1:]
                for point in marked:
                    line.draw_mark(painter, self.palette(), axes.at(*point))

    def _draw_stages(self, painter: QPainter, axes: Axes) -> None:
        """Parts the stages, and names them when there is more than one."""
        begins = [
            n for n, point in enumerate(self._points) if not n or point.stage != self._points[n - 1].stage
        ]
        if len(begins) < 2:
            return
        high = QFontMetricsF(self.font()).height()
        ends = [*begins[1:], len(self._points)]
        for begin, end in zip(begins, ends, strict=True):
            left, right = axes.at(begin + 0.5, 0).x(), axes.at(end + 0.5, 0).x()
            left, right = max(left, axes.area.left()), min(right, axes.area.right())
            painter.setPen(QPen(self.palette().dark().color(), 1, Qt.PenStyle.DotLine))
            if begin:
                painter.drawLine(QPointF(left, axes.area.top()), QPointF(left, axes.area.bottom()))
            painter.setPen(self.palette().placeholderText().color())
            place = QRectF(left + 4, axes.area.top(), right - left - 4, high)
            name = messages.stage(self._points[begin].stage)
            elided = QFontMetricsF(self.font()).elidedText(name, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft), elided)

    def _runs(self, line: Line) -> list[list[tuple[float, float]]]:
        """Returns a curve's unbroken parts: none goes on from one stage to the next."""
        return list(self._parts(line))

    def _parts(self, line: Line) -> Iterator[list[tuple[float, float]]]:
        run: list[tuple[float, float]] = []
        stage = ""
        for number, point in enumerate(self._points, 1):
            if point.stage != stage and run:
                yield run
                run = []
            stage = point.stage
            value = point.validation if line is Line.MAIN else point.train
            if value is not None:
                run.append((float(number), value))
        if run:
            yield run

    def _describe(self) -> None:
        last = self._points[-1] if self._points else None
        text = (
            messages.no_curves()
            if last is None
            else messages.curves(len(self._points), last.train, last.validation)
        )
        self.setAccessibleDescription(text)
        self.setToolTip("" if last is None else text)


def _around(low: float, high: float) -> tuple[float, float]:
    """Returns ends of an axis that leave some room."""
    room = max(0.1 * (high - low), 0.005)
    return max(0.0, low - room), high + room
