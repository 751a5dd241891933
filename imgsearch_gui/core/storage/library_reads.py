"""What a search asks of the library: a million images' ids at a time, and the records of a screenful.

And what a person may want to know of the files that a search does not see.
"""

from __future__ import annotations

import itertools
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.storage.contents_table import VECTOR_TYPE, encoder_of
from imgsearch_gui.core.storage.files_table import key
from imgsearch_gui.core.types.photos import ImageRecord, LeftOut, Problem
from imgsearch_gui.sentences import remembered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from imgsearch_gui.core.storage.database import Database

    IdArray = npt.NDArray[np.int64]


_PART = 65_536  # rows
# Times are kept without a sign, modulo 2**63: those before 1970 are very large then. What would be in 2116 or
# later is one of them.
_CHANGED = "CASE WHEN mtime_ns >= 1 << 62 THEN mtime_ns - (1 << 62) - (1 << 62) ELSE mtime_ns END"


class LibraryReads:
    """The half of a library that reads many images at once; its files' ids and records.

    Methods that take a root take the path of a folder; one never added is an empty folder.

    Every method raises :class:`~imgsearch_gui.errors.LibraryError` when the file cannot be read.
    """

    _database: Database

    @property
    def vector_folder(self) -> Path:
        """Where files stand that can be made again from the library at any time; it need not exist."""
        path = self._database.path
        return path.with_name(f"{path.name}.vectors")

    def content_marks(self, root: Path) -> tuple[IdArray, npt.NDArray[np.uint64]]:
        """Returns the ids of a folder's readable images, ascending, and the mark of each one's content.

        They are those of :meth:`Library.records`. A mark is the first eight bytes of the content's SHA-256:
        enough to tell two apart that had one id in turn.
        """
        both = np.dtype([("id", np.int64), ("mark", "V8")])
        with self._database.transaction() as db:
            (count,) = db.execute(
                """SELECT count(*) FROM folders CROSS JOIN files ON folder_id = folders.id
                    WHERE root = ? AND content_id IS NOT NULL""",
                (key(root),),
            ).fetchone()
            # The joins' order is fixed, and gives that of the ids without a sort.
            rows = db.execute(
                """SELECT files.id, substr(hash, 1, 8)
                    FROM folders CROSS JOIN files ON folder_id = folders.id
                    CROSS JOIN contents ON contents.id = content_id WHERE root = ? ORDER BY files.id""",
                (key(root),),
            )
            # A part at a time, for a million of both together are 16 MB more.
            ids, marks, done = np.empty(count, np.int64), np.empty(count, "V8"), 0
            while len(part := np.fromiter(itertools.islice(rows, _PART), both)):
                some = slice(done, done + len(part))
                ids[some], marks[some] = part["id"], part["mark"]
                done += len(part)
        return ids[:done], marks[:done].view("<u8")

    def image_vectors(
        self, encoder: str, ids: Sequence[int]
    ) -> tuple[IdArray, npt.NDArray[np.uint64], npt.NDArray[np.float16]]:
        """Returns ids, marks and vectors of those images that an encoder has embedded.

        Args:
            encoder: the encoder's version.
            ids: ascending; a few thousand at most.

        Returns:
            int64 [n], uint64 [n] and float16 [n, dim]; dim is 0 for an encoder never seen.
        """
        with self._database.transaction() as db:
            encoder_id, dim = encoder_of(db, encoder)
            found = db.execute(
                """SELECT files.id, substr(hash, 1, 8), vector
                    FROM json_each(?) CROSS JOIN files ON files.id = value
                    CROSS JOIN vectors ON vectors.content_id = files.content_id AND encoder_id = ?
                    CROSS JOIN contents ON contents.id = files.content_id""",
                (json.dumps([int(image_id) for image_id in ids]), encoder_id),
            ).fetchall()
        if any(len(vector) != dim * VECTOR_TYPE.itemsize for _, _, vector in found):
            raise self._database.damaged()
        return (
            np.array([image_id for image_id, _, _ in found], np.int64),
            np.frombuffer(b"".join(mark for _, mark, _ in found), "<u8"),
            np.frombuffer(b"".join(vector for _, _, vector in found), VECTOR_TYPE).reshape(len(found), dim),
        )

    def records_of(self, ids: Sequence[int]) -> dict[int, ImageRecord]:
        """Returns the records of some images by id; one that is no longer in the library is missing."""
        with self._database.transaction() as db:
            rows = db.execute(
                """SELECT files.id, folders.root, files.path, width, height FROM json_each(?)
                   CROSS JOIN files ON files.id = value CROSS JOIN folders ON folders.id = folder_id
                   CROSS JOIN contents ON contents.id = content_id""",
                (json.dumps([int(image_id) for image_id in ids]),),
            )
            return {
                image_id: ImageRecord(image_id, Path(os.fsdecode(root)) / os.fsdecode(path), width, height)
                for image_id, root, path, width, height in rows
            }

    def paths_by_hash(self, hashes: Iterable[bytes], *, missing: bool = False) -> dict[bytes, list[Path]]:
        """Returns the files of those contents that some folder holds, by SHA-256 of the bytes.

        Args:
            hashes: of the contents.
            missing: whether files count that are gone and kept for their return.
        """
        held = "SELECT folder_id, content_id, path FROM files"
        if missing:
            held += " UNION ALL SELECT folder_id, content_id, path FROM missing"
        found = {}
        with self._database.transaction() as db:
            for content_hash in hashes:
                rows = db.execute(
                    f"""SELECT root, path FROM contents JOIN ({held}) ON content_id = contents.id
                        JOIN folders ON folders.id = folder_id WHERE hash = ? ORDER BY root, path""",  # noqa: S608
                    (content_hash,),
                )
                paths = [Path(os.fsdecode(root)) / os.fsdecode(path) for root, path in rows]
                if paths:
                    found[content_hash] = paths
        return found

    def hashes_of(self, ids: Sequence[int]) -> dict[int, bytes]:
        """Returns the SHA-256 of the bytes of some images by id; one that has left the library is missing."""
        with self._database.transaction() as db:
            return dict(
                db.execute(
                    """SELECT files.id, hash FROM json_each(?) CROSS JOIN files ON files.id = value
                       CROSS JOIN contents ON contents.id = content_id""",
                    (json.dumps([int(image_id) for image_id in ids]),),
                )
            )

    def contents_of(self, ids: Sequence[int]) -> list[tuple[int, int]]:
        """Returns the ids of some images and of their contents, those of one content together, by path."""
        with self._database.transaction() as db:
            return db.execute(
                """SELECT files.id, content_id FROM json_each(?) CROSS JOIN files ON files.id = value
                   WHERE content_id IS NOT NULL ORDER BY content_id, files.path""",
                (json.dumps([int(image_id) for image_id in ids]),),
            ).fetchall()

    def copies_of(self, image_id: int) -> list[int]:
        """Returns the ids of all images of a folder that have the bytes of one of them, by path."""
        with self._database.transaction() as db:
            rows = db.execute(
                """SELECT other.id FROM files CROSS JOIN files AS other
                   ON other.content_id = files.content_id AND +other.folder_id = files.folder_id
                   WHERE files.id = ? ORDER BY other.path""",
                (image_id,),
            )
            return [found for (found,) in rows]

    def images_at(self, root: Path, file: Path) -> list[int]:
        """Returns the id of the image in a file of a folder, and then those with the same bytes, by path.

        Args:
            root: the folder.
            file: the file's path in it.
        """
        with self._database.transaction() as db:
            rows = db.execute(
                """SELECT other.id FROM folders CROSS JOIN files ON files.folder_id = folders.id
                   CROSS JOIN files AS other
                   ON other.content_id = files.content_id AND +other.folder_id = files.folder_id
                   WHERE root = ? AND files.path = ? ORDER BY other.id <> files.id, other.path""",
                (key(root), os.fsencode(file)),
            )
            return [found for (found,) in rows]

    def paths(self, root: Path) -> Iterator[tuple[int, bytes]]:
        """Yields the ids and relative paths of all of a folder's files, readable or not, by path."""
        with self._database.transaction() as db:
            yield from db.execute(
                """SELECT files.id, path FROM folders CROSS JOIN files ON folder_id = folders.id
                   WHERE root = ? ORDER BY path""",
                (key(root),),
            )

    def paths_of(self, ids: Sequence[int]) -> dict[int, bytes]:
        """Returns the relative paths of some images by id; one that has left the library is missing."""
        with self._database.transaction() as db:
            return dict(
                db.execute(
                    "SELECT files.id, files.path FROM json_each(?) CROSS JOIN files ON files.id = value",
                    (json.dumps([int(image_id) for image_id in ids]),),
                )
            )

    def photo_times(self, root: Path) -> tuple[IdArray, npt.NDArray[np.float64]]:
        """Returns the ids of a folder's readable images, ascending, and when each was taken.

        Of one whose file does not say, it is when the file was last changed.

        Returns:
            int64 [n], and seconds since 1970, float64 [n].
        """
        with self._database.transaction() as db:
            rows = db.execute(
                f"""SELECT files.id, coalesce(taken, ({_CHANGED}) / 1e9, 0)
                   FROM folders CROSS JOIN files ON folder_id = folders.id
                   CROSS JOIN contents ON contents.id = content_id WHERE root = ? ORDER BY files.id""",  # noqa: S608
                (key(root),),
            )
            found = np.fromiter(rows, np.dtype([("id", np.int64), ("time", np.float64)]))
        return found["id"].copy(), found["time"].copy()

    def problems(self, root: Path) -> list[Problem]:
        """Returns the files and folders that could not be read, by path."""
        stored = key(root)
        base = Path(os.fsdecode(stored))
        with self._database.transaction() as db:
            rows = db.execute(
                """SELECT path, reason FROM files JOIN folders ON folders.id = folder_id
                   WHERE root = ? AND reason IS NOT NULL ORDER BY path""",
                (stored,),
            )
            return [Problem(base / os.fsdecode(path), remembered(reason)) for path, reason in rows]

    def missing(self, root: Path) -> list[Path]:
        """Returns the files of a folder that are gone and kept, by path."""
        with self._database.transaction() as db:
            rows = db.execute(
                """SELECT path FROM missing JOIN folders ON folders.id = folder_id
                   WHERE root = ? ORDER BY path""",
                (key(root),),
            )
            base = Path(os.fsdecode(key(root)))
            return [base / os.fsdecode(path) for (path,) in rows]

    def left_out(self, root: Path) -> LeftOut:
        """Returns how many files :meth:`problems` and :meth:`missing` would return."""
        with self._database.transaction() as db:
            # Both are counted in an index; a file without a content is one with a reason.
            (problems,) = db.execute(
                """SELECT count(*) FROM folders JOIN files ON folder_id = folders.id
                   WHERE root = ? AND content_id IS NULL""",
                (key(root),),
            ).fetchone()
            (missing,) = db.execute(
                "SELECT count(*) FROM folders JOIN missing ON folder_id = folders.id WHERE root = ?",
                (key(root),),
            ).fetchone()
            return LeftOut(problems, missing)
