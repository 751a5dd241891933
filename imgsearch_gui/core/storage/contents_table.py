"""The tables of what hangs on a picture's bytes, once for each content hash: measures, thumbnail, vectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from imgsearch_gui.errors import LibraryError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    import numpy.typing as npt

VECTOR_TYPE = np.dtype("<f2")
# The plus keeps SQLite from looking through the whole folder for each content.
_A_FILE = """SELECT path FROM files WHERE files.content_id = undated.content_id
    AND +folder_id = (SELECT id FROM folders WHERE root = ?1) LIMIT 1"""


@dataclass(frozen=True, slots=True, eq=False)
class ImageContent:
    """What is kept of a picture's bytes, wherever they lie.

    Attributes:
        hash: SHA-256 of the bytes, 32 bytes.
        width: of the upright picture, in pixels.
        height: of the upright picture, in pixels.
        thumbnail: a JPEG.
        vector: float16 ``[dim]``, all finite.
        taken: when, in seconds since 1970; nothing when the bytes do not say.
    """

    hash: bytes
    width: int
    height: int
    thumbnail: bytes
    vector: npt.NDArray[np.float16]
    taken: int | None = None


def encoder_of(db: sqlite3.Connection, version: str) -> tuple[int | None, int]:
    """Returns an encoder's id and the length of its vectors; nothing and 0 for one never seen."""
    known = db.execute("SELECT id, dim FROM encoders WHERE version = ?", (version,)).fetchone()
    return known or (None, 0)


def store_content(db: sqlite3.Connection, encoder: str, content: ImageContent) -> None:
    """Stores a content, or the vector of one more encoder of it.

    Raises:
        LibraryError: the vectors of this encoder are of another length.
    """
    db.execute("INSERT OR IGNORE INTO encoders (version, dim) VALUES (?, ?)", (encoder, len(content.vector)))
    encoder_id, dim = encoder_of(db, encoder)
    if dim != len(content.vector):
        raise LibraryError(
            sentence(
                "The library holds vectors of {dim} numbers of the encoder {encoder}, which now "
                "makes {length}: name another library file.",
                dim=dim,
                encoder=encoder,
                length=len(content.vector),
            )
        )
    db.execute(
        "INSERT OR IGNORE INTO contents (hash, width, height) VALUES (?, ?, ?)",
        (content.hash, content.width, content.height),
    )
    (content_id,) = db.execute("SELECT id FROM contents WHERE hash = ?", (content.hash,)).fetchone()
    set_taken(db, content_id, content.taken)
    db.execute("INSERT OR IGNORE INTO thumbnails VALUES (?, ?)", (content_id, content.thumbnail))
    db.execute(
        "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)",
        (content_id, encoder_id, content.vector.astype(VECTOR_TYPE).tobytes()),
    )
    # Other folders may hold the same bytes: their vectors have changed as well.
    db.execute(
        "UPDATE folders SET revision = revision + 1 "
        "WHERE id IN (SELECT folder_id FROM files WHERE content_id = ?)",
        (content_id,),
    )


def set_taken(db: sqlite3.Connection, content_id: int, taken: int | None) -> None:
    """Stores when a picture was taken, in seconds since 1970, or that its bytes do not say."""
    db.execute("UPDATE contents SET taken = ? WHERE id = ?", (taken, content_id))
    db.execute("DELETE FROM undated WHERE content_id = ?", (content_id,))


def undated(db: sqlite3.Connection, root: bytes, after: int, most: int) -> list[tuple[int, bytes]]:
    """Returns some contents of a folder that nobody has looked into for a date, each with a file's path.

    Args:
        db: the connection.
        root: the folder, as the library spells it.
        after: the id of the content that comes before the first of them.
        most: how many.
    """
    return db.execute(
        f"""SELECT content_id, ({_A_FILE}) AS path FROM undated
            WHERE content_id > ?2 AND path IS NOT NULL ORDER BY content_id LIMIT ?3""",  # noqa: S608 - it is above
        (root, after, most),
    ).fetchall()


def count_undated(db: sqlite3.Connection, root: bytes) -> int:
    """Returns how many contents of a folder nobody has looked into for a date."""
    (count,) = db.execute(
        f"SELECT count(*) FROM undated WHERE ({_A_FILE}) IS NOT NULL",  # noqa: S608 - it is above
        (root,),
    ).fetchone()
    return int(count)


def released(db: sqlite3.Connection) -> list[int]:
    """Returns the ids of the contents that a file, or a missing one, has let go of since the last drop."""
    return [content_id for (content_id,) in db.execute("SELECT content_id FROM released")]


def drop_unused(db: sqlite3.Connection, released: Iterable[int]) -> None:
    """Drops those of the contents let go of that no other file has, nor a missing one."""
    for content_id in released:
        db.execute(
            """DELETE FROM contents WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM files WHERE content_id = ?1)
               AND NOT EXISTS (SELECT 1 FROM missing WHERE content_id = ?1)""",
            (content_id,),
        )
        db.execute("DELETE FROM released WHERE content_id = ?", (content_id,))
