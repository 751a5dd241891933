"""The plots of an evaluation's report, as SVG to stand inside a page; the page's style gives the colours."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.measures import BINS, calibration_bins, recall_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.matching.training_data import IntArray

CURVE_TO = 50
_WIDTH, _HEIGHT = 420, 340
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 14, 14, 46
_LEGEND = 40  # high, above the plot
_TICKS = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)
_LEVELS = 12  # targets of more different values are put together
_BOX = (5, 25, 50, 75, 95)
_HALF_BOX = 9


@dataclass(frozen=True, slots=True)
class _Axes:
    """Axes of a plot: x from ``low`` to ``high``, y from 0 to 1."""

    x_label: str
    y_label: str
    x_ticks: Sequence[float] = _TICKS
    low: float = 0
    high: float = 1
    top: float = _TOP

    def x(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(self, value: float) -> float:
        return round(_HEIGHT - _BOTTOM - value * (_HEIGHT - self.top - _BOTTOM), 1)

    def line(self, style: str, *points: tuple[float, float]) -> str:
        """Returns a line through points."""
        at = " ".join(f"{self.x(x)},{self.y(y)}" for x, y in points)
        return f'<polyline class="{style}" points="{at}"/>'

    def svg(self, title: str, marks: Sequence[str]) -> str:
        """Returns the plot: grid, numbers and labels, with the marks on top."""
        bottom, middle = _HEIGHT - _BOTTOM, (_HEIGHT - _BOTTOM + self.top) / 2
        grid = [self.line("grid", (self.low, tick), (self.high, tick)) for tick in _TICKS]
        numbers = [
            *(_text(_LEFT - 7, self.y(tick) + 4, f"{tick:g}", "end") for tick in _TICKS),
            *(_text(self.x(tick), bottom + 17, f"{tick:g}") for tick in self.x_ticks),
        ]
        labels = [
            _text((_LEFT + _WIDTH - _RIGHT) / 2, _HEIGHT - 8, self.x_label),
            f'<g transform="rotate(-90 14 {middle})">{_text(14, middle, self.y_label)}</g>',
        ]
        return "\n".join(
            [
                f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}">',
                *grid,
                *marks,
                *numbers,
                *labels,
                "</svg>",
            ]
        )


def reliability(scores: FloatArray, targets: FloatArray) -> str:
    """Draws what scores stand for: mean target against mean score, in ten bins of equally many pairs."""
    axes = _Axes("mean score", "mean target")
    points = list(zip(*calibration_bins(scores, targets), strict=True))
    marks = [
        axes.line("ideal", (0, 0), (1, 1)),
        axes.line("first", *((x, y) for x, y, _ in points)),
        *(
            f'<circle class="dot" cx="{axes.x(x)}" cy="{axes.y(y)}" r="4">'
            f"<title>{n} pairs: mean score {x:.3f}, mean target {y:.3f}</title></circle>"
            for x, y, n in points
        ),
    ]
    return axes.svg("Mean target against mean score", marks)


def agreement(scores: FloatArray, targets: FloatArray) -> str:
    """Draws the spread of scores at each target: a box from quartile to quartile, whiskers from 5 to 95 %."""
    axes = _Axes("target", "score", low=-0.05, high=1.05)  # room for the outer boxes
    many = len(np.unique(targets)) > _LEVELS
    levels = (np.minimum(np.floor(targets * BINS), BINS - 1) + 0.5) / BINS if many else targets
    marks = [axes.line("ideal", (0, 0), (1, 1))]
    for level in np.unique(levels):
        given = scores[levels == level]
        low, first, median, third, high = (float(value) for value in np.percentile(given, _BOX))
        left, right = f"{axes.x(level) - _HALF_BOX:.1f}", f"{axes.x(level) + _HALF_BOX:.1f}"
        height = f"{axes.y(first) - axes.y(third):.1f}"
        about = f"<title>{len(given)} pairs of target {level:.2f}: median score {median:.3f}</title>"
        marks += [
            axes.line("whisker", (level, low), (level, high)),
            f'<rect class="box" x="{left}" y="{axes.y(third)}" width="{2 * _HALF_BOX}" height="{height}">',
            f"{about}</rect>",
            f'<line class="median" x1="{left}" x2="{right}" y1="{axes.y(median)}" y2="{axes.y(median)}"/>',
        ]
    return axes.svg("Scores at each target", marks)


def recall_curves(ranks: Mapping[str, IntArray], names: Mapping[str, str], pool: int) -> str:
    """Draws recall at k of each model, for k up to 50, and what chance would reach.

    Args:
        ranks: ranks of the right images by model, counted from 1.
        names: what people call the models.
        pool: how many images are ranked.
    """
    last = max(2, min(CURVE_TO, pool))
    ticks = sorted({1, last, *(k for k in (10, 20, 30, 40) if k < last - 2)})
    axes = _Axes("k, images shown", "recall at k", ticks, 1, last, _TOP + _LEGEND)
    marks = [axes.line("ideal", (1, 1 / pool), (last, min(1, last / pool)))]
    legend = []
    for style, (model, ranked) in zip(("first", "second", "third"), ranks.items(), strict=False):
        points = [(k, recall_at(ranked, k)) for k in range(1, last + 1)]
        marks.append(axes.line(style, *points))
        legend.append((style, names[model]))
    for place, (style, name) in enumerate([*legend, ("ideal", "chance")]):
        x, y = _LEFT + 170 * (place % 2), 8 + 18 * (place // 2)
        marks += [
            f'<line class="{style}" x1="{x}" x2="{x + 28}" y1="{y}" y2="{y}"/>',
            _text(x + 34, y + 4, name, "start"),
        ]
    return axes.svg("Recall at k", marks)


def _text(x: float, y: float, text: str, anchor: str = "middle") -> str:
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>'
