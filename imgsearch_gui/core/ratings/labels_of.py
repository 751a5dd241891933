"""From what raters said of a pair to the labels that the brief's tables have room for."""

from __future__ import annotations

import itertools
from functools import cache
from statistics import median, pvariance
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_EXPERTS = 3


def three_scores(scores: Iterable[int]) -> tuple[int, ...]:
    """Returns the three scores, ascending, that stand for those of any number of raters.

    Three raters' are their own, and one rater's is there three times. Else these are the three scores whose
    mean is nearest to the raters'; of these, the ones whose median is, then whose spread is, then the lowest.
    So two raters who differ keep their two scores, and the third lies between them.

    Args:
        scores: one or more, from 1 to 4.
    """
    return _three_scores(tuple(sorted(scores)))


@cache
def _three_scores(scores: tuple[int, ...]) -> tuple[int, ...]:
    def distance(three: tuple[int, ...]) -> tuple[float, ...]:
        means = abs(sum(three) * len(scores) - sum(scores) * _EXPERTS)  # whole numbers, so that ties are ties
        return means, abs(median(three) - median(scores)), abs(pvariance(three) - pvariance(scores))

    return min(itertools.combinations_with_replacement(range(1, 5), _EXPERTS), key=distance)


def share_of_yes(votes: Iterable[bool]) -> tuple[str, int, int]:
    """Returns the share of yes as the brief writes it, and the counts of yes and no."""
    counted = list(votes)
    yes = sum(counted)
    return f"{yes / len(counted):.15g}", yes, len(counted) - yes
