"""Bringing the library up to date with a folder: scan, compare, embed what is new or changed.

Pictures are read and decoded in a few threads, ahead of the encoder, which works in the thread that
drives the generator. Results are stored in the order of the paths, a small batch at a time and each
batch whole, so that what is already indexed can be searched and cancelling loses nothing.

The photographs' folder is only ever read. Hidden files and folders (their names begin with a dot) are
left out, among them the data that macOS puts beside pictures on foreign disks. Links to files are
followed, links to folders are not: so there are no loops, and a folder does not grow by what lies
elsewhere.
"""

from __future__ import annotations

import collections
import contextlib
import hashlib
import os
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.images import SUFFIXES, decode_bytes, read_file
from imgsearch_gui.core.library import FileEntry, ImageContent
from imgsearch_gui.core.types import IndexProgress
from imgsearch_gui.errors import ImageError, LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from imgsearch_gui.core.encoders.base import ImageEncoder
    from imgsearch_gui.core.images import DecodedImage
    from imgsearch_gui.core.library import KnownFile, Library

_BATCH = 8  # what the default encoder is fastest with on a CPU; also how often progress is told
_AHEAD = 24  # files read ahead of the encoder: three batches, some 10 MB of decoded pictures
_TIME_RANGE = 2**63  # a file may claim a time that no database can hold
_LARGEST_BATCH = 64  # of files stored at once, when hardly any of them needs the encoder


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file with a picture's suffix.

    Attributes:
        path: relative to the root, as ``os.fsencode`` gives it.
        size: in bytes.
        mtime_ns: its modification time, of use only to be compared.
    """

    path: bytes
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class ScannedFolder:
    """One folder of the tree.

    Attributes:
        path: relative to the root, as ``os.fsencode`` gives it; empty for the root itself.
        files: those directly inside it, by name.
        reason: why it could not be listed, or ``None``.
    """

    path: bytes
    files: tuple[FoundFile, ...]
    reason: str | None = None


def scan(root: Path) -> Iterator[ScannedFolder]:
    """Walks a folder and yields it and every folder below it.

    A folder that cannot be listed is yielded with the reason and no files; one that vanishes
    meanwhile is not yielded.
    """
    pending = [""]
    while pending:
        relative = pending.pop()
        try:
            files, folders = _listed(root, relative)
        except OSError as error:
            if relative and isinstance(error, FileNotFoundError):
                continue
            reason = f"The folder cannot be listed: {error.strerror}."
            yield ScannedFolder(os.fsencode(relative), (), reason)
            continue
        pending.extend(sorted(folders, reverse=True))
        yield ScannedFolder(os.fsencode(relative), tuple(sorted(files, key=lambda file: file.path)))


def _listed(root: Path, relative: str) -> tuple[list[FoundFile], list[str]]:
    """Returns the picture files in one folder and the relative paths of the folders in it."""
    files, folders = [], []
    with os.scandir(root / relative) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            path = os.path.join(relative, entry.name)  # noqa: PTH118 - Path is slow, and drops nothing here
            if entry.is_dir(follow_symlinks=False):
                if not _is_junction(entry):
                    folders.append(path)
            elif os.path.splitext(entry.name)[1].lower() in SUFFIXES:  # noqa: PTH122 - as above
                try:
                    info = entry.stat()
                except OSError as error:
                    # A link that leads nowhere, or a file deleted this moment, is no picture.
                    if entry.is_symlink() or isinstance(error, FileNotFoundError):
                        continue
                    raise
                files.append(FoundFile(os.fsencode(path), info.st_size, info.st_mtime_ns % _TIME_RANGE))
    return files, folders


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Whether a folder is a Windows junction, which is a link though it does not say so."""
    if sys.platform == "win32":
        return entry.stat(follow_symlinks=False).st_reparse_tag == stat.IO_REPARSE_TAG_MOUNT_POINT
    return False


def index_folder(
    library: Library, root: Path, encoder: ImageEncoder, *, workers: int = 2
) -> Iterator[IndexProgress]:
    """Brings the library up to date with a folder, step by step.

    Only new and changed files are read, and only bytes that the library has never seen go through the
    encoder. A file that cannot be read is recorded with its reason. Closing the generator cancels: what
    was stored stays, and the threads have ended when ``close`` returns.

    Args:
        library: where the results go.
        root: the folder; everything below it is indexed too.
        encoder: makes the vectors; called only from the thread that drives the generator.
        workers: threads that read and decode.

    Yields:
        The progress so far: after each folder scanned, after each batch stored, and one last, "done".

    Raises:
        LibraryError: when the root is missing, is no folder or cannot be listed, or when the library
            cannot be written.
        EncoderError: when the encoder fails.
    """
    try:
        is_folder = stat.S_ISDIR(root.stat().st_mode)
    except OSError as error:
        raise LibraryError(f"The folder {root} cannot be opened: {error.strerror}.") from error
    if not is_folder:
        raise LibraryError(f"{root} is not a folder.")
    run = _Run(library, root.resolve(), encoder)
    yield from run.compare()
    yield from run.embed(workers)
    library.drop_unused()
    yield run.progress("done", run.total)


@dataclass(frozen=True, slots=True)
class _Read:
    """What a worker made of one file; ``decoded`` is there when its bytes need the encoder."""

    entry: FileEntry
    decoded: DecodedImage | None = None


class _Run:
    """One run over a folder: its counts, and the files that it has to read."""

    def __init__(self, library: Library, root: Path, encoder: ImageEncoder) -> None:
        self._library, self._root, self._encoder = library, root, encoder
        self._todo: list[FoundFile] = []
        self._stored: set[bytes] = set()  # content hashes embedded in this run
        self._embedded = self._unchanged = self._removed = self._failed = 0

    @property
    def total(self) -> int:
        """How many files are to be read."""
        return len(self._todo)

    def progress(self, stage: str, done: int) -> IndexProgress:
        """Returns the counts so far."""
        total = None if stage == "scan" else self.total
        return IndexProgress(stage, done, total, self._embedded, self._unchanged, self._removed, self._failed)

    def compare(self) -> Iterator[IndexProgress]:
        """Scans the folder, notes what is to be read, and drops what is gone."""
        known = self._library.known_files(self._root, self._encoder.version)
        found: set[bytes] = set()
        unlisted: list[FileEntry] = []
        files = 0
        for folder in scan(self._root):
            if folder.reason is not None:
                unlisted.append(FileEntry(folder.path, 0, None, reason=folder.reason))
            for file in folder.files:
                found.add(file.path)
                self._compare_file(file, known.get(file.path))
            files += len(folder.files)
            yield self.progress("scan", files)
        self._todo.sort(key=lambda file: file.path)
        self._note_unlisted(unlisted, known)
        found.update(entry.path for entry in unlisted)
        # What lies below a folder that cannot be listed is missing from the scan, but not gone.
        below = tuple(entry.path + os.fsencode(os.sep) for entry in unlisted)
        gone = [path for path in known.keys() - found if not path.startswith(below)]
        if gone:
            self._library.remove(self._root, gone)
            self._removed = sum(known[path].reason is None for path in gone)

    def _compare_file(self, file: FoundFile, held: KnownFile | None) -> None:
        if held is None or (held.size, held.mtime_ns) != (file.size, file.mtime_ns):
            self._todo.append(file)
        elif held.reason is not None:
            self._failed += 1
        elif held.embedded:
            self._unchanged += 1
        else:
            self._todo.append(file)

    def _note_unlisted(self, unlisted: list[FileEntry], known: Mapping[bytes, KnownFile]) -> None:
        """Records the folders that cannot be listed, unless that is known of them."""
        for entry in unlisted:
            if not entry.path:
                raise LibraryError(f"{self._root}: {entry.reason}")
        if not self._root.is_dir():  # a disk unplugged while it was scanned: nothing of it is gone
            raise LibraryError(f"The folder {self._root} is no longer there.")
        self._failed += len(unlisted)
        new = [entry for entry in unlisted if entry.path not in known or known[entry.path].reason is None]
        if new:
            self._library.store(self._root, self._encoder.version, new)

    def embed(self, workers: int) -> Iterator[IndexProgress]:
        """Reads, embeds and stores what is to be read, in the order of the paths."""
        yield self.progress("embed", 0)
        batch: list[_Read] = []
        done = 0
        with contextlib.closing(_in_order(self._todo, self._read, workers)) as results:
            for result in results:
                done += 1
                if result is not None:
                    batch.append(result)
                new = sum(read.decoded is not None for read in batch)
                if new == _BATCH or len(batch) == _LARGEST_BATCH or (batch and done == self.total):
                    self._store(batch)
                    batch = []
                    yield self.progress("embed", done)

    def _read(self, file: FoundFile) -> _Read | None:
        """Reads one file, in a worker; returns nothing when it has vanished since the scan."""
        path = self._root / os.fsdecode(file.path)
        try:
            data = read_file(path)
        except ImageError as error:
            if isinstance(error.__cause__, FileNotFoundError):  # the next run drops it, if it was known
                return None
            # A lock, a permission or a network may pass without a change of the file: no time is kept.
            return _Read(FileEntry(file.path, file.size, None, reason=str(error)))
        digest = hashlib.sha256(data).digest()
        # With the size and time of the scan: a file that changed since is read again by the next run.
        entry = FileEntry(file.path, file.size, file.mtime_ns, digest)
        if self._library.vectors_by_hash(self._encoder.version, [digest]):
            return _Read(entry)
        try:
            return _Read(entry, decode_bytes(data, self._encoder.input_size))
        except ImageError as error:
            return _Read(FileEntry(file.path, file.size, file.mtime_ns, reason=str(error)))

    def _store(self, batch: list[_Read]) -> None:
        """Embeds what is new in a batch and stores it all."""
        new = {
            read.decoded.content_hash: read.decoded
            for read in batch
            if read.decoded is not None and read.decoded.content_hash not in self._stored
        }
        contents = self._embed(list(new.values()))
        self._stored.update(content.hash for content in contents)
        refused = new.keys() - self._stored
        entries = [
            _refused(read.entry) if read.entry.content_hash in refused else read.entry for read in batch
        ]
        self._library.store(self._root, self._encoder.version, entries, contents)
        failed = sum(entry.reason is not None for entry in entries)
        self._failed += failed
        self._embedded += len(entries) - failed

    def _embed(self, images: list[DecodedImage]) -> list[ImageContent]:
        """Returns the contents to store; a picture whose vector is not finite is missing among them."""
        if not images:
            return []
        vectors = self._encoder.encode(np.stack([image.pixels for image in images]))
        with np.errstate(over="ignore"):  # too large for half precision: infinite, and left out below
            halves = vectors.astype(np.float16)
        return [
            ImageContent(image.content_hash, image.width, image.height, image.thumbnail, vector)
            for image, vector in zip(images, halves, strict=True)
            if np.isfinite(vector).all()
        ]


def _refused(entry: FileEntry) -> FileEntry:
    return FileEntry(entry.path, entry.size, entry.mtime_ns, reason="The encoder could not describe it.")


def _in_order(
    files: Iterable[FoundFile], read: Callable[[FoundFile], _Read | None], workers: int
) -> Generator[_Read | None, None, None]:
    """Yields what ``read`` makes of each file, in order, with a bounded number read ahead in threads."""
    pool = ThreadPoolExecutor(workers, thread_name_prefix="read-images")
    waiting: collections.deque[Future[_Read | None]] = collections.deque()
    try:
        for file in files:
            waiting.append(pool.submit(read, file))
            if len(waiting) == _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)
