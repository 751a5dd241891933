"""What differs between a folder and what the library holds of it.

What is not found is never dropped: a file that is gone becomes a missing one, and when a whole drive is
gone, what lies on it stays as it is. So a scan at a bad moment, in the midst of a move or while a drive
is pulled out, costs nothing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from imgsearch_gui.core.pictures.folder_scan import AT_ONCE, scan
from imgsearch_gui.core.storage.files_table import FileEntry
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from imgsearch_gui.core.pictures.folder_scan import FoundFile, ScannedFolder
    from imgsearch_gui.core.storage.files_table import KnownFile
    from imgsearch_gui.core.storage.library import Library

_SEPARATOR = os.fsencode(os.sep)


def gone(library: Library, root: Path) -> LibraryError:
    """Marks a folder as not there, and returns the error to raise."""
    library.set_away(root, away=True)
    return LibraryError(
        sentence(
            "The folder {root} is no longer there: if it is on a drive, connect that and read the folder "
            "again. What was read of it is kept.",
            root=root,
        )
    )


class Changes:
    """Compares a folder with the library, and stores what can be told without reading files.

    Attributes:
        todo: the files that are to be read, by path.
        seen: how many files were found so far.
        unchanged: how many images need no work.
        removed: how many images are missing from now on.
        failed: how many files and folders could not be read before, and are as they were.
        away: how many images are kept because the drive that they are on is not there.
        returned: how many images were missing and are there again.
    """

    def __init__(self, library: Library, root: Path, encoder: str) -> None:
        self._library, self._root, self._encoder = library, root, encoder
        self._known: dict[bytes, KnownFile] = {}
        self._found: set[bytes] = set()
        self._returned: list[bytes] = []
        self._unlisted: list[FileEntry] = []
        self._mounts: set[bytes] = set()
        self.todo: list[FoundFile] = []
        self.seen = self.unchanged = self.removed = self.failed = self.away = self.returned = 0

    def find(self) -> Iterator[None]:
        """Does the work; yields after each folder scanned, and after every thousand files.

        Raises:
            LibraryError: the folder cannot be listed or has gone, or the library cannot be written.
        """
        for number, (path, held) in enumerate(self._library.known_files(self._root, self._encoder), start=1):
            self._known[path] = held
            if number % AT_ONCE == 0:
                yield
        for folder in scan(self._root):
            self._compare_folder(folder)
            yield
        self.todo.sort(key=lambda file: file.path)
        self._check_root()
        self._store_unlisted()
        yield from self._store_moves()
        self._library.set_away(self._root, away=False)

    def _compare_folder(self, folder: ScannedFolder) -> None:
        if folder.reason is not None:
            self._unlisted.append(FileEntry(folder.path, 0, None, reason=folder.reason))
        if folder.mount:
            self._mounts.add(folder.path)
        for file in folder.files:
            self._found.add(file.path)
            self._compare_file(file, self._known.get(file.path))
        self.seen += len(folder.files)

    def _compare_file(self, file: FoundFile, held: KnownFile | None) -> None:
        if held is None or (held.size, held.mtime_ns) != (file.size, file.mtime_ns):
            self.todo.append(file)
        elif held.reason is not None:
            self.failed += 1
        elif not held.embedded:
            self.todo.append(file)
        else:
            self.unchanged += 1
            if held.missing:
                self._returned.append(file.path)

    def _check_root(self) -> None:
        """Tells a folder that was emptied from one that cannot be listed or whose drive has gone."""
        for entry in self._unlisted:
            if not entry.path:
                raise LibraryError(sentence("{file}: {reason}", file=self._root, reason=entry.reason))
        if not self._root.is_dir() or b"" in self._unplugged():
            raise gone(self._library, self._root)

    def _unplugged(self) -> set[bytes]:
        """Returns the drives inside the folder that were there the last time and are not now.

        One that is an ordinary folder now, with pictures in it, is no drive any more.
        """
        before = self._library.mounts(self._root) - self._mounts
        return {mount for mount in before if not any(_is_below(path, mount) for path in self._found)}

    def _store_unlisted(self) -> None:
        """Records the folders that cannot be listed, unless that is known of them."""
        self.failed += len(self._unlisted)
        new = [
            entry
            for entry in self._unlisted
            if entry.path not in self._known or self._known[entry.path].reason is None
        ]
        if new:
            self._library.store(self._root, self._encoder, new)

    def _store_moves(self) -> Iterator[None]:
        """Stores which files are gone or there again, and which drives there are."""
        unplugged = self._unplugged()
        # What lies below a folder that cannot be listed, or on a drive that is not there, is not
        # found, but not gone.
        hidden = [entry.path for entry in self._unlisted]
        gone = []
        for path in self._known.keys() - self._found - set(hidden):
            held = self._known[path]
            if held.missing:
                continue
            if any(_is_below(path, mount) for mount in unplugged):
                self.away += held.reason is None
            elif not any(_is_below(path, folder) for folder in hidden):
                gone.append(path)
        for some in _parts(gone):
            self._library.remove(self._root, some)
            self.removed += sum(self._known[path].reason is None for path in some)
            yield
        for some in _parts(self._returned):
            self._library.restore(self._root, some)
            self.returned += len(some)
            yield
        mounts = self._mounts | unplugged
        if mounts != self._library.mounts(self._root) and not self._library.read_only:
            self._library.set_mounts(self._root, mounts)


def _parts(paths: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (paths[start : start + AT_ONCE] for start in range(0, len(paths), AT_ONCE))


def _is_below(path: bytes, folder: bytes) -> bool:
    return not folder or path.startswith(folder + _SEPARATOR)
