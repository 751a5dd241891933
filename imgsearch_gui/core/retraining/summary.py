"""What a training would be made of, told before anything is embedded or trained."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.datasets.dataset import described_image
from imgsearch_gui.core.datasets.labels import targets
from imgsearch_gui.core.datasets.rated_pairs import RatedPairs
from imgsearch_gui.core.matching.training_data import NO_VECTOR, rule_hits, target_of
from imgsearch_gui.core.measures import BINS
from imgsearch_gui.core.ratings.pictures import find_pictures
from imgsearch_gui.core.retraining.limits import obstacle_of_choices, obstacle_of_data
from imgsearch_gui.core.retraining.sources import READING, read_sources, rule_of
from imgsearch_gui.core.steps import told_as
from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.core.types.training import TrainingSummary

if TYPE_CHECKING:
    from collections.abc import Generator

    from imgsearch_gui.core.datasets.dataset import Dataset
    from imgsearch_gui.core.engine import Engine
    from imgsearch_gui.core.types.training import Target, TrainingChoices

_MOST_PROBLEMS = 1000


def summarise(engine: Engine, choices: TrainingChoices) -> Generator[TrainProgress, None, TrainingSummary]:
    """Sums up what a training by these choices would be made of; embeds and stores nothing.

    Images are counted by name, and taken to be readable when their header is.

    Yields:
        Progress.

    Raises:
        DatasetError: a folder cannot be used: one sentence with file and line.
        LibraryError: the library cannot be read.
        PolicyError: the content rule cannot be read.
    """
    obstacle = obstacle_of_choices(choices)
    datasets = yield from read_sources(engine, choices)
    target = target_of(datasets, choices.target)
    found = _Found()
    for dataset in datasets:
        yield TrainProgress(READING, len(datasets), len(datasets) + 1)
        hit = yield from rule_hits(rule_of(engine, choices), dataset, engine.library)
        if not obstacle:  # weights that cannot be used give no targets
            missing = yield from _missing(engine, dataset)
            found.add(dataset, target, choices, hit, missing)
    left_out = Counter(problem.kind for dataset in datasets for problem in dataset.report.problems)
    problems = [problem for dataset in datasets for problem in dataset.report.problems[:_MOST_PROBLEMS]]
    values = np.array(found.values)
    labels = sum(len(dataset.expert) + len(dataset.crowd) for dataset in datasets)
    described = len(found.described - found.labelled)
    return TrainingSummary(
        pairs=len(values),
        images=len(found.images),
        captions=len(found.captions),
        expert_labels=sum(len(dataset.expert) for dataset in datasets),
        crowd_labels=sum(len(dataset.crowd) for dataset in datasets),
        queries=sum(len(dataset.queries) for dataset in datasets[:1]),
        test_images=sum(len(dataset.test_images) for dataset in datasets[:1]),
        targets=tuple(np.histogram(values, BINS, (0, 1))[0].tolist()),
        left_out=dict(left_out + found.left_out),
        problems=tuple(problems[:_MOST_PROBLEMS]),
        rule_pairs=found.rule_pairs,
        rule_images=len(found.rule_images),
        described=described,
        obstacle=obstacle
        or obstacle_of_data(
            choices,
            target,
            labels=labels,
            pairs=len(values),
            images=len(found.images),
            spread=float(np.ptp(values)) if len(values) else 0.0,
            described=described,
        ),
    )


@dataclass(slots=True)
class _Found:
    """What was counted so far; images of two folders are told apart by the folder's number."""

    values: list[float] = field(default_factory=list)
    images: set[tuple[int, str]] = field(default_factory=set)
    captions: set[str] = field(default_factory=set)
    # By the name alone: a captions folder often holds the judged images too.
    described: set[str] = field(default_factory=set)
    labelled: set[str] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)
    rule_pairs: int = 0
    rule_images: set[tuple[int, str]] = field(default_factory=set)
    _number: int = 0

    def add(
        self,
        dataset: Dataset,
        target: Target,
        choices: TrainingChoices,
        hit: set[str],
        missing: set[str],
    ) -> None:
        """Counts one folder's pairs."""
        self._number += 1
        pairs, left_out = targets(
            dataset, target, expert_weight=choices.expert_weight, crowd_weight=choices.crowd_weight
        )
        self.left_out.update(left_out)
        for pair in pairs:
            if pair.image in hit or pair.caption.id in hit:
                self.rule_pairs += 1
            elif pair.image in missing:
                self.left_out[NO_VECTOR] += 1
            else:
                self.values.append(pair.target)
                self.images.add((self._number, pair.image))
                self.captions.add(pair.caption.text)
        images = {pair.image for pair in dataset.pairs}
        self.rule_images |= {(self._number, image) for image in images & hit}
        self.labelled |= {label.image for labels in (dataset.expert, dataset.crowd) for label in labels}
        for caption in dataset.captions.values():
            image = described_image(caption.id)
            if image in images and not {image, caption.id} & hit:
                self.described.add(image)


def _missing(engine: Engine, dataset: Dataset) -> Generator[TrainProgress, None, set[str]]:
    """Returns the rated pictures that no vector is known of; those of unread folders are embedded later."""
    if not isinstance(dataset, RatedPairs):
        return set()
    known = dataset.vectors(engine.library, engine.image_encoder.version)
    missing = {bytes.fromhex(pair.image) for pair in dataset.pairs if pair.image not in known}
    steps = find_pictures(engine.library, missing)
    found = yield from told_as(steps, lambda step: TrainProgress(READING, *step))
    return {digest.hex() for digest in missing - found.keys()}
