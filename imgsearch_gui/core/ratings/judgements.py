"""What counts of many ratings: each person's latest word on each pair of query and picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.ratings import RatingScale

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from imgsearch_gui.core.types.ratings import Rating

Pair = tuple[str, bytes]
"""A query, and the content hash of a picture."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What all raters say of one pair of query and picture, each rater once on each scale.

    Attributes:
        expert: scores from 1 to 4 by the rater's name, in the order of their first ratings of the pair.
        crowd: yes or no by the rater's name, likewise.
    """

    expert: Mapping[str, int] = field(default_factory=dict)
    crowd: Mapping[str, bool] = field(default_factory=dict)


def judgements(ratings: Iterable[Rating]) -> dict[tuple[str, bytes], Judgement]:
    """Returns what counts of ratings, by query and content hash, in the order of each pair's first rating.

    Of a rater's ratings of a pair on one scale the latest counts; of two of the same time, the one that
    comes later in ``ratings``.

    Args:
        ratings: in the order in which they were given, as ``Library.ratings().values()``.
    """
    return {pair: _judgement(of_pair) for pair, of_pair in latest(ratings).items()}


def latest(ratings: Iterable[Rating]) -> dict[Pair, dict[tuple[RatingScale, str], Rating]]:
    """Returns the ratings that count, by pair, and by scale and rater; in the order of the first ratings."""
    found: dict[Pair, dict[tuple[RatingScale, str], Rating]] = {}
    for rating in ratings:
        of_pair = found.setdefault((rating.query, rating.content_hash), {})
        earlier = of_pair.get((rating.scale, rating.rater))
        # Ratings that were imported may be older than those that stood here before them.
        if earlier is None or rating.rated_at >= earlier.rated_at:
            of_pair[rating.scale, rating.rater] = rating
    return found


def _judgement(of_pair: Mapping[tuple[RatingScale, str], Rating]) -> Judgement:
    return Judgement(
        {rater: rating.value for (scale, rater), rating in of_pair.items() if scale is RatingScale.EXPERT},
        {
            rater: bool(rating.value)
            for (scale, rater), rating in of_pair.items()
            if scale is RatingScale.CROWD
        },
    )
