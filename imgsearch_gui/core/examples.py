"""Judged pairs to look at: those that are scored as the experts do, and those that are not at all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.checkpoint import HASH_BYTES
from imgsearch_gui.core.dataset import TRAIN_IMAGES
from imgsearch_gui.core.measures import BINS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from imgsearch_gui.core.dataset import CrowdLabel, Dataset, ExpertLabel
    from imgsearch_gui.core.encoders.base import FloatArray, TextEncoder
    from imgsearch_gui.core.library import Library
    from imgsearch_gui.core.training_data import TrainingData

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
    library: Library, encoder: TextEncoder, dataset: Dataset, data: TrainingData, scores: FloatArray
) -> tuple[tuple[Example, ...], tuple[Example, ...]]:
    """Picks the best and the worst scored pairs.

    Args:
        library: knows the files of the images.
        encoder: the first text encoder; it made ``data.texts[0]``.
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
    finder = _Finder(library, encoder, dataset, data)
    return finder.examples(best, scores), finder.examples(worst, scores)


class _Finder:
    """Finds the file and the caption of a judged pair, of which the data hold hash and vector."""

    def __init__(self, library: Library, encoder: TextEncoder, dataset: Dataset, data: TrainingData) -> None:
        self._encoder, self._data = encoder, data
        self._names: dict[bytes, list[str]] = {}
        for name, digest in image_hashes(library, dataset):
            self._names.setdefault(digest, []).append(name)
        self._captions: dict[str, set[str]] = {}
        labels: Iterator[ExpertLabel | CrowdLabel] = chain(dataset.expert, dataset.crowd)
        for label in labels:
            text = dataset.captions[label.caption_id].text
            self._captions.setdefault(label.image, set()).add(text)

    def examples(self, rows: Iterable[int], scores: FloatArray) -> tuple[Example, ...]:
        return tuple(self._example(row, float(scores[row])) for row in rows)

    def _example(self, row: int, score: float) -> Example:
        judged = self._data.judged
        experts = judged.expert[row]
        image, caption = self._found(row)
        return Example(
            image, caption, score, float(judged.targets[row]), float(experts.mean()) if len(experts) else None
        )

    def _found(self, row: int) -> tuple[str, str]:
        """Returns file name and caption: of the image's captions the one with the pair's vector."""
        judged = self._data.judged
        labelled = [
            (name, text)
            for name in self._names[self._data.hashes[judged.images[row]]]
            for text in sorted(self._captions.get(name, ()))
        ]
        vectors = self._encoder.encode([text for _, text in labelled])
        wanted = self._data.texts[0][judged.captions[row]]
        return labelled[int(np.abs(vectors - wanted).sum(axis=1).argmin())]
