"""People's ratings: their table in the library, and the copies of it that are kept beside the file.

A copy is a text file with one rating in JSON a line, which can be read without this program. One is
made before anything is done to the library that could go wrong, and the last five are kept.
"""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from imgsearch_gui.core.types.ratings import Rating, RatingScale
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.paths import dated, write_whole
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

BACKUPS_KEPT = 5
# What reading a damaged file raises; the second when SQLite's own sentence about it is no text.
UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_SELECT = "SELECT id, query, content_hash, rater, scale, value, rated_us, comment, seconds FROM ratings"
_SUFFIX = ".jsonl"


def add(db: sqlite3.Connection, rating: Rating) -> int:
    """Stores a rating and returns its id, greater than all before."""
    added = db.execute(
        """INSERT INTO ratings (query, content_hash, rater, scale, value, rated_us, comment, seconds)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            rating.query,
            rating.content_hash,
            rating.rater,
            str(rating.scale),
            rating.value,
            (rating.rated_at - _EPOCH) // _MICROSECOND,
            rating.comment,
            float(rating.seconds),
        ),
    )
    return int(added.lastrowid or 0)


def add_new(db: sqlite3.Connection, ratings: Iterable[Rating]) -> int:
    """Stores the ratings that are not there yet, each once, and returns how many that were."""
    known = {rating.statement for rating in select(db).values()}
    before = len(known)
    for rating in ratings:
        if rating.statement not in known:
            known.add(rating.statement)
            add(db, rating)
    return len(known) - before


def remove(db: sqlite3.Connection, rating_id: int) -> None:
    """Takes a rating back; one that is not there is no error."""
    db.execute("DELETE FROM ratings WHERE id = ?", (rating_id,))


def select(
    db: sqlite3.Connection, query: str | None = None, content_hash: bytes | None = None
) -> dict[int, Rating]:
    """Returns ratings by id, in the order in which they were given; all, or those of a query or picture.

    Raises:
        ValueError: a row holds what is no rating.
    """
    asked = {"query = ?": query, "content_hash = ?": content_hash}
    conditions = {text: value for text, value in asked.items() if value is not None}
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    rows = db.execute(f"{_SELECT} {where} ORDER BY id", tuple(conditions.values()))
    return {row[0]: _rating(*row[1:]) for row in rows}


def rescue(db: sqlite3.Connection) -> tuple[list[Rating], bool]:
    """Reads the ratings of a file that may be damaged.

    Returns:
        Those that can be read, in their order, and whether these are certainly all.
    """
    try:
        if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'ratings'").fetchone():
            return [], True  # a library from before there were ratings
    except UNREADABLE:
        return [], False
    found: dict[int, Rating] = {}
    # From both ends, each up to where the file cannot be read.
    whole = _read_on(db, "ASC", found) or _read_on(db, "DESC", found)
    return [found[rating_id] for rating_id in sorted(found)], whole


def _read_on(db: sqlite3.Connection, direction: str, found: dict[int, Rating]) -> bool:
    """Reads rating after rating; returns whether it came to the end and every one was sound."""
    sound = True
    try:
        for row in db.execute(f"{_SELECT} NOT INDEXED ORDER BY id {direction}"):
            if row[0] in found:
                return False
            try:
                found[row[0]] = _rating(*row[1:])
            except (ValueError, TypeError, OverflowError):
                sound = False
    except UNREADABLE:
        return False
    return sound


def _rating(
    query: str,
    content_hash: bytes,
    rater: str,
    scale: str,
    value: int,
    rated_us: int,
    comment: str,
    seconds: float,
) -> Rating:
    rated_at = _EPOCH + rated_us * _MICROSECOND
    return Rating(query, content_hash, rater, RatingScale(scale), value, rated_at, comment, seconds)


def back_up(library: Path, ratings: Iterable[Rating]) -> Path | None:
    """Writes ratings to a new file beside the library, and deletes the oldest such files but five.

    Returns:
        The file; nothing when there are no ratings, for which no older copy should go.

    Raises:
        LibraryError: the file cannot be written.
    """
    lines = [json.dumps(_as_json(rating)) + "\n" for rating in ratings]
    if not lines:
        return None
    file = dated(library, "ratings", _SUFFIX)
    try:
        write_whole(file, "".join(lines).encode())
        for old in backups(library)[:-BACKUPS_KEPT]:
            old.unlink(missing_ok=True)
    except OSError as error:
        raise LibraryError(
            sentence(
                "Its ratings cannot be copied to {file}, which is done first: {reason}.",
                file=file,
                reason=error.strerror,
            )
        ) from error
    return file


def backups(library: Path) -> list[Path]:
    """Returns the copies of a library's ratings, the oldest first."""
    name = re.compile(re.escape(library.stem) + r"\.ratings-\d{8}T\d{6}\.\d{6}Z" + re.escape(_SUFFIX))
    return sorted(file for file in library.parent.iterdir() if name.fullmatch(file.name))


def read_backup(file: Path) -> list[Rating]:
    """Returns the ratings in a copy, those of its lines that can be read.

    Raises:
        OSError: the file cannot be read.
    """
    return list(_parsed(file.read_bytes().splitlines()))


def _parsed(lines: Iterable[bytes]) -> Iterator[Rating]:
    for line in lines:
        try:
            row = json.loads(line)
            yield Rating(
                query=str(row["query"]),
                content_hash=bytes.fromhex(row["content_hash"]),
                rater=str(row["rater"]),
                scale=RatingScale(row["scale"]),
                value=int(row["value"]),
                rated_at=datetime.fromisoformat(row["rated_at"]),
                comment=str(row["comment"]),
                seconds=float(row["seconds"]),
            )
        except (ValueError, TypeError, KeyError):
            continue  # one damaged line must not cost the others


def _as_json(rating: Rating) -> dict[str, str | int | float]:
    return {
        "query": rating.query,
        "content_hash": rating.content_hash.hex(),
        "rater": rating.rater,
        "scale": str(rating.scale),
        "value": rating.value,
        "rated_at": rating.rated_at.isoformat(),
        "comment": rating.comment,
        "seconds": rating.seconds,
    }
