"""A folder's photos in the joint space, and the ranking of them for a query."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.library import Library
    from imgsearch_gui.core.matcher import Matcher
    from imgsearch_gui.core.types import ImageRecord


@dataclass(frozen=True, slots=True, eq=False)
class FolderVectors:
    """A folder's readable images, as they were at one revision of the library.

    Attributes:
        revision: the library's revision of the folder.
        images: the images that have a vector, by ascending id.
        joint: their joint vectors, float32 [n, width].
    """

    revision: int
    images: tuple[ImageRecord, ...]
    joint: FloatArray


class VectorCache:
    """Keeps the joint vectors of open folders in memory, and up to date with the library.

    Joint vectors come from the encoder's cached vectors, never from the pictures. What is known
    of an image stays: after a change, only vectors of new images are read. Thread-safe.
    """

    def __init__(self, library: Library, encoder: str, matcher: Matcher) -> None:
        self._library, self._encoder, self._matcher = library, encoder, matcher
        self._folders: dict[Path, FolderVectors] = {}
        self._lock = threading.Lock()

    def get(self, folder: Path) -> FolderVectors:
        """Returns a folder's images and joint vectors, as the library holds them now.

        Raises:
            LibraryError: the library cannot be read.
        """
        with self._lock:
            revision = self._library.revision(folder)
            held = self._folders.get(folder)
            if held is None or held.revision != revision:
                held = self._folders[folder] = self._updated(folder, held, revision)
            return held

    def _updated(self, folder: Path, held: FolderVectors | None, revision: int) -> FolderVectors:
        rows = {} if held is None else {image.id: row for row, image in enumerate(held.images)}
        records = self._library.records(folder)
        new = [record.id for record in records if record.id not in rows]
        added: dict[int, int] = {}
        fresh = np.empty((0, self._matcher.config.width), np.float32)
        if new:
            ids, vectors = self._library.vectors(folder, self._encoder, from_id=new[0])
            wanted = np.isin(ids, new)
            added = {int(image_id): row for row, image_id in enumerate(ids[wanted])}
            if added:
                fresh = self._matcher.images(vectors[wanted])
        images = tuple(record for record in records if record.id in rows or record.id in added)
        joint = np.empty((len(images), self._matcher.config.width), np.float32)
        kept = [(at, rows[image.id]) for at, image in enumerate(images) if image.id in rows]
        if held is not None and kept:
            to, source = np.array(kept).T
            joint[to] = held.joint[source]
        come = [(at, added[image.id]) for at, image in enumerate(images) if image.id not in rows]
        if come:
            to, source = np.array(come).T
            joint[to] = fresh[source]
        return FolderVectors(revision, images, joint)


def rank(scores: FloatArray, top: int | None = None) -> npt.NDArray[np.intp]:
    """Returns the rows of the highest scores, best first; equal scores by row.

    Args:
        scores: float32 [n].
        top: how many; all when not given.
    """
    if top is not None and top < len(scores):
        # All rows that may be among the first: those not below the top-th best.
        least = -np.partition(-scores, top - 1)[top - 1] if top > 0 else np.inf
        rows = np.flatnonzero(scores >= least)
        return rows[np.argsort(-scores[rows], kind="stable")][:top]
    return np.argsort(-scores, kind="stable")
