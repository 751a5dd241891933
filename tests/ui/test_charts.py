"""The plots' round numbers, and how long a stage still takes."""

from __future__ import annotations

import pytest

from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.ui.training import training_messages as texts
from imgsearch_gui.ui.training.charts import ticks
from imgsearch_gui.ui.training.stage_clock import StageClock, seconds_left


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


@pytest.mark.parametrize(
    ("done", "total", "seconds", "left"),
    [
        (10, 40, 20, 60),
        (40, 40, 20, 0),
        (1, 40, 20, None),
        (10, 40, 1.9, None),
        (0, 0, 60, None),
        (5, 4, 9, None),
    ],
)
def test_time_left_is_told_when_enough_was_watched(done, total, seconds, left):
    assert seconds_left(done, total, seconds) == left


def test_each_stage_has_a_rate_of_its_own():
    now = [100.0]
    clock = StageClock(lambda: now[0])
    assert clock.step(TrainProgress("Heads", 100, 200)) is None  # what was there before is no work done
    now[0] += 10
    assert clock.step(TrainProgress("Heads", 120, 200)) == 40
    assert clock.step(TrainProgress("Score", 1, 10)) is None
    now[0] += 3
    assert clock.step(TrainProgress("Score", 4, 10)) == 6
    assert clock.step(TrainProgress("Score", 0, 10)) is None  # it begins anew


@pytest.mark.parametrize(
    ("seconds", "text"), [(1, "5 s"), (32, "30 s"), (59, "60 s"), (100, "2 min"), (4000, "1 h 7 min")]
)
def test_durations_are_no_finer_than_they_can_be(seconds, text):
    assert texts.duration(seconds) == text
