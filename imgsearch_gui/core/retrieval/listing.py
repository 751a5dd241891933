"""The photos of an answer: put in order, folded, and made when they are looked at."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from imgsearch_gui import paths
from imgsearch_gui.core.retrieval.folding import Folded, Folding
from imgsearch_gui.core.retrieval.order import Orders, arranged
from imgsearch_gui.core.retrieval.search import rank
from imgsearch_gui.core.types.photos import Band, Gallery, Hits, ImageRecord, LazyPhotos, SearchHit
from imgsearch_gui.core.types.query import Order

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from imgsearch_gui.core.encoders.base import FloatArray
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
        self,
        folder: Path,
        vectors: FolderVectors,
        shown: npt.NDArray[np.bool_],
        kept: npt.NDArray[np.bool_],
        wish: Wish,
    ) -> Gallery:
        """Lists images without a query.

        Args:
            folder: whose they are.
            vectors: the folder's images.
            shown: which of them may be shown, bool [n].
            kept: which of these are listed, bool [n].
            wish: how.

        Raises:
            LibraryError: the library cannot be read.
        """
        folded = self._folded(folder, vectors, kept, wish)
        rows = np.flatnonzero(folded.kept)
        withheld = int(np.count_nonzero(vectors.there & ~shown))
        ids = vectors.ids[arranged(rows, len(rows), self._places(folder, vectors, wish.order))]

        def make(start: int, stop: int) -> list[ImageRecord]:
            some = ids[start:stop].tolist()
            records = zip(self._records(folder, some), folded.copies(some), strict=True)
            return [replace(record, copies=copies) for record, copies in records]

        def find(file: Path) -> int | None:
            same = self._library.images_at(folder, file.relative_to(folder))
            own = vectors.row_of(same[0]) if same else None
            if own is None or not kept[own]:
                return None
            rows = (np.flatnonzero(ids == image_id) for image_id in same)
            return next((int(row[0]) for row in rows if len(row)), None)

        return Gallery(LazyPhotos(len(ids), make, partial(_place, ids)), withheld, folded.count, find)

    def hits(
        self,
        folder: Path,
        vectors: FolderVectors,
        kept: npt.NDArray[np.bool_],
        ranking: Ranking,
        keys: FloatArray,
        bands: Bands | None,
        named: Mapping[int, Sequence[str]],
        wish: Wish,
    ) -> tuple[Hits, int]:
        """Lists images that match.

        Args:
            folder: whose they are.
            vectors: the folder's images.
            kept: which of them are listed, bool [n].
            ranking: of all of the folder's images.
            keys: the ranking's values, and what file names add to them, float32 [n].
            bands: of the scores; nothing where they have none.
            named: the words of the query that images' file names hold.
            wish: how.

        Returns:
            Hits, and how many images are not among them because one with the same bytes is.

        Raises:
            LibraryError: the library cannot be read.
        """
        folded = self._folded(folder, vectors, kept, wish, keys)
        by_score = wish.order is Order.SCORE
        places = None if by_score else self._places(folder, vectors, wish.order)
        ids = vectors.ids
        if not folded.kept.all():
            ranking, keys, ids = ranking.of(folded.kept), keys[folded.kept], ids[folded.kept]
            places = None if places is None else places[folded.kept]
        order = rank(keys, wish.top if places is None else None)
        likely = _likely(keys[order], ranking, bands)
        if places is not None:
            order = arranged(order, likely, places)[: wish.top]

        def make(start: int, stop: int) -> list[SearchHit]:
            some = order[start:stop]
            scores = ranking.scores(ranking.values[some]).tolist()
            records = self._records(folder, ids[some].tolist())
            copies = folded.copies(ids[some].tolist())
            return [
                SearchHit(
                    record.id,
                    record.path,
                    score,
                    None if bands is None else bands.of(score),
                    " ".join(named.get(record.id, ())),
                    count,
                )
                for record, score, count in zip(records, scores, copies, strict=True)
            ]

        def place_of(image_id: int) -> int:
            return _place(order, _place(ids, image_id))

        def copies_of(image_id: int) -> tuple[Path, ...]:
            return self._files(folded.members(image_id))

        return Hits(len(order), make, place_of, min(likely, len(order)), copies_of), folded.count

    def copies(self, image_id: int, shown: npt.NDArray[np.int64]) -> tuple[Path, ...]:
        """Returns the files of a folder with the bytes of one of its images, by path.

        Args:
            image_id: the image.
            shown: the ids of those that may be shown, int64 [m].

        Raises:
            LibraryError: the library cannot be read.
        """
        ids = np.array(self._library.copies_of(image_id), np.int64)
        return self._files(ids[np.isin(ids, shown)].tolist())

    def _files(self, ids: Sequence[int]) -> tuple[Path, ...]:
        """Returns the files of some images, but for those that have left the library meanwhile."""
        records = self._library.records_of(ids)
        return tuple(records[image_id].path for image_id in ids if image_id in records)

    def _folded(
        self,
        folder: Path,
        vectors: FolderVectors,
        kept: npt.NDArray[np.bool_],
        wish: Wish,
        values: FloatArray | None = None,
    ) -> Folded:
        if not wish.fold:
            return Folded(kept)
        return self._folding.fold(paths.real_path(folder), vectors, kept, values)

    def _places(self, folder: Path, vectors: FolderVectors, order: Order) -> npt.NDArray[np.int32]:
        return self._orders.places(paths.real_path(folder), vectors, order)

    def _records(self, folder: Path, ids: Sequence[int]) -> list[ImageRecord]:
        """Returns the records of some images; of one that has left the library meanwhile, a stand-in."""
        known = self._library.records_of(ids)
        return [known.get(image_id) or ImageRecord(image_id, folder / _GONE, 0, 0) for image_id in ids]


def _likely(keys: FloatArray, ranking: Ranking, bands: Bands | None) -> int:
    """Returns how many images come before those that are all unlikely.

    Args:
        keys: of the images, highest first, float32 [m].
        ranking: makes scores of such.
        bands: of the scores; without any, no image is unlikely.
    """
    if bands is None:
        return len(keys)
    # All after a place are unlikely where one with its name's bonus would be: no need to look at each of a
    # million hits.
    return bisect_left(
        range(len(keys)),
        True,
        key=lambda at: bands.of(float(ranking.scores(keys[at : at + 1])[0])) is Band.UNLIKELY,
    )


def _place(numbers: npt.NDArray[np.integer[Any]], number: int) -> int:
    found = numbers == number
    place = int(found.argmax()) if len(found) else 0  # in half the time of flatnonzero
    if not len(found) or not found[place]:
        raise ValueError(f"there is no image {number}.")
    return place
