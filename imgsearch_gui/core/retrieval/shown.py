"""Which of a folder's images the content rule lets be shown: an answer an image, kept while it holds."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from imgsearch_gui.core.content_rule.policy import Withheld
from imgsearch_gui.errors import QueryError
from imgsearch_gui.paths import real_path
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.content_rule.policy import ContentRule
    from imgsearch_gui.core.retrieval.search import FolderVectors
    from imgsearch_gui.core.storage.library import Library
    from imgsearch_gui.core.types.query import PictureQuery

_ASKED, _WITHHELD = 1, 2  # bits of an answer
_FEW = 2_000  # 50 ms
_AT_ONCE = 500  # records


class ShownImages:
    """Knows which images may be shown. Thread-safe.

    An answer is kept for each image: an id stands for one content at one path, and asking the disk where
    every path leads would take seconds a query in a large folder.

    Args:
        library: knows the images' paths.
        rule: the content rule.
        few: so many images are looked at one by one; of more, whole directories are ruled out first.
    """

    def __init__(self, library: Library, rule: ContentRule, *, few: int = _FEW) -> None:
        self._library, self._withheld, self._few = library, Withheld(rule), few
        # By the folder as it was opened: the rows that the answers are of, and the answers, uint8 [n].
        self._answers: dict[Path, tuple[object, npt.NDArray[np.uint8]]] = {}
        self._lock = threading.Lock()

    def shown(self, opened: Path, vectors: FolderVectors) -> npt.NDArray[np.bool_]:
        """Returns which images of a folder may be shown: bool [n].

        Args:
            opened: the folder's path as the user gave it.
            vectors: its images.

        Raises:
            LibraryError: the library cannot be read.
            DatasetError: captions cannot be read, so that nobody knows.
        """
        count = len(vectors.ids)
        with self._lock:
            if self._withheld.refresh():
                self._answers.clear()
            rows, answers = self._answers.get(opened, (None, np.empty(0, np.uint8)))
            if rows is not vectors.rows:
                answers = answers[:0]
            if len(answers) < count:
                answers = np.concatenate([answers, np.zeros(count - len(answers), np.uint8)])
            open_questions = np.flatnonzero((answers[:count] == 0) & vectors.there)
            if len(open_questions):
                withheld = self._which(opened, vectors.ids[open_questions])
                answers[open_questions] = _ASKED
                answers[open_questions[withheld]] |= _WITHHELD
            self._answers[opened] = vectors.rows, answers
            return np.asarray(vectors.there & (answers[:count] == _ASKED), np.bool_)

    def check(self, picture: PictureQuery) -> None:
        """Looks whether a file may be searched by; those of images of the library are no matter here.

        Raises:
            QueryError: it is one that may not be shown.
            DatasetError: captions cannot be read, so that nobody knows.
        """
        if picture.file is None:
            return
        with self._lock:
            if self._withheld.refresh():
                self._answers.clear()
            if picture.file.absolute() in self._withheld:
                raise QueryError(sentence("The content rule withholds this picture."))

    def _which(self, opened: Path, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        """Returns which images are withheld, bool [n], by their ids, ascending."""
        real = real_path(opened)
        suspects = ids if len(ids) <= self._few else self._suspects(opened, real, ids)
        withheld = np.zeros(len(ids), np.bool_)
        for start in range(0, len(suspects), _AT_ONCE):
            some = suspects[start : start + _AT_ONCE]
            records = self._library.records_of(some.tolist())
            hit = [image_id for image_id in records if self._hit(records[image_id].path, opened, real)]
            withheld |= np.isin(ids, hit)
        return withheld

    def _suspects(self, opened: Path, real: Path, ids: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Returns those images whose directory has captions that are hit, or links."""
        separator = os.fsencode(os.sep)
        folders = {path.rpartition(separator)[0] for _, path in self._library.paths(real)}
        suspicious = set()
        for folder in folders:
            places = {base / os.fsdecode(folder) for base in (opened, real)}
            # Each of them is asked, so that a table that comes later is seen.
            captioned = sum(self._withheld.any_in(place) for place in places)
            if captioned or _has_links(real / os.fsdecode(folder)):
                suspicious.add(folder)
        if not suspicious:
            return ids[:0]
        found = [i for i, path in self._library.paths(real) if path.rpartition(separator)[0] in suspicious]
        return ids[np.isin(ids, found)]

    def _hit(self, path: Path, opened: Path, real: Path) -> bool:
        """The captions may lie beside the folder where it really is, or as it was opened."""
        if path in self._withheld:
            return True
        return opened != real and opened / path.relative_to(real) in self._withheld


def _has_links(folder: Path) -> bool:
    try:
        with os.scandir(folder) as entries:
            return any(entry.is_symlink() for entry in entries)
    except OSError:  # gone, and the links with it; or nobody knows
        return folder.exists()
