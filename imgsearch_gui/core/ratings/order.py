"""What to judge next: pure functions of scores, bands and marks.

A query has as many hits as its folder has photos, and nobody rates a million of them. What is put
before a rater comes from the first ``CANDIDATES`` by rank: at two a second those are a quarter of an hour
without a pause, and what comes after them is unlikely to match in nearly every folder. Where the matcher
is unsure may lie deeper than that, so for this order the candidates are taken around the places where the
bands end, which are found by bisection.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from functools import partial
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.ratings import RatingScale

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from imgsearch_gui.core.types.judging import Mark
    from imgsearch_gui.core.types.photos import Bands

CANDIDATES = 2000

_SPAN = {RatingScale.EXPERT: 3, RatingScale.CROWD: 1}  # the greatest difference that there can be


def at_random(count: int, seed: str) -> list[int]:
    """Returns the places from 0 to ``count`` in an order that the seed alone decides."""
    places = list(range(count))
    random.Random(seed).shuffle(places)  # noqa: S311 - nothing is kept secret by it
    return places


def doubt(score: float, bands: Bands) -> float:
    """Returns how far a score is from where a band ends: 0 where the matcher is least sure."""
    return min(abs(score - bands.strong), abs(score - bands.partial))


def by_doubt(scores: Sequence[float], bands: Bands) -> list[int]:
    """Returns the places of scores, the least sure first; equals in their order."""
    return sorted(range(len(scores)), key=lambda place: doubt(scores[place], bands))


def around_edges(
    count: int, score_at: Callable[[int], float], bands: Bands, most: int = CANDIDATES
) -> list[int]:
    """Returns the places of those scores that are nearest to where a band ends, the least sure first.

    Args:
        count: how many scores there are.
        score_at: the score at a place; best first. At most some two times ``most`` are looked at.
        bands: where the bands begin.
        most: the most places to return.
    """
    near: set[int] = set()
    for edge in (bands.strong, bands.partial):
        end = bisect_left(range(count), True, key=partial(_below, score_at, edge))
        near.update(range(max(0, end - most // 2), min(count, end + most // 2)))
    places = sorted(near)
    order = by_doubt([score_at(place) for place in places], bands)
    return [places[at] for at in order[:most]]


def _below(score_at: Callable[[int], float], edge: float, place: int) -> bool:
    return score_at(place) < edge


def spread(marks: Iterable[Mark]) -> float:
    """Returns how far raters differ about a pair, in 0..1 of what their scale allows.

    Of ratings on both scales, the one that they differ about more counts.
    """
    values: dict[RatingScale, list[int]] = {}
    for mark in marks:
        values.setdefault(mark.scale, []).append(mark.value)
    return max(((max(given) - min(given)) / _SPAN[scale] for scale, given in values.items()), default=0.0)


def by_dispute(marks: Sequence[Iterable[Mark]]) -> list[int]:
    """Returns the places of those pairs that raters differ about, the greatest spread first.

    Args:
        marks: the latest word of each rater on each pair.
    """
    spreads = [spread(given) for given in marks]
    return sorted((place for place, wide in enumerate(spreads) if wide), key=lambda place: -spreads[place])
