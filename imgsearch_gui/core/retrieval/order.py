"""Where a folder's images stand by date and by name: computed once for each state of the folder."""

from __future__ import annotations

import threading
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from imgsearch_gui.core.retrieval.natural import natural_order
from imgsearch_gui.core.retrieval.search import rows_of
from imgsearch_gui.core.types.query import Order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from imgsearch_gui.core.retrieval.search import FolderVectors
    from imgsearch_gui.core.storage.library import Library

    Places = npt.NDArray[np.int32]
    Rows = npt.NDArray[np.integer[Any]]

_AT_ONCE = 16_384  # ids


class Orders:
    """Puts images in order. Thread-safe; keeps eight bytes an image.

    Args:
        library: knows names and dates.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        # By folder: the ids and the revision that the places are of, and the places by order.
        self._folders: dict[Path, tuple[object, int, dict[Order, Places]]] = {}
        self._lock = threading.Lock()

    def places(self, folder: Path, vectors: FolderVectors, order: Order) -> Places:
        """Returns where each image stands in an order, int32 [n]; of score, the order is that of the names.

        Args:
            folder: an indexed folder.
            vectors: its images.
            order: which; images of one moment stand in the order in which they came to the library.

        Raises:
            LibraryError: the library cannot be read.
        """
        kind = Order.OLDEST if order is Order.NEWEST else Order.NAME if order is Order.SCORE else order
        with self._lock:
            ids, revision, known = self._folders.get(folder, (None, -1, {}))
            if ids is not vectors.ids or revision != vectors.revision:
                known = {}
                self._folders[folder] = vectors.ids, vectors.revision, known
            if kind not in known:
                ranked = self._by_name(folder) if kind is Order.NAME else self._by_date(folder)
                known[kind] = _places(vectors.ids, ranked)
            places = known[kind]
        return np.subtract(len(places) - 1, places, dtype=np.int32) if order is Order.NEWEST else places

    def _by_name(self, folder: Path) -> npt.NDArray[np.int64]:
        """Returns the ids of a folder's files by their names."""
        parts: list[npt.NDArray[np.int64]] = []
        order = natural_order(_noted(self._library.paths(folder), parts))
        return np.concatenate([*parts, np.empty(0, np.int64)])[order]

    def _by_date(self, folder: Path) -> npt.NDArray[np.int64]:
        """Returns the ids of a folder's images, the first taken first."""
        ids, times = self._library.photo_times(folder)
        return ids[np.argsort(times, kind="stable")]


def arranged(rows: Rows, likely: int, places: Places) -> Rows:
    """Puts rows in another order: those that are likely first, and in that order both they and the others.

    Args:
        rows: best first, int [m].
        likely: how many of them are likely.
        places: where each row stands, int32 [n].
    """
    some = rows[:likely], rows[likely:]
    return np.concatenate([part[np.argsort(places[part])] for part in some])


def _noted(files: Iterator[tuple[int, bytes]], ids: list[npt.NDArray[np.int64]]) -> Iterable[bytes]:
    """Yields the paths of files, and notes their ids: a million of both together would be 100 MB."""
    while part := list(islice(files, _AT_ONCE)):
        ids.append(np.array([image_id for image_id, _ in part], np.int64))
        yield from (path for _, path in part)


def _places(ids: npt.NDArray[np.int64], ranked: npt.NDArray[np.int64]) -> Places:
    """Returns where each id, ascending, stands among those ranked, int32 [n]; one that is not there, last."""
    places = np.full(len(ids), len(ids) - 1, np.int32)
    rows, _ = rows_of(ids, ranked)
    places[rows] = np.arange(len(rows), dtype=np.int32)
    return places
