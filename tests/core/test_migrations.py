"""Libraries of every earlier version, brought up to date when they are opened."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.core.pictures.images import decode
from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.storage import ratings_table
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.storage.migrations import SCHEMA_VERSION
from imgsearch_gui.core.types.progress import IndexProgress
from imgsearch_gui.core.types.ratings import Rating, RatingScale
from imgsearch_gui.errors import LibraryError
from tests.fakes import FakeImageEncoder, write_jpegs
from tests.privileges import ordinary_user

if TYPE_CHECKING:
    from pathlib import Path

# As the program of that version wrote it: not taken from the program of today.
VERSION_1 = """
CREATE TABLE folders (id INTEGER PRIMARY KEY, root BLOB NOT NULL UNIQUE,
    revision INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE contents (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, width INTEGER NOT NULL,
    height INTEGER NOT NULL) STRICT;
CREATE TABLE thumbnails (content_id INTEGER PRIMARY KEY REFERENCES contents ON DELETE CASCADE,
    jpeg BLOB NOT NULL) STRICT;
CREATE TABLE encoders (id INTEGER PRIMARY KEY, version TEXT NOT NULL UNIQUE, dim INTEGER NOT NULL) STRICT;
CREATE TABLE vectors (content_id INTEGER NOT NULL REFERENCES contents ON DELETE CASCADE,
    encoder_id INTEGER NOT NULL REFERENCES encoders, vector BLOB NOT NULL,
    UNIQUE (content_id, encoder_id)) STRICT;
CREATE TABLE files (id INTEGER PRIMARY KEY AUTOINCREMENT, folder_id INTEGER NOT NULL REFERENCES folders,
    path BLOB NOT NULL, size INTEGER NOT NULL, mtime_ns INTEGER, content_id INTEGER REFERENCES contents,
    reason TEXT, UNIQUE (folder_id, path), CHECK ((content_id IS NULL) <> (reason IS NULL))) STRICT;
CREATE INDEX files_by_folder ON files (folder_id, id, content_id);
CREATE INDEX files_by_content ON files (content_id);
PRAGMA application_id = 1231901541;
PRAGMA user_version = 1;
"""


VERSION_2 = """
ALTER TABLE folders ADD COLUMN away_since INTEGER;
CREATE TABLE missing (folder_id INTEGER NOT NULL REFERENCES folders, path BLOB NOT NULL,
    size INTEGER NOT NULL, mtime_ns INTEGER, content_id INTEGER NOT NULL REFERENCES contents,
    PRIMARY KEY (folder_id, path)) STRICT, WITHOUT ROWID;
CREATE INDEX missing_by_content ON missing (content_id);
CREATE TABLE mounts (folder_id INTEGER NOT NULL REFERENCES folders, path BLOB NOT NULL,
    PRIMARY KEY (folder_id, path)) STRICT, WITHOUT ROWID;
CREATE TABLE ratings (id INTEGER PRIMARY KEY AUTOINCREMENT, query TEXT NOT NULL, content_hash BLOB NOT NULL,
    rater TEXT NOT NULL, scale TEXT NOT NULL, value INTEGER NOT NULL, comment TEXT NOT NULL,
    rated_us INTEGER NOT NULL, -- microseconds since 1970, UTC
    seconds REAL NOT NULL) STRICT;
CREATE INDEX ratings_by_picture ON ratings (content_hash, query);
PRAGMA user_version = 2;
"""


def write_version_1(path: Path, photos: Path) -> None:
    """Writes a library of a folder's photos, one of which could not be read."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA page_size = 16384")
    db.execute("PRAGMA journal_mode = WAL")
    db.executescript(VERSION_1)
    db.execute("INSERT INTO folders VALUES (3, ?, 17)", (os.fsencode(photos),))
    db.execute("INSERT INTO encoders VALUES (1, 'fake-1', 6)")
    for number, file in enumerate(sorted(photos.iterdir()), start=1):
        info = file.stat()
        held = os.fsencode(file.name), info.st_size, info.st_mtime_ns
        if file.suffix == ".png":
            row = (*held, None, "It is odd.")
        else:
            picture = decode(file, 32)
            vector = FakeImageEncoder().encode(picture.pixels[None])[0].astype("<f2").tobytes()
            digest = hashlib.sha256(file.read_bytes()).digest()
            db.execute("INSERT INTO contents VALUES (?, ?, 48, 36)", (number, digest))
            db.execute("INSERT INTO thumbnails VALUES (?, ?)", (number, picture.thumbnail))
            db.execute("INSERT INTO vectors VALUES (?, 1, ?)", (number, vector))
            row = (*held, number, None)
        db.execute(
            """INSERT INTO files (folder_id, path, size, mtime_ns, content_id, reason)
               VALUES (3, ?, ?, ?, ?, ?)""",
            row,
        )
    db.commit()
    db.close()


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    write_jpegs(tmp_path / "photos", 6)
    (tmp_path / "photos" / "odd.png").write_text("not a picture")
    return tmp_path / "photos"


def schema(path: Path) -> set[tuple[str, str]]:
    db = sqlite3.connect(path)
    rows = set(db.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert db.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    db.close()
    return {(name, "".join(sql.split())) for name, sql in rows}  # line breaks may differ


def test_a_library_of_version_1_keeps_all_that_it_has(tmp_path: Path, photos: Path) -> None:
    path = tmp_path / "old.sqlite"
    write_version_1(path, photos)

    with Library(path) as library:
        records = library.records(photos)
        assert [(record.id, record.path.name) for record in records] == [
            (n + 1, f"{n:03}.jpg") for n in range(6)
        ]
        assert library.revision(photos) == 17
        assert library.vectors(photos, "fake-1")[1].shape == (6, 6)
        assert library.thumbnail(3) == decode(records[2].path, 32).thumbnail
        assert [problem.reason for problem in library.problems(photos)] == ["It is odd."]
        assert library.ratings() == {}

        encoder = FakeImageEncoder()
        *_, last = index_folder(library, photos, encoder)
        assert last == IndexProgress("done", 0, 0, unchanged=6, failed=1)
        assert encoder.batches == []
        (photos / "000.jpg").rename(photos / "moved.jpg")
        *_, last = index_folder(library, photos, encoder)
        assert (last.embedded, last.removed) == (1, 1)
        assert encoder.batches == []

    Library(tmp_path / "new.sqlite").close()
    assert schema(path) == schema(tmp_path / "new.sqlite")
    assert ratings_table.backups(path) == []  # there were none


def test_a_library_of_version_2_learns_what_nobody_has_any_more(tmp_path: Path, photos: Path) -> None:
    path = tmp_path / "old.sqlite"
    write_version_1(path, photos)
    db = sqlite3.connect(path)
    db.executescript(VERSION_2)
    # The file of one content is missing, and that of another has gone without a trace.
    db.execute(
        "INSERT INTO missing SELECT folder_id, path, size, mtime_ns, 1 FROM files WHERE content_id = 1"
    )
    db.execute("DELETE FROM files WHERE content_id IN (1, 2)")
    hashes = [digest for (digest,) in db.execute("SELECT hash FROM contents ORDER BY id")]
    db.commit()
    db.close()
    with Library(path) as library:
        assert len(library.vectors_by_hash("fake-1", hashes)) == 6
        list(library.tidy(photos))
        assert library.vectors_by_hash("fake-1", hashes).keys() == set(hashes) - {hashes[1]}
    Library(tmp_path / "new.sqlite").close()
    assert schema(path) == schema(tmp_path / "new.sqlite")


def test_ratings_are_copied_before_a_library_is_brought_up_to_date(tmp_path: Path, photos: Path) -> None:
    path = tmp_path / "l.sqlite"
    write_version_1(path, photos)
    rating = Rating("a dog", b"d" * 32, "Bo", RatingScale.CROWD, 1, datetime(2026, 5, 1, tzinfo=UTC))
    with Library(path) as library:
        library.add_rating(rating)
    # A library with ratings, of a version that lacks what came after them.
    db = sqlite3.connect(path)
    db.executescript("DROP TABLE missing; DROP TABLE mounts; ALTER TABLE folders DROP COLUMN away_since;")
    db.executescript("ALTER TABLE ratings RENAME TO r; CREATE VIEW ratings AS SELECT * FROM r;")
    db.execute("PRAGMA user_version = 1")
    db.close()
    before = path.read_bytes()

    # The copy is made, and the step fails on the table that is there already: all is as it was.
    with pytest.raises(LibraryError, match="cannot be used"):
        Library(path)

    (copy,) = ratings_table.backups(path)
    assert ratings_table.read_backup(copy) == [rating]
    assert path.read_bytes() == before


def test_two_programs_that_start_together_bring_it_up_to_date_once(tmp_path: Path, photos: Path) -> None:
    path = tmp_path / "l.sqlite"
    write_version_1(path, photos)
    start = threading.Barrier(4)
    ended: list[int] = []

    def open_it() -> None:
        start.wait(20)
        with Library(path) as library:
            ended.append(len(library.records(photos)))

    threads = [threading.Thread(target=open_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert ended == [6] * 4
    schema(path)


def test_an_old_library_that_cannot_be_written(public_folder: Path) -> None:
    photos = public_folder / "photos"
    write_jpegs(photos, 2)
    path = public_folder / "l.sqlite"
    write_version_1(path, photos)
    path.chmod(0o444)
    public_folder.chmod(0o755)
    before = path.read_bytes()
    with ordinary_user(), pytest.raises(LibraryError, match="was made by an older ImgSearch and has to be"):
        Library(path)
    assert path.read_bytes() == before
