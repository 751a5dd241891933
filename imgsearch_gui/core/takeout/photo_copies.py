"""Hits as a folder of copies, numbered in their order."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.photos import Problem
from imgsearch_gui.errors import TakeoutError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

_CHUNK = 1 << 20
_MOST_NAME = 200  # bytes of a name that is kept: with the number before it, every file system takes that


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a copying.

    Attributes:
        folder: where the copies are.
        count: how many there are.
        problems: photos that could not be copied.
    """

    folder: Path
    count: int
    problems: tuple[Problem, ...]


def copy_photos(folder: Path, photos: Sequence[Path]) -> Generator[tuple[int, int], None, Copied]:
    """Copies photos into a new folder: ``001 name.jpg``, ``002 …``, with their times.

    The folder comes to be when all is done; closing the generator before leaves nothing behind.

    Args:
        folder: the folder to make; it must not exist, or be empty.
        photos: files, in the order of their numbers; they are only read.

    Yields:
        How many photos are done, of how many.

    Returns:
        Where the copies are, and what could not be copied.

    Raises:
        TakeoutError: the folder holds something, or cannot be made or filled.
    """
    if os.path.lexists(folder) and (not folder.is_dir() or any(folder.iterdir())):
        raise TakeoutError(
            sentence("{folder} is there already; choose a new or an empty folder.", folder=folder)
        )
    digits = max(3, len(str(len(photos))))
    problems: list[Problem] = []
    try:
        place = Path(tempfile.mkdtemp(prefix=".imgsearch-", dir=folder.parent))
    except OSError as error:
        raise TakeoutError(
            sentence("{folder} cannot be made: {reason}.", folder=folder, reason=error.strerror)
        ) from error
    try:
        for number, photo in enumerate(photos, 1):
            fault = _copied(photo, place / f"{number:0{digits}} {_short(photo.name)}")
            if fault:
                problems.append(Problem(photo, fault))
            yield number, len(photos)
        if folder.is_dir():
            folder.rmdir()
        place.chmod(0o755)  # a temporary folder is for its owner alone
        place.rename(folder)
    except OSError as error:  # of the folder, such as a full disk: what was copied goes
        raise TakeoutError(
            sentence("{folder} cannot be filled: {reason}.", folder=folder, reason=error.strerror)
        ) from error
    finally:
        shutil.rmtree(place, ignore_errors=True)
    return Copied(folder, len(photos) - len(problems), tuple(problems))


def _copied(photo: Path, copy: Path) -> str:
    """Copies one photo; returns why it could not be read, or nothing. Errors of writing are raised."""
    try:
        if not photo.is_file():  # a pipe would wait for ever
            return sentence("The file is not there.")
        with photo.open("rb") as source, _writing(copy) as write:
            while data := source.read(_CHUNK):
                write(data)
        shutil.copystat(photo, copy)
    except _WritingError as error:
        raise error.reason from error
    except OSError as error:
        copy.unlink(missing_ok=True)
        return sentence("The file cannot be read: {reason}.", reason=error.strerror)
    return ""


class _WritingError(Exception):
    """A copy cannot be written."""

    def __init__(self, reason: OSError) -> None:
        self.reason = reason


@contextmanager
def _writing(copy: Path) -> Iterator[Callable[[bytes], object]]:
    """Opens a copy, and tells its errors from those of the photo."""

    def write(data: bytes) -> None:
        try:
            target.write(data)
        except OSError as error:
            raise _WritingError(error) from error

    try:
        target = copy.open("xb", buffering=0)
    except OSError as error:
        raise _WritingError(error) from error
    with target:
        yield write


def _short(name: str) -> str:
    """Returns a name that is short enough, with its ending."""
    stem, suffix = Path(name).stem, Path(name).suffix
    kept = os.fsencode(stem)[: max(1, _MOST_NAME - len(os.fsencode(suffix)))]
    return os.fsdecode(kept).encode("utf-8", "replace").decode() + suffix[-_MOST_NAME // 4 :]
