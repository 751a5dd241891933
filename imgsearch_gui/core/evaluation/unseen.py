"""What a matcher that is fitted in the call allows to be measured: pools of images that nothing saw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.datasets.dataset import TRAIN_IMAGES, EvaluationQuery, described_image
from imgsearch_gui.core.evaluation.comparison import ENGLISH, HELD_OUT, LABELLED, TRANSLATED, Ranked
from imgsearch_gui.core.evaluation.held_out_scores import held_out, pool_ranks
from imgsearch_gui.core.matching.config import TrainSettings, config_for
from imgsearch_gui.core.matching.training import fit_heads, fit_on_pairs
from imgsearch_gui.core.measures import folds_by_image
from imgsearch_gui.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from imgsearch_gui.core.datasets.dataset import Dataset
    from imgsearch_gui.core.evaluation.held_out_scores import Vectors
    from imgsearch_gui.core.evaluation.report import Bench
    from imgsearch_gui.core.matching.frozen_space import FrozenSpace
    from imgsearch_gui.core.matching.matcher import Matcher
    from imgsearch_gui.core.matching.training_data import TrainingData
    from imgsearch_gui.core.types.progress import TrainProgress


@dataclass(frozen=True, slots=True, eq=False)
class Unseen:
    """What was kept from the heads that were trained in the call.

    Attributes:
        space: the heads.
        matchers: those of the folds, fitted on them.
        dataset: the folder of the judged pairs.
        captions: the captions folder.
        apart: the vectors of its images that were kept from the heads, by name, with their digests.
    """

    space: FrozenSpace
    matchers: list[Matcher]
    dataset: Dataset
    captions: Dataset
    apart: Vectors


def heads_without(
    bench: Bench, captions: Dataset, measured: frozenset[bytes]
) -> Generator[TrainProgress, None, tuple[Vectors, FrozenSpace]]:
    """Trains heads on a captions folder, without the images that they will be measured on.

    Args:
        bench: encoders and rule.
        captions: the folder.
        measured: images that are measured on, by the first bytes of their SHA-256.

    Yields:
        Progress.

    Returns:
        The vectors of the folder's images that are held out, by name, and the heads.
    """
    folder = captions.root / TRAIN_IMAGES
    vectors = yield from bench.vectors(folder, "Image vectors")
    apart = {name: vectors[name] for name in sorted(held_out(vectors))}
    without = measured | {digest for digest, _ in apart.values()}
    data = yield from bench.prepared(captions)
    rows = np.array([data.hashes[image] not in without for image in data.described[:, 0]], np.bool_)
    described = data.described[rows]
    if not len(described):
        raise TrainingError(f"{captions.root} describes no image that is not measured on.")
    classes = [encoder.encode(bench.image_encoder.classes) for encoder in bench.text_encoders]
    config = config_for(bench.image_encoder, bench.text_encoders)
    space = yield from fit_heads(data, described, config, classes, TrainSettings())
    return apart, space


def unseen_pools(
    bench: Bench, data: TrainingData, unseen: Unseen, translations: Sequence[EvaluationQuery]
) -> Generator[TrainProgress, None, list[Ranked]]:
    """Ranks in pools of images that neither the heads nor the score saw."""
    matcher, _ = yield from fit_on_pairs(unseen.space, data, data.judged)
    written = {query.id: query for query in _own_queries(unseen.captions, unseen.apart)}
    translated = [
        EvaluationQuery(query.id, query.text, written[query.id].image)
        for query in translations
        if query.id in written
    ]
    queries = {
        HELD_OUT: [query for query in written.values() if not bench.hits(query.text)],
        ENGLISH: [written[query.id] for query in translated],
        TRANSLATED: translated,
    }
    found = []
    for model, asked in queries.items():
        if asked:
            placed = pool_ranks([matcher], bench.text_encoders, unseen.apart, asked)
            found.append(Ranked({model: placed[0]}, placed[1], len(unseen.apart)))
    folder = unseen.dataset.root / TRAIN_IMAGES
    vectors = yield from bench.vectors(folder, "Image vectors")
    own = [query for query in _own_queries(unseen.dataset, vectors) if not bench.hits(query.text)]
    if own:
        # Each image is scored by the fold's matcher that did not see it; one that nobody judged, by any.
        rows = {digest: row for row, digest in enumerate(data.hashes)}
        fold = np.zeros(len(data.hashes), np.int64)
        for number, (_, test) in enumerate(folds_by_image(data.judged.images)):
            fold[data.judged.images[test]] = number
        by = np.array([fold[rows[d]] if d in rows else 0 for d, _ in vectors.values()], np.int64)
        placed = pool_ranks(unseen.matchers, bench.text_encoders, vectors, own, by)
        found.append(Ranked({LABELLED: placed[0]}, placed[1], len(vectors)))
    return found


def _own_queries(dataset: Dataset, images: Iterable[str]) -> list[EvaluationQuery]:
    """Returns the captions of a dataset that were written for some images, as queries for them."""
    wanted = frozenset(images)
    return [
        EvaluationQuery(caption.id, caption.text, image)
        for caption in dataset.captions.values()
        if (image := described_image(caption.id)) in wanted
    ]
