"""Judged pairs to look at: those that are scored as the experts do, and those that are not at all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.datasets.dataset import TRAIN_IMAGES
from imgsearch_gui.core.matching.checkpoint import HASH_BYTES
from imgsearch_gui.core.measures import BINS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imgsearch_gui.core.datasets.dataset import CrowdLabel, Dataset, ExpertLabel
    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.matching.training_data import TrainingData
    from imgsearch_gui.core.storage.library import Library

SHOWN = BINS


@dataclass(frozen=True, slots=True)
class Example:
    """A judged pair.

    Attributes:
        image: the image's file name.
        caption: the caption.
        score: ours, 0..1.
        target: what it stands against, 0..1.
        experts: the mean of the experts' scores, 1..4; nothing without experts.
    """

    image: str
    caption: str
    score: float
    target: float
    experts: float | None


def image_hashes(library: Library, dataset: Dataset) -> list[tuple[str, bytes]]:
    """Returns the file name of each training image, and its hash as a matcher file lists it."""
    folder = dataset.root / TRAIN_IMAGES
    hashes = library.content_hashes(folder)
    return [(record.path.name, hashes[record.id][:HASH_BYTES]) for record in library.records(folder)]


def examples(
    library: Library, dataset: Dataset, data: TrainingData, scores: FloatArray
) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    """Picks the best and the worst scored pairs.

    Args:
        library: knows the files of the images.
        dataset: the folder that the pairs are from.
        data: the judged pairs.
        scores: of the judged pairs, float32 [n].

    Returns:
        Of each tenth of the scores, from low to high, the pair whose target is closest; and the pairs whose
        target is furthest, worst first, no image twice.
    """
    off = np.abs(scores - data.judged.targets)
    parts = np.array_split(np.argsort(scores, kind="stable"), min(SHOWN, len(scores)))
    best = [int(part[off[part].argmin()]) for part in parts]
    worst_of_image: dict[int, int] = {}
    for row in np.argsort(-off, kind="stable"):
        worst_of_image.setdefault(int(data.judged.images[row]), int(row))
    worst = list(worst_of_image.values())[:SHOWN]
    names: dict[bytes, list[str]] = {}
    for name, digest in image_hashes(library, dataset):
        names.setdefault(digest, []).append(name)
    labels: Iterator[ExpertLabel | CrowdLabel] = chain(dataset.expert, dataset.crowd)
    labelled = {(label.image, dataset.captions[label.caption_id].text) for label in labels}

    def example(row: int) -> Example:
        judged = data.judged
        caption, experts = data.captions[judged.captions[row]], judged.expert[row]
        # Two files may hold the same picture: the pair is of the one whose label names the caption.
        alike = names[data.hashes[judged.images[row]]]
        image = next(name for name in alike if (name, caption) in labelled)
        mean = float(experts.mean()) if len(experts) else None
        return Example(image, caption, float(scores[row]), float(judged.targets[row]), mean)

    return tuple(map(example, best)), tuple(map(example, worst))
