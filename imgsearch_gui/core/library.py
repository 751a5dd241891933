"""The image library: folders, pictures, vectors and thumbnails in one SQLite file.

This is the one door to stored things. What hangs on a picture's bytes (its measures, thumbnail and
vectors) is kept once for each content hash; a file only points there. So a copy, a moved file and a
folder opened inside another cost a row each. An image's id stands for one content at one path and
is never given out twice: what a caller cached by it cannot become another picture.

One :class:`Library` may be used from several threads at once: readers see the last
committed batch and never wait for the writer.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from imgsearch_gui.core.database import Database
from imgsearch_gui.core.library_reads import LibraryReads
from imgsearch_gui.core.types import ImageRecord, Problem
from imgsearch_gui.errors import LibraryError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

_VECTOR_TYPE = np.dtype("<f2")


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the library holds of one file, to be compared with the folder.

    Attributes:
        size: in bytes, when it was read.
        mtime_ns: its modification time then; ``None`` for what is to be tried again in any case.
        reason: why it could not be read, or ``None``.
        embedded: whether there is a vector of the encoder that was asked for.
    """

    size: int
    mtime_ns: int | None
    reason: str | None
    embedded: bool


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file (or one folder that cannot be listed) to be stored.

    Attributes:
        path: relative to the folder's root, as ``os.fsencode`` gives it.
        size: in bytes.
        mtime_ns: its modification time, ``None`` for what is to be tried again in any case.
        content_hash: SHA-256 of its bytes, when it is readable.
        reason: one sentence, when it is not.
    """

    path: bytes
    size: int
    mtime_ns: int | None
    content_hash: bytes | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class ImageContent:
    """What is kept of a picture's bytes, wherever they lie.

    Attributes:
        hash: SHA-256 of the bytes, 32 bytes.
        width: of the upright picture, in pixels.
        height: of the upright picture, in pixels.
        thumbnail: a JPEG.
        vector: float16 ``[dim]``, all finite.
    """

    hash: bytes
    width: int
    height: int
    thumbnail: bytes
    vector: npt.NDArray[np.float16]


class Library(LibraryReads):
    """One library file.

    Every method raises :class:`~imgsearch_gui.errors.LibraryError` when the file cannot be read or
    written. Methods that take a root take the path of a folder; one never added is an empty folder.

    Args:
        path: the file; it and the folders above it are created when they are missing.

    Raises:
        LibraryError: when the file is no library, was made by a newer program, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path)

    def close(self) -> None:
        """Closes the file; a call that still runs in another thread ends first and then lets go."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add_folder(self, root: Path) -> int:
        """Makes a folder known, if it is not, and returns its id."""
        with self._database.transaction(write=True) as db:
            return _folder_id(db, root)

    def folders(self) -> list[Path]:
        """Returns the roots of all folders, in the order in which they were added."""
        with self._database.transaction() as db:
            return [Path(os.fsdecode(root)) for (root,) in db.execute("SELECT root FROM folders ORDER BY id")]

    def revision(self, root: Path) -> int:
        """Returns a number that grows with every stored change of a folder, 0 for an unknown one."""
        with self._database.transaction() as db:
            row = db.execute("SELECT revision FROM folders WHERE root = ?", (_key(root),)).fetchone()
            return 0 if row is None else int(row[0])

    def known_files(self, root: Path, encoder: str) -> dict[bytes, KnownFile]:
        """Returns every file held of a folder, by relative path.

        Args:
            root: the folder.
            encoder: the version of the encoder whose vectors are asked for.
        """
        with self._database.transaction() as db:
            rows = db.execute(
                """SELECT files.path, size, mtime_ns, reason, EXISTS (
                       SELECT 1 FROM vectors JOIN encoders ON encoders.id = encoder_id
                       WHERE vectors.content_id = files.content_id AND version = ?
                   )
                   FROM files JOIN folders ON folders.id = folder_id WHERE root = ?""",
                (encoder, _key(root)),
            )
            return {
                path: KnownFile(size, mtime_ns, reason, bool(embedded))
                for path, size, mtime_ns, reason, embedded in rows
            }

    def store(
        self, root: Path, encoder: str, files: Sequence[FileEntry], contents: Sequence[ImageContent] = ()
    ) -> None:
        """Stores a batch, whole or not at all.

        A file whose content is neither in the batch nor in the library is left out: another program
        may have dropped it meanwhile, and the next indexing takes the file as new.

        Args:
            root: the folder, added when it is unknown.
            encoder: the version of the encoder that made the vectors.
            files: new and changed files, each in place of what was held under its path.
            contents: the contents among them that the library lacks, or lacks this encoder's vector of.

        Raises:
            LibraryError: also when the library's vectors of this encoder are of another length.
        """
        with self._database.transaction(write=True) as db:
            folder = _folder_id(db, root)
            for content in contents:
                self._store_content(db, encoder, content)
            for file in files:
                _store_file(db, folder, file)
            _touch(db, folder)

    def remove(self, root: Path, paths: Iterable[bytes]) -> None:
        """Drops files of a folder by relative path; what hung on their contents stays for now."""
        with self._database.transaction(write=True) as db:
            folder = _folder_id(db, root)
            db.executemany(
                "DELETE FROM files WHERE folder_id = ? AND path = ?", ((folder, path) for path in paths)
            )
            _touch(db, folder)

    def drop_unused(self) -> None:
        """Drops the measures, thumbnails and vectors of contents that no file has any more."""
        with self._database.transaction(write=True) as db:
            db.execute(
                "DELETE FROM contents WHERE NOT EXISTS (SELECT 1 FROM files WHERE content_id = contents.id)"
            )

    def records(self, root: Path) -> list[ImageRecord]:
        """Returns the readable images of a folder, by ascending id."""
        key = _key(root)
        base = Path(os.fsdecode(key))
        with self._database.transaction() as db:
            rows = db.execute(
                """SELECT files.id, path, width, height
                   FROM folders CROSS JOIN files ON files.folder_id = folders.id
                   CROSS JOIN contents ON contents.id = content_id
                   WHERE root = ? ORDER BY files.id""",
                (key,),
            )
            return [
                ImageRecord(image_id, base / os.fsdecode(path), width, height)
                for image_id, path, width, height in rows
            ]

    def record(self, image_id: int) -> ImageRecord:
        """Returns one readable image.

        Raises:
            LibraryError: when it is not, or no longer, in the library.
        """
        with self._database.transaction() as db:
            row = db.execute(
                """SELECT root, path, width, height FROM files
                   JOIN folders ON folders.id = folder_id JOIN contents ON contents.id = content_id
                   WHERE files.id = ?""",
                (image_id,),
            ).fetchone()
        if row is None:
            raise LibraryError("This picture is no longer in the library.")
        root, path, width, height = row
        return ImageRecord(image_id, Path(os.fsdecode(root)) / os.fsdecode(path), width, height)

    def vectors(
        self, root: Path, encoder: str, from_id: int = 0
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float16]]:
        """Returns the vectors of a folder's readable images.

        Args:
            root: the folder.
            encoder: the encoder's version; images without a vector of it are left out.
            from_id: images with a smaller id are left out too.

        Returns:
            The images' ids, int64 ``[n]``, ascending, and float16 ``[n, dim]`` in the same order; dim is
            0 for an encoder that the library has never seen.
        """
        with self._database.transaction() as db:
            known = db.execute("SELECT id, dim FROM encoders WHERE version = ?", (encoder,)).fetchone()
            encoder_id, dim = known or (None, 0)
            # The joins' order is fixed, and gives that of the ids without a sort of all vectors.
            source = """FROM folders CROSS JOIN files ON files.folder_id = folders.id
                CROSS JOIN vectors ON vectors.content_id = files.content_id AND encoder_id = ?
                WHERE root = ? AND files.id >= ?"""
            parameters = (encoder_id, _key(root), from_id)
            (count,) = db.execute(f"SELECT count(*) {source}", parameters).fetchone()
            ids = np.empty(count, dtype=np.int64)
            vectors = np.empty((count, dim), dtype=_VECTOR_TYPE)
            rows = db.execute(f"SELECT files.id, vector {source} ORDER BY files.id", parameters)
            for row, (image_id, vector) in enumerate(rows):
                ids[row] = image_id
                vectors[row] = self._unpacked(vector, dim)
            return ids, vectors

    def content_hashes(self, root: Path) -> dict[int, bytes]:
        """Returns the SHA-256 of the bytes of a folder's readable images, by image id."""
        with self._database.transaction() as db:
            rows = db.execute(
                """SELECT files.id, hash FROM folders JOIN files ON files.folder_id = folders.id
                   JOIN contents ON contents.id = content_id WHERE root = ?""",
                (_key(root),),
            )
            return dict(rows)

    def vectors_by_hash(self, encoder: str, hashes: Iterable[bytes]) -> dict[bytes, npt.NDArray[np.float16]]:
        """Returns the vectors, float16 ``[dim]``, of those contents that an encoder has embedded.

        Args:
            encoder: the encoder's version.
            hashes: SHA-256 of the files' bytes.
        """
        found = {}
        with self._database.transaction() as db:
            for content_hash in hashes:
                row = db.execute(
                    """SELECT vector, dim FROM contents JOIN vectors ON content_id = contents.id
                       JOIN encoders ON encoders.id = encoder_id WHERE hash = ? AND version = ?""",
                    (content_hash, encoder),
                ).fetchone()
                if row is not None:
                    found[content_hash] = self._unpacked(*row)
        return found

    def thumbnail(self, image_id: int) -> bytes | None:
        """Returns an image's thumbnail, a JPEG, or nothing when the image is not in the library."""
        with self._database.transaction() as db:
            row = db.execute(
                """SELECT jpeg FROM files JOIN thumbnails ON thumbnails.content_id = files.content_id
                   WHERE files.id = ?""",
                (image_id,),
            ).fetchone()
            return None if row is None else bytes(row[0])

    def problems(self, root: Path) -> list[Problem]:
        """Returns the files and folders that could not be read, by path."""
        key = _key(root)
        base = Path(os.fsdecode(key))
        with self._database.transaction() as db:
            rows = db.execute(
                """SELECT path, reason FROM files JOIN folders ON folders.id = folder_id
                   WHERE root = ? AND reason IS NOT NULL ORDER BY path""",
                (key,),
            )
            return [Problem(base / os.fsdecode(path), reason) for path, reason in rows]

    def _store_content(self, db: sqlite3.Connection, encoder: str, content: ImageContent) -> None:
        db.execute(
            "INSERT OR IGNORE INTO encoders (version, dim) VALUES (?, ?)", (encoder, len(content.vector))
        )
        encoder_id, dim = db.execute("SELECT id, dim FROM encoders WHERE version = ?", (encoder,)).fetchone()
        if dim != len(content.vector):
            raise LibraryError(
                f"The library {self._database.path} holds vectors of {dim} numbers of the encoder {encoder}, "
                f"which now makes {len(content.vector)}: name another library file."
            )
        db.execute(
            "INSERT OR IGNORE INTO contents (hash, width, height) VALUES (?, ?, ?)",
            (content.hash, content.width, content.height),
        )
        (content_id,) = db.execute("SELECT id FROM contents WHERE hash = ?", (content.hash,)).fetchone()
        db.execute("INSERT OR IGNORE INTO thumbnails VALUES (?, ?)", (content_id, content.thumbnail))
        db.execute(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
            (content_id, encoder_id, content.vector.astype(_VECTOR_TYPE).tobytes()),
        )
        # Other folders may hold the same bytes: their vectors have changed as well.
        db.execute(
            "UPDATE folders SET revision = revision + 1 "
            "WHERE id IN (SELECT folder_id FROM files WHERE content_id = ?)",
            (content_id,),
        )

    def _unpacked(self, blob: bytes, dim: int) -> npt.NDArray[np.float16]:
        if len(blob) != dim * _VECTOR_TYPE.itemsize:
            raise self._database.damaged()
        return np.frombuffer(blob, dtype=_VECTOR_TYPE)


def _key(root: Path) -> bytes:
    """Returns the one spelling of a folder's path that the library uses."""
    return os.fsencode(os.path.realpath(root))  # unlike Path.resolve, never raises


def _folder_id(db: sqlite3.Connection, root: Path) -> int:
    key = _key(root)
    db.execute("INSERT OR IGNORE INTO folders (root) VALUES (?)", (key,))
    (folder,) = db.execute("SELECT id FROM folders WHERE root = ?", (key,)).fetchone()
    return int(folder)


def _touch(db: sqlite3.Connection, folder: int) -> None:
    db.execute("UPDATE folders SET revision = revision + 1 WHERE id = ?", (folder,))


def _store_file(db: sqlite3.Connection, folder: int, file: FileEntry) -> None:
    content = None
    if file.content_hash is not None:
        content = db.execute("SELECT id FROM contents WHERE hash = ?", (file.content_hash,)).fetchone()
        if content is None:
            return
    content_id = None if content is None else content[0]
    # Other bytes at the same path are another image, with an id of its own.
    db.execute(
        "DELETE FROM files WHERE folder_id = ? AND path = ? AND content_id IS NOT ?",
        (folder, file.path, content_id),
    )
    db.execute(
        """INSERT INTO files (folder_id, path, size, mtime_ns, content_id, reason) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (folder_id, path) DO UPDATE
           SET size = excluded.size, mtime_ns = excluded.mtime_ns, reason = excluded.reason""",
        (folder, file.path, file.size, file.mtime_ns, content_id, file.reason),
    )
