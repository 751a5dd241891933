"""Scores and ranks to measure: of judged pairs fold by fold, and of test queries as a search shows them.

Every figure is measured on images that the evaluated model never saw, or says how many it did see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.measures import folds_by_image, ranks
from imgsearch_gui.core.training import fit_on_pairs, score_pairs
from imgsearch_gui.core.types import TrainProgress

if TYPE_CHECKING:
    from collections.abc import Generator

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.matcher import JointSpace, Matcher
    from imgsearch_gui.core.training_data import IntArray, TrainingData


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


def fold_scores(space: JointSpace, data: TrainingData) -> Generator[TrainProgress, None, FloatArray]:
    """Scores each judged pair by a score that was fitted without its image.

    Args:
        space: heads that saw none of the judged images.
        data: the pairs.

    Yields:
        Progress.

    Returns:
        Scores of ``data.judged``, float32 [n].
    """
    judged, scores = data.judged, np.empty(len(data.judged), np.float32)
    parts = folds_by_image(judged.images)
    for number, (train, test) in enumerate(parts):
        steps = fit_on_pairs(space, data, judged.take(train))
        matcher, _ = yield from _in_fold(steps, number, len(parts))
        scores[test] = score_pairs(matcher, data, judged.take(test))
    return scores


def _in_fold(
    steps: Generator[TrainProgress, None, tuple[Matcher, FloatArray]], number: int, count: int
) -> Generator[TrainProgress, None, tuple[Matcher, FloatArray]]:
    """Passes a fold's progress on as a part of the whole's."""
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            result: tuple[Matcher, FloatArray] = end.value
            return result
        yield TrainProgress("Folds", number * step.total + step.done, count * step.total, step.train_loss)
