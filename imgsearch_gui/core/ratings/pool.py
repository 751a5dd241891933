"""Stepping through the test queries of a dataset folder: where does the right image stand?

Queries, pool, scores and ranks are those of an evaluation under the same setting of the content rule, so that
the recall over all queries is the one that ``evaluate`` prints. Nobody sees there what the rule withholds;
here a withheld picture keeps its place among the hits, and a stand-in is shown in it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.content_rule.policy import Withheld
from imgsearch_gui.core.datasets.dataset import QUERIES_TABLE, TEST_IMAGES, read_dataset
from imgsearch_gui.core.evaluation.held_out_scores import recall_pool
from imgsearch_gui.core.matching.training_data import image_vectors
from imgsearch_gui.core.measures import ranks, recall_at
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.judging import JudgingItem, PoolStep
from imgsearch_gui.core.types.photos import Hits, SearchHit
from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.errors import DatasetError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Generator

    from imgsearch_gui.core.datasets.dataset import Dataset, EvaluationQuery
    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.engine import Engine
    from imgsearch_gui.core.evaluation.held_out_scores import Vectors

RECALL_AT = (1, 5, 10)
WITHHELD = Path("withheld by the content rule")
_TEXTS_AT_ONCE = 512  # between two reports of progress
_NO_IMAGE = 0  # an id that no image of a library has


class PoolRun:
    """The test queries of a dataset folder and their pool; made by :func:`open_pool`.

    Attributes:
        count: how many queries there are.
    """

    def __init__(
        self,
        engine: Engine,
        dataset: Dataset,
        mode: RuleMode,
        vectors: Vectors,
        queries: list[EvaluationQuery],
        placed: FloatArray,
    ) -> None:
        self._mode, self._queries, self._placed = mode, queries, placed
        self._rule, self._library = engine.rule, engine.library
        self._matcher, info = engine.model
        self._images = self._matcher.images(np.stack([vector for _, vector in vectors.values()]))
        self._rows = {name: row for row, name in enumerate(vectors)}
        folder = dataset.root / TEST_IMAGES
        withheld = Withheld(engine.rule)
        ids = {record.path: record.id for record in engine.library.records(folder)}
        self._shown = [
            (_NO_IMAGE, WITHHELD)
            if mode is not RuleMode.OFF and folder / name in withheld
            else (ids.get(folder.resolve() / name, _NO_IMAGE), folder / name)
            for name in vectors
        ]
        self._left_out = len(dataset.queries) - len(queries)
        seen = info.heads_trained_on | info.score_trained_on
        self._trained_on = len({digest for digest, _ in vectors.values()} & seen)
        self._ranks: dict[int, int] = {}
        self.count = len(queries)

    def step(self, place: int) -> PoolStep:
        """Answers one query.

        Args:
            place: which, counted from 0.

        Raises:
            MatcherError: the matcher's scores are not numbers.
        """
        query = self._queries[place]
        right = self._rows[query.image]
        scores = self._matcher.scores(self._images, self._placed[place])
        rank = int(ranks(scores[None], np.array([right]))[0])
        self._ranks[place] = rank
        # As equal scores count against it, the right image is the last of them.
        order = np.lexsort((np.arange(len(scores)) == right, -scores))
        bands, shown = self._matcher.bands, self._shown

        def make(start: int, stop: int) -> list[SearchHit]:
            rows = order[start:stop].tolist()
            values = scores[order[start:stop]].tolist()
            return [
                SearchHit(shown[row][0], shown[row][1], value, bands.of(value))
                for row, value in zip(rows, values, strict=True)
            ]

        def place_of(image_id: int) -> int:
            places = [at for at, row in enumerate(order.tolist()) if shown[row][0] == image_id != _NO_IMAGE]
            if not places:
                raise ValueError(f"there is no image {image_id}.")
            return places[0]

        hits = Hits(len(order), make, place_of, len(order))
        stepped = np.array(list(self._ranks.values()), np.int64)
        return PoolStep(
            place=place,
            count=self.count,
            query=query.text,
            hits=hits,
            right=hits[rank - 1],
            rank=rank,
            picture=self._picture(query.text, *shown[right]),
            recall={k: recall_at(stepped, k) for k in RECALL_AT},
            stepped=len(stepped),
            left_out=self._left_out,
            trained_on=self._trained_on,
            rule_match=self._rule.check(query.text) if self._mode is RuleMode.WARN else None,
        )

    def _picture(self, query: str, image_id: int, path: Path) -> JudgingItem | None:
        digest = self._library.hashes_of([image_id]).get(image_id)
        return None if digest is None else JudgingItem(query, path, digest, image_id)


def open_pool(engine: Engine, root: Path, mode: RuleMode) -> Generator[TrainProgress, None, PoolRun]:
    """Embeds the test images and test queries of a dataset folder.

    Args:
        engine: its matcher answers the queries.
        root: the dataset folder.
        mode: what the content rule does; with ``BLOCK``, queries that it hits are left out.

    Yields:
        Progress.

    Raises:
        DatasetError: the folder cannot be used, has no test queries, or the captions of its images cannot be
            read, so that nobody knows what may be shown.
        TrainingError: none of the queries can be tried.
    """
    yield TrainProgress(sentence("Tables"), 0, 0)
    dataset = read_dataset(root)
    if not dataset.queries:
        raise DatasetError(
            sentence("The folder has no {file}, and so no test queries.", file=QUERIES_TABLE), root
        )
    folder = dataset.root / TEST_IMAGES
    vectors = yield from image_vectors(engine.library, folder, engine.image_encoder, sentence("Test images"))
    matcher, _ = engine.model
    rule = engine.rule if mode is RuleMode.BLOCK else None
    pool, queries = recall_pool(dataset, vectors, rule)
    placed = np.empty((len(queries), matcher.query_width), np.float32)
    for start in range(0, len(queries), _TEXTS_AT_ONCE):
        yield TrainProgress(sentence("Test queries"), start, len(queries))
        texts = [query.text for query in queries[start : start + _TEXTS_AT_ONCE]]
        placed[start : start + len(texts)] = matcher.queries(texts, engine.text_encoders)
    return PoolRun(engine, dataset, mode, pool, queries, placed)
