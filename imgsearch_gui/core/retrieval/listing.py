"""The photos of an answer, made of their ids when they are looked at."""

from __future__ import annotations

from bisect import bisect_left
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from imgsearch_gui.core.types.photos import Band, Gallery, Hits, ImageRecord, LazyPhotos, SearchHit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.retrieval.ranking import Ranking
    from imgsearch_gui.core.storage.library import Library
    from imgsearch_gui.core.types.photos import Bands

_GONE = "no longer in the library"


def gallery(library: Library, folder: Path, shown: npt.NDArray[np.int64], withheld: int) -> Gallery:
    """Lists images, by path.

    Args:
        library: knows them.
        folder: whose they are.
        shown: their ids, int64 [n].
        withheld: how many more there are that may not be shown.
    """
    by_path = np.fromiter((image_id for image_id, _ in library.paths(folder)), np.int64)
    ids = by_path[np.isin(by_path, shown)]

    def make(start: int, stop: int) -> list[ImageRecord]:
        return _records(library, folder, ids[start:stop].tolist())

    return Gallery(LazyPhotos(len(ids), make, partial(_place, ids)), withheld)


def ranked_hits(
    library: Library,
    folder: Path,
    ids: npt.NDArray[np.int64],
    ranking: Ranking,
    keys: FloatArray,
    order: npt.NDArray[np.integer[Any]],
    bands: Bands | None,
    named: Mapping[int, Sequence[str]],
) -> Hits:
    """Makes hits.

    Args:
        library: knows the images.
        folder: whose they are.
        ids: int64 [n], ascending.
        ranking: of these images.
        keys: the ranking's values, and what file names add to them, float32 [n].
        order: places of the ids, the highest keys first.
        bands: of the scores; nothing where they have none.
        named: the words of the query that images' file names hold.
    """

    def score(values: FloatArray, place: int) -> float:
        at = order[place : place + 1]
        return float(ranking.scores(values[at])[0])

    def make(start: int, stop: int) -> list[SearchHit]:
        some = order[start:stop]
        scores = ranking.scores(ranking.values[some]).tolist()
        return [
            SearchHit(
                record.id,
                record.path,
                value,
                None if bands is None else bands.of(value),
                " ".join(named.get(record.id, ())),
            )
            for record, value in zip(_records(library, folder, ids[some].tolist()), scores, strict=True)
        ]

    likely = len(order)
    if bands is not None:
        # Best first, so that all after a place are unlikely where one with its name's bonus would be: no need
        # to look at each of a million hits.
        likely = bisect_left(
            range(len(order)), True, key=lambda place: bands.of(score(keys, place)) is Band.UNLIKELY
        )
    return Hits(len(order), make, lambda image_id: _place(order, _place(ids, image_id)), likely)


def _records(library: Library, folder: Path, ids: Sequence[int]) -> list[ImageRecord]:
    """Returns the records of some images; of one that has left the library meanwhile, a stand-in."""
    known = library.records_of(ids)
    return [known.get(image_id) or ImageRecord(image_id, folder / _GONE, 0, 0) for image_id in ids]


def _place(numbers: npt.NDArray[np.integer[Any]], number: int) -> int:
    places = np.flatnonzero(numbers == number)
    if not len(places):
        raise ValueError(f"there is no image {number}.")
    return int(places[0])
