"""How long a stage of long work will still take, by its own rate."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from imgsearch_gui.core.types.progress import IndexProgress, TrainProgress

# Sooner, a first slow step would be taken for the rate.
_LEAST_SECONDS, _LEAST_STEPS = 2.0, 2


def seconds_left(done: int, total: int, seconds: float) -> float | None:
    """Returns how long the rest takes at the rate so far.

    Args:
        done: steps that were watched.
        total: steps from there to the end.
        seconds: what the steps that were watched took.

    Returns:
        Seconds, or nothing while too little was watched to tell.
    """
    if seconds < _LEAST_SECONDS or done < _LEAST_STEPS or total < done:
        return None
    return seconds * (total - done) / done


class StageClock:
    """Watches the steps of one stage after the other.

    Args:
        now: tells the time in seconds.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._stage: str | None = None
        self._begin, self._first = 0.0, 0

    def reset(self) -> None:
        """Forgets what it watched."""
        self._stage = None

    def step(self, progress: TrainProgress | IndexProgress) -> float | None:
        """Returns the seconds that the stage will still take, or nothing while that is not known."""
        if progress.total is None:
            return None
        if progress.stage != self._stage or progress.done < self._first:
            self._stage, self._begin, self._first = progress.stage, self._now(), progress.done
        return seconds_left(
            progress.done - self._first, progress.total - self._first, self._now() - self._begin
        )
