"""The SQLite file under the library: its connections, its transactions and its errors.

The file is in WAL mode, so that readers see the last committed batch and never wait for the writer.
An older file is brought up to date when it is opened; one that cannot be written is opened to be read.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from typing import TYPE_CHECKING

from imgsearch_gui.core.storage import ratings_table
from imgsearch_gui.core.storage.migrations import SCHEMA_VERSION, migrate, version_of
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BUSY_SECONDS = 30.0
_RETRY_SECONDS = 0.01
_PAGE_BYTES = 16384  # room for three vectors of 2,280 half-precision numbers

_NO_WRITING = sentence("cannot be written: check its permissions or name another file.")
_ADVICE = {
    sqlite3.SQLITE_NOTADB: sentence(
        "is not an ImgSearch library, or its first bytes are damaged: name another file, or set this one "
        "aside and begin anew."
    ),
    sqlite3.SQLITE_CORRUPT: sentence(
        "is damaged: it can be set aside and begun anew, with the ratings in it."
    ),
    sqlite3.SQLITE_BUSY: sentence("is in use by another program: close that and try again."),
    sqlite3.SQLITE_READONLY: _NO_WRITING,
    sqlite3.SQLITE_PERM: _NO_WRITING,
    sqlite3.SQLITE_CANTOPEN: sentence("cannot be opened: check its permissions or name another file."),
    sqlite3.SQLITE_FULL: sentence(
        "cannot grow, because the disk is full: free some space and read the folder again. "
        "What was read so far is kept."
    ),
    sqlite3.SQLITE_IOERR: sentence(
        "cannot be read or written: its disk may be full, or gone. What was read so far is kept."
    ),
}
# What setting the file aside helps against. A file whose first bytes are damaged is no database to SQLite.
_REBUILD = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
_UNWRITABLE = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN)


class Database:
    """One library file, for several threads at once: each use takes a connection of its own.

    Args:
        path: the file; it and the folders above it are created when they are missing.

    Attributes:
        read_only: one sentence when the file can be read but not written, else nothing.

    Raises:
        LibraryError: when the file is no library, was made by a newer program, or cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read_only = ""
        self._address = os.fspath(path)
        self._idle: list[sqlite3.Connection] = []
        self._guard = threading.Lock()
        self._closed = False
        self._identity: tuple[int, int] | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise LibraryError(
                sentence(
                    "The folder {parent} cannot be created: {reason}.",
                    parent=path.parent,
                    reason=error.strerror,
                )
            ) from error
        try:
            self._open()
        except BaseException:
            self.close()
            raise
        self._identity = self._file_identity()

    def close(self) -> None:
        """Closes the file; a use that still goes on in another thread ends first and then lets go."""
        with self._guard:
            self._closed = True
        self._drop_idle()

    def damaged(self) -> LibraryError:
        """Returns the error to raise for contents that the schema does not allow."""
        return self._error(sqlite3.SQLITE_CORRUPT)

    @contextlib.contextmanager
    def transaction(self, *, write: bool = False, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """Lends a connection inside a transaction, committed at the end or rolled back on an error.

        Args:
            write: whether it is to change anything.
            durable: whether it must outlive a power cut from the moment it ends. Others outlive the end
                of the program, however sudden, and leave the file whole in any case.
        """
        if write and self.read_only:
            raise LibraryError(self.read_only)
        # What is written into a deleted file is gone when the program ends.
        if write and self._identity is not None and self._file_identity() != self._identity:
            raise LibraryError(
                sentence(
                    "The library {path} was moved or deleted while it was in use: start ImgSearch again.",
                    path=self.path,
                )
            )
        with self._connection() as db:
            db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'NORMAL'}")
            db.execute("BEGIN IMMEDIATE" if write else "BEGIN")
            try:
                yield db
                db.execute("COMMIT")
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")

    def _file_identity(self) -> tuple[int, int] | None:
        try:
            info = self.path.stat()
        except OSError:
            return None
        return info.st_dev, info.st_ino

    def _open(self) -> None:
        try:
            self._prepare()
        except LibraryError as error:
            if _kind(error.__cause__) not in _UNWRITABLE or not self.path.is_file():
                raise
            self._drop_idle()
            self._open_to_read(error)

    def _prepare(self) -> None:
        """Checks that the file is a library that this program can use, and makes it one or brings it up."""
        with self.transaction() as db:  # so that what tells the version is read at one moment
            version = self._version(db)
        with self._connection() as db:
            if version == 0:
                db.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
            _use_log(db)
        if version < SCHEMA_VERSION:
            # Of two programs that start together, one finds it done when its turn comes.
            with self.transaction(write=True, durable=True) as db:
                version = self._version(db)
                if version > 0:
                    ratings_table.back_up(self.path, ratings_table.rescue(db)[0])
                if version < SCHEMA_VERSION:
                    migrate(db, version)
        self._check_writable()

    def _check_writable(self) -> None:
        """Raises the error of a file that cannot be written; another program that writes now is none."""
        with self._connection() as db:
            db.execute("PRAGMA busy_timeout = 0")
            try:
                db.execute("BEGIN IMMEDIATE")
                # To begin is allowed in a file that cannot be written, to change something is not.
                db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            except sqlite3.OperationalError as error:
                if _kind(error) != sqlite3.SQLITE_BUSY:
                    raise
            finally:
                if db.in_transaction:
                    db.execute("ROLLBACK")
            db.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000:.0f}")

    def _open_to_read(self, reason: LibraryError) -> None:
        """Opens a file that cannot be written; raises the reason when it cannot be read either."""
        self.read_only = sentence(
            "The library {path} can only be read, so its photos can be searched and no "
            "others added: check its permissions or name another file.",
            path=self.path,
        )
        log = self.path.with_name(self.path.name + "-wal")
        for options in ("?mode=ro", "?mode=ro&immutable=1"):
            # Where SQLite cannot put its files beside the library, it can only be read as one that
            # never changes, which holds unless a log with newer changes lies there.
            if "immutable" in options and log.exists() and log.stat().st_size:
                raise reason
            self._address = self.path.absolute().as_uri() + options
            try:
                with self.transaction() as db:
                    version = self._version(db)
                break
            except LibraryError as error:
                if _kind(error.__cause__) not in _UNWRITABLE:
                    raise
                self._drop_idle()
        else:
            raise reason
        if version < SCHEMA_VERSION:
            raise LibraryError(
                sentence(
                    "The library {path} was made by an older ImgSearch and has to be changed for "
                    "this one, but it cannot be written: check its permissions or name another file.",
                    path=self.path,
                )
            )

    def _version(self, db: sqlite3.Connection) -> int:
        """Returns the schema version, 0 for an empty file; raises LibraryError for what is no library."""
        version = version_of(db)
        if version is None:
            raise LibraryError(
                sentence("The library {path} is not an ImgSearch library: name another file.", path=self.path)
            )
        if version > SCHEMA_VERSION:
            raise LibraryError(
                sentence(
                    "The library {path} was made by a newer ImgSearch: install that, name another "
                    "file, or have this one set aside and begun anew, with the ratings in it.",
                    path=self.path,
                ),
                rebuild=True,
            )
        return version

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
        except UnicodeDecodeError as error:  # of a sentence of SQLite about what it read
            raise self.damaged() from error
        except sqlite3.DatabaseError as error:
            raise self._error(_kind(error), str(error)) from error

    def _error(self, kind: int, details: str = "") -> LibraryError:
        advice = _ADVICE.get(kind) or sentence("cannot be used: {details}.", details=details)
        said = sentence("The library {path} {advice}", path=self.path, advice=advice)
        return LibraryError(said, rebuild=kind in _REBUILD)

    def _take(self) -> sqlite3.Connection:
        with self._guard:
            if self._closed:
                raise LibraryError(sentence("The library {path} is closed.", path=self.path))
            if self._idle:
                return self._idle.pop()
        connection = sqlite3.connect(
            self._address,
            uri=bool(self.read_only),
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA recursive_triggers = ON")  # for rows that REPLACE deletes too
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

    def _drop_idle(self) -> None:
        with self._guard:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


def _use_log(db: sqlite3.Connection) -> None:
    """Puts the file into WAL mode, for which SQLite lets no program wait for another."""
    end = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if _kind(error) != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return


def _kind(error: BaseException | None) -> int:
    """Returns what kind of error of SQLite it is, 0 for any other."""
    # The low byte is the kind of the error, the rest a detail of it.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
