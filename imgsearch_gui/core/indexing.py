"""Bringing the library up to date with a folder: scan, compare, embed what is new or changed.

What is new or changed is then read, embedded and stored by :mod:`~imgsearch_gui.core.embedding`.

The photographs' folder is only ever read. Hidden files and folders (their names begin with a dot) are
left out, among them the data that macOS puts beside pictures on foreign disks. Links to files are
followed, links to folders are not: so there are no loops, and a folder does not grow by what lies
elsewhere.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imgsearch_gui.core.embedding import embed_files
from imgsearch_gui.core.images import SUFFIXES
from imgsearch_gui.core.library import FileEntry
from imgsearch_gui.core.types import IndexProgress
from imgsearch_gui.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from imgsearch_gui.core.encoders.base import ImageEncoder
    from imgsearch_gui.core.library import KnownFile, Library

_TIME_RANGE = 2**63  # a file may claim a time that no database can hold


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
    library: Library, root: Path, encoder: ImageEncoder, *, workers: int | None = None
) -> Iterator[IndexProgress]:
    """Brings the library up to date with a folder, step by step.

    Only new and changed files are read, and only bytes that the library has never seen go through the
    encoder. A file that cannot be read is recorded with its reason. Closing the generator cancels: what
    was stored stays, and threads and processes have ended when ``close`` returns.

    Args:
        library: where the results go.
        root: the folder; everything below it is indexed too.
        encoder: makes the vectors; called only from the thread that drives the generator.
        workers: processes that read and decode; see :func:`~imgsearch_gui.core.embedding.embed_files`.

    Yields:
        The progress so far: after each folder scanned, after each batch stored, when nothing has happened
        for a while, and one last, "done".

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


class _Run:
    """One run over a folder: its counts, and the files that it has to read."""

    def __init__(self, library: Library, root: Path, encoder: ImageEncoder) -> None:
        self._library, self._root, self._encoder = library, root, encoder
        self._todo: list[FoundFile] = []
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

    def embed(self, workers: int | None) -> Iterator[IndexProgress]:
        """Reads, embeds and stores what is to be read."""
        yield self.progress("embed", 0)
        failed = self._failed
        steps = embed_files(self._library, self._root, self._encoder, self._todo, workers=workers)
        with contextlib.closing(steps):
            for step in steps:
                self._embedded, self._failed = step.embedded, failed + step.failed
                yield self.progress("embed", step.done)
