"""One window for a library: whoever starts the program again is brought to the window that is open.

Files in the user's data folder do it, for a socket would look like a network to who watches one. The window
holds a lock, which the system's processes vouch for: that of a program that crashed is taken over. A second
program leaves a request beside it and waits until the window has taken it; where nobody does, because the
window hangs or the lock is another computer's, it opens a window of its own, which a library bears.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Slot

from imgsearch_gui import paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_log = logging.getLogger(__name__)

_WAIT_SECONDS = 5.0  # a window that is just opening takes about one
_PAUSE_SECONDS = 0.03
_MOST_BYTES = 2**16


@dataclass(frozen=True, slots=True)
class Request:
    """What a second program was asked to open.

    Attributes:
        path: a folder, or a file in it; nothing to raise the window alone.
        demo: whether it is the demo gallery.
    """

    path: Path | None = None
    demo: bool = False


class SingleWindow(QObject):
    """The right to show the window of a library, and the requests of programs that came later.

    Args:
        folder: where the locks are; made when it is missing. Each user has one of their own.
        library: the library file, which need not exist.
        parent: the Qt parent, if any.
        wait: how long a request waits to be taken, in seconds.
    """

    def __init__(
        self, folder: Path, library: Path, parent: QObject | None = None, *, wait: float = _WAIT_SECONDS
    ) -> None:
        super().__init__(parent)
        self._folder, self._wait = folder, wait
        self._key = hashlib.sha256(os.fsencode(paths.real_path(library))).hexdigest()[:32]
        self._lock = QLockFile(str(folder / f"{self._key}.lock"))
        self._lock.setStaleLockTime(0)  # a window may be open for weeks: only its process counts
        self._watcher: QFileSystemWatcher | None = None
        self._answer: Callable[[Request], object] = _nobody

    def claim(self, request: Request) -> bool:
        """Takes the right to show the window, or else hands the request to who has it.

        Returns:
            Whether this program is to show a window.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if self._lock.tryLock(0):
                return True
            if self._lock.error() is not QLockFile.LockError.LockFailedError:
                return True  # no lock can be had here: two windows are better than none
            file = self._folder / f"{self._key}.{os.getpid()}.request"
            path = None if request.path is None else os.fspath(request.path.absolute())
            paths.write_whole(file, json.dumps({"path": path, "demo": request.demo}).encode())
        except OSError:
            _log.warning("no request could be left for the window")
            return True
        return not self._taken(file)

    def move(self, library: Path) -> bool:
        """Gives up the right to one library's window for that to another's.

        Returns:
            Whether it could be had; else all is as before.
        """
        other = SingleWindow(self._folder, library)
        if other._key == self._key:
            return True
        if not other._lock.tryLock(0) and other._lock.error() is QLockFile.LockError.LockFailedError:
            return False
        self.release()
        self._key, self._lock = other._key, other._lock
        return True

    def listen(self, answer: Callable[[Request], object]) -> None:
        """Takes requests from now on, if this program has the right to the window.

        Args:
            answer: called with each; takes the place of an earlier one.
        """
        self._answer = answer
        if self._lock.isLocked():
            if self._watcher is None:
                self._watcher = QFileSystemWatcher([str(self._folder)], self)
                self._watcher.directoryChanged.connect(self._take)
            self._take()  # what came before

    def release(self) -> None:
        """Gives up the right; requests are taken no more."""
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None
        self._lock.unlock()

    def _taken(self, file: Path) -> bool:
        """Waits until the window has taken a request; returns whether it has."""
        end = time.monotonic() + self._wait
        while time.monotonic() < end:
            if not file.exists():
                return True
            if self._lock.tryLock(0):  # the window was closed meanwhile
                break
            time.sleep(_PAUSE_SECONDS)
        return not _removed(file)

    @Slot()
    def _take(self) -> None:
        for file in sorted(self._folder.glob(f"{self._key}.*.request")):
            request = _read(file)
            # Who removes the file decides: a program that would wait no longer opens its own window.
            if _removed(file) and request is not None:
                self._answer(request)


def _nobody(_request: Request) -> None:
    """Answers nothing."""


def _read(file: Path) -> Request | None:
    """Returns what a request asks for; nothing for a file that is none."""
    try:
        given = json.loads(paths.read_small(file, _MOST_BYTES))
        path = given["path"]
        return Request(None if path is None else paths.named(path), given["demo"] is True)
    except (OSError, ValueError, LookupError, TypeError):
        _log.warning("a request to the window could not be read")
        return None


def _removed(file: Path) -> bool:
    try:
        file.unlink()
    except OSError:
        return False
    return True
