"""How photos stand to a query of several terms: one number a photo, to order by and to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.types.query import Term

_LEAST = 1e-6  # a score; its logarithm stays a number


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Photos by how well they match.

    Attributes:
        values: greater is better, float32 [n].
        scores: from values to scores in 0..1, float32 [m]; increasing.
    """

    values: FloatArray
    scores: Callable[[FloatArray], FloatArray]


def joined_scores(terms: Sequence[Term], scores: Sequence[FloatArray]) -> FloatArray:
    """Joins the scores of a query's terms to one, as if each were the chance that its words fit.

    A photo shall match every term: the weighted geometric mean of what each says, so that one term
    alone counts as it is. It shall match none that is taken away: each such term leaves the share that does
    not match it, to the power of its weight.

    Args:
        terms: at least one.
        scores: of each term, in 0..1, float32 [n].

    Returns:
        Scores in 0..1, float32 [n].
    """
    wanted = sum(term.weight for term in terms if not term.away)
    logs = np.zeros_like(scores[0])
    for term, of_term in zip(terms, scores, strict=True):
        if term.away:
            logs += term.weight * np.log(np.maximum(1 - of_term, _LEAST))
        else:
            logs += term.weight / wanted * np.log(np.maximum(of_term, _LEAST))
    return np.asarray(np.exp(logs), np.float32)
