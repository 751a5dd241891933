"""A new matcher beside the one in use and plain models, on images that were kept from training."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core import measures
from imgsearch_gui.core.datasets.dataset import TEST_IMAGES
from imgsearch_gui.core.encoders.language import detect_language
from imgsearch_gui.core.evaluation import baselines
from imgsearch_gui.core.evaluation.comparison import METRICS, MODELS, NEW, OLD, RECALL_AT, Ranked, compare
from imgsearch_gui.core.matching.matcher import active_towers
from imgsearch_gui.core.matching.training import score_pairs
from imgsearch_gui.core.matching.training_data import caption_vectors, image_vectors
from imgsearch_gui.core.measures import rmse
from imgsearch_gui.core.retraining.limits import LEAST_MEASURED
from imgsearch_gui.core.retraining.verdict import Difference, verdict
from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.core.types.training import ComparedModel, Comparison
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Generator

    import numpy.typing as npt

    from imgsearch_gui.core.content_rule.policy import ContentRule
    from imgsearch_gui.core.datasets.dataset import Dataset, EvaluationQuery
    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.engine import Engine, Model
    from imgsearch_gui.core.evaluation.baselines import Baselines
    from imgsearch_gui.core.matching.checkpoint import ModelInfo
    from imgsearch_gui.core.matching.matcher import Matcher
    from imgsearch_gui.core.matching.training_data import IntArray, PairSet
    from imgsearch_gui.core.retraining.split import Split

NEW_NAME = MODELS[NEW]
_SHOWN = ("rmse", "r2", "tau_c", *(f"recall_at_{k}" for k in RECALL_AT))
# The baselines' features are 26 KB a pair with the default encoders: 0.2 GB, and as much again scaled.
_MOST_FITTED = 8000
_QUERIES_AT_ONCE = 20
_RECALL = sentence("Recall")


@dataclass(frozen=True, slots=True, eq=False)
class Contest:
    """What is compared, and on what.

    Attributes:
        sides: what the new matcher was trained on, and what was kept from it.
        old: the matcher in use, and what its file says.
        new: the new one.
        dataset: its test part is what recall is measured on.
        rule: leaves out test queries that it hits; nothing when off.
    """

    sides: Split
    old: Model
    new: Model
    dataset: Dataset
    rule: ContentRule | None


@dataclass(frozen=True, slots=True, eq=False)
class _Pool:
    """The test part: vectors of images and queries, and which image is whose."""

    images: npt.NDArray[np.float16]
    hashes: tuple[bytes, ...]
    queries: list[EvaluationQuery]
    texts: tuple[FloatArray, ...]
    right: IntArray
    hit: int  # queries that the content rule left out


def compared(engine: Engine, contest: Contest) -> Generator[TrainProgress, None, Comparison]:
    """Measures the constant, the Lasso, the plain network, the old matcher and the new one.

    Yields:
        Progress.
    """
    data = contest.sides.train
    test, seen_by_old, remarks = measured(contest)
    fit_on = _some(len(data.judged))
    if len(fit_on) < len(data.judged):
        remarks.append(
            sentence(
                "The plain models were fitted on {most:,} pairs drawn from the training's.", most=_MOST_FITTED
            )
        )
    plain = yield from baselines.fitted(data, fit_on)
    scores = plain.predictions(data, test)
    for name, (matcher, _) in ((OLD, contest.old), (NEW, contest.new)):
        yield TrainProgress(sentence("Comparison"), len(scores), len(MODELS))
        scores[name] = score_pairs(matcher, data, test)
    pool = yield from _pool(engine, contest)
    ranked = None
    if pool is not None:
        ranked = yield from _ranked(pool, plain, {OLD: contest.old[0], NEW: contest.new[0]})
    seen_in_pool = 0 if pool is None else len(set(pool.hashes) & _seen(contest.old[1]))
    rows = yield from compare(scores, test, [] if ranked is None else [ranked])
    remarks += _remarks(contest, pool, seen_in_pool)
    images = len(np.unique(test.images))
    said, better, worse = verdict(
        Difference.of_errors(scores[OLD], scores[NEW], test, flattered=seen_by_old),
        None if ranked is None else Difference.of_ranks(ranked, OLD, NEW, flattered=seen_in_pool),
        images=images,
        plain=rmse(scores[NEW], test.targets) >= rmse(scores[baselines.CONSTANT], test.targets),
    )
    return Comparison(
        models=tuple(
            ComparedModel(
                MODELS[row.model],
                {METRICS[name]: row.figures[name] for name in _SHOWN},
                _reliability(scores[row.model], test.targets) if row.model in (OLD, NEW) else (),
            )
            for row in rows
        ),
        pairs=len(test),
        images=images,
        queries=0 if pool is None else len(pool.queries),
        pool=0 if pool is None else len(pool.images),
        seen_by_old=seen_by_old,
        seen_in_pool=seen_in_pool,
        remarks=tuple(remarks),
        verdict=said,
        worse=worse,
        better=better,
    )


def _seen(info: ModelInfo) -> frozenset[bytes]:
    return info.heads_trained_on | info.score_trained_on


def measured(contest: Contest) -> tuple[PairSet, int, list[str]]:
    """Chooses what to measure on: pairs of images that neither matcher saw, where they are enough.

    Returns:
        The pairs, how many of their images the old matcher was trained on, and what to say of it.
    """
    test, hashes = contest.sides.test, contest.sides.train.hashes
    images = np.unique(test.images)
    # The new one may have begun with the old one's heads, and so with what those saw.
    seen = _seen(contest.old[1]) | _seen(contest.new[1])
    fresh = np.array([image for image in images if hashes[image] not in seen], np.int64)
    if len(fresh) == len(images):
        return test, 0, []
    if len(fresh) >= LEAST_MEASURED:
        said = sentence(
            "Of the {count:,} images that were kept from training, the {fresh:,} are "
            "measured on that the matcher in use was not trained on either.",
            count=len(images),
            fresh=len(fresh),
        )
        return test.take(np.isin(test.images, fresh)), 0, [said]
    by_old = sum(hashes[image] in _seen(contest.old[1]) for image in images)
    said = sentence(
        "The matcher in use was trained on {by_old:,} of the {count:,} images that the "
        "errors are measured on, so its figures flatter it. {fresh:,} of them are new "
        "to it; a fair comparison needs {least}.",
        by_old=by_old,
        count=len(images),
        fresh=len(fresh),
        least=LEAST_MEASURED,
    )
    return test, by_old, [said]


def _some(count: int) -> npt.NDArray[np.intp]:
    """Returns the pairs that the plain models are fitted on: all, or as many as memory is set aside for."""
    if count <= _MOST_FITTED:
        return np.arange(count)
    return np.sort(np.random.default_rng(0).choice(count, _MOST_FITTED, replace=False))


def _pool(engine: Engine, contest: Contest) -> Generator[TrainProgress, None, _Pool | None]:
    """Gathers the test part; nothing where there is none, or none that can be used."""
    dataset = contest.dataset
    if not dataset.queries:
        return None
    folder = dataset.root / TEST_IMAGES
    vectors = yield from image_vectors(engine.library, folder, engine.image_encoder, sentence("Test images"))
    listed = set(dataset.test_images)
    vectors = {name: vector for name, vector in vectors.items() if name in listed}
    there = [query for query in dataset.queries if query.image in vectors]
    queries = [q for q in there if contest.rule is None or contest.rule.check(q.text) is None]
    if not queries:
        return None
    texts = yield from caption_vectors([query.text for query in queries], engine.text_encoders, _RECALL)
    places = {name: row for row, name in enumerate(vectors)}
    return _Pool(
        images=np.stack([vector for _, vector in vectors.values()]),
        hashes=tuple(digest for digest, _ in vectors.values()),
        queries=queries,
        texts=texts,
        right=np.array([places[query.image] for query in queries], np.int64),
        hit=len(there) - len(queries),
    )


def _ranked(
    pool: _Pool, plain: Baselines, matchers: dict[str, Matcher]
) -> Generator[TrainProgress, None, Ranked]:
    """Ranks the right images of the queries by all that can rank."""
    scores = yield from plain.pool_scores(pool.images, pool.texts, _RECALL)
    found = {name: measures.ranks(of_model, pool.right) for name, of_model in scores.items()}
    languages = [detect_language(query.text) for query in pool.queries]
    for name, matcher in matchers.items():
        images = matcher.images(pool.images)
        ranks = np.empty(len(pool.queries), np.int64)
        for row, language in enumerate(languages):
            if row % _QUERIES_AT_ONCE == 0:
                yield TrainProgress(_RECALL, row, len(languages))
            active = active_towers(matcher.config, language)
            texts = [v[[row]] if i in active else None for i, v in enumerate(pool.texts)]
            of_images = matcher.scores(images, matcher.texts(texts)[0])
            ranks[row] = measures.ranks(of_images[None], pool.right[[row]])[0]
        found[name] = ranks
    return Ranked(found, pool.right, len(pool.images))


def _remarks(contest: Contest, pool: _Pool | None, seen_in_pool: int) -> list[str]:
    """Says what has to be known to read the figures."""
    remarks: list[str] = []
    if contest.sides.made_up:
        remarks.append(
            sentence(
                "Nobody judged any pair: a caption counts as fitting its own image fully, and "
                "another image not at all."
            )
        )
    if pool is None:
        remarks.append(sentence("There are no test queries to measure recall on."))
    elif pool.hit:
        remarks.append(sentence("The content rule leaves out {hit:,} of the test queries.", hit=pool.hit))
    if seen_in_pool and pool is not None:
        remarks.append(
            sentence(
                "The matcher in use was trained on {seen:,} of the {count:,} test "
                "images: its recall flatters it.",
                seen=seen_in_pool,
                count=len(pool.images),
            )
        )
    remarks.append(
        sentence(
            "The new matcher is kept as it was measured: the images that it was measured on "
            "are not trained on afterwards. The curves and the stopping went by other "
            "images, a fifth of those trained on."
        )
    )
    remarks.append(
        sentence(
            "Intervals: 95 %, from {resamples:,} bootstrap resamples of the images, each "
            "with all its pairs or queries.",
            resamples=measures.RESAMPLES,
        )
    )
    return remarks


def _reliability(scores: FloatArray, targets: FloatArray) -> tuple[tuple[float, float, int], ...]:
    bins = zip(*measures.calibration_bins(scores, targets), strict=True)
    return tuple((float(score), float(target), int(count)) for score, target, count in bins)
