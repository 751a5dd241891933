"""The library's schema, as the list of steps that lead to it from an empty file.

A new file goes through all of them and an older one through those it lacks, so there is one way to
every version. A step that was ever in use is never edited: a change of the schema is a new step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

APPLICATION_ID = 0x496D5365  # "ImSe", at a fixed place in the file's header

# Paths and roots are bytes (os.fsencode): a file name need not be valid Unicode.
_FIRST = (
    """CREATE TABLE folders (
        id INTEGER PRIMARY KEY,
        root BLOB NOT NULL UNIQUE,
        revision INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    """CREATE TABLE contents (
        id INTEGER PRIMARY KEY,
        hash BLOB NOT NULL UNIQUE,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE thumbnails (
        content_id INTEGER PRIMARY KEY REFERENCES contents ON DELETE CASCADE,
        jpeg BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE encoders (
        id INTEGER PRIMARY KEY,
        version TEXT NOT NULL UNIQUE,
        dim INTEGER NOT NULL
    ) STRICT""",
    """CREATE TABLE vectors (
        content_id INTEGER NOT NULL REFERENCES contents ON DELETE CASCADE,
        encoder_id INTEGER NOT NULL REFERENCES encoders,
        vector BLOB NOT NULL,
        UNIQUE (content_id, encoder_id)
    ) STRICT""",
    # A file is readable and has a content, or is not and has a reason. Where mtime_ns is missing its
    # bytes could not be had, which may pass without a change of the file: it is always tried again.
    """CREATE TABLE files (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        folder_id INTEGER NOT NULL REFERENCES folders,
        path BLOB NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER,
        content_id INTEGER REFERENCES contents,
        reason TEXT,
        UNIQUE (folder_id, path),
        CHECK ((content_id IS NULL) <> (reason IS NULL))
    ) STRICT""",
    "CREATE INDEX files_by_folder ON files (folder_id, id, content_id)",
    "CREATE INDEX files_by_content ON files (content_id)",
)

_NOTHING_LOST = (
    # When the folder itself was first found not to be there, in seconds since 1970.
    "ALTER TABLE folders ADD COLUMN away_since INTEGER",
    # Readable files that were there and are gone. In a table of their own, so that whoever reads
    # files finds those that are there, and needs no condition and no wider index for it.
    """CREATE TABLE missing (
        folder_id INTEGER NOT NULL REFERENCES folders,
        path BLOB NOT NULL,
        size INTEGER NOT NULL,
        mtime_ns INTEGER,
        content_id INTEGER NOT NULL REFERENCES contents,
        PRIMARY KEY (folder_id, path)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX missing_by_content ON missing (content_id)",
    # Folders inside a folder that are drives of their own; the empty path is the folder itself.
    """CREATE TABLE mounts (
        folder_id INTEGER NOT NULL REFERENCES folders,
        path BLOB NOT NULL,
        PRIMARY KEY (folder_id, path)
    ) STRICT, WITHOUT ROWID""",
    # By the picture's bytes, not by a row of contents: what a person said stays when that goes.
    """CREATE TABLE ratings (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        query TEXT NOT NULL,
        content_hash BLOB NOT NULL,
        rater TEXT NOT NULL,
        scale TEXT NOT NULL,
        value INTEGER NOT NULL,
        comment TEXT NOT NULL,
        rated_us INTEGER NOT NULL, -- microseconds since 1970, UTC
        seconds REAL NOT NULL
    ) STRICT""",
    "CREATE INDEX ratings_by_picture ON ratings (content_hash, query)",
)

_NO_FILE = """NOT EXISTS (SELECT 1 FROM files WHERE content_id = contents.id)
    AND NOT EXISTS (SELECT 1 FROM missing WHERE content_id = contents.id)"""

_RELEASED = (
    # Contents that a file, or a missing one, has let go of. To find those that nobody has any more, only
    # these are looked at, and not every content there is.
    """CREATE TABLE released (
        content_id INTEGER PRIMARY KEY REFERENCES contents ON DELETE CASCADE
    ) STRICT""",
    """CREATE TRIGGER released_by_file AFTER DELETE ON files WHEN old.content_id IS NOT NULL
    BEGIN INSERT OR IGNORE INTO released VALUES (old.content_id); END""",
    """CREATE TRIGGER released_by_missing AFTER DELETE ON missing
    BEGIN INSERT OR IGNORE INTO released VALUES (old.content_id); END""",
    f"INSERT INTO released SELECT id FROM contents WHERE {_NO_FILE}",  # noqa: S608 - it is above
)

_DATES = (
    # When a picture was taken, in seconds since 1970; nothing when its bytes do not say.
    "ALTER TABLE contents ADD COLUMN taken INTEGER",
    # Contents that nobody has looked into for it, since they were stored by a program that did not.
    """CREATE TABLE undated (
        content_id INTEGER PRIMARY KEY REFERENCES contents ON DELETE CASCADE
    ) STRICT""",
    "INSERT INTO undated SELECT id FROM contents",
)

STEPS = (_FIRST, _NOTHING_LOST, _RELEASED, _DATES)
SCHEMA_VERSION = len(STEPS)


def version_of(db: sqlite3.Connection) -> int | None:
    """Returns a library's schema version, 0 for an empty file and nothing for what is no library."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application == APPLICATION_ID and version > 0:
        return int(version)
    (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return 0 if (application, version, tables) == (0, 0, 0) else None


def migrate(db: sqlite3.Connection, version: int) -> None:
    """Takes the steps that a file of a version lacks, inside the caller's transaction."""
    for step in STEPS[version:]:
        for statement in step:
            db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
