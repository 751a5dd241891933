"""The plot of how cost grows with the number of images: two panels of logarithmic axes, as SVG."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_WIDTH, _HEIGHT, _LEFT, _TOP, _BOTTOM, _GAP = 400, 300, 56, 34, 46, 30
# To be read on light and on dark pages: greys and two colours in the middle.
_STYLE = """text { font: 12px sans-serif; fill: #888 } .grid { stroke: #888; stroke-opacity: 0.3 }
circle { stroke: none } polyline { fill: none; stroke-width: 2 } .a { stroke: #3584e4; fill: #3584e4 }
.b { stroke: #e66100; fill: #e66100 }
polyline.a, polyline.b { fill: none } text.a, text.b { stroke: none }"""

_Line = tuple[str, str, "Callable[[dict[str, Any]], float]"]


def draw_growth(sizes: Sequence[dict[str, Any]]) -> str:
    """Draws query time, and memory and file size, by the number of images, from the benchmark's figures."""
    panels = [
        _panel(
            sizes,
            "milliseconds",
            1,
            3,
            [
                ("a", "query, p95", lambda s: s["query_ms"]["p95"]),
                ("b", "computed", lambda s: s["query_ms"]["computed"]),
            ],
        ),
        _panel(
            sizes,
            "megabytes",
            -1,
            4,
            [
                ("a", "memory", lambda s: s["memory_mb"]["most"]),
                ("b", "vector file", lambda s: s["file_mb"]["vectors"]),
            ],
        ),
    ]
    width = 2 * _WIDTH + _GAP
    placed = [f'<g transform="translate({n * (_WIDTH + _GAP)} 0)">{p}</g>' for n, p in enumerate(panels)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT}" role="img">',
            "<title>Query time, memory and file size by the number of images</title>",
            f"<style>{_STYLE}</style>",
            *placed,
            "</svg>\n",
        ]
    )


def _panel(sizes: Sequence[dict[str, Any]], unit: str, low: int, high: int, lines: Sequence[_Line]) -> str:
    counts = [math.log10(size["images"]) for size in sizes]
    first, last = math.floor(min(counts)), max(math.ceil(max(counts)), math.floor(min(counts)) + 1)

    def x(power: float) -> float:
        return round(_LEFT + (power - first) / (last - first) * (_WIDTH - _LEFT - 12), 1)

    def y(power: float) -> float:
        return round(_HEIGHT - _BOTTOM - (power - low) / (high - low) * (_HEIGHT - _TOP - _BOTTOM), 1)

    parts = []
    for power in range(low, high + 1):
        parts.append(f'<line class="grid" x1="{x(first)}" x2="{x(last)}" y1="{y(power)}" y2="{y(power)}"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y(power) + 4}" text-anchor="end">{10.0**power:g}</text>')
    for power in range(first, last + 1):
        label = f"{10**power:,}"
        anchor = "end" if power == last else "middle"
        parts.append(
            f'<text x="{x(power)}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="{anchor}">{label}</text>'
        )
    parts.append(f'<text x="{(_LEFT + _WIDTH) / 2}" y="{_HEIGHT - 8}" text-anchor="middle">images</text>')
    parts.append(f'<text x="8" y="16">{unit}</text>')
    for number, (style, name, value) in enumerate(lines):
        points = [
            (x(count), y(math.log10(max(value(size), 10.0**low))))
            for count, size in zip(counts, sizes, strict=True)
        ]
        parts.append(f'<polyline class="{style}" points="{" ".join(f"{a},{b}" for a, b in points)}"/>')
        parts += [f'<circle class="{style}" cx="{a}" cy="{b}" r="3.5"/>' for a, b in points]
        parts.append(f'<text class="{style}" x="{110 + 110 * number}" y="16">{name}</text>')
    return "".join(parts)
