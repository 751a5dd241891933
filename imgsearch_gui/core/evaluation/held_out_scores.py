"""Scores and ranks to measure: of judged pairs fold by fold, and of queries as a search shows them.

Every figure is measured on images that the evaluated model never saw, or says how many it did see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.matching.training import fit_on_pairs, score_pairs
from imgsearch_gui.core.measures import folds_by_image, ranks
from imgsearch_gui.core.steps import told_as
from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping, Sequence

    import numpy.typing as npt

    from imgsearch_gui.core.content_rule.policy import ContentRule
    from imgsearch_gui.core.datasets.dataset import Dataset, EvaluationQuery
    from imgsearch_gui.core.encoders.base import FloatArray, TextEncoder
    from imgsearch_gui.core.matching.frozen_space import FrozenSpace
    from imgsearch_gui.core.matching.matcher import Matcher
    from imgsearch_gui.core.matching.training_data import IntArray, TrainingData

    Vectors = Mapping[str, tuple[bytes, npt.NDArray[np.float16]]]

_HELD_OUT_PARTS = 6
_LEAST_IMAGES = 7  # without the largest of five folds, five are left, for the folds of the calibration


def held_out(names: Iterable[str]) -> frozenset[str]:
    """Returns the names of a sixth of a captions folder's images, to measure recall on.

    It is the second sixth of a fixed order. The first served to choose the settings of the bundled heads.
    """
    ordered = sorted(names)
    count = round(len(ordered) / _HELD_OUT_PARTS)
    order = np.random.default_rng(0).permutation(len(ordered))
    return frozenset(ordered[i] for i in order[count : 2 * count])


def recall_pool(
    dataset: Dataset, vectors: Vectors, rule: ContentRule | None
) -> tuple[Vectors, list[EvaluationQuery]]:
    """Chooses the test queries to try, and the pool to try them on.

    Args:
        dataset: the folder; its list of test images is the pool, or without one, all of them are.
        vectors: those of its test images by name.
        rule: leaves out the queries that it hits; nothing when off.

    Returns:
        The pool's vectors, and the queries whose image is in the pool.

    Raises:
        TrainingError: no query is left.
    """
    listed = set(dataset.test_images or vectors)
    vectors = {name: vector for name, vector in vectors.items() if name in listed}
    queries = [
        query
        for query in dataset.queries
        if query.image in vectors and (rule is None or rule.check(query.text) is None)
    ]
    if not queries:
        raise TrainingError(f"None of the test queries of {dataset.root} has its image in the pool.")
    return vectors, queries


def pool_ranks(
    matchers: Sequence[Matcher],
    text_encoders: Sequence[TextEncoder],
    vectors: Vectors,
    queries: Sequence[EvaluationQuery],
    scored_by: IntArray | None = None,
) -> tuple[IntArray, IntArray]:
    """Ranks the right images of queries in the full ranking of a pool, as a search would show it.

    Args:
        matchers: matchers with the same heads.
        text_encoders: theirs.
        vectors: the pool's image vectors by name, each with its digest.
        queries: their images are in the pool.
        scored_by: the matcher that scores each image of the pool, int64 [images]; the first for all when
            not given.

    Returns:
        Ranks counted from 1, and the pool's row of each right image, both int64 [queries].
    """
    names = {name: row for row, name in enumerate(vectors)}
    raw = np.stack([vector for _, vector in vectors.values()])
    right = np.array([names[query.image] for query in queries], np.int64)
    scores = np.empty((len(queries), len(raw)), np.float32)
    for number, matcher in enumerate(matchers):
        columns = np.arange(len(raw)) if scored_by is None else np.flatnonzero(scored_by == number)
        images = matcher.images(raw[columns])
        for row, query in enumerate(matcher.queries([query.text for query in queries], text_encoders)):
            scores[row, columns] = matcher.scores(images, query)
    return ranks(scores, right), right


def fold_matchers(space: FrozenSpace, data: TrainingData) -> Generator[TrainProgress, None, list[Matcher]]:
    """Fits a matcher without each of five folds by image.

    Args:
        space: heads that saw none of the judged images.
        data: the pairs.

    Yields:
        Progress.

    Returns:
        In the order of the folds, the matchers that did not see their images.
    """
    matchers = []
    judged_images = len(np.unique(data.judged.images))
    if judged_images < _LEAST_IMAGES:
        raise TrainingError(
            f"Only {judged_images} images are judged; folds within folds need {_LEAST_IMAGES}."
        )
    parts = folds_by_image(data.judged.images)
    for number, (train, _) in enumerate(parts):
        steps = fit_on_pairs(space, data, data.judged.take(train))
        matcher, _ = yield from _in_fold(steps, number, len(parts))
        matchers.append(matcher)
    return matchers


def fold_scores(matchers: Sequence[Matcher], data: TrainingData) -> FloatArray:
    """Scores each judged pair by the fold's matcher that did not see its image: float32 [n]."""
    scores = np.empty(len(data.judged), np.float32)
    for matcher, (_, test) in zip(matchers, folds_by_image(data.judged.images), strict=True):
        scores[test] = score_pairs(matcher, data, data.judged.take(test))
    return scores


def both_unseen_scores(space: FrozenSpace, data: TrainingData) -> Generator[TrainProgress, None, FloatArray]:
    """Scores each judged pair by a matcher that saw neither its image nor its caption: float32 [n].

    Five folds of images are crossed with five of captions.
    """
    judged = data.judged
    scores = np.empty(len(judged), np.float32)
    of_images, of_captions = folds_by_image(judged.images), folds_by_image(judged.captions)
    cells = [(image, caption) for image in of_images for caption in of_captions]
    for number, ((train, test), (train_too, test_too)) in enumerate(cells):
        rows = np.intersect1d(test, test_too)
        steps = fit_on_pairs(space, data, judged.take(np.intersect1d(train, train_too)))
        matcher, _ = yield from _in_fold(steps, number, len(cells))
        scores[rows] = score_pairs(matcher, data, judged.take(rows))
    return scores


def _in_fold(
    steps: Generator[TrainProgress, None, tuple[Matcher, FloatArray]], number: int, count: int
) -> Generator[TrainProgress, None, tuple[Matcher, FloatArray]]:
    """Passes a fold's progress on as a part of the whole's."""

    def tell(step: TrainProgress) -> TrainProgress:
        done, total = number * step.total + step.done, count * step.total
        return TrainProgress("Folds", done, total, step.train_loss)

    return told_as(steps, tell)
