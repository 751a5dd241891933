"""How good a score is: error, agreement with the experts, and recall, beside plain baselines.

Every figure is measured on images that the evaluated model never saw, or says how many it did see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from imgsearch_gui.core.training import JointPairs, TrainSettings, fit_score, rmse
from imgsearch_gui.core.types import TrainProgress
from imgsearch_gui.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.matcher import JointSpace, Matcher
    from imgsearch_gui.core.training_data import IntArray, PairSet, TrainingData

FOLDS = 5
RECALL_AT = (1, 5, 10)
# On standardised vectors; a larger one leaves hardly a weight, a smaller one fits the training pairs only.
_LASSO_ALPHA = 0.01


@dataclass(frozen=True, slots=True)
class PairFigures:
    """How predictions of judged pairs compare with their targets.

    Attributes:
        n_pairs: pairs scored.
        rmse: root mean squared error of the score.
        rmse_constant: that of the mean target of the other folds.
        rmse_lasso: that of a Lasso on the concatenated vectors, fitted on the other folds.
        r2: coefficient of determination of the score.
        tau_c: Kendall's τc with all experts' scores, flattened, without pairs whose caption was written
            for the image (Hessel et al., "CLIPScore", EMNLP 2021); nothing without experts.
        tau_b: likewise τb.
    """

    n_pairs: int
    rmse: float
    rmse_constant: float
    rmse_lasso: float
    r2: float
    tau_c: float | None
    tau_b: float | None


def kendall(predicted: FloatArray, pairs: PairSet, variant: str) -> float | None:
    """Kendall's τ between predictions and every expert's score of each pair; see PairFigures.tau_c."""
    from scipy.stats import kendalltau

    rows = ~pairs.own
    raters = pairs.expert.shape[1]
    if not raters or not rows.any():
        return None
    given = np.repeat(predicted[rows], raters), pairs.expert[rows].ravel()
    tau = float(kendalltau(*given, variant=variant).statistic)
    return tau if np.isfinite(tau) else None


def ranks(scores: npt.NDArray[np.float32], right: IntArray) -> IntArray:
    """Ranks of the right image of each query, counted from 1; equal scores count against it.

    Args:
        scores: float32 [queries, images].
        right: the column of each query's right image, int64 [queries].
    """
    own = scores[np.arange(len(right)), right]
    return np.asarray((scores >= own[:, None]).sum(axis=1), np.int64)


def recall_at(ranked: IntArray, k: int) -> float:
    """Share of queries whose right image is among the first k."""
    return float((ranked <= k).mean())


def query_ranks(matcher: Matcher, images: FloatArray, queries: FloatArray, right: IntArray) -> IntArray:
    """Ranks of the right images in the full ranking, as a search would show them.

    Args:
        matcher: scores.
        images: joint vectors of the pool, float32 [images, width].
        queries: joint vectors of the queries, float32 [queries, width].
        right: the row of each query's right image.
    """
    scores = np.stack([matcher.scores(images, query) for query in queries])
    return ranks(scores, right)


def folds(pairs: PairSet) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """Splits pairs into (training rows, test rows) so that no image is on both sides.

    Raises:
        TrainingError: there are fewer images than folds.
    """
    from sklearn.model_selection import GroupKFold

    images = len(np.unique(pairs.images))
    if images < FOLDS:
        raise TrainingError(f"Only {images} images have judged pairs; {FOLDS} folds need as many.")
    return list(GroupKFold(FOLDS).split(np.zeros(len(pairs)), groups=pairs.images))


def fold_scores(
    space: JointSpace, data: TrainingData, settings: TrainSettings | None = None
) -> Generator[TrainProgress, None, FloatArray]:
    """Scores each judged pair by networks that saw neither its image nor a judgement of it.

    Args:
        space: heads that saw none of the judged images.
        data: the pairs.
        settings: of the score networks.

    Yields:
        Progress.

    Returns:
        Scores of ``data.judged``, float32 [n].
    """
    joint = JointPairs(space, data)
    judged, scores = data.judged, np.empty(len(data.judged), np.float32)
    parts = folds(judged)
    for number, (train, test) in enumerate(parts):
        unseen = np.unique(judged.images[test])
        crowd = data.crowd.take(~np.isin(data.crowd.images, unseen))
        steps = fit_score(joint, crowd, judged.take(train), settings or TrainSettings())
        matcher = yield from _in_fold(steps, number, len(parts))
        rows = judged.take(test)
        scores[test] = matcher.pair_scores(
            joint.images[rows.images].numpy(), joint.texts[0][rows.captions].numpy()
        )
    return scores


def _in_fold(
    steps: Generator[TrainProgress, None, Matcher], number: int, count: int
) -> Generator[TrainProgress, None, Matcher]:
    """Passes a fold's progress on as a part of the whole's."""
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            result: Matcher = end.value
            return result
        yield TrainProgress("Folds", number * step.total + step.done, count * step.total, step.train_loss)


def pair_figures(scores: FloatArray, data: TrainingData) -> PairFigures:
    """Compares scores of ``data.judged`` with their targets, and with baselines fitted fold by fold."""
    from sklearn.metrics import r2_score

    judged = data.judged
    constant = np.empty_like(scores)
    lasso = np.empty_like(scores)
    for train, test in folds(judged):
        constant[test] = judged.targets[train].mean()
        lasso[test] = _lasso(data, train, test)
    return PairFigures(
        n_pairs=len(judged),
        rmse=rmse(scores, judged.targets),
        rmse_constant=rmse(constant, judged.targets),
        rmse_lasso=rmse(lasso, judged.targets),
        r2=float(r2_score(judged.targets, scores)),
        tau_c=kendall(scores, judged, "c"),
        tau_b=kendall(scores, judged, "b"),
    )


def _lasso(data: TrainingData, train: npt.NDArray[np.intp], test: npt.NDArray[np.intp]) -> FloatArray:
    """Predicts by a Lasso on the image's and the caption's vectors side by side."""
    from sklearn.linear_model import Lasso
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    def features(rows: npt.NDArray[np.intp]) -> FloatArray:
        images, captions = data.judged.images[rows], data.judged.captions[rows]
        parts: Sequence[npt.NDArray[Any]] = [data.images[images], *(text[captions] for text in data.texts)]
        return np.hstack([part.astype(np.float32) for part in parts])

    model = make_pipeline(StandardScaler(), Lasso(_LASSO_ALPHA))
    model.fit(features(train), data.judged.targets[train])
    return np.asarray(model.predict(features(test)), np.float32)
