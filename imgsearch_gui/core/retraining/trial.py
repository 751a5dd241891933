"""A training from the window: from what was chosen to a new matcher beside the one in use.

The matcher that is measured is the one that may be kept: images that were set apart for measuring stay
unused. Within the others, a fifth serves to end the stages; see :mod:`~imgsearch_gui.core.matching.stopping`.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.evaluation.comparison import METRICS
from imgsearch_gui.core.matching.config import TrainSettings, config_for
from imgsearch_gui.core.matching.stopping import Stopping
from imgsearch_gui.core.matching.training import MIN_DESCRIBED_IMAGES, fit, unjudged
from imgsearch_gui.core.matching.training_data import caption_vectors, prepare
from imgsearch_gui.core.retraining.comparison import NEW_NAME, Contest, compared
from imgsearch_gui.core.retraining.limits import obstacle_of_choices
from imgsearch_gui.core.retraining.sources import read_sources, rule_of
from imgsearch_gui.core.retraining.split import split
from imgsearch_gui.core.types.training import TrainedModel
from imgsearch_gui.errors import TrainingError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Generator

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.engine import Engine, Model
    from imgsearch_gui.core.matching.training_data import TrainingData
    from imgsearch_gui.core.types.progress import TrainProgress
    from imgsearch_gui.core.types.training import Comparison, TrainingChoices


def train(engine: Engine, choices: TrainingChoices) -> Generator[TrainProgress, None, TrainedModel]:
    """Trains a matcher by these choices and compares it with the one in use.

    The library gets vectors of the folder's images, and nothing else is stored. Closing the generator
    stops at the next step.

    Yields:
        Progress.

    Raises:
        DatasetError: a folder cannot be used: one sentence with file and line.
        TrainingError: there is too little to train on: one sentence.
        LibraryError: the library cannot be read, or not be written.
    """
    begin = time.monotonic()
    obstacle = obstacle_of_choices(choices)
    if obstacle:
        raise TrainingError(obstacle)
    old = engine.model  # one throughout, whatever is switched to meanwhile
    datasets = yield from read_sources(engine, choices)
    data = yield from prepare(
        datasets,
        engine.library,
        engine.image_encoder,
        engine.text_encoders,
        rule=rule_of(engine, choices),
        target=choices.target,
        expert_weight=choices.expert_weight,
        crowd_weight=choices.crowd_weight,
    )
    sides = split(data, choices)
    new = yield from _fitted(engine, choices, sides.train, None if choices.from_nothing else old)
    contest = Contest(sides, old, new, datasets[0], rule_of(engine, choices))
    comparison = yield from compared(engine, contest)
    matcher, info = new
    info = replace(info, metrics=info.metrics | _metrics(comparison))
    data_name = sentence(
        "{name}: {pairs:,} pairs of {images:,} images",
        name=sentence("my ratings") if choices.folder is None else choices.folder.name,
        pairs=len(sides.train.judged),
        images=info.counts["judged_images"],
    )
    return TrainedModel((matcher, info), comparison, data_name, time.monotonic() - begin)


def _fitted(
    engine: Engine, choices: TrainingChoices, data: TrainingData, start: Model | None
) -> Generator[TrainProgress, None, Model]:
    """Trains, and notes down what the matcher saw and how."""
    config = config_for(engine.image_encoder, engine.text_encoders)
    classes: tuple[FloatArray, ...] = ()
    described = np.unique(unjudged(data)[:, 0])
    if len(described) >= MIN_DESCRIBED_IMAGES:
        classes = yield from caption_vectors(engine.image_encoder.classes, engine.text_encoders)
    usual = TrainSettings(seed=choices.seed)
    settings = replace(usual, passes=choices.most_steps or usual.passes)
    matcher, info = yield from fit(
        data, config, classes, settings=settings, start=start, stopping=Stopping(choices.most_steps)
    )
    seen = np.unique(np.concatenate([data.judged.images, data.described[:, 0]]))
    captions = np.unique(np.concatenate([data.judged.captions, data.described[:, 1]]))
    judged_images = len(np.unique(data.judged.images))
    counts = {"images": len(seen), "captions": len(captions), "judged_images": judged_images}
    chosen: dict[str, str | int | float] = {
        "target": str(data.target),
        "expert_weight": choices.expert_weight,
        "crowd_weight": choices.crowd_weight,
        "held_out": choices.held_out,
        "from_nothing": int(choices.from_nothing),
        "most_steps": choices.most_steps or 0,
        "content_rule": str(choices.rule),
    }
    return matcher, replace(info, counts=info.counts | counts, settings=info.settings | chosen)


def _metrics(comparison: Comparison) -> dict[str, float]:
    """Returns the new matcher's figures as its file names them."""
    figures = next(model.figures for model in comparison.models if model.name == NEW_NAME)
    named = {name: figures.get(shown) for name, shown in METRICS.items()}
    return {name: figure.value for name, figure in named.items() if figure is not None}
