"""How much a training takes at the least and at the most, and why not, in a sentence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from imgsearch_gui.core.matching.training import MIN_DESCRIBED_IMAGES, MIN_JUDGED
from imgsearch_gui.core.measures import FOLDS
from imgsearch_gui.core.types.training import Target
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from imgsearch_gui.core.types.training import TrainingChoices

# A score is fitted on the grid of all judged images and captions: a dozen grids of 16 million numbers in
# single precision are 0.8 GB.
MOST_OF_EACH = 4000
LEAST_MEASURED = 20  # images that figures are worth something on
_LEAST_IMAGES = FOLDS + 2  # judged images: folds of those that are trained on, and two apart
# Where nobody judged any pair, this share of the described images is set apart for the score.
SHARE_FOR_SCORE = 0.1

_LABELS = {
    Target.EXPERT_MEAN: sentence("an expert's label"),
    Target.EXPERT_MAJORITY: sentence("a score that most experts agree on"),
    Target.CROWD: sentence("a label of the crowd"),
    Target.BLEND: sentence("an expert's label"),
}


def held_out_count(images: int, share: float) -> int:
    """Returns how many of the judged images are kept from training."""
    return min(max(2, round(share * images)), images - FOLDS)


def obstacle_of_choices(choices: TrainingChoices) -> str:
    """Returns why these choices cannot be used, whatever the data; empty text when they can."""
    weights = choices.expert_weight, choices.crowd_weight
    if not 0 < choices.held_out < 1:
        return sentence("The share of images that is kept for the comparison must lie between 0 and 1.")
    if choices.most_steps is not None and choices.most_steps < 1:
        return sentence("Training needs at least one step.")
    if choices.target is Target.BLEND and (
        not all(math.isfinite(weight) and weight >= 0 for weight in weights) or sum(weights) <= 0
    ):
        return sentence("The two weights of the blend must be 0 or more, and one of them above 0.")
    return ""


def obstacle_of_data(
    choices: TrainingChoices,
    target: Target,
    *,
    labels: int,
    pairs: int,
    images: int,
    spread: float,
    described: int,
) -> str:
    """Returns why this data cannot be trained on; empty text when it can.

    Args:
        choices: what was chosen.
        target: what the targets are, in the end.
        labels: labels of all kinds, those included that are left out.
        pairs: judged pairs that can be used.
        images: their images.
        spread: the difference of their highest and their lowest target.
        described: images that have a caption of their own and no judgement.
    """
    if not labels:
        if choices.folder is None:
            return sentence("There are no ratings yet; rate some pictures first.")
        if described < MIN_JUDGED + _LEAST_IMAGES:
            return sentence(
                "There are no labels, and only {described:,} images with captions; without "
                "labels, training needs at least {least}.",
                described=described,
                least=MIN_JUDGED + _LEAST_IMAGES,
            )
    elif not pairs:
        return sentence(
            "No pair that can be used has {label}; choose another target, or other data.",
            label=_LABELS[target],
        )
    elif images < _LEAST_IMAGES:
        return sentence(
            "The judged pairs are of {images:,} images only; training needs at least {least}.",
            images=images,
            least=_LEAST_IMAGES,
        )
    elif _left(pairs, images, choices.held_out) < MIN_JUDGED:
        return sentence(
            "Only {pairs:,} pairs have a judgement; training needs {least} beside those "
            "that are kept for the comparison.",
            pairs=pairs,
            least=MIN_JUDGED,
        )
    elif spread == 0:
        return sentence(
            "All {pairs:,} judged pairs have the same target, so there is nothing to learn from them.",
            pairs=pairs,
        )
    if choices.from_nothing and described < MIN_DESCRIBED_IMAGES:
        return sentence(
            "Only {described:,} images have a caption of their own and no judgement; from "
            "nothing, training needs {least} of them. Start from the matcher "
            "in use, or add a captions folder.",
            described=described,
            least=MIN_DESCRIBED_IMAGES,
        )
    return ""


def _left(pairs: int, images: int, share: float) -> float:
    """Returns about how many pairs are left to train on."""
    return pairs * (1 - held_out_count(images, share) / images)
