"""A folder's photos in the joint space, and the ranking of them for a query."""

from __future__ import annotations

import hashlib
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from imgsearch_gui.core.memory import give_back_memory
from imgsearch_gui.core.retrieval.vector_file import KnownVectors, NoVectorFile, VectorFile
from imgsearch_gui.core.storage.files_table import key as root_key
from imgsearch_gui.errors import MatcherError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.matching.matcher import Matcher
    from imgsearch_gui.core.retrieval.vector_scan import Codes, Plan, VectorRows
    from imgsearch_gui.core.storage.library import Library

_NOTHING = np.empty(0, np.int64), np.empty(0, np.uint64)
_BATCH = 1024  # images whose vectors are made at once: half a second, which a newer search may have to wait


@dataclass(frozen=True, slots=True, eq=False)
class FolderVectors:
    """A folder's readable images, as they were at one revision of the library.

    Attributes:
        revision: the library's revision of the folder.
        ids: of the images that have a vector, int64 [n], ascending.
        rows: their vectors; more may have been added since.
        there: which of them are in the folder still, bool [n].
        marks: of their contents, uint64 [n].
    """

    revision: int
    ids: npt.NDArray[np.int64]
    rows: VectorRows
    there: npt.NDArray[np.bool_]
    marks: npt.NDArray[np.uint64]

    def latent(self, plan: Plan) -> FloatArray:
        """Latent values of all images for a query, float32 [n].

        Raises:
            MatcherError: they are not numbers.
        """
        with np.errstate(over="ignore", invalid="ignore"):  # told below
            latent = self.rows.latent(plan, len(self.ids))
        if not np.isfinite(latent).all():
            raise MatcherError(
                sentence("This matcher's scores are not numbers: its file is not to be trusted.")
            )
        return latent

    def row_of(self, image_id: int) -> int | None:
        """Returns the row of an image, or nothing when it has none."""
        row = int(np.searchsorted(self.ids, image_id))
        return row if row < len(self.ids) and self.ids[row] == image_id else None

    def alone(self, row: int) -> FolderVectors:
        """Returns one of the images without the others."""
        some = np.array([row])
        return FolderVectors(
            self.revision, self.ids[some], self.rows.take(some), self.there[some], self.marks[some]
        )


class VectorCache:
    """Keeps the joint vectors of open folders in memory and in a file, and up to date with the library.

    Joint vectors come from the encoder's cached vectors, never from the pictures. What is known
    of an image stays: after a change, only vectors of new images are read. Thread-safe.

    Args:
        library: holds the encoder's vectors.
        encoder: its version.
        matcher: makes joint vectors of them.
        keep: whether there are files; without, there is nothing but the memory.
    """

    def __init__(self, library: Library, encoder: str, matcher: Matcher, *, keep: bool = True) -> None:
        self._keep = keep
        self._library, self._encoder, self._matcher = library, encoder, matcher
        self._rounding = matcher.rounding()
        self._made_by = matcher.digest() + encoder.encode()
        self._matcher_name = hashlib.sha256(self._made_by).hexdigest()[:16]
        self._folders: dict[Path, _Folder] = {}
        self._guard = threading.Lock()

    def get(self, folder: Path) -> FolderVectors:
        """Returns a folder's images and joint vectors, as the library holds them now.

        Raises:
            LibraryError: the library cannot be read.
        """
        held = self._held(folder)
        for _ in self._steps(held):
            pass
        assert held.vectors is not None  # noqa: S101 - for the type checker
        return held.vectors

    def update(self, folder: Path) -> Iterator[tuple[int, int]]:
        """Does what :meth:`get` would do, step by step: yields how many new images are done, of how many."""
        return self._steps(self._held(folder))

    def _held(self, folder: Path) -> _Folder:
        with self._guard:
            if folder not in self._folders:
                name = hashlib.sha256(root_key(folder)).hexdigest()[:32]
                key = hashlib.sha256(self._made_by + root_key(folder)).digest()
                path = self._library.vector_folder / f"{name}-{self._matcher_name}.vectors"
                file = VectorFile(path, key, self._rounding) if self._keep else NoVectorFile(self._rounding)
                self._folders[folder] = _Folder(folder, file)
            return self._folders[folder]

    def _steps(self, held: _Folder) -> Iterator[tuple[int, int]]:
        """Brings a folder up to date; between the steps, another thread may do the same."""
        while True:
            with held.lock:
                revision = self._library.revision(held.path)
                if held.vectors is not None and held.vectors.revision == revision:
                    return
                if held.revision != revision:
                    held.begin(revision, self._library)
                batch = held.new[held.done : held.done + _BATCH]
                if len(batch):
                    ids, marks, vectors = self._library.image_vectors(self._encoder, batch.tolist())
                    if len(ids):
                        held.add(ids, marks, *self._rounding.codes(self._matcher.images(vectors)))
                    held.done += len(batch)
                else:
                    held.finish()
                done, total = held.done, len(held.new)
            yield done, total


class _Folder:
    """What is held of one folder, and how far an update has come; for whoever holds its lock.

    Attributes:
        path: the folder.
        lock: of all that follows.
        vectors: as they were when they were last up to date.
        revision: the library's, which the update leads to.
        new: ids of the images whose vectors are missing then, int64 [m].
        done: how many of them are done.
    """

    def __init__(self, path: Path, file: VectorFile) -> None:
        self.path, self.lock = path, threading.Lock()
        self.vectors: FolderVectors | None = None
        self.revision = -1
        self.new = np.empty(0, np.int64)
        self.done = 0
        self._file = file
        self._known: KnownVectors | None = None
        self._listed = _NOTHING

    def begin(self, revision: int, library: Library) -> None:
        """Begins an update to what the library lists at a revision."""
        if self._known is None:
            with ThreadPoolExecutor(1, thread_name_prefix="read-vectors") as thread:
                reading = thread.submit(self._file.read)  # both take half a second for a million images
                ids, marks = library.content_marks(self.path)
                read = reading.result()
            self._known = read.tidied(ids, marks)
            if len(ids) and (self._known is not read or not self._file.sound):
                self._file.replace(self._known)
        else:
            ids, marks = library.content_marks(self.path)
        self.revision, self._listed = revision, (ids, marks)
        self.new, self.done = ids[~self._known.holds(ids, marks)[0]], 0

    def add(
        self, ids: npt.NDArray[np.int64], marks: npt.NDArray[np.uint64], codes: Codes, scales: FloatArray
    ) -> None:
        """Takes the vectors of some of the new images."""
        assert self._known is not None  # noqa: S101 - an update has begun
        self._known.add(ids, marks, codes, scales)
        self._file.add(ids, marks, codes, scales)

    def finish(self) -> None:
        """Ends the update."""
        assert self._known is not None  # noqa: S101 - an update has begun
        self._known = self._known.tidied(*self._listed)
        there = self._known.holds(*self._listed)[1]
        self._listed = _NOTHING
        if self.vectors is None:
            give_back_memory()  # what opening took and freed: 40 MB for a million images
        self.vectors = FolderVectors(
            self.revision, self._known.ids, self._known.rows, there, self._known.marks
        )


def rows_of(
    ids: npt.NDArray[np.int64], some: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Returns the rows of some ids, and which of them are there; the rows of those alone.

    Args:
        ids: int64 [n], ascending.
        some: int64 [m], in any order.

    Returns:
        Rows, int [k], in the order of ``some``; and which of those have one, bool [m], k of them true.
    """
    rows = np.searchsorted(ids, some)
    there = rows < len(ids)
    there[there] = ids[rows[there]] == some[there]
    return rows[there], there


def rank(values: FloatArray, top: int | None = None) -> npt.NDArray[np.integer[Any]]:
    """Returns the rows of the highest values, best first; equal values by row.

    Args:
        values: float32 [n], no not-a-number among them.
        top: how many; all when not given.
    """
    rows = None
    if top is not None and top < len(values):
        # All rows that may be among the first: those not below the top-th best.
        least = -np.partition(-values, top - 1)[top - 1] if top > 0 else np.inf
        rows = np.flatnonzero(values >= least)
        values = values[rows]
    # Value and row in one whole number each, which numpy sorts in an eighth of the time of a stable argsort.
    # As whole numbers, floats have their own order but for the sign; -0 becomes 0 first.
    bits = (values + np.float32(0)).view(np.int32)
    bits ^= (bits >> 31) & np.int32(0x7FFFFFFF)
    pairs = np.empty((len(values), 2), np.int32)
    row, value = (0, 1) if sys.byteorder == "little" else (1, 0)
    pairs[:, row] = np.arange(len(values), dtype=np.int32)
    np.invert(bits, out=pairs[:, value])
    pairs.reshape(-1).view(np.int64).sort()
    order = pairs[:, row].copy()
    return order if rows is None else rows[order][:top]
