"""Bringing the library up to date with a folder: scan, compare, embed what is new or changed.

What is new or changed is then read, embedded and stored by :mod:`~imgsearch_gui.core.pictures.embedding`.
"""

from __future__ import annotations

import contextlib
import stat
from dataclasses import replace
from typing import TYPE_CHECKING

from imgsearch_gui.core.pictures.changes import Changes, gone
from imgsearch_gui.core.pictures.dating import date_photos
from imgsearch_gui.core.pictures.embedding import embed_files
from imgsearch_gui.core.types.progress import IndexProgress
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from imgsearch_gui.core.encoders.base import ImageEncoder
    from imgsearch_gui.core.storage.library import Library


def index_folder(
    library: Library, root: Path, encoder: ImageEncoder, *, workers: int | None = None
) -> Iterator[IndexProgress]:
    """Brings the library up to date with a folder, step by step.

    Only new and changed files are read, and only bytes that the library has never seen go through the
    encoder: a file that moved, or comes back, keeps what is known of its bytes. A file that is gone is
    kept as missing; one that cannot be read is recorded with its reason. Closing the generator cancels:
    what was stored stays, and threads and processes have ended when ``close`` returns.

    Args:
        library: where the results go.
        root: the folder; everything below it is indexed too.
        encoder: makes the vectors; called only from the thread that drives the generator.
        workers: processes that decode; see :func:`~imgsearch_gui.core.pictures.embedding.embed_files`.

    Yields:
        The progress so far: after each folder scanned, and in one that is large after every thousand files;
        after each batch stored, when nothing has happened for a while, and one last, "done".

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
        raise LibraryError(
            sentence("The folder {root} cannot be opened: {reason}.", root=root, reason=error.strerror)
        ) from error
    if not is_folder:
        raise LibraryError(sentence("{root} is not a folder.", root=root))
    real = root.resolve()
    run = _Run(library, real, encoder)
    yield from run.compare()
    yield from run.embed(workers)
    for done, total in date_photos(library, real):
        yield replace(run.progress("date", done), total=total)
    for _ in library.tidy(root):  # whatever this run stored: one before may have been cut short
        yield run.progress("embed", run.total)
    yield run.progress("done", run.total)


class _Run:
    """One run over a folder: its counts, and the files that it has to read."""

    def __init__(self, library: Library, root: Path, encoder: ImageEncoder) -> None:
        self._library, self._root, self._encoder = library, root, encoder
        self._changes = Changes(library, root, encoder.version)
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

    def embed(self, workers: int | None) -> Iterator[IndexProgress]:
        """Reads, embeds and stores what is to be read."""
        yield self.progress("embed", 0)
        todo = self._changes.todo
        if todo and self._library.read_only:  # told before anything is decoded in vain
            raise LibraryError(self._library.read_only)
        steps = embed_files(self._library, self._root, self._encoder, todo, workers=workers)
        with contextlib.closing(steps):
            for step in steps:
                self._embedded, self._failed = step.embedded, step.failed
                yield self.progress("embed", step.done)
