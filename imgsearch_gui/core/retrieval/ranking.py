"""How photos stand to a query's terms and its picture: one number a photo, to order by and to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.types.query import Term

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray

_LEAST = 1e-6  # a score; its logarithm stays a number
# Of what a likeness counts beside words. Over 100 photographs, the logarithms of the scores for a caption
# have a deviation of 1.05, and the likenesses to one of them one of 0.235.
_STEEPNESS = 4.4


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Photos by how well they match.

    Attributes:
        values: greater is better, float32 [n].
        scores: from values to scores in 0..1, float32 [m]; increasing.
    """

    values: FloatArray
    scores: Callable[[FloatArray], FloatArray]

    def of(self, kept: npt.NDArray[np.bool_]) -> Ranking:
        """Returns the ranking of some of the photos: bool [n]."""
        return Ranking(self.values[kept], self.scores)


def ranking(
    terms: Sequence[Term],
    latents: Sequence[FloatArray],
    calibrated: Callable[[FloatArray], FloatArray],
    likeness: FloatArray | None = None,
) -> Ranking:
    """Says how photos stand to what is asked for: terms, a picture, or both.

    Args:
        terms: of the query.
        latents: the photos' latent values for each term, float32 [n].
        calibrated: from latent values to scores.
        likeness: how alike the photos are to the picture that is searched by, -1..1, float32 [n].
    """
    if likeness is None:
        if len(terms) == 1 and not terms[0].away:
            return Ranking(latents[0], calibrated)
        return Ranking(joined_scores(terms, [calibrated(latent) for latent in latents]), np.asarray)
    if not terms:
        return Ranking(likeness, lambda values: np.clip(values, 0, 1))
    # As much as all the words together.
    picture = Term("", sum(term.weight for term in terms if not term.away) or 1.0)
    shares = np.exp(_STEEPNESS * (np.minimum(likeness, 1) - 1))
    scores = [*(calibrated(latent) for latent in latents), shares]
    return Ranking(joined_scores([*terms, picture], scores), np.asarray)


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
