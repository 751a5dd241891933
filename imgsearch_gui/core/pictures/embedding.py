"""The half of indexing that costs time: reads, decodes, embeds and stores a list of files.

Files are read and decoded in processes, ahead of the encoder, which works in the thread that drives the
generator; a thread for each process hands it one file after the other. So many files are ahead and no
more: where the encoder is the slower, the decoders wait. Results are stored in the order of the paths, a
small batch at a time and each batch whole, so that what is already indexed can be searched and
cancelling loses nothing.

The generator yields at least every tenth of a second but for one batch in the encoder, so that whoever
drives it can pause by not asking for more, or cancel by closing it, and is never kept waiting.
"""

from __future__ import annotations

import collections
import contextlib
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from imgsearch_gui.core.pictures.cores import cores
from imgsearch_gui.core.pictures.decoding import Decoder, DecoderLostError
from imgsearch_gui.core.storage.contents_table import ImageContent
from imgsearch_gui.core.storage.files_table import FileEntry
from imgsearch_gui.errors import ImageError, MissingImageError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from imgsearch_gui.core.encoders.base import ImageEncoder
    from imgsearch_gui.core.pictures.folder_scan import FoundFile
    from imgsearch_gui.core.pictures.images import DecodedImage
    from imgsearch_gui.core.storage.library import Library

_File = TypeVar("_File")
_Result = TypeVar("_Result")

_LARGEST_ENCODED = 8  # pictures
_AHEAD = 48  # files read ahead of the encoder: some 10 MB of decoded pictures
_LARGEST_BATCH = 64  # of files stored at once, when hardly any of them needs the encoder
_PATIENCE = 0.1  # seconds without news after which the generator yields all the same


def batch_size() -> int:
    """Returns how many pictures the encoder is given at once; also how often progress is told.

    Two for each core, as the default encoder takes them: more would not be faster, and keep whoever
    pauses or cancels waiting.
    """
    return min(_LARGEST_ENCODED, 2 * cores())


@dataclass(frozen=True, slots=True)
class EmbedStep:
    """How far a run has come.

    Attributes:
        done: files finished, those included that have vanished.
        embedded: files stored with a vector.
        failed: files stored with a reason.
    """

    done: int
    embedded: int
    failed: int


@dataclass(frozen=True, slots=True)
class _Read:
    """What was made of one file; ``decoded`` is there when its bytes need the encoder."""

    entry: FileEntry
    decoded: DecodedImage | None = None


def embed_files(
    library: Library,
    root: Path,
    encoder: ImageEncoder,
    files: Sequence[FoundFile],
    make_decoder: Callable[[], Decoder] = Decoder,
    workers: int | None = None,
) -> Generator[EmbedStep, None, None]:
    """Reads files, and stores each with its vector or with the reason why it has none.

    Bytes that the library knows do not go through the encoder again.

    Args:
        library: where the results go.
        root: the folder that the files' paths begin at.
        encoder: makes the vectors; called only from the thread that drives the generator.
        files: what to read; they are stored in this order.
        make_decoder: makes what reads and decodes, one for each worker.
        workers: how many files are read at the same time; as many as there are cores when not given.

    Yields:
        How far it is: after each batch, and in between to be asked whether to go on. Closing the
        generator ends the decoders at once.

    Raises:
        LibraryError: the library cannot be written.
        EncoderError: the encoder fails.
    """
    run = _Run(library, root, encoder)
    batch: list[_Read] = []
    done, at_once = 0, batch_size()
    if not files:
        return
    workers = min(workers or cores(), len(files))
    with contextlib.closing(in_order(files, run.read, make_decoder, workers)) as results:
        told = time.monotonic()
        for result in results:
            if not isinstance(result, Waiting):
                done += 1
                if result is not None:
                    batch.append(result)
            new = sum(read.decoded is not None for read in batch)
            if new == at_once or len(batch) == _LARGEST_BATCH or (batch and done == len(files)):
                run.store(batch)
                batch = []
            elif time.monotonic() < told + _PATIENCE:
                continue
            yield run.step(done - len(batch))
            told = time.monotonic()


class _Run:
    """One run's place, and its counts."""

    def __init__(self, library: Library, root: Path, encoder: ImageEncoder) -> None:
        self._library, self._root, self._encoder = library, root, encoder
        self._stored: set[bytes] = set()  # content hashes embedded in this run
        self._embedded = self._failed = 0

    def step(self, done: int) -> EmbedStep:
        """Returns how far the run is."""
        return EmbedStep(done, self._embedded, self._failed)

    def read(self, file: FoundFile, decoder: Decoder) -> _Read | None:
        """Reads one file, in a worker's thread; returns nothing when it has vanished since the scan."""
        try:
            opened = decoder.open(self._root / os.fsdecode(file.path))
        except MissingImageError:  # the next run drops it, if it was known
            return None
        except ImageError as error:
            # A lock, a permission or a network may pass without a change of the file: no time is kept.
            return _Read(FileEntry(file.path, file.size, None, reason=str(error)))
        # With the size and time of the scan: a file that changed since is read again by the next run.
        entry = FileEntry(file.path, file.size, file.mtime_ns, opened.content_hash)
        if self._library.vectors_by_hash(self._encoder.version, [opened.content_hash]):
            return _Read(entry)
        try:
            return _Read(entry, decoder.decode(opened, self._encoder.input_size))
        except DecoderLostError as error:  # it may have been the machine: the next run tries again
            return _Read(FileEntry(file.path, file.size, None, reason=str(error)))
        except ImageError as error:
            return _Read(FileEntry(file.path, file.size, file.mtime_ns, reason=str(error)))

    def store(self, batch: list[_Read]) -> None:
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
            ImageContent(image.content_hash, image.width, image.height, image.thumbnail, vector, image.taken)
            for image, vector in zip(images, halves, strict=True)
            if np.isfinite(vector).all()
        ]


def _refused(entry: FileEntry) -> FileEntry:
    return FileEntry(
        entry.path, entry.size, entry.mtime_ns, reason=sentence("The encoder could not describe it.")
    )


class Waiting:
    """Yielded in place of a result that is not there yet."""


def in_order(
    files: Iterable[_File],
    read: Callable[[_File, Decoder], _Result],
    make_decoder: Callable[[], Decoder],
    workers: int,
) -> Generator[_Result | Waiting, None, None]:
    """Yields what ``read`` makes of each file, in order, with a bounded number read ahead.

    Args:
        files: what to read.
        read: called in a worker's thread, with a decoder that no other thread uses meanwhile.
        make_decoder: makes one for each worker.
        workers: at least one.
    """
    decoders = [make_decoder() for _ in range(workers)]
    idle = collections.deque(decoders)
    own = threading.local()  # each thread of the pool has a decoder

    def take() -> None:
        own.decoder = idle.popleft()

    pool = ThreadPoolExecutor(workers, "read-images", initializer=take)
    waiting: collections.deque[Future[_Result]] = collections.deque()
    try:
        for file in files:
            waiting.append(pool.submit(lambda file: read(file, own.decoder), file))
            if len(waiting) == _AHEAD:
                yield from _result(waiting.popleft())
        while waiting:
            yield from _result(waiting.popleft())
    finally:
        for future in waiting:
            future.cancel()
        for decoder in decoders:
            decoder.close()
        pool.shutdown()


def _result(future: Future[_Result]) -> Generator[_Result | Waiting, None, None]:
    while not wait([future], _PATIENCE).done:
        yield Waiting()
    yield future.result()
