"""Reports of crashes, in files that a person can read and may send; nothing is ever sent.

While the program runs it keeps a diary, into which Python writes where every thread was when the program is
killed by a fault. A program that ends in order deletes its diary. One that is left over makes a report when
the program starts again. An error that nobody caught makes one at once.

No report holds a file name of a photo or a query: of errors their kind and place without their message, of
the log the sentences without what was filled in, of paths those of the program's own code.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import threading
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from imgsearch_gui import paths

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import IO

_log = logging.getLogger(__name__)

_KEPT = 10
_MOST_REPORTS = 5  # of one run: an error in a loop must not push out older reports
_MOST_DIARY = 256 * 2**10  # bytes of log lines
_FAULT = ("Fatal Python error", "Windows fatal exception")  # how faulthandler begins
_PRIVACY = (
    "This report holds versions, the places in the program's code where it stopped, and lines of its log\n"
    "without names: no photo's file name and no query. It has been sent to nobody."
)


class CrashReports:
    """Writes reports, and finds what a crash of an earlier run has left.

    Args:
        folder: where reports are; made when it is missing.
        versions: names and versions of the program and what it runs on.

    Attributes:
        left_over: the newest report of an earlier run that crashed, which nobody was told of yet; nothing
            for none. Known once `begin` was called.
    """

    def __init__(self, folder: Path, versions: Sequence[tuple[str, str]]) -> None:
        self._folder = folder
        lines = (f"{name}: {version}" for name, version in versions)
        self._head = "\n".join(["ImgSearch crash report", _PRIVACY, "", *lines, ""])
        self._diary: IO[str] | None = None
        self._handler: _Diary | None = None
        self._written = 0
        self._lock = threading.Lock()
        self._hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        self.left_over: Path | None = None

    def begin(self) -> None:
        """Makes reports of earlier crashes, begins a diary and catches what nobody else does; never fails."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self.left_over = self._of_earlier_runs()
            self._diary = _locked(self._folder / f"diary-{os.getpid()}-{_stamp()}.txt")
            self._diary.write(f"{self._head}Begun: {_stamp()}\n")
            faulthandler.enable(self._diary, all_threads=True)
            self._handler = _Diary(self._diary)
            logging.getLogger("imgsearch_gui").addHandler(self._handler)
        except OSError:
            _log.warning("crash reports cannot be written")
        sys.excepthook = self._uncaught
        threading.excepthook = lambda args: self._uncaught(
            args.exc_type, args.exc_value, args.exc_traceback, args.thread.name if args.thread else ""
        )
        sys.unraisablehook = lambda args: self._uncaught(
            args.exc_type, args.exc_value, args.exc_traceback, "an object that was being deleted"
        )

    def end(self) -> None:
        """Ends the diary in order, and gives the hooks back."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
        if self._handler is not None:
            logging.getLogger("imgsearch_gui").removeHandler(self._handler)
        if self._diary is not None:
            faulthandler.disable()
            self._diary.close()
            Path(self._diary.name).unlink(missing_ok=True)
            self._diary = None

    def write(self, error: BaseException, where: str = "") -> Path | None:
        """Writes a report of an error.

        Args:
            error: what nobody caught.
            where: the thread, or what else it came from.

        Returns:
            The report, or nothing where it cannot be written or there were many.
        """
        with self._lock:
            self._written += 1
            if self._written > _MOST_REPORTS:
                return None
            lines = [self._head + f"Time: {_stamp()}", f"In: {where or 'the window'}", "", *_place(error)]
            if self._handler is not None:
                lines += ["", "The log's last lines:", *self._handler.last]
            try:
                return self._keep("\n".join(lines) + "\n")
            except OSError:
                _log.warning("a crash report cannot be written")
                return None

    def _uncaught(
        self,
        kind: type[BaseException],
        error: BaseException | None,
        trace: TracebackType | None,
        where: str = "",
    ) -> None:
        if error is None or issubclass(kind, KeyboardInterrupt | SystemExit):
            return
        _log.error("an error that nobody caught", exc_info=(kind, error, trace))
        self.write(error, where)

    def _of_earlier_runs(self) -> Path | None:
        """Makes reports of the diaries of programs that are gone; returns the newest."""
        found: Path | None = None
        for diary in sorted(self._folder.glob("diary-*.txt"), key=lambda file: file.name.split("-")[-1]):
            try:
                _locked(diary, "r+").close()
                text = diary.read_text(encoding="utf-8", errors="replace")
                if any(begin in text for begin in _FAULT):
                    found = self._keep(text)
                diary.unlink()  # one without a fault: the power went, or someone ended the program
            except OSError:
                continue  # its program runs
        return found

    def _keep(self, text: str) -> Path:
        """Writes a report, and deletes the oldest beyond ten."""
        file = paths.dated(self._folder / "crash.txt", "report", ".txt")
        file.write_text(text.replace(str(Path.home()), "~"), encoding="utf-8", errors="replace")
        for old in sorted(self._folder.glob("crash.report-*.txt"))[:-_KEPT]:
            old.unlink(missing_ok=True)
        return file


class _Diary(logging.Handler):
    """Notes the log's sentences without what was filled in, which may be a photo's name.

    Attributes:
        last: the last of them.
    """

    def __init__(self, diary: IO[str]) -> None:
        super().__init__(logging.INFO)
        self._diary = diary
        self.last: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Notes one line, at once: after a crash there is no later."""
        line = f"{datetime.now(UTC):%H:%M:%S} {record.levelname} {record.name}: {record.msg}"
        self.last = [*self.last[-29:], line]
        try:
            if not self._diary.closed and self._diary.tell() < _MOST_DIARY:
                print(line, file=self._diary, flush=True)
        except OSError:
            self.handleError(record)


def _stamp() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds").replace(":", "")


def _place(error: BaseException) -> list[str]:
    """Describes an error without its message: its kind and where it came from, with what led to it."""
    lines, seen = [], set[int]()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        lines.append(f"{type(one).__module__}.{type(one).__qualname__}")
        lines += [
            f"  {_short(frame.filename)}, line {frame.lineno}, in {frame.name}"
            for frame in traceback.extract_tb(one.__traceback__)
        ]
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        if one is not None:
            lines.append("while handling:")
    return lines


def _short(filename: str) -> str:
    """The last three parts of a path of code: enough to find it, and no home folder."""
    return "/".join(Path(filename).parts[-3:])


def _locked(file: Path, mode: str = "x+") -> IO[str]:
    """Opens a file that only one program can have open so: the system gives it up when that one ends.

    Raises:
        OSError: another program has it.
    """
    opened = file.open(mode, encoding="utf-8", errors="replace")
    try:
        if sys.platform == "win32":
            import msvcrt

            # A byte far beyond the end: what is locked there cannot be read by others.
            opened.seek(2**30)
            msvcrt.locking(opened.fileno(), msvcrt.LK_NBLCK, 1)
            opened.seek(0)
        else:
            import fcntl

            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        opened.close()
        raise
    return opened
