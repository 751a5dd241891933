"""Which pairs a new matcher is trained on, and which it is measured on: they share no image."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.matching.training import pairs_of_captions
from imgsearch_gui.core.retraining.limits import (
    MOST_OF_EACH,
    SHARE_FOR_SCORE,
    held_out_count,
    obstacle_of_data,
)
from imgsearch_gui.errors import TrainingError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    import numpy.typing as npt

    from imgsearch_gui.core.matching.training_data import IntArray, PairSet, TrainingData
    from imgsearch_gui.core.types.training import TrainingChoices

TOO_MANY = sentence("There are more judged images or captions than a training can hold")


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """The two sides.

    Attributes:
        train: what is trained on: nothing in it is of an image of the other side.
        test: the pairs that are kept from it; their images and captions are rows of the same vectors.
        made_up: whether nobody judged any pair, so that targets come from whose caption it is.
    """

    train: TrainingData
    test: PairSet
    made_up: bool


def split(data: TrainingData, choices: TrainingChoices, most: int = MOST_OF_EACH) -> Split:
    """Splits the judged pairs by image.

    Where nobody judged any, pairs are made of captions: with their own image, and with another.

    Args:
        data: all of it.
        choices: seed and share.
        most: judged images, and captions, that memory is set aside for; of more, some are drawn.

    Raises:
        TrainingError: the data cannot be trained on: one sentence.
    """
    made_up = not len(data.judged) and not len(data.crowd)
    share = choices.held_out
    if made_up:
        apart = min(share + SHARE_FOR_SCORE, 1)
        data = replace(data, judged=pairs_of_captions(data, choices.seed, apart)[1])
        share /= apart
    rng = np.random.default_rng(choices.seed)
    data = _bounded(data, rng, most)
    images = np.unique(data.judged.images)
    described = np.setdiff1d(data.described[:, 0], np.union1d(images, data.crowd.images))
    obstacle = obstacle_of_data(
        choices,
        data.target,
        labels=len(data.judged) + len(data.crowd),
        pairs=len(data.judged),
        images=len(images),
        spread=float(np.ptp(data.judged.targets)) if len(images) else 0.0,
        described=len(described),
    )
    if obstacle:
        raise TrainingError(obstacle)
    apart_images = rng.permutation(images)[: held_out_count(len(images), share)]

    def without(of_pairs: IntArray) -> npt.NDArray[np.bool_]:
        return ~np.isin(of_pairs, apart_images)

    kept = without(data.judged.images)
    train = replace(
        data,
        judged=data.judged.take(kept),
        crowd=data.crowd.take(without(data.crowd.images)),
        described=data.described[without(data.described[:, 0])],
    )
    return Split(train, data.judged.take(~kept), made_up)


def _bounded(data: TrainingData, rng: np.random.Generator, most: int) -> TrainingData:
    """Draws some of the judged images and captions where there are more than memory is set aside for."""
    judged = data.judged.take(_some(data.judged.images, rng, most))
    judged = judged.take(_some(judged.captions, rng, most))
    if len(judged) == len(data.judged):
        return data
    left_out = {**data.left_out, TOO_MANY: len(data.judged) - len(judged)}
    return replace(data, judged=judged, left_out=left_out)


def _some(of_pairs: IntArray, rng: np.random.Generator, most: int) -> npt.NDArray[np.bool_]:
    kinds = np.unique(of_pairs)
    return np.isin(of_pairs, rng.permutation(kinds)[:most])
