"""Bringing the library up to date with a folder: scan, compare, embed what is new or changed.

Pictures are read and decoded in a few threads, ahead of the encoder, which works in the thread that
drives the generator. Results are stored in the order of the paths, a small batch at a time and each
batch whole, so that what is already indexed can be searched and cancelling loses nothing.
"""

from __future__ import annotations

import collections
import contextlib
import hashlib
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.core.changes import Changes, gone
from imgsearch_gui.core.contents_table import ImageContent
from imgsearch_gui.core.files_table import FileEntry
from imgsearch_gui.core.images import decode_bytes, read_file
from imgsearch_gui.core.types import IndexProgress
from imgsearch_gui.errors import ImageError, LibraryError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from imgsearch_gui.core.encoders.base import ImageEncoder
    from imgsearch_gui.core.folder_scan import FoundFile
    from imgsearch_gui.core.images import DecodedImage
    from imgsearch_gui.core.library import Library

_BATCH = 8  # what the default encoder is fastest with on a CPU; also how often progress is told
_AHEAD = 24  # files read ahead of the encoder: three batches, some 10 MB of decoded pictures
_LARGEST_BATCH = 64  # of files stored at once, when hardly any of them needs the encoder


def index_folder(
    library: Library, root: Path, encoder: ImageEncoder, *, workers: int = 2
) -> Iterator[IndexProgress]:
    """Brings the library up to date with a folder, step by step.

    Only new and changed files are read, and only bytes that the library has never seen go through the
    encoder: a file that moved, or comes back, keeps what is known of its bytes. A file that is gone is
    kept as missing; one that cannot be read is recorded with its reason. Closing the generator cancels:
    what was stored stays, and the threads have ended when ``close`` returns.

    Args:
        library: where the results go.
        root: the folder; everything below it is indexed too.
        encoder: makes the vectors; called only from the thread that drives the generator.
        workers: threads that read and decode.

    Yields:
        The progress so far: after each folder scanned, after each batch stored, and one last, "done".

    Raises:
        LibraryError: when the root is missing, is no folder or cannot be listed, or when there is
            something to store and the library cannot be written.
        EncoderError: when the encoder fails.
    """
    try:
        is_folder = stat.S_ISDIR(root.stat().st_mode)
    except OSError as error:
        if not isinstance(error, PermissionError) and library.knows(root):
            raise gone(library, root) from error
        raise LibraryError(f"The folder {root} cannot be opened: {error.strerror}.") from error
    if not is_folder:
        raise LibraryError(f"{root} is not a folder.")
    run = _Run(library, root.resolve(), encoder)
    yield from run.compare()
    yield from run.embed(workers)
    library.tidy(root)  # whether or not this run stored anything: one before may have been cut short
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
        self._changes = Changes(library, root, encoder.version)
        self._stored: set[bytes] = set()  # content hashes embedded in this run
        self._embedded = self._failed = 0

    @property
    def total(self) -> int:
        """How many files are to be read."""
        return len(self._changes.todo)

    def progress(self, stage: str, done: int) -> IndexProgress:
        """Returns the counts so far."""
        total = None if stage == "scan" else self.total
        found = self._changes
        return IndexProgress(
            stage,
            done,
            total,
            self._embedded,
            found.unchanged,
            found.removed,
            found.failed + self._failed,
            found.away,
            found.returned,
        )

    def compare(self) -> Iterator[IndexProgress]:
        """Scans the folder, and notes what is to be read and what is gone."""
        for _ in self._changes.find():
            yield self.progress("scan", self._changes.seen)

    def embed(self, workers: int) -> Iterator[IndexProgress]:
        """Reads, embeds and stores what is to be read, in the order of the paths."""
        yield self.progress("embed", 0)
        batch: list[_Read] = []
        done = 0
        with contextlib.closing(_in_order(self._changes.todo, self._read, workers)) as results:
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
