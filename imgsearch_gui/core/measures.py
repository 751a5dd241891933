"""Measures of predictions, and how sure one may be of them: pure functions of arrays.

The figures come from scikit-learn and SciPy where those have them. Their intervals are bootstrapped
by image: an image's pairs are not independent of one another, so images are drawn with
replacement and bring all their pairs along, which ``scipy.stats.bootstrap`` cannot do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from imgsearch_gui.core.steps import result_of
from imgsearch_gui.errors import TrainingError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Mapping

    Floats = npt.NDArray[np.floating[Any]]
    Ints = npt.NDArray[np.integer[Any]]

BINS = 10
FOLDS = 5
RESAMPLES = 1000
_AT_ONCE = 100
_PERCENTILES = (2.5, 97.5)


def folds_by_image(images: Ints) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Splits pairs into (training rows, test rows) so that no image is on both sides.

    Args:
        images: the image of each pair, any whole numbers [n].

    Raises:
        TrainingError: there are fewer images than folds.
    """
    from sklearn.model_selection import GroupKFold

    count = len(np.unique(images))
    if count < FOLDS:
        raise TrainingError(
            sentence(
                "The pairs are of {count} images only; {folds} folds need as many.", count=count, folds=FOLDS
            )
        )
    return list(GroupKFold(FOLDS).split(images, groups=images))


def rmse(predicted: Floats, targets: Floats) -> float:
    """Root mean squared error."""
    from sklearn.metrics import root_mean_squared_error

    return float(root_mean_squared_error(targets, predicted))


def r2(predicted: Floats, targets: Floats) -> float:
    """Coefficient of determination; NaN for targets that are all equal."""
    from sklearn.metrics import r2_score

    return float(r2_score(targets, predicted)) if np.ptp(targets) else np.nan


def kendall(predicted: Floats, ratings: Ints, variant: str) -> float:
    """Kendall's τ between predictions and every rater's rating of each, flattened.

    Args:
        predicted: any float [n].
        ratings: whole numbers [n, raters].
        variant: ``"b"`` or ``"c"``.

    Returns:
        The figure; NaN where all predictions or all ratings are equal.
    """
    from scipy.stats import kendalltau

    given = np.repeat(predicted, ratings.shape[1]), ratings.ravel()
    return float(kendalltau(*given, variant=variant).statistic)


def kendall_by_table(predicted: Floats, ratings: Ints) -> tuple[float, float]:
    """τc and τb as :func:`kendall` gives them, exactly, by way of a table of how often each two values meet.

    There are few different ratings, and all raters' share a prediction: for 17,000 ratings this takes 0.7 ms
    where two calls of SciPy take 10 ms, which a thousand resamples of several models would multiply.
    """
    values, rows = np.unique(predicted, return_inverse=True)
    levels, columns = np.unique(ratings, return_inverse=True)
    kinds = min(len(values), len(levels))
    if kinds < 2:  # one value alone has no order
        return np.nan, np.nan
    cells = rows[:, None] * len(levels) + columns.reshape(ratings.shape)
    table = np.bincount(cells.ravel(), minlength=len(values) * len(levels)).reshape(len(values), -1)
    earlier = np.cumsum(table, axis=0) - table  # of smaller predictions, by rating
    smaller = np.cumsum(earlier, axis=1) - earlier
    larger = earlier.sum(axis=1, keepdims=True) - smaller - earlier
    surplus = float(((smaller - larger) * table).sum())  # concordant pairs less discordant ones

    n = ratings.size
    untied = [(n**2 - float((totals**2).sum())) / 2 for totals in (table.sum(axis=0), table.sum(axis=1))]
    return 2 * surplus / (n**2 * (kinds - 1) / kinds), surplus / float(np.sqrt(untied[0] * untied[1]))


def ranks(scores: npt.NDArray[np.float32], right: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Ranks of the right image of each query, counted from 1; equal scores count against it.

    Args:
        scores: float32 [queries, images].
        right: the column of each query's right image, int64 [queries].
    """
    own = scores[np.arange(len(right)), right]
    return np.asarray((scores >= own[:, None]).sum(axis=1), np.int64)


def recall_at(ranked: Ints, k: int) -> float:
    """Share of queries whose right image is among the first k."""
    return float((ranked <= k).mean())


def calibration_bins(predicted: Floats, targets: Floats, bins: int = BINS) -> tuple[Floats, Floats, Ints]:
    """Compares scores with what they stand for, in bins of equally many pairs each, from low to high.

    Equal scores cannot be told apart: each counts with their mean target, so that the bins do
    not hang on the pairs' order. (scikit-learn's ``calibration_curve`` takes only targets of 0 and 1.)

    Returns:
        Mean score, mean target and number of pairs of each bin; fewer bins where there are fewer pairs.
    """
    values, tied, counts = np.unique(predicted, return_inverse=True, return_counts=True)
    shared = np.bincount(tied, targets) / counts
    in_order = np.repeat(np.arange(len(values)), counts)
    parts = np.array_split(in_order, min(bins, len(in_order)))
    means = [(values[part].mean(dtype=np.float64), shared[part].mean(), len(part)) for part in parts]
    scores, stand_for, sizes = zip(*means, strict=True)
    return np.array(scores), np.array(stand_for), np.array(sizes, np.int64)


def calibration_error(predicted: Floats, targets: Floats, bins: int = BINS) -> float:
    """Expected calibration error: the mean distance of score and target over :func:`calibration_bins`."""
    scores, stand_for, sizes = calibration_bins(predicted, targets, bins)
    return float(np.average(np.abs(scores - stand_for), weights=sizes))


def intervals(
    statistic: Callable[[npt.NDArray[np.intp]], Mapping[str, float]],
    images: Ints,
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> dict[str, tuple[float, float]]:
    """Returns what :func:`interval_steps` does, without stops."""
    return result_of(interval_steps(statistic, images, resamples=resamples, seed=seed))


def interval_steps(
    statistic: Callable[[npt.NDArray[np.intp]], Mapping[str, float]],
    images: Ints,
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Generator[None, None, dict[str, tuple[float, float]]]:
    """95 % percentile bootstrap intervals of figures, by image.

    Args:
        statistic: figures by name from the indices of a resample's rows, which may repeat. A figure
            that is NaN on a resample is left out of its interval.
        images: the image of each row, any whole numbers [n].
        resamples: how many.
        seed: of the draws.

    Yields:
        Nothing, now and then, so that it can be stopped.

    Returns:
        The ends of each figure's interval by its name; NaN where no resample had it.
    """
    from sklearn import config_context

    kinds, of = np.unique(images, return_inverse=True)
    rng = np.random.default_rng(seed)
    figures: dict[str, list[float]] = {}
    for begin in range(0, resamples, _AT_ONCE):
        yield
        # The checks of scikit-learn take longer than its sums; a resample's numbers are those of the whole.
        with config_context(assume_finite=True, skip_parameter_validation=True):
            for _ in range(min(_AT_ONCE, resamples - begin)):
                drawn = np.bincount(rng.integers(len(kinds), size=len(kinds)), minlength=len(kinds))
                rows = np.repeat(np.arange(len(of)), drawn[of])
                for name, value in statistic(rows).items():
                    figures.setdefault(name, []).append(value)
    return {name: _ends(np.array(values)) for name, values in figures.items()}


def _ends(values: Floats) -> tuple[float, float]:
    values = values[np.isfinite(values)]
    if not len(values):
        return np.nan, np.nan
    low, high = np.percentile(values, _PERCENTILES)
    return float(low), float(high)
