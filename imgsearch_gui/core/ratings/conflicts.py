"""Ratings that contradict one another: of one person in two places, and of two people far apart."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from imgsearch_gui.core.ratings.judgements import latest
from imgsearch_gui.core.types.exchange import Conflict
from imgsearch_gui.core.types.ratings import RatingScale

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from imgsearch_gui.core.ratings.judgements import Pair
    from imgsearch_gui.core.types.ratings import Rating

FAR_APART = 2  # points of the experts' scale
_HASH_SHOWN = 12  # digits


def conflicts(
    sources: Sequence[Sequence[Rating]], pairs: AbstractSet[Pair], names: Mapping[bytes, str]
) -> Iterator[Conflict]:
    """Yields the conflicts within some pairs: first those of one rater, then those between raters.

    A rater is in conflict who said one thing of a pair in one source and another in a second, where
    neither source knows the other's word: else it was a correction. Raters are in conflict whose latest
    scores of a pair are two points or more apart; the lowest and the highest are named.

    Args:
        sources: ratings of the places that come together.
        pairs: the pairs to look at.
        names: the pictures' names, as far as they are known.
    """
    for one, other in itertools.combinations(sources, 2):
        yield from _of_one_rater(one, other, pairs, names)
    together = latest(rating for source in sources for rating in source)
    for pair, of_pair in together.items():
        scores = [rating for (scale, _), rating in of_pair.items() if scale is RatingScale.EXPERT]
        if pair in pairs and scores:
            low, high = (choose(scores, key=lambda rating: rating.value) for choose in (min, max))
            if high.value - low.value >= FAR_APART:
                yield Conflict(_name(low, names), low, high)


def _of_one_rater(
    one: Sequence[Rating], other: Sequence[Rating], pairs: AbstractSet[Pair], names: Mapping[bytes, str]
) -> Iterator[Conflict]:
    known = [{rating.statement for rating in source} for source in (one, other)]
    theirs = latest(other)
    for pair, of_pair in latest(one).items():
        if pair not in pairs:
            continue
        for key, rating in of_pair.items():
            second = theirs.get(pair, {}).get(key)
            if (
                second is not None
                and rating.value != second.value
                and rating.statement not in known[1]
                and second.statement not in known[0]
            ):
                first, second = sorted((rating, second), key=lambda said: said.rated_at)
                yield Conflict(_name(first, names), first, second)


def _name(rating: Rating, names: Mapping[bytes, str]) -> str:
    return names.get(rating.content_hash) or rating.content_hash.hex()[:_HASH_SHOWN]
