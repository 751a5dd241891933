"""Images with the same bytes, of which one stands for all."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.retrieval.search import FolderVectors
    from imgsearch_gui.core.storage.library import Library

    Rows = npt.NDArray[np.intp]

_AT_ONCE = 4096  # images


@dataclass(frozen=True, slots=True, eq=False)
class Folded:
    """Images of which none has the same bytes as another.

    Attributes:
        kept: which of the images they are, bool [n].
        ids: of those that stand for several, int64 [m], ascending.
        counts: for how many, int64 [m].
        begins: where these begin among the members, int64 [m].
        all_members: the ids of all that have the same bytes as another, those of one content together and the
            one that stands for them first, int64 [d].
    """

    kept: npt.NDArray[np.bool_]
    ids: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    counts: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    begins: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    all_members: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))

    @property
    def count(self) -> int:
        """How many images others stand for, which are not kept."""
        return int(self.counts.sum()) - len(self.counts)

    def copies(self, ids: Sequence[int]) -> list[int]:
        """Returns for how many images each of some stands, itself included."""
        if not len(self.ids):
            return [1] * len(ids)
        at = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        counts: list[int] = np.where(self.ids[at] == ids, self.counts[at], 1).tolist()
        return counts

    def members(self, image_id: int) -> list[int]:
        """Returns the ids of the images that one stands for, itself first."""
        at = np.flatnonzero(self.ids == image_id)
        if not len(at):
            return [image_id]
        begin, count = int(self.begins[at[0]]), int(self.counts[at[0]])
        members: list[int] = self.all_members[begin : begin + count].tolist()
        return members


@dataclass(frozen=True, slots=True, eq=False)
class _Twins:
    """The images of a folder that share their bytes with others, those of one content side by side, by path.

    Attributes:
        of: the ids that they were found among.
        revision: of the folder, at which they were.
        rows: their rows, int [d].
        groups: a number for each content, ascending, int [d].
    """

    of: object
    revision: int
    rows: Rows
    groups: Rows


class Folding:
    """Knows which images share their bytes. Thread-safe; keeps sixteen bytes an image that does.

    Args:
        library: knows the images' contents and paths.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._folders: dict[Path, _Twins] = {}
        self._lock = threading.Lock()

    def fold(
        self,
        folder: Path,
        vectors: FolderVectors,
        kept: npt.NDArray[np.bool_],
        values: FloatArray | None = None,
    ) -> Folded:
        """Keeps one of the images with the same bytes: the one with the highest value, or the first by path.

        Args:
            folder: an indexed folder.
            vectors: its images.
            kept: which of them come into question, bool [n].
            values: float32 [n]; all are equal when not given.

        Raises:
            LibraryError: the library cannot be read.
        """
        twins = self._twins(folder, vectors)
        here = kept[twins.rows]
        rows, groups = twins.rows[here], twins.groups[here]
        if not len(rows):
            return Folded(kept)
        if values is not None:
            of = values[rows]
            if ((of[1:] != of[:-1]) & (groups[1:] == groups[:-1])).any():
                rows = rows[np.lexsort((-of, groups))]
        firsts = np.flatnonzero(np.diff(groups, prepend=-1))
        kept = kept.copy()
        kept[rows] = False
        kept[rows[firsts]] = True
        counts = np.diff(firsts, append=len(rows))
        several = counts > 1
        standing = rows[firsts][several]
        order = np.argsort(standing)
        return Folded(
            kept,
            vectors.ids[standing[order]],
            counts[several][order],
            firsts[several][order],
            vectors.ids[rows],
        )

    def _twins(self, folder: Path, vectors: FolderVectors) -> _Twins:
        with self._lock:
            twins = self._folders.get(folder)
            if twins is None or twins.of is not vectors.ids or twins.revision != vectors.revision:
                twins = self._found(vectors)
                self._folders[folder] = twins
            return twins

    def _found(self, vectors: FolderVectors) -> _Twins:
        ids, contents = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
        for some in _with_equal_marks(vectors):
            rows = self._library.contents_of(vectors.ids[some].tolist())
            ids.append(np.array([image_id for image_id, _ in rows], np.int64))
            contents.append(np.array([content for _, content in rows], np.int64))
        groups = np.cumsum(np.diff(np.concatenate(contents), prepend=-1) != 0)
        return _Twins(
            vectors.ids, vectors.revision, np.searchsorted(vectors.ids, np.concatenate(ids)), groups
        )


def _with_equal_marks(vectors: FolderVectors) -> Iterator[Rows]:
    """Yields the rows of images with equal marks, some thousands at once and equal ones together."""
    marks = vectors.marks
    order = np.argsort(marks)
    order = order[vectors.there[order]]
    if not len(order):  # as of a folder whose first photo is still being read
        return
    marks = marks[order]
    same = marks[1:] == marks[:-1]
    twin = np.append(same, False) | np.append(False, same)
    order, begins = order[twin], np.flatnonzero(~np.append(False, same)[twin])
    ends = [
        *begins[np.searchsorted(begins, np.arange(_AT_ONCE, len(order), _AT_ONCE), "right") - 1],
        len(order),
    ]
    begin = 0
    for end in ends:
        if end > begin:
            yield order[begin:end]
            begin = end
