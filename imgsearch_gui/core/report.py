"""The figures of ``imgsearch-gui evaluate``, from a dataset folder to one flat mapping.

Protocol. Judged pairs are split into five folds by image. Unless a model is named, each fold is scored
by networks trained on the other folds, on heads that saw none of the folder's images: heads
trained in the call on a captions folder without those images, or else bundled ones. Recall is
measured with the matcher as it is used: every test query against the whole pool of test images.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from imgsearch_gui.core.checkpoint import HASH_BYTES
from imgsearch_gui.core.dataset import TEST_IMAGES, TRAIN_IMAGES
from imgsearch_gui.core.evaluation import RECALL_AT, fold_scores, pair_figures, query_ranks, recall_at
from imgsearch_gui.core.matcher import config_for
from imgsearch_gui.core.training import TrainSettings, fit_heads, score_pairs
from imgsearch_gui.core.training_data import image_vectors, prepare
from imgsearch_gui.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Generator

    from imgsearch_gui.core.checkpoint import ModelInfo
    from imgsearch_gui.core.dataset import Dataset, EvaluationQuery
    from imgsearch_gui.core.encoders.base import ImageEncoder, TextEncoder
    from imgsearch_gui.core.library import Library
    from imgsearch_gui.core.matcher import JointSpace, Matcher
    from imgsearch_gui.core.policy import ContentRule
    from imgsearch_gui.core.training_data import IntArray, TrainingData
    from imgsearch_gui.core.types import TrainProgress


@dataclass(frozen=True, slots=True, eq=False)
class Bench:
    """What an evaluation works with.

    Attributes:
        library: holds the image vectors.
        image_encoder: the encoder of pictures.
        text_encoders: those of sentences.
        matcher: the matcher that answers the test queries.
        info: what its file says.
        named: whether the user named it: then it also scores the pairs, as it is.
        heads: a matcher whose heads the fold models get, trained under the same rule setting.
        heads_info: what its file says.
        rule: leaves out pairs and queries that it hits; nothing when off.
    """

    library: Library
    image_encoder: ImageEncoder
    text_encoders: tuple[TextEncoder, ...]
    matcher: Matcher
    info: ModelInfo
    named: bool
    heads: Matcher
    heads_info: ModelInfo
    rule: ContentRule | None


def evaluate(
    bench: Bench, dataset: Dataset, captions: Dataset | None = None
) -> Generator[TrainProgress, None, dict[str, Any]]:
    """Measures on a dataset folder whatever it allows: judged pairs, test queries, or both.

    Args:
        bench: encoders and matcher.
        dataset: the folder.
        captions: a captions folder; the fold models' heads are then trained on it in this call.

    Yields:
        Progress.

    Returns:
        Figures by name: ``target`` to ``tau_b`` for judged pairs, ``n_queries`` to ``recall_at_10`` for
        test queries; ``None`` where a figure is not defined.

    Raises:
        TrainingError: there is nothing to measure on, or no heads that did not see the images.
    """
    if not (dataset.expert or dataset.crowd or dataset.queries):
        raise TrainingError(f"{dataset.root} has neither judgements nor test queries to measure on.")
    figures: dict[str, Any] = {}
    if dataset.expert or dataset.crowd:
        figures |= yield from _pairs(bench, dataset, captions)
    figures |= yield from _recalls(bench, dataset)
    return figures


def _pairs(
    bench: Bench, dataset: Dataset, captions: Dataset | None
) -> Generator[TrainProgress, None, dict[str, Any]]:
    data = yield from _prepared(bench, [dataset])
    if not len(data.judged):
        raise TrainingError(f"{dataset.root} has no judged pair to measure on.")
    used = {data.hashes[i]: i for i in np.union1d(data.judged.images, data.crowd.images)}
    if bench.named:
        seen = used.keys() & (bench.info.heads_trained_on | bench.info.score_trained_on)
        scores = score_pairs(bench.matcher, data, data.judged)
    else:
        if captions is not None:
            space = yield from _heads(bench, captions, frozenset(used))
            seen = set()
        else:
            space, seen = bench.heads.space, used.keys() & bench.heads_info.heads_trained_on
            data = _without(data, np.array(sorted(used[digest] for digest in seen), np.int64))
        scores = yield from fold_scores(space, data)
    names = _names(bench, dataset, seen)
    return {
        "target": str(data.target),
        **asdict(pair_figures(scores, data)),
        "left_out": data.left_out,
        "n_seen_images": len(names),
        "seen_images": names,
    }


def _prepared(bench: Bench, datasets: list[Dataset]) -> Generator[TrainProgress, None, TrainingData]:
    return (
        yield from prepare(datasets, bench.library, bench.image_encoder, bench.text_encoders, rule=bench.rule)
    )


def _heads(
    bench: Bench, captions: Dataset, without: frozenset[bytes]
) -> Generator[TrainProgress, None, JointSpace]:
    """Trains heads on a captions folder, without the images that they will be measured on."""
    data = yield from _prepared(bench, [captions])
    rows = np.array([data.hashes[image] not in without for image in data.described[:, 0]], np.bool_)
    described = data.described[rows]
    if not len(described):
        raise TrainingError(f"{captions.root} describes no image that is not measured on.")
    classes = [encoder.encode(bench.image_encoder.classes) for encoder in bench.text_encoders]
    config = config_for(bench.image_encoder, bench.text_encoders)
    return (yield from fit_heads(data, described, config, classes, TrainSettings()))


def _without(data: TrainingData, images: IntArray) -> TrainingData:
    """Leaves out the pairs of images that the heads saw: no model here is blind to them."""
    if not len(images):
        return data
    judged = data.judged.take(~np.isin(data.judged.images, images))
    left_out = data.left_out | {"The bundled heads saw the image": len(data.judged) - len(judged)}
    crowd = data.crowd.take(~np.isin(data.crowd.images, images))
    return replace(data, judged=judged, crowd=crowd, left_out=left_out)


def _names(bench: Bench, dataset: Dataset, seen: set[bytes]) -> list[str]:
    """Returns the file names of training images by their hashes."""
    folder = dataset.root / TRAIN_IMAGES
    hashes = bench.library.content_hashes(folder)
    records = bench.library.records(folder)
    return sorted(record.path.name for record in records if hashes[record.id][:HASH_BYTES] in seen)


def _recalls(bench: Bench, dataset: Dataset) -> Generator[TrainProgress, None, dict[str, Any]]:
    """Measures recall of the test part: whole pool, and the queries that the rule passes."""
    if not dataset.queries:
        nothing = dict.fromkeys((f"recall_at_{k}" for k in RECALL_AT), None)
        return {"n_queries": 0, "n_images": 0, **nothing}
    folder = dataset.root / TEST_IMAGES
    vectors = yield from image_vectors(bench.library, folder, bench.image_encoder, "Test images")
    listed = set(dataset.test_images or vectors)
    vectors = {name: vector for name, vector in vectors.items() if name in listed}
    rows = {name: row for row, name in enumerate(vectors)}
    queries = [query for query in dataset.queries if query.image in rows and not _is_hit(bench, query)]
    if not queries:
        raise TrainingError(f"None of the test queries of {dataset.root} has its image in the pool.")
    images = bench.matcher.images(np.stack([vector for _, vector in vectors.values()]))
    joint = bench.matcher.queries([query.text for query in queries], bench.text_encoders)
    right = np.array([rows[query.image] for query in queries], np.int64)
    ranked = query_ranks(bench.matcher, images, joint, right)
    pool = {digest for digest, _ in vectors.values()}
    seen = pool & (bench.info.heads_trained_on | bench.info.score_trained_on)
    return {
        "n_queries": len(queries),
        "n_images": len(rows),
        **{f"recall_at_{k}": recall_at(ranked, k) for k in RECALL_AT},
        "n_seen_test_images": len(seen),
        "seen_test_images": sorted(name for name, (digest, _) in vectors.items() if digest in seen),
    }


def _is_hit(bench: Bench, query: EvaluationQuery) -> bool:
    return bench.rule is not None and bench.rule.check(query.text) is not None
