"""The photos of an answer: put in order, folded, and made when they are looked at."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from imgsearch_gui import paths
from imgsearch_gui.core.retrieval.folding import Folding, unfolded
from imgsearch_gui.core.retrieval.names import with_bonuses
from imgsearch_gui.core.retrieval.order import Orders, arranged
from imgsearch_gui.core.retrieval.search import rank
from imgsearch_gui.core.types.photos import Band, Gallery, Hits, ImageRecord, LazyPhotos, SearchHit
from imgsearch_gui.core.types.query import Order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.retrieval.folding import Folded
    from imgsearch_gui.core.retrieval.ranking import Ranking
    from imgsearch_gui.core.retrieval.search import FolderVectors
    from imgsearch_gui.core.storage.library import Library
    from imgsearch_gui.core.types.photos import Bands

_GONE = "no longer in the library"


@dataclass(frozen=True, slots=True)
class Wish:
    """How photos are to be listed.

    Attributes:
        order: in which order.
        fold: whether of photos with the same bytes one stands for all.
        top: the most hits, the first in the order; all when not given.
    """

    order: Order = Order.SCORE
    fold: bool = False
    top: int | None = None


class Listing:
    """Lists a folder's photos. Thread-safe.

    Args:
        library: knows the photos.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._orders, self._folding = Orders(library), Folding(library)

    def gallery(
        self, folder: Path, vectors: FolderVectors, kept: npt.NDArray[np.bool_], withheld: int, wish: Wish
    ) -> Gallery:
        """Lists images without a query.

        Args:
            folder: whose they are.
            vectors: the folder's images.
            kept: which of them are listed, bool [n].
            withheld: how many more there are that may not be shown.
            wish: how.

        Raises:
            LibraryError: the library cannot be read.
        """
        folded = self._folded(folder, vectors, kept, wish)
        rows = np.flatnonzero(folded.kept)
        ids = vectors.ids[arranged(rows, len(rows), self._places(folder, vectors, wish.order))]

        def make(start: int, stop: int) -> list[ImageRecord]:
            some = ids[start:stop].tolist()
            records = zip(self._records(folder, some), folded.copies(some), strict=True)
            return [replace(record, copies=copies) for record, copies in records]

        return Gallery(LazyPhotos(len(ids), make, partial(_place, ids)), withheld, folded.count)

    def hits(
        self,
        folder: Path,
        vectors: FolderVectors,
        kept: npt.NDArray[np.bool_],
        ranking: Ranking,
        wish: Wish,
        bands: Bands | None = None,
        bonus: Mapping[int, float] | None = None,
        named: Mapping[int, Sequence[str]] | None = None,
    ) -> tuple[Hits, int]:
        """Lists images that match.

        Args:
            folder: whose they are.
            vectors: the folder's images.
            kept: which of them are listed, bool [n].
            ranking: of all of the folder's images.
            wish: how.
            bands: of their scores; nothing where they have none.
            bonus: what file names add to the ranking's values, by image.
            named: the words of the query that images' file names hold.

        Returns:
            Hits, and how many images are not among them because one with the same bytes is.

        Raises:
            LibraryError: the library cannot be read.
        """
        named = named or {}
        keys = with_bonuses(ranking.values, vectors.ids, bonus) if bonus else ranking.values
        folded = self._folded(folder, vectors, kept, wish, keys)
        by_score = wish.order is Order.SCORE
        places = None if by_score else self._places(folder, vectors, wish.order)
        values, ids = ranking.values, vectors.ids
        if not folded.kept.all():
            values, keys, ids = values[folded.kept], keys[folded.kept], ids[folded.kept]
            places = None if places is None else places[folded.kept]
        best = rank(keys, wish.top if places is None else None)

        def band(place: int) -> Band | None:
            return bands.of(float(ranking.scores(keys[best[place : place + 1]])[0])) if bands else None

        likely = len(best)
        if bands is not None:
            # Best first, so that all after a place are unlikely where one with its name's bonus would be: no
            # need to look at each of a million hits.
            likely = bisect_left(range(len(best)), True, key=lambda place: band(place) is Band.UNLIKELY)
        order = best if places is None else arranged(best, likely, places)[: wish.top]

        def make(start: int, stop: int) -> list[SearchHit]:
            rows = order[start:stop]
            some = ids[rows].tolist()
            scores = ranking.scores(values[rows]).tolist()
            return [
                SearchHit(
                    record.id,
                    record.path,
                    value,
                    None if bands is None else bands.of(value),
                    " ".join(named.get(record.id, ())),
                    copies,
                )
                for record, value, copies in zip(
                    self._records(folder, some), scores, folded.copies(some), strict=True
                )
            ]

        def place_of(image_id: int) -> int:
            return _place(order, _place(ids, image_id))

        return Hits(len(order), make, place_of, min(likely, len(order))), folded.count

    def copies(self, image_id: int, shown: npt.NDArray[np.int64]) -> tuple[Path, ...]:
        """Returns the files of a folder with the bytes of one of its images, by path.

        Args:
            image_id: the image.
            shown: the ids of those that may be shown, int64 [m].

        Raises:
            LibraryError: the library cannot be read.
        """
        ids = np.array(self._library.copies_of(image_id), np.int64)
        ids = ids[np.isin(ids, shown)]
        records = self._library.records_of(ids.tolist())
        return tuple(records[copy].path for copy in ids.tolist() if copy in records)

    def _folded(
        self,
        folder: Path,
        vectors: FolderVectors,
        kept: npt.NDArray[np.bool_],
        wish: Wish,
        values: FloatArray | None = None,
    ) -> Folded:
        if not wish.fold:
            return unfolded(kept)
        return self._folding.fold(paths.real_path(folder), vectors, kept, values)

    def _places(self, folder: Path, vectors: FolderVectors, order: Order) -> npt.NDArray[np.int32]:
        return self._orders.places(paths.real_path(folder), vectors, order)

    def _records(self, folder: Path, ids: Sequence[int]) -> list[ImageRecord]:
        """Returns the records of some images; of one that has left the library meanwhile, a stand-in."""
        known = self._library.records_of(ids)
        return [known.get(image_id) or ImageRecord(image_id, folder / _GONE, 0, 0) for image_id in ids]


def _place(numbers: npt.NDArray[np.integer[Any]], number: int) -> int:
    places = np.flatnonzero(numbers == number)
    if not len(places):
        raise ValueError(f"there is no image {number}.")
    return int(places[0])
