"""How long a stage of long work still takes."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from imgsearch_gui.core.types.progress import IndexProgress, TrainProgress
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.notices import IndexingBar
from imgsearch_gui.ui.stage_clock import StageClock, seconds_left


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
    assert messages.duration(seconds) == text


def test_the_bar_of_a_reading_says_how_long_it_will_take_and_not_while_it_waits(qtbot):
    now = [0.0]
    window = QWidget()
    qtbot.addWidget(window)
    bar = IndexingBar(StageClock(lambda: now[0]), window)
    bar.begin()
    bar.say(IndexProgress("embed", 0, 1000))
    assert bar.label.text() == "0 of 1,000 photos read"
    now[0] += 10
    bar.say(IndexProgress("embed", 100, 1000))
    assert bar.label.text() == "100 of 1,000 photos read, about 2 min left"
    bar.show_paused(paused=True)
    assert bar.label.text() == "Paused · 100 of 1,000 photos read"
    now[0] += 1000  # that it waited is no rate
    bar.show_paused(paused=False)
    bar.say(IndexProgress("embed", 200, 1000))
    assert bar.label.text() == "200 of 1,000 photos read"
