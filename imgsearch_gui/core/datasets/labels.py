"""From the labels of experts and crowd to one target in 0..1 for each pair."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.training import Target
from imgsearch_gui.errors import TrainingError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from imgsearch_gui.core.datasets.dataset import Caption, Dataset

SCORES_DIFFER = sentence("No score was given by more experts than any other")
CROWD_ALONE = sentence("The pair has a crowd label only")


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """An image, a caption, and how well they match.

    Attributes:
        image: the image's name in the training part.
        caption: the caption.
        target: 0 (not at all) to 1 (fully).
        expert: the experts' scores of the pair, 1..4; empty where there are none.
    """

    image: str
    caption: Caption
    target: float
    expert: tuple[int, ...]


def targets(
    dataset: Dataset, target: Target, *, expert_weight: float = 0.6, crowd_weight: float = 0.4
) -> tuple[list[LabelledPair], dict[str, int]]:
    """Gives each labelled pair of a dataset its target.

    Args:
        dataset: the dataset; one without labels gives no pairs.
        target: the kind of target.
        expert_weight: for the blend: the weight of the expert mean, 0 or more.
        crowd_weight: for the blend: the weight of the crowd share, 0 or more.

    Returns:
        The pairs in the order of the label files, and how many labels were left out by reason.

    Raises:
        TrainingError: the weights cannot be used.
    """
    weights = expert_weight, crowd_weight
    if not all(math.isfinite(weight) and weight >= 0 for weight in weights) or sum(weights) <= 0:
        raise TrainingError(
            sentence(
                "The weights {expert_weight} and {crowd_weight} must be 0 or more, one above 0.",
                expert_weight=expert_weight,
                crowd_weight=crowd_weight,
            )
        )
    scores = {(label.image, label.caption_id): label.scores for label in dataset.expert}
    shares = {(label.image, label.caption_id): label.share for label in dataset.crowd}
    left_out: Counter[str] = Counter()
    values: dict[tuple[str, str], float] = {}
    if target is Target.CROWD:
        values = shares
    elif target is Target.EXPERT_MEAN:
        values = {key: _unit(mean(given)) for key, given in scores.items()}
    elif target is Target.EXPERT_MAJORITY:
        for key, given in scores.items():
            (score, votes), *others = Counter(given).most_common(2)
            if all(votes > theirs for _, theirs in others):
                values[key] = _unit(score)
            else:
                left_out[SCORES_DIFFER] += 1
    else:
        for key, given in scores.items():
            expert, share = _unit(mean(given)), shares.get(key)
            values[key] = (
                expert
                if share is None
                else (expert_weight * expert + crowd_weight * share) / (expert_weight + crowd_weight)
            )
        left_out[CROWD_ALONE] = len(shares.keys() - scores.keys())
    pairs = [
        LabelledPair(image, dataset.captions[caption_id], value, scores.get((image, caption_id), ()))
        for (image, caption_id), value in values.items()
    ]
    return pairs, dict(+left_out)  # the plus drops what was counted as 0


def _unit(score: float) -> float:
    """Returns a score of 1..4 on the scale 0..1."""
    return (score - 1) / 3
