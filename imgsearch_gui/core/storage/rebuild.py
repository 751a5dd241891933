"""Beginning a library anew beside one that cannot be used, with the ratings that are in it.

Vectors and thumbnails can be made again from the photos, so they are not carried over: in a damaged file
nobody could tell which of them are sound. The old file is kept under another name.
"""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imgsearch_gui.core.storage import ratings_table
from imgsearch_gui.core.storage.database import Database
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.paths import dated, real_path
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.types.ratings import Rating

_BUSY_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did.

    Attributes:
        kept: the old file under its new name; nothing when there was none.
        ratings: how many ratings the new library has.
        from_backup: how many of these were not readable in the old file, but in the last copy of its
            ratings.
    """

    kept: Path | None
    ratings: int
    from_backup: int


def rebuild(path: Path) -> Rebuilt:
    """Sets a library file aside, and puts a new one with its ratings in its place.

    Ratings that the old file no longer gives away, or all if it has none, come from the last copy beside
    it. The library must not be open anywhere.

    Args:
        path: the file.

    Raises:
        LibraryError: the file is in use or cannot be moved, there is neither a file nor a copy of its
            ratings, or the disk is full; the old file is as it was.
    """
    path = real_path(path)  # where a link leads is the file that is broken
    copies = ratings_table.backups(path) if path.parent.is_dir() else []
    if not path.is_file() and not copies:
        raise LibraryError(
            sentence("There is no library {path}, so there is nothing to begin anew.", path=path)
        )
    ratings, whole = _rescue(path) if path.is_file() else ([], False)
    rescued = len(ratings)
    fresh = path.with_name(f".{path.name}.new")
    try:
        if copies and not (whole and ratings):
            in_file = set(ratings)
            ratings += [rating for rating in ratings_table.read_backup(copies[-1]) if rating not in in_file]
        ratings_table.back_up(path, ratings)
        _delete(fresh)  # what an attempt that was cut short has left
        with contextlib.closing(Database(fresh)) as new, new.transaction(write=True, durable=True) as db:
            for rating in ratings:
                ratings_table.add(db, rating)
        kept = _set_aside(path) if path.is_file() else None
        fresh.replace(path)
    except (OSError, LibraryError) as error:
        with contextlib.suppress(OSError):
            _delete(fresh)
        reason = error.strerror if isinstance(error, OSError) else error.args[0]
        raise LibraryError(
            sentence("The library {path} is left as it is: {reason}", path=path, reason=reason)
        ) from error
    return Rebuilt(kept, len(ratings), len(ratings) - rescued)


def _rescue(path: Path) -> tuple[list[Rating], bool]:
    """Reads the ratings of the old file, and makes sure that no one else has it open."""
    with contextlib.closing(sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None)) as db:
        try:
            # Only a file that nobody else has open can leave the mode with a log beside it; the log
            # then goes into the file.
            db.execute("PRAGMA journal_mode = DELETE")
        except ratings_table.UNREADABLE as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise LibraryError(
                    sentence(
                        "The library {path} is in use by another program: close that and try again.",
                        path=path,
                    )
                ) from error
        return ratings_table.rescue(db)


def _set_aside(path: Path) -> Path:
    """Gives the old file another name, under which it is kept, and returns that."""
    kept = dated(path, "old", path.suffix)
    for ending in ("-wal", "-shm"):  # of a file too damaged to take its log in
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + ending))
    try:
        kept.hardlink_to(path)  # the old name too stays until the new file takes its place
    except OSError:  # a file system without links, as on a memory card
        path.replace(kept)
    return kept


def _delete(file: Path) -> None:
    """Deletes a library that was not finished."""
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
