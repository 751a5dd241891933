"""A folder's vectors in files beside the library, so that opening a million images takes no minutes.

There is one file for each matcher: going back to another one is as quick as opening the folder, and two
programs that use different ones leave each other's alone. Only the three that were used last stay.

The file can be made again from the library at any time, and is never trusted further than it can be
checked. It begins with a key: of what made the vectors, and for which folder. Parts follow, each with
a checksum; a part is added whenever images have come. A part that was cut off or damaged, and what
follows it, counts as not there. Each vector bears the image's id and a mark of its content: what the
library does not confirm is not used. So neither a crash, nor two programs at once, nor a library put
back from a copy can lead to a wrong answer; at worst, vectors are made once more.
"""

from __future__ import annotations

import logging
import os
import struct
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.retrieval.vector_scan import BLOCK, PARTS, VectorRows

if TYPE_CHECKING:
    from io import BufferedIOBase, BufferedReader
    from pathlib import Path

    import numpy.typing as npt

    from imgsearch_gui.core.encoders.base import FloatArray
    from imgsearch_gui.core.retrieval.vector_scan import Codes, Rounding

_log = logging.getLogger(__name__)

_MAGIC = b"ImSeVec1"
_PART = struct.Struct("<4sII")  # "part", images in it, checksum of that number and of the rest
_PART_MAGIC = b"part"
# Files of one folder: of the matcher in use, of the one before it, which may be wanted back, and of one that
# is tried or that another program uses. Each takes as much room as two thirds of the library's own vectors.
_KEPT = 3


class KnownVectors:
    """Vectors, with what tells whose they are.

    Attributes:
        ids: the images' ids, int64 [n].
        marks: of their contents, uint64 [n].
        rows: their vectors.
    """

    def __init__(self, ids: npt.NDArray[np.int64], marks: npt.NDArray[np.uint64], rows: VectorRows) -> None:
        self.ids, self.marks, self.rows = ids, marks, rows

    def add(
        self, ids: npt.NDArray[np.int64], marks: npt.NDArray[np.uint64], codes: Codes, scales: FloatArray
    ) -> None:
        """Adds images at the end."""
        all_ids, all_marks = np.concatenate([self.ids, ids]), np.concatenate([self.marks, marks])
        self.rows.add(codes, scales)
        self.ids, self.marks = all_ids, all_marks

    def holds(
        self, ids: npt.NDArray[np.int64], marks: npt.NDArray[np.uint64]
    ) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Compares with what the library lists, ids ascending.

        Returns:
            Which of the images listed have a vector here, bool [k], and which vectors are of one, bool [n].
        """
        at = np.minimum(np.searchsorted(ids, self.ids), max(0, len(ids) - 1))
        mine = (ids[at] == self.ids) & (marks[at] == self.marks) if len(ids) else np.zeros(len(at), np.bool_)
        theirs = np.zeros(len(ids), np.bool_)
        theirs[at[mine]] = True
        return theirs, mine

    def tidied(self, ids: npt.NDArray[np.int64], marks: npt.NDArray[np.uint64]) -> KnownVectors:
        """Returns the same, ascending by id and not for the larger part of images that are gone."""
        mine = self.holds(ids, marks)[1]
        if (np.diff(self.ids) > 0).all() and 2 * np.count_nonzero(mine) >= len(mine):
            return self
        rows = np.flatnonzero(mine)
        rows = rows[np.unique(self.ids[rows], return_index=True)[1]]
        return KnownVectors(self.ids[rows], self.marks[rows], self.rows.take(rows))


class VectorFile:
    """One file of vectors. A file that cannot be written does without being written.

    Args:
        path: the file, named FOLDER-MATCHER.vectors; it and its folder are created when they are missing.
        key: of what the vectors depend on, 32 bytes: a file of another key is made anew.
        rounding: how the vectors are rounded.
    """

    def __init__(self, path: Path, key: bytes, rounding: Rounding) -> None:
        self._path, self._head, self._rounding = path, _MAGIC + key, rounding
        self._sound = False  # whether the file is as it should be to its end

    def read(self) -> KnownVectors:
        """Returns what is sound of the file, in its order; nothing of a file that is missing or foreign."""
        ids, marks = [np.empty(0, np.int64)], [np.empty(0, np.uint64)]
        rows = VectorRows(self._rounding)
        room = np.empty(
            (BLOCK, rows.width), np.int8
        )  # one for all parts: fresh memory takes longer than reading
        self._sound = False
        try:
            with self._path.open("rb") as file:
                left = os.fstat(file.fileno()).st_size - len(self._head)
                if file.read(len(self._head)) == self._head:
                    while (part := self._part(file, left, room)) is not None:
                        ids.append(part[0])
                        marks.append(part[1])
                        rows.add(*part[2:])
                        left -= _PART.size + sum(array.nbytes for array in part)
                    self._sound = left == 0
            if self._sound and self._of_folder()[:1] != [self._path]:
                with suppress(OSError):  # of a folder that can only be read, nothing is dropped
                    os.utime(self._path)
        except OSError as error:
            _log.info("%s is not read: %s", self._path, error)
        return KnownVectors(np.concatenate(ids), np.concatenate(marks), rows)

    def add(
        self, ids: npt.NDArray[np.int64], marks: npt.NDArray[np.uint64], codes: Codes, scales: FloatArray
    ) -> None:
        """Adds images to a sound file of this key; does nothing for any other."""
        if not self._sound:
            return
        try:
            with self._path.open("r+b") as file:
                # Someone may have put another file in its place, such as a copy.
                if file.read(len(self._head)) != self._head:
                    self._sound = False
                    return
                end = file.seek(0, os.SEEK_END)
                try:
                    _write(file, ids, marks, codes, scales)
                    file.flush()
                except OSError:
                    file.truncate(end)
                    raise
        except OSError as error:
            self._sound = False
            _log.info("%s is not written: %s", self._path, error)

    def replace(self, vectors: KnownVectors) -> None:
        """Writes the file anew, whole or not at all."""
        part = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with part.open("wb") as file:
                    file.write(self._head)
                    for number, block in enumerate(vectors.rows.blocks(len(vectors.ids))):
                        some = slice(number * BLOCK, (number + 1) * BLOCK)
                        _write(file, vectors.ids[some], vectors.marks[some], *block)
                part.replace(self._path)
                self._sound = True
            finally:
                part.unlink(missing_ok=True)
            for old in self._of_folder()[_KEPT:]:
                old.unlink(missing_ok=True)
        except OSError as error:
            _log.info("%s is not written: %s", self._path, error)

    def _of_folder(self) -> list[Path]:
        """The files of the same folder, the one that was used last first."""
        used: dict[Path, int] = {}
        for file in self._path.parent.glob(f"{self._path.stem.partition('-')[0]}*{self._path.suffix}"):
            with suppress(FileNotFoundError):  # another program may drop one too
                used[file] = file.stat().st_mtime_ns
        return sorted(used, key=lambda file: used[file], reverse=True)

    @property
    def sound(self) -> bool:
        """Whether the file was whole when it was last read or written, and can be added to."""
        return self._sound

    def _part(
        self, file: BufferedReader, left: int, room: Codes
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint64], Codes, FloatArray] | None:
        """Reads the next part, its codes into the room; None at the sound end of what is left of the file."""
        head = file.read(_PART.size)
        if len(head) < _PART.size:
            return None
        magic, count, checksum = _PART.unpack(head)
        an_image = 16 + 4 * PARTS + room.shape[1]
        if magic != _PART_MAGIC or not 0 < count <= BLOCK or count * an_image > left - _PART.size:
            return None
        ids, marks = np.empty(count, np.int64), np.empty(count, np.uint64)
        scales, codes = np.empty((count, PARTS), np.float32), room[:count]
        for array in (ids, marks, scales, codes):
            file.readinto(array.reshape(-1).view(np.uint8).data)  # what is missing, the checksum finds
        return (ids, marks, codes, scales) if _checksum(ids, marks, scales, codes) == checksum else None


def _write(
    file: BufferedIOBase,
    ids: npt.NDArray[np.int64],
    marks: npt.NDArray[np.uint64],
    codes: Codes,
    scales: FloatArray,
) -> None:
    arrays = ids, marks, scales, codes
    file.write(_PART.pack(_PART_MAGIC, len(ids), _checksum(*arrays)))
    file.writelines(np.ascontiguousarray(array).data for array in arrays)


def _checksum(*arrays: npt.NDArray[np.generic]) -> int:
    value = zlib.crc32(len(arrays[0]).to_bytes(4, "little"))
    for array in arrays:
        value = zlib.crc32(np.ascontiguousarray(array).data, value)
    return value
