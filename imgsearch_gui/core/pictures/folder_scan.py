"""Walking a folder for picture files.

The photographs' folder is only ever read. Hidden files and folders (their names begin with a dot) are
left out, among them the data that macOS puts beside pictures on foreign disks. Links to files are
followed, links to folders are not: so there are no loops, and a folder does not grow by what lies
elsewhere.
"""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imgsearch_gui.core.pictures.images import SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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
        mount: whether it is a drive of its own.
    """

    path: bytes
    files: tuple[FoundFile, ...]
    reason: str | None = None
    mount: bool = False


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
        files.sort(key=lambda file: file.path)
        mount = os.path.ismount(root / relative)
        yield ScannedFolder(os.fsencode(relative), tuple(files), mount=mount)


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
