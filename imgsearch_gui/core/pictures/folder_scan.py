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
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AT_ONCE = 1000  # files after which whoever scans is asked whether to go on
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
    """One folder of the tree, or some of the files of a large one.

    Attributes:
        path: relative to the root, as ``os.fsencode`` gives it; empty for the root itself.
        files: files directly inside it, by name.
        reason: why it could not be listed, or ``None``.
        mount: whether it is a drive of its own.
    """

    path: bytes
    files: tuple[FoundFile, ...]
    reason: str | None = None
    mount: bool = False


def scan(root: Path) -> Iterator[ScannedFolder]:
    """Walks a folder and yields it and every folder below it; a large one in parts.

    A folder that cannot be listed is yielded with the reason and no files, whatever was seen of it before;
    one that vanishes meanwhile is not.
    """
    pending = [""]
    while pending:
        relative = pending.pop()
        folders: list[str] = []
        mount = os.path.ismount(root / relative)
        try:
            for files in _listed(root, relative, folders):
                files.sort(key=lambda file: file.path)
                yield ScannedFolder(os.fsencode(relative), tuple(files), mount=mount)
        except OSError as error:
            if relative and isinstance(error, FileNotFoundError):
                continue
            reason = sentence("The folder cannot be listed: {reason}.", reason=error.strerror)
            yield ScannedFolder(os.fsencode(relative), (), reason)
            continue
        pending.extend(sorted(folders, reverse=True))


def _listed(root: Path, relative: str, folders: list[str]) -> Iterator[list[FoundFile]]:
    """Yields the picture files in one folder, some at a time; adds the paths of the folders in it."""
    files: list[FoundFile] = []
    with os.scandir(root / relative) as entries:
        for number, entry in enumerate(entries, start=1):
            if number % AT_ONCE == 0:
                yield files
                files = []
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
    yield files


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Whether a folder is a Windows junction, which is a link though it does not say so."""
    if sys.platform == "win32":
        return entry.stat(follow_symlinks=False).st_reparse_tag == stat.IO_REPARSE_TAG_MOUNT_POINT
    return False
