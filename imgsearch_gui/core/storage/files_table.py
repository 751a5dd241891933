"""The tables of files: those that are there, those that are missing, and the drives they lie on.

A readable file that is gone leaves the table of files and is kept as missing, with what hangs on its
content. It comes back as another image with another id, since ids are never given out twice.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from imgsearch_gui.paths import real_path

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the library holds of one file, to be compared with the folder.

    Attributes:
        size: in bytes, when it was read.
        mtime_ns: its modification time then; ``None`` for what is to be tried again in any case.
        reason: why it could not be read, or ``None``.
        embedded: whether there is a vector of the encoder that was asked for.
        missing: whether it was gone when the folder was last looked at.
    """

    size: int
    mtime_ns: int | None
    reason: str | None
    embedded: bool
    missing: bool = False


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One file (or one folder that cannot be listed) to be stored.

    Attributes:
        path: relative to the folder's root, as ``os.fsencode`` gives it.
        size: in bytes.
        mtime_ns: its modification time, ``None`` for what is to be tried again in any case.
        content_hash: SHA-256 of its bytes, when it is readable.
        reason: one sentence, when it is not.
    """

    path: bytes
    size: int
    mtime_ns: int | None
    content_hash: bytes | None = None
    reason: str | None = None


def key(root: Path) -> bytes:
    """Returns the one spelling of a folder's path that the library uses."""
    return os.fsencode(real_path(root))


def folder_id(db: sqlite3.Connection, root: Path) -> int:
    """Returns the id of a folder, which becomes known if it is not."""
    db.execute("INSERT OR IGNORE INTO folders (root) VALUES (?)", (key(root),))
    (folder,) = db.execute("SELECT id FROM folders WHERE root = ?", (key(root),)).fetchone()
    return int(folder)


def touch(db: sqlite3.Connection, folder: int) -> None:
    """Makes the revision of a folder grow."""
    db.execute("UPDATE folders SET revision = revision + 1 WHERE id = ?", (folder,))


def known_files(
    db: sqlite3.Connection, root: Path, encoder: str, after: bytes, most: int, *, missing: bool
) -> list[tuple[bytes, KnownFile]]:
    """Returns some of the files held of a folder, in the order of their relative paths.

    Args:
        db: the connection.
        root: the folder.
        encoder: the version of the encoder whose vectors are asked for.
        after: the path that comes before the first of them.
        most: how many.
        missing: whether those that are missing are asked for, or those that are there.
    """
    table, reason = ("missing", "NULL") if missing else ("files", "reason")
    rows = db.execute(
        f"""SELECT path, size, mtime_ns, {reason}, EXISTS (
                SELECT 1 FROM vectors JOIN encoders ON encoders.id = encoder_id
                WHERE vectors.content_id = held.content_id AND version = ?
            )
            FROM {table} AS held WHERE folder_id = (SELECT id FROM folders WHERE root = ?) AND path > ?
            ORDER BY path LIMIT ?""",  # noqa: S608 - its parts are above
        (encoder, key(root), after, most),
    )
    return [
        (path, KnownFile(size, mtime_ns, why, bool(vector), missing))
        for path, size, mtime_ns, why, vector in rows
    ]


def forget_missing(db: sqlite3.Connection, folder: int, paths: Iterable[bytes]) -> list[int]:
    """Drops missing files; returns the ids of their contents, of which some may come twice."""
    forgotten = []
    for path in paths:
        forgotten += db.execute(
            "DELETE FROM missing WHERE folder_id = ? AND path = ? RETURNING content_id", (folder, path)
        ).fetchall()
    return [content_id for (content_id,) in forgotten]


def store_file(db: sqlite3.Connection, folder: int, file: FileEntry) -> None:
    """Stores one file in place of what was held under its path.

    One whose content is not in the library is left out. What was readable and is not any more counts
    as missing besides: the reason may pass, and the vector is still there then.
    """
    content_id = None
    if file.content_hash is None:
        set_missing(db, folder, [file.path])
    else:
        content = db.execute("SELECT id FROM contents WHERE hash = ?", (file.content_hash,)).fetchone()
        if content is None:
            return
        (content_id,) = content
        db.execute("DELETE FROM missing WHERE folder_id = ? AND path = ?", (folder, file.path))
    # Other bytes at the same path are another image, with an id of its own.
    db.execute(
        "DELETE FROM files WHERE folder_id = ? AND path = ? AND content_id IS NOT ?",
        (folder, file.path, content_id),
    )
    db.execute(
        """INSERT INTO files (folder_id, path, size, mtime_ns, content_id, reason) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (folder_id, path) DO UPDATE
           SET size = excluded.size, mtime_ns = excluded.mtime_ns, reason = excluded.reason""",
        (folder, file.path, file.size, file.mtime_ns, content_id, file.reason),
    )


def set_missing(db: sqlite3.Connection, folder: int, paths: Iterable[bytes]) -> None:
    """Moves files to the missing ones; those that could not be read are dropped."""
    for path in paths:
        db.execute(
            """INSERT OR REPLACE INTO missing
               SELECT folder_id, path, size, mtime_ns, content_id FROM files
               WHERE folder_id = ? AND path = ? AND content_id IS NOT NULL""",
            (folder, path),
        )
        db.execute("DELETE FROM files WHERE folder_id = ? AND path = ?", (folder, path))


def set_returned(db: sqlite3.Connection, folder: int, paths: Iterable[bytes]) -> None:
    """Moves missing files back, each as an image with a new id."""
    for path in paths:
        db.execute(
            """INSERT OR REPLACE INTO files (folder_id, path, size, mtime_ns, content_id)
               SELECT folder_id, path, size, mtime_ns, content_id FROM missing
               WHERE folder_id = ? AND path = ?""",
            (folder, path),
        )
        db.execute("DELETE FROM missing WHERE folder_id = ? AND path = ?", (folder, path))


def moved(db: sqlite3.Connection, root: Path) -> list[bytes]:
    """Returns the missing files whose content lies at another place in the same folder."""
    # The plus keeps SQLite from looking through the folder for each missing file.
    rows = db.execute(
        """SELECT path FROM missing JOIN folders ON folders.id = folder_id WHERE root = ? AND EXISTS (
               SELECT 1 FROM files
               WHERE +files.folder_id = missing.folder_id AND files.content_id = missing.content_id
           )""",
        (key(root),),
    )
    return [path for (path,) in rows]


def drop_moved(db: sqlite3.Connection, folder: int, paths: Iterable[bytes]) -> None:
    """Drops those of some missing files whose content lies at another place in the same folder still."""
    db.executemany(
        """DELETE FROM missing WHERE folder_id = ?1 AND path = ?2 AND EXISTS (
               SELECT 1 FROM files WHERE +files.folder_id = ?1 AND files.content_id = missing.content_id
           )""",
        ((folder, path) for path in paths),
    )


def mounts(db: sqlite3.Connection, root: Path) -> set[bytes]:
    """Returns the relative paths in a folder that were drives of their own when it was last looked at."""
    rows = db.execute(
        "SELECT path FROM mounts JOIN folders ON folders.id = folder_id WHERE root = ?", (key(root),)
    )
    return {path for (path,) in rows}


def set_mounts(db: sqlite3.Connection, folder: int, paths: Iterable[bytes]) -> None:
    """Replaces them."""
    db.execute("DELETE FROM mounts WHERE folder_id = ?", (folder,))
    db.executemany("INSERT INTO mounts VALUES (?, ?)", ((folder, path) for path in paths))
