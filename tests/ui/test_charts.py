"""The plots' round numbers."""

from __future__ import annotations

import pytest

from imgsearch_gui.ui.training.charts import ticks


@pytest.mark.parametrize(
    ("low", "high", "most", "expected"),
    [
        (0, 1, 6, (0, 0.2, 0.4, 0.6, 0.8, 1)),
        (0, 2903, 4, (0, 1000, 2000)),
        (0.143, 0.251, 6, (0.15, 0.2, 0.25)),
        (1, 2, 7, (1, 1.2, 1.4, 1.6, 1.8, 2)),
        (0, 3, 4, (0, 1, 2, 3)),
    ],
)
def test_ticks_are_round(low, high, most, expected):
    assert ticks(low, high, most) == expected
