"""The SQLite file under the library: its schema, its connections and its errors.

The file is in WAL mode, so that readers see the last committed batch and never wait for the writer.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from typing import TYPE_CHECKING

from imgsearch_gui.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPLICATION_ID = 0x496D5365  # "ImSe", at a fixed place in the file's header
SCHEMA_VERSION = 1

_BUSY_SECONDS = 30.0
_PAGE_BYTES = 16384  # room for three vectors of 2,280 half-precision numbers

# Paths and roots are bytes (os.fsencode): a file name need not be valid Unicode.
_SCHEMA = (
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

_ADVICE = {
    sqlite3.SQLITE_NOTADB: "is not an ImgSearch library: name another file.",
    sqlite3.SQLITE_CORRUPT: "is damaged: move it away and index your folders again.",
    sqlite3.SQLITE_BUSY: "is in use by another program: close that and try again.",
    sqlite3.SQLITE_READONLY: "cannot be written: check its permissions or name another file.",
    sqlite3.SQLITE_PERM: "cannot be written: check its permissions or name another file.",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: check its permissions or name another file.",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full.",
}


class Database:
    """One library file, for several threads at once: each use takes a connection of its own.

    Args:
        path: the file; it and the folders above it are created when they are missing.

    Raises:
        LibraryError: when the file is no library, was made by a newer program, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._closed = False
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(f"The folder {path.parent} cannot be created: {error.strerror}.") from error
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Closes the file; a use that still goes on in another thread ends first and then lets go."""
        with self._guard:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def damaged(self) -> LibraryError:
        """Returns the error to raise for contents that the schema does not allow."""
        return LibraryError(f"The library {self.path} {_ADVICE[sqlite3.SQLITE_CORRUPT]}")

    @contextlib.contextmanager
    def transaction(self, *, write: bool = False) -> Iterator[sqlite3.Connection]:
        """Lends a connection inside a transaction, committed at the end or rolled back on an error."""
        with self._connection() as db:
            db.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            try:
                yield db
                db.execute("COMMIT")
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")

    def _prepare(self) -> None:
        """Checks that the file is a library that this program can use, or makes it one."""
        with self._connection() as db:
            if self._is_new(db):
                db.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
                db.execute("PRAGMA journal_mode = WAL")
        # A transaction for writing shows at once whether the file can be written, and makes sure that
        # of two programs that start together one creates the tables.
        with self.transaction(write=True) as db:
            if self._is_new(db):
                for statement in _SCHEMA:
                    db.execute(statement)
                db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _is_new(self, db: sqlite3.Connection) -> bool:
        """Tells an empty file from a library; raises LibraryError for anything else."""
        (application,) = db.execute("PRAGMA application_id").fetchone()
        (version,) = db.execute("PRAGMA user_version").fetchone()
        (tables,) = db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if (application, version, tables) == (0, 0, 0):
            return True
        if application == APPLICATION_ID and version > SCHEMA_VERSION:
            raise LibraryError(
                f"The library {self.path} was made by a newer ImgSearch: update the program or name another."
            )
        if (application, version) != (APPLICATION_ID, SCHEMA_VERSION):
            raise LibraryError(f"The library {self.path} {_ADVICE[sqlite3.SQLITE_NOTADB]}")
        return False

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Lends a connection that no other thread uses meanwhile; turns SQLite's errors into sentences."""
        try:
            connection = self._take()
            try:
                yield connection
            finally:
                self._give_back(connection)
        except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
            raise  # a bug, not the file's fault
        except sqlite3.DatabaseError as error:
            # The low byte is the kind of the error, the rest a detail of it.
            advice = _ADVICE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, f"cannot be used: {error}.")
            raise LibraryError(f"The library {self.path} {advice}") from error

    def _take(self) -> sqlite3.Connection:
        with self._guard:
            if self._closed:
                raise LibraryError(f"The library {self.path} is closed.")
            if self._idle:
                return self._idle.pop()
        connection = sqlite3.connect(
            self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            # With a write-ahead log this loses no consistency, and spares a flush to disk for every batch.
            connection.execute("PRAGMA synchronous = NORMAL")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._guard:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()
