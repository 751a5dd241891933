"""The image library: folders, pictures, vectors, thumbnails and ratings in one SQLite file.

This is the one door to stored things. What hangs on a picture's bytes (its measures, thumbnail and
vectors) is kept once for each content hash; a file only points there. So a copy, a moved file and a
folder opened inside another cost a row each. An image's id stands for one content at one path and
is never given out twice: what a caller cached by it cannot become another picture. A file that is gone
is no image any more, but what hung on its content is kept until it returns or is to be forgotten.

One :class:`Library` may be used from several threads at once: readers see the last
committed batch and never wait for the writer.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from imgsearch_gui.core.storage import contents_table, files_table, ratings_table
from imgsearch_gui.core.storage.contents_table import VECTOR_TYPE
from imgsearch_gui.core.storage.database import Database
from imgsearch_gui.core.storage.files_table import key
from imgsearch_gui.core.storage.library_reads import LibraryReads
from imgsearch_gui.core.types.photos import ImageRecord

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import numpy.typing as npt

    from imgsearch_gui.core.storage.contents_table import ImageContent
    from imgsearch_gui.core.storage.files_table import FileEntry, KnownFile
    from imgsearch_gui.core.types.ratings import Rating


_SEPARATOR = os.fsencode(os.sep)
_AT_ONCE = 500  # rows in one step of long work


class Library(LibraryReads):
    """One library file.

    Every method raises :class:`~imgsearch_gui.errors.LibraryError` when the file cannot be read or
    written. Methods that take a root take the path of a folder; one never added is an empty folder.

    Args:
        path: the file; it and the folders above it are created when they are missing. An older one is
            brought up to date; one that cannot be written is opened to be read.

    Raises:
        LibraryError: when the file is no library, was made by a newer program, or cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path)

    @property
    def read_only(self) -> str:
        """One sentence when the file can be read but not written, else nothing."""
        return self._database.read_only

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
            return files_table.folder_id(db, root)

    def folders(self) -> list[Path]:
        """Returns the roots of all folders, in the order in which they were added."""
        with self._database.transaction() as db:
            return [Path(os.fsdecode(root)) for (root,) in db.execute("SELECT root FROM folders ORDER BY id")]

    def knows(self, root: Path) -> bool:
        """Returns whether a folder was ever added."""
        with self._database.transaction() as db:
            return db.execute("SELECT 1 FROM folders WHERE root = ?", (key(root),)).fetchone() is not None

    def revision(self, root: Path) -> int:
        """Returns a number that grows with every stored change of a folder, 0 for an unknown one."""
        with self._database.transaction() as db:
            row = db.execute("SELECT revision FROM folders WHERE root = ?", (key(root),)).fetchone()
            return 0 if row is None else int(row[0])

    def known_files(self, root: Path, encoder: str) -> Iterator[tuple[bytes, KnownFile]]:
        """Yields every file held of a folder with its relative path; those that are missing first.

        A path may come twice: at the place of a missing file there may be one that cannot be read. Some
        hundreds are read at a time, and nothing is held open between them.

        Args:
            root: the folder.
            encoder: the version of the encoder whose vectors are asked for.
        """
        for missing in (True, False):
            after: bytes | None = b""
            while after is not None:
                with self._database.transaction() as db:
                    some = files_table.known_files(db, root, encoder, after, _AT_ONCE, missing=missing)
                yield from some
                after = some[-1][0] if some else None

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
            folder = files_table.folder_id(db, root)
            for content in contents:
                contents_table.store_content(db, encoder, content)
            for file in files:
                files_table.store_file(db, folder, file)
            files_table.touch(db, folder)

    def undated(self, root: Path) -> Iterator[tuple[int, bytes]]:
        """Yields contents that nobody has looked into for a date, and of each a file's relative path.

        Some hundreds are read at a time, and nothing is held open between them.
        """
        after = 0
        while True:
            with self._database.transaction() as db:
                some = contents_table.undated(db, key(root), after, _AT_ONCE)
            yield from some
            if not some:
                return
            after = some[-1][0]

    def count_undated(self, root: Path) -> int:
        """Returns how many contents :meth:`undated` would yield."""
        with self._database.transaction() as db:
            return contents_table.count_undated(db, key(root))

    def set_taken(self, root: Path, taken: Mapping[int, int | None]) -> None:
        """Stores when pictures of a folder were taken, in seconds since 1970, by their contents."""
        with self._database.transaction(write=True) as db:
            for content_id, time in taken.items():
                contents_table.set_taken(db, content_id, time)
            files_table.touch(db, files_table.folder_id(db, root))

    def remove(self, root: Path, paths: Iterable[bytes]) -> None:
        """Sets files aside as missing, by relative path: they are no images any more until they return.

        What hangs on their contents is kept. Those that could not be read are dropped.
        """
        with self._database.transaction(write=True) as db:
            folder = files_table.folder_id(db, root)
            files_table.set_missing(db, folder, paths)
            files_table.touch(db, folder)

    def restore(self, root: Path, paths: Iterable[bytes]) -> None:
        """Takes missing files back that are there again unchanged: they are images with new ids."""
        with self._database.transaction(write=True) as db:
            folder = files_table.folder_id(db, root)
            files_table.set_returned(db, folder, paths)
            files_table.touch(db, folder)

    def tidy(self, root: Path) -> Iterator[None]:
        """Drops what runs over a folder have made needless; writes only if there is anything.

        These are missing files that turned up at another place of the folder, and the measures,
        thumbnails and vectors of contents that no file has, nor a missing one. Yields after some
        hundreds of them; what is left when it is closed is dropped the next time.
        """
        with self._database.transaction() as db:
            moved = files_table.moved(db, root)
        if self.read_only:
            return
        for start in range(0, len(moved), _AT_ONCE):
            with self._database.transaction(write=True) as db:
                files_table.drop_moved(db, files_table.folder_id(db, root), moved[start : start + _AT_ONCE])
            yield
        with self._database.transaction() as db:
            released = contents_table.released(db)
        for start in range(0, len(released), _AT_ONCE):
            with self._database.transaction(write=True) as db:
                contents_table.drop_unused(db, released[start : start + _AT_ONCE])
            yield

    def forget_missing(self, root: Path, files: Iterable[Path]) -> int:
        """Drops missing files of a folder for good, and returns how many; ratings stay.

        Args:
            root: the folder.
            files: some of those that :meth:`missing` returns; one that is there again stays as it is.
        """
        base = key(root)
        inside = len(base if base.endswith(_SEPARATOR) else base + _SEPARATOR)
        with self._database.transaction(write=True) as db:
            contents = files_table.forget_missing(
                db, files_table.folder_id(db, root), (os.fsencode(file)[inside:] for file in files)
            )
            contents_table.drop_unused(db, contents)
        return len(contents)

    def mounts(self, root: Path) -> set[bytes]:
        """Returns the relative paths in a folder that were drives of their own when it was last read.

        The empty path stands for the folder itself.
        """
        with self._database.transaction() as db:
            return files_table.mounts(db, root)

    def set_mounts(self, root: Path, paths: Iterable[bytes]) -> None:
        """Replaces what :meth:`mounts` returns."""
        with self._database.transaction(write=True) as db:
            files_table.set_mounts(db, files_table.folder_id(db, root), paths)

    def away_since(self, root: Path) -> datetime | None:
        """Returns when a folder was found not to be there, in UTC; nothing for one that is."""
        with self._database.transaction() as db:
            row = db.execute("SELECT away_since FROM folders WHERE root = ?", (key(root),)).fetchone()
            return None if row is None or row[0] is None else datetime.fromtimestamp(row[0], UTC)

    def set_away(self, root: Path, *, away: bool) -> None:
        """Marks a known folder as not there, with all that is kept of it, or as there again."""
        if away == (self.away_since(root) is not None) or self.read_only:
            return
        now = round(datetime.now(UTC).timestamp()) if away else None
        with self._database.transaction(write=True) as db:
            db.execute("UPDATE folders SET away_since = ? WHERE root = ?", (now, key(root)))

    def records(self, root: Path) -> list[ImageRecord]:
        """Returns the readable images of a folder, by ascending id."""
        stored = key(root)
        base = Path(os.fsdecode(stored))
        with self._database.transaction() as db:
            rows = db.execute(
                """SELECT files.id, path, width, height
                   FROM folders CROSS JOIN files ON files.folder_id = folders.id
                   CROSS JOIN contents ON contents.id = content_id
                   WHERE root = ? ORDER BY files.id""",
                (stored,),
            )
            return [
                ImageRecord(image_id, base / os.fsdecode(path), width, height)
                for image_id, path, width, height in rows
            ]

    def vectors(self, root: Path, encoder: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float16]]:
        """Returns the vectors of a folder's readable images.

        Args:
            root: the folder.
            encoder: the encoder's version; images without a vector of it are left out.

        Returns:
            The images' ids, int64 ``[n]``, ascending, and float16 ``[n, dim]`` in the same order; dim is
            0 for an encoder that the library has never seen.
        """
        with self._database.transaction() as db:
            encoder_id, dim = contents_table.encoder_of(db, encoder)
            # The joins' order is fixed, and gives that of the ids without a sort of all vectors.
            source = """FROM folders CROSS JOIN files ON files.folder_id = folders.id
                CROSS JOIN vectors ON vectors.content_id = files.content_id AND encoder_id = ?
                WHERE root = ?"""
            parameters = (encoder_id, key(root))
            (count,) = db.execute(f"SELECT count(*) {source}", parameters).fetchone()
            ids = np.empty(count, dtype=np.int64)
            vectors = np.empty((count, dim), dtype=VECTOR_TYPE)
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
                (key(root),),
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

    def add_rating(self, rating: Rating) -> int:
        """Stores what a person said of a picture, to outlive even a power cut.

        A later rating of the same pair by the same person stands beside the earlier one.

        Returns:
            The rating's id, greater than all before.
        """
        with self._database.transaction(write=True, durable=True) as db:
            return ratings_table.add(db, rating)

    def add_ratings(self, ratings: Iterable[Rating]) -> int:
        """Stores those ratings that the library does not hold, all of them or none, in their order.

        Two are the same when one person said the same of one pair on one scale at one moment.

        Returns:
            How many were new.
        """
        with self._database.transaction(write=True, durable=True) as db:
            return ratings_table.add_new(db, ratings)

    def remove_rating(self, rating_id: int) -> None:
        """Takes a rating back; one that is not there is no error."""
        with self._database.transaction(write=True, durable=True) as db:
            ratings_table.remove(db, rating_id)

    def ratings(self, query: str | None = None, content_hash: bytes | None = None) -> dict[int, Rating]:
        """Returns ratings by id, in the order in which they were given.

        Args:
            query: only those of this query.
            content_hash: only those of the picture with this SHA-256.
        """
        with self._database.transaction() as db:
            try:
                return ratings_table.select(db, query, content_hash)
            except (ValueError, TypeError, OverflowError) as error:
                raise self._database.damaged() from error

    def _unpacked(self, blob: bytes, dim: int) -> npt.NDArray[np.float16]:
        if len(blob) != dim * VECTOR_TYPE.itemsize:
            raise self._database.damaged()
        return np.frombuffer(blob, dtype=VECTOR_TYPE)
