"""What latent values stand for: scores from 0 to 1, and the bands that put them in a word."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.measures import folds_by_image
from imgsearch_gui.core.types.photos import Bands

if TYPE_CHECKING:
    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.matching.score_model import ScoreModel

_KNOTS, _PAIRS_PER_KNOT = 40, 8
_STIFFNESS = 1.0  # of a start's calibration: against an error of 1 in a pair's score
_LEAST_SCORE, _LEAST_RISE = 0.002, 1e-4  # of the calibration's knots
# Of the four sentences that the experts chose from: 3 of 4 describes the picture with minor mistakes, 2 some
# of it. Of the pairs in the strong band at least this share shall reach 3 of 4, by one standard error.
_FITS, _FITS_PARTLY, _PRECISION, _CONFIDENCE = 2 / 3 - 1e-6, 1 / 3, 0.8, 1.0


def calibration(latent: npt.NDArray[np.float64], targets: FloatArray) -> FloatArray:
    """Finds the increasing line from latent values to mean targets: knots [2, n].

    Isotonic regression (Barlow et al., 1972), averaged in bins of equal count and made strict.
    """
    from sklearn.isotonic import IsotonicRegression

    order = np.argsort(latent, kind="stable")
    fitted = IsotonicRegression().fit_transform(latent, targets)
    count = max(2, min(_KNOTS, len(latent) // _PAIRS_PER_KNOT))
    bins = np.array_split(order, count)
    x = np.array([latent[rows].mean() for rows in bins])
    y = np.array([fitted[rows].mean() for rows in bins])
    x = x + np.arange(count) * 1e-6  # equal latent values must not give equal knots
    rise = _LEAST_RISE * np.arange(count)
    y = np.clip(y, _LEAST_SCORE, 1 - _LEAST_SCORE - rise[-1]) + rise
    return np.stack([x, y]).astype(np.float32)


def recalibrated(
    model: ScoreModel, latent: npt.NDArray[np.float64], targets: FloatArray, images: npt.NDArray[np.int64]
) -> tuple[ScoreModel, FloatArray]:
    """Keeps a fitted process and moves its calibration towards a few new judgements.

    The latent values are stretched and shifted (Platt, 1999), the less the fewer pairs there are.

    Args:
        model: fitted on other images.
        latent: its latent values of the new pairs, float64 [n].
        targets: 0..1, float32 [n].
        images: each pair's image, int64 [n].

    Returns:
        The model, and the score of each pair by one that did not see its image, float32 [n].
    """
    from scipy.optimize import least_squares

    def moved(rows: npt.NDArray[np.intp]) -> ScoreModel:
        def misfit(by: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
            scores = model.calibrated(np.exp(by[0]) * latent[rows] + by[1])
            return np.append(scores - targets[rows], _STIFFNESS * by)

        stretch, shift = least_squares(misfit, np.zeros(2)).x
        latent_knots = (model.knots[0] - shift) / np.exp(stretch)
        return replace(model, knots=np.stack([latent_knots, model.knots[1]]).astype(np.float32))

    unseen = np.empty(len(latent), np.float32)
    for train, test in folds_by_image(images):
        unseen[test] = moved(train).calibrated(latent[test])
    return moved(np.arange(len(latent))), unseen


def bands_for(scores: FloatArray, targets: FloatArray) -> Bands:
    """Finds where the bands begin, so that "strong" keeps its promise and "unlikely" is below 2 of 4.

    Args:
        scores: scores of pairs whose image the score did not see, float32 [n].
        targets: their targets, float32 [n].
    """
    order = np.argsort(-scores, kind="stable")
    count = np.arange(1, len(scores) + 1)
    share = np.cumsum(targets[order] >= _FITS) / count
    # The normal interval with two more of each kind (Agresti and Coull, 1998): few pairs promise little.
    wide = (share * count + 2) / (count + 4)
    surely = wide - _CONFIDENCE * np.sqrt(wide * (1 - wide) / (count + 4))
    kept = np.flatnonzero(surely >= _PRECISION)
    strong = float(scores[order[kept[-1]]]) if len(kept) else 1 - _LEAST_SCORE
    strong = min(max(strong, _FITS_PARTLY), 1 - _LEAST_SCORE)
    return Bands(strong=strong, partial=_FITS_PARTLY)
