"""Gathers what people are to rate: the hits of a query, or the pairs of a dataset folder.

Nothing that the content rule keeps from being shown is among it, and no pair is in it twice: pictures
with the same bytes are one, since ratings follow the bytes.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.content_rule.policy import Withheld
from imgsearch_gui.core.datasets.dataset import TRAIN_IMAGES, TRAIN_TABLE, read_dataset
from imgsearch_gui.core.matching.training_data import image_vectors
from imgsearch_gui.core.pictures.images import content_hash
from imgsearch_gui.core.query.grammar import parse
from imgsearch_gui.core.ratings.judgements import judgements
from imgsearch_gui.core.ratings.order import CANDIDATES, around_edges, at_random, by_dispute, by_doubt
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.judging import JudgingItem, JudgingList, JudgingOrder, Mark
from imgsearch_gui.core.types.photos import Gallery
from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.core.types.ratings import RatingScale
from imgsearch_gui.errors import DatasetError, ImageError, QueryError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence

    from imgsearch_gui.core.datasets.dataset import Dataset, Pair
    from imgsearch_gui.core.engine import Engine
    from imgsearch_gui.core.ratings.judgements import Judgement
    from imgsearch_gui.core.types.content_rule import RuleMatch
    from imgsearch_gui.core.types.judging import JudgingWish
    from imgsearch_gui.core.types.photos import Bands, SearchHit

_AT_ONCE = 250  # items between two reports of progress


def list_to_judge(engine: Engine, wish: JudgingWish) -> Generator[TrainProgress, None, JudgingList]:
    """Gathers what there is to rate, in the order that is wished.

    Pairs of a dataset folder have scores only where the order asks for them, because that means to embed
    their pictures; the ratings of its experts are marks like any other.

    Yields:
        Progress.

    Raises:
        LibraryError: the library cannot be read.
        QueryError: the query is not one sentence, with filters or without.
        DatasetError: the folder is no dataset folder with pairs, or belongs to one whose captions cannot be
            read, so that nobody knows what may be shown.
    """
    if wish.query is None:
        return (yield from _of_folder(engine, wish))
    return (yield from _of_query(engine, wish, wish.query))


def _of_query(engine: Engine, wish: JudgingWish, query: str) -> Generator[TrainProgress, None, JudgingList]:
    # By the score alone: raters are asked about pictures, and not about what somebody called them.
    found = engine.ask(wish.folder, query, top=None, rule=wish.rule, names=False)
    terms = parse(query).terms
    if isinstance(found, Gallery) or (not found.blocked and (len(terms) != 1 or terms[0].away)):
        raise QueryError(
            sentence("What is rated is one sentence: take signs, weights and phrases out of the query.")
        )
    if found.blocked:
        return JudgingList(wish, (), 0, found.withheld, 0, found.rule_match)
    asked = terms[0].text
    bands = engine.model[0].bands
    places: Sequence[int] = range(min(CANDIDATES, len(found.hits)))
    if wish.order is JudgingOrder.UNSURE:
        places = around_edges(len(found.hits), lambda place: found.hits[place].score, bands)
    hits: dict[int, SearchHit] = {}
    for place in sorted(places):  # hits are made a page at a time
        if len(hits) % _AT_ONCE == 0:
            yield TrainProgress(sentence("Matches"), len(hits), len(places))
        hits[place] = found.hits[place]
    hashes = engine.library.hashes_of([hit.image_id for hit in hits.values()])
    judged = judgements(engine.library.ratings(query=asked).values())
    items: dict[bytes, JudgingItem] = {}
    for place, hit in hits.items():
        digest = hashes.get(hit.image_id)
        if digest is None or digest in items:  # gone meanwhile; or of equal pictures, the best one stays
            continue
        items[digest] = JudgingItem(
            query=asked,
            path=hit.path,
            content_hash=digest,
            image_id=hit.image_id,
            score=hit.score,
            band=hit.band,
            rank=place + 1,
            marks=_marks(judged.get((asked, digest))),
            rule_match=found.rule_match,
        )
    ordered = _in_order(list(items.values()), wish.order, asked, bands)
    return JudgingList(wish, ordered, len(found.hits), found.withheld)


def _of_folder(engine: Engine, wish: JudgingWish) -> Generator[TrainProgress, None, JudgingList]:
    yield TrainProgress(sentence("Tables"), 0, 0)
    dataset = read_dataset(wish.folder)
    if not dataset.pairs:
        raise DatasetError(
            sentence("The folder has no {file}, and so no pairs to rate.", file=TRAIN_TABLE), wish.folder
        )
    shown = yield from _shown(engine, dataset, wish.rule)
    hashes = yield from _hashes(dataset, {pair.image for pair, _ in shown})
    folder, bands = dataset.root / TRAIN_IMAGES, engine.model[0].bands
    if not (engine.library.read_only or engine.library.knows(folder)):
        engine.library.add_folder(folder)  # so that what is rated can be found, exported and trained on
    judged = judgements(engine.library.ratings().values())
    experts = {(label.image, label.caption_id): label.scores for label in dataset.expert}
    scores: dict[Pair, float] = {}
    if wish.order is JudgingOrder.UNSURE:
        scores = yield from _scores(engine, dataset, [pair for pair, _ in shown])
    ids = {record.path: record.id for record in engine.library.records(folder)}
    items: dict[tuple[str, bytes], JudgingItem] = {}
    unreadable = 0
    for pair, match in shown:
        digest = hashes.get(pair.image)
        if digest is None or (wish.order is JudgingOrder.UNSURE and pair not in scores):
            unreadable += 1
            continue
        key, score = (pair.caption.text, digest), scores.get(pair)
        item = JudgingItem(
            query=pair.caption.text,
            path=dataset.train_image(pair.image),
            content_hash=digest,
            image_id=ids.get(folder.resolve() / pair.image),
            score=score,
            band=None if score is None else bands.of(score),
            marks=_marks(judged.get(key), experts.get((pair.image, pair.caption.id), ())),
            rule_match=match,
        )
        items.setdefault(key, item)
    ordered = _in_order(list(items.values()), wish.order, dataset.root.name, bands)
    return JudgingList(wish, ordered, len(items), len(dataset.pairs) - len(shown), unreadable)


def _shown(
    engine: Engine, dataset: Dataset, mode: RuleMode
) -> Generator[TrainProgress, None, list[tuple[Pair, RuleMatch | None]]]:
    """Returns the pairs that may be shown, each with the word of its caption that the rule hits."""
    if mode is RuleMode.OFF:
        return [(pair, None) for pair in dataset.pairs]
    withheld = Withheld(engine.rule)
    matches: dict[str, RuleMatch | None] = {}
    hidden: dict[str, bool] = {}
    shown = []
    for at, pair in enumerate(dataset.pairs):
        if at % _AT_ONCE == 0:
            yield TrainProgress(sentence("Captions"), at, len(dataset.pairs))
        if pair.caption.id not in matches:
            matches[pair.caption.id] = engine.rule.check(pair.caption.text)
        if pair.image not in hidden:
            hidden[pair.image] = dataset.train_image(pair.image) in withheld
        match = matches[pair.caption.id]
        if not hidden[pair.image] and (match is None or mode is RuleMode.WARN):
            shown.append((pair, match))
    return shown


def _hashes(dataset: Dataset, names: Iterable[str]) -> Generator[TrainProgress, None, dict[str, bytes]]:
    """Returns the SHA-256 of those images that can be read, by name."""
    found, images = {}, sorted(names)
    for at, name in enumerate(images):
        if at % 10 == 0:
            yield TrainProgress(sentence("Pictures"), at, len(images))
        try:
            found[name] = content_hash(dataset.train_image(name))
        except ImageError:
            continue
    return found


def _scores(
    engine: Engine, dataset: Dataset, pairs: Sequence[Pair]
) -> Generator[TrainProgress, None, dict[Pair, float]]:
    """Scores those pairs whose picture can be read."""
    folder = dataset.root / TRAIN_IMAGES
    vectors = yield from image_vectors(
        engine.library, folder, engine.image_encoder, sentence("Image vectors")
    )
    matcher, _ = engine.model
    by_caption: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.image in vectors:
            by_caption[pair.caption.text].append(pair)
    scores: dict[Pair, float] = {}
    texts = list(by_caption)
    for start in range(0, len(texts), _AT_ONCE):
        yield TrainProgress(sentence("Scores"), start, len(texts))
        some = texts[start : start + _AT_ONCE]
        for text, query in zip(some, matcher.queries(some, engine.text_encoders), strict=True):
            of_caption = by_caption[text]
            images = matcher.images(np.stack([vectors[pair.image][1] for pair in of_caption]))
            values = matcher.scores(images, query).tolist()
            scores |= dict(zip(of_caption, values, strict=True))
    return scores


def _marks(judged: Judgement | None, experts: Iterable[int] = ()) -> tuple[Mark, ...]:
    """Returns what raters said of a pair, those of the dataset folder first."""
    marks = [Mark(f"expert {n}", RatingScale.EXPERT, score) for n, score in enumerate(experts, 1)]
    if judged is not None:
        marks += [Mark(rater, RatingScale.EXPERT, value) for rater, value in judged.expert.items()]
        marks += [Mark(rater, RatingScale.CROWD, int(value)) for rater, value in judged.crowd.items()]
    return tuple(marks)


def _in_order(
    items: Sequence[JudgingItem], order: JudgingOrder, seed: str, bands: Bands
) -> tuple[JudgingItem, ...]:
    if order is JudgingOrder.RANDOM:
        places = at_random(len(items), seed)
    elif order is JudgingOrder.UNSURE:
        places = by_doubt([item.score or 0.0 for item in items], bands)
    elif order is JudgingOrder.DISPUTED:
        places = by_dispute([item.marks for item in items])
    else:
        places = list(range(len(items)))
    return tuple(items[place] for place in places)
