"""The evaluation of ``imgsearch-gui evaluate``, from a dataset folder to figures, table and examples.

Protocol. Judged pairs are split into five folds by image. Unless a model is named, each fold is scored
by a score fitted on the other folds, on heads that saw none of the folder's images: heads
trained in the call on a captions folder without those images, or else bundled ones. Recall is
measured with the matcher as it is used: every test query against the whole pool of test images.

With a captions folder, a sixth of its images is kept from the heads. Then more can be measured on what
nothing saw: recall in the pool of that sixth, and of the labelled images; pairs of which neither
the image nor the caption was seen; and queries that were translated.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from imgsearch_gui.core.datasets.dataset import TEST_IMAGES
from imgsearch_gui.core.evaluation import baselines
from imgsearch_gui.core.evaluation.comparison import BOTH_UNSEEN, OURS, RECALL_AT, Ranked, Row, compare
from imgsearch_gui.core.evaluation.examples import Example, examples, image_hashes
from imgsearch_gui.core.evaluation.held_out_scores import (
    both_unseen_scores,
    fold_matchers,
    fold_scores,
    pool_ranks,
)
from imgsearch_gui.core.evaluation.unseen import Unseen, heads_without, unseen_pools
from imgsearch_gui.core.matching.training import score_pairs
from imgsearch_gui.core.matching.training_data import caption_vectors, image_vectors, prepare
from imgsearch_gui.core.measures import RESAMPLES, folds_by_image, ranks, recall_at
from imgsearch_gui.core.types.training import Target
from imgsearch_gui.errors import TrainingError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Mapping, Sequence
    from pathlib import Path

    from imgsearch_gui.core.content_rule.policy import ContentRule
    from imgsearch_gui.core.datasets.dataset import Dataset, EvaluationQuery
    from imgsearch_gui.core.encoders.base import FloatArray, ImageEncoder, TextEncoder
    from imgsearch_gui.core.evaluation.held_out_scores import Vectors
    from imgsearch_gui.core.matching.checkpoint import ModelInfo
    from imgsearch_gui.core.matching.matcher import Matcher
    from imgsearch_gui.core.matching.training_data import IntArray, PairSet, TrainingData
    from imgsearch_gui.core.storage.library import Library
    from imgsearch_gui.core.types.progress import TrainProgress

_TARGETS = {
    Target.EXPERT_MEAN: "the mean of the experts' ratings",
    Target.EXPERT_MAJORITY: "the rating of most experts",
    Target.CROWD: "the share of the crowd that says yes",
    Target.BLEND: "the experts' mean rating blended with the crowd's share",
}


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

    def hits(self, text: str) -> bool:
        """Whether the rule hits a text."""
        return self.rule is not None and self.rule.check(text) is not None

    def prepared(self, dataset: Dataset) -> Generator[TrainProgress, None, TrainingData]:
        """Gathers vectors and pairs of a dataset folder; see ``core.training_data``."""
        return (
            yield from prepare(
                [dataset], self.library, self.image_encoder, self.text_encoders, rule=self.rule
            )
        )

    def vectors(self, folder: Path, stage: str) -> Generator[TrainProgress, None, Vectors]:
        """Embeds a folder's images; see ``core.training_data``."""
        return (yield from image_vectors(self.library, folder, self.image_encoder, stage))


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """What an evaluation found.

    Attributes:
        figures: by name, flat, as ``--json`` prints them, and the ``table`` as a list of rows;
            ``None`` where a figure is not defined.
        rows: the table.
        protocol: how the figures came about, in sentences.
        judged: the judged pairs; nothing without.
        scores: ImgSearch's scores of them, float32 [n]; nothing without.
        ranked: where the models rank the right images of the test queries; nothing without.
        best: judged pairs that are scored as the experts do, from low to high.
        worst: judged pairs whose scores are furthest from the experts'.
    """

    figures: dict[str, Any]
    rows: tuple[Row, ...]
    protocol: tuple[str, ...]
    judged: PairSet | None
    scores: FloatArray | None
    ranked: Ranked | None
    best: tuple[Example, ...]
    worst: tuple[Example, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Pool:
    """The test part: vectors of its images and queries, and our ranks."""

    figures: dict[str, Any]
    images: npt.NDArray[np.float16]
    queries: tuple[FloatArray, ...]
    right: IntArray
    ranks: IntArray


def evaluate(
    bench: Bench,
    dataset: Dataset,
    captions: Dataset | None = None,
    translations: Sequence[EvaluationQuery] = (),
) -> Generator[TrainProgress, None, Evaluation]:
    """Measures on a dataset folder whatever it allows: judged pairs, test queries, or both.

    Args:
        bench: encoders and matcher.
        dataset: the folder.
        captions: a captions folder; the fold models' heads are then trained on it in this call.
        translations: its captions in other languages, by their ids.

    Yields:
        Progress.

    Returns:
        What was found. Its figures hold those of judged pairs only where there are judged pairs, and
        those of test queries always.

    Raises:
        TrainingError: there is nothing to measure on, or no heads that did not see the images.
    """
    if not (dataset.expert or dataset.crowd or dataset.queries):
        raise TrainingError(f"{dataset.root} has neither judgements nor test queries to measure on.")
    data, pool, ranked = None, None, None
    pools: list[Ranked] = []
    scores: dict[str, FloatArray] = {}
    about: dict[str, Any] = {}
    if dataset.expert or dataset.crowd:
        data, scores[OURS], about, unseen = yield from _pairs(bench, dataset, captions)
        if unseen is not None:
            with contextlib.suppress(TrainingError):  # too few captions for crossed folds: no such row
                scores[BOTH_UNSEEN] = yield from both_unseen_scores(unseen.space, data)
            pools = yield from unseen_pools(bench, data, unseen, translations)
        scores |= yield from baselines.fold_predictions(data, folds_by_image(data.judged.images))
    if dataset.queries:
        pool = yield from _recalls(bench, dataset)
        ranked = yield from _ranked(pool, data)
        pools.append(ranked)
    judged = None if data is None else data.judged
    rows = yield from compare(scores, judged, pools)
    none = {"n_queries": 0, "n_images": 0, **dict.fromkeys((f"recall_at_{k}" for k in RECALL_AT), None)}
    figures = {
        **({} if judged is None else _flat(rows, about)),
        **(none if pool is None else pool.figures),
        "table": [row.as_json() for row in rows],
    }
    best, worst = ((), ()) if data is None else examples(bench.library, dataset, data, scores[OURS])
    protocol = tuple(_protocol(figures, bench, data, captions))
    return Evaluation(figures, rows, protocol, judged, scores.get(OURS), ranked, best, worst)


def _flat(rows: tuple[Row, ...], about: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the figures of the judged pairs by name."""
    values = {row.model: {k: v and v.value for k, v in row.figures.items()} for row in rows}
    ours = values[OURS]
    return {
        **about,
        "rmse": ours["rmse"],
        "rmse_constant": values[baselines.CONSTANT]["rmse"],
        "rmse_lasso": values[baselines.LASSO]["rmse"],
        **{name: ours[name] for name in ("r2", "tau_c", "tau_b", "calibration_error")},
    }


def _pairs(
    bench: Bench, dataset: Dataset, captions: Dataset | None
) -> Generator[TrainProgress, None, tuple[TrainingData, FloatArray, dict[str, Any], Unseen | None]]:
    """Scores the judged pairs; returns them, their scores, and what there is to know of them."""
    unseen = None
    data = yield from bench.prepared(dataset)
    if not len(data.judged):
        raise TrainingError(f"{dataset.root} has no judged pair to measure on.")
    used = {data.hashes[i]: i for i in np.union1d(data.judged.images, data.crowd.images)}
    if bench.named:
        seen = used.keys() & (bench.info.heads_trained_on | bench.info.score_trained_on)
        scores = score_pairs(bench.matcher, data, data.judged)
    else:
        if captions is not None:
            apart, space = yield from heads_without(bench, captions, frozenset(used))
            seen = set()
        else:
            space, seen = bench.heads.space, used.keys() & bench.heads_info.heads_trained_on
            data = _without(data, np.array(sorted(used[digest] for digest in seen), np.int64))
        matchers = yield from fold_matchers(space, data)
        scores = fold_scores(matchers, data)
        if captions is not None:
            unseen = Unseen(space, matchers, dataset, captions, apart)
    names = sorted(name for name, digest in image_hashes(bench.library, dataset) if digest in seen)
    about = {
        "target": str(data.target),
        "n_pairs": len(data.judged),
        "left_out": data.left_out,
        "n_seen_images": len(names),
        "seen_images": names,
    }
    return data, scores, about, unseen


def _ranked(pool: _Pool, data: TrainingData | None) -> Generator[TrainProgress, None, Ranked]:
    """Ranks the right images by the baselines too, where there are judged pairs to fit them on."""
    found = {OURS: pool.ranks}
    if data is not None:
        models = yield from baselines.fitted(data, np.arange(len(data.judged)))
        scores = yield from models.pool_scores(pool.images, pool.queries)
        found |= {model: ranks(of_model, pool.right) for model, of_model in scores.items()}
    return Ranked(found, pool.right, len(pool.images))


def _without(data: TrainingData, images: IntArray) -> TrainingData:
    """Leaves out the pairs of images that the heads saw: no model here is blind to them."""
    if not len(images):
        return data
    judged = data.judged.take(~np.isin(data.judged.images, images))
    left_out = data.left_out | {"The bundled heads saw the image": len(data.judged) - len(judged)}
    crowd = data.crowd.take(~np.isin(data.crowd.images, images))
    return replace(data, judged=judged, crowd=crowd, left_out=left_out)


def _recalls(bench: Bench, dataset: Dataset) -> Generator[TrainProgress, None, _Pool]:
    """Measures recall of the test part: whole pool, and the queries that the rule passes."""
    folder = dataset.root / TEST_IMAGES
    vectors = yield from bench.vectors(folder, "Test images")
    listed = set(dataset.test_images or vectors)
    vectors = {name: vector for name, vector in vectors.items() if name in listed}
    queries = [query for query in dataset.queries if query.image in vectors and not bench.hits(query.text)]
    if not queries:
        raise TrainingError(f"None of the test queries of {dataset.root} has its image in the pool.")
    ranked, right = pool_ranks([bench.matcher], bench.text_encoders, vectors, queries)
    pool = {digest for digest, _ in vectors.values()}
    seen = pool & (bench.info.heads_trained_on | bench.info.score_trained_on)
    figures = {
        "n_queries": len(queries),
        "n_images": len(vectors),
        **{f"recall_at_{k}": recall_at(ranked, k) for k in RECALL_AT},
        "n_seen_test_images": len(seen),
        "seen_test_images": sorted(name for name, (digest, _) in vectors.items() if digest in seen),
    }
    texts = yield from caption_vectors([query.text for query in queries], bench.text_encoders)
    raw = np.stack([vector for _, vector in vectors.values()])
    return _Pool(figures, raw, texts, right, ranked)


def _protocol(
    figures: Mapping[str, Any], bench: Bench, data: TrainingData | None, captions: Dataset | None
) -> Iterator[str]:
    """Says how the figures came about."""
    if data is not None:
        images = len(np.unique(data.judged.images))
        yield (
            f"{len(data.judged):,} judged pairs of {images:,} images. The target of a score is "
            f"{_TARGETS[data.target]}, on a scale from 0 to 1."
        )
        for reason, count in figures["left_out"].items():
            yield f"{count:,} pairs are left out: {reason}."
        if bench.named:
            yield (
                "ImgSearch is the matcher that was named, as it is; it saw "
                f"{figures['n_seen_images']:,} of the folder's labelled images in training."
            )
        else:
            whence = "come with the program" if captions is None else "were trained on the captions folder"
            yield (
                "ImgSearch's score of a pair was fitted on the other four of five folds, which share no "
                f"image with it; the heads {whence} and saw none of the images."
            )
        if captions is not None and not bench.named:
            yield (
                "“Both unseen”: five folds by image crossed with five by caption; neither was seen with a "
                "judgement. “Held-out”: recall among a sixth of the captions folder's images, kept from "
                "the heads; “in English” and “translated” are the same captions of that pool. “Labelled”: "
                "recall among the folder's labelled images by their own captions, each image scored by a "
                "matcher that saw no judgement of it."
            )
        yield (
            "The baselines are fitted on the same folds: the mean target; a Lasso, and a network of one "
            "hidden layer, both on the vectors of image and caption side by side."
        )
        yield (
            "Kendall's τc and τb compare a pair's score with every expert's rating of it; pairs whose "
            "caption was written for the image are left out. The constant orders nothing."
        )
        yield (
            "The calibration error is the mean distance between mean score and mean target over ten bins "
            "of equally many pairs."
        )
    if figures["n_queries"]:
        yield (
            f"Recall is the share of {figures['n_queries']:,} test queries whose image is among the first "
            f"1, 5 or 10 of all {figures['n_images']:,} test images, ranked by the matcher as it is used. "
            f"It saw {figures['n_seen_test_images']:,} of them in training. Baselines are fitted on all "
            "judged pairs for this; a Lasso ranks the images alike whatever the query."
        )
    yield f"The content rule was {'off' if bench.rule is None else 'on'}."
    yield (
        f"Intervals: 95 %, from {RESAMPLES:,} bootstrap resamples of the images, each with all its pairs or "
        "queries. Models are not trained anew, and the pool of test images stays whole. "
        "That of the calibration error leans upward: drawing again adds noise to every bin."
    )
