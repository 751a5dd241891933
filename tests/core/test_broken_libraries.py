"""Full disks, damaged files, missing rights and other programs: a sentence, a way on, and no loss."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from imgsearch_gui.core.pictures.embedding import batch_size
from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.storage import ratings_table
from imgsearch_gui.core.storage.database import Database
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.storage.rebuild import rebuild
from imgsearch_gui.core.types.ratings import Rating, RatingScale
from imgsearch_gui.errors import LibraryError
from tests.core.killed_indexing import LightEncoder
from tests.drives import mounted
from tests.privileges import ordinary_user

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.types.progress import IndexProgress

MAY = datetime(2026, 5, 1, tzinfo=UTC)
RATINGS = [
    Rating(
        f"query {n}", bytes([n % 256]) * 32, "Bo", RatingScale.CROWD, n % 2, datetime(2026, 5, 1, tzinfo=UTC)
    )
    for n in range(600)
]


def index(library: Library, root: Path) -> IndexProgress:
    *_, last = index_folder(library, root, LightEncoder())
    return last


def draw(folder: Path, count: int) -> Path:
    """Writes pictures whose thumbnails take some room."""
    folder.mkdir(parents=True)
    for number in range(count):
        pixels = np.random.default_rng(number).integers(0, 256, (96, 128, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"{number:03}.png")
    return folder


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> tuple[Path, Path]:
    """A folder of thirty photos, and a library of it with six hundred ratings."""
    photos = draw(tmp_path_factory.mktemp("prepared") / "photos", 30)
    path = photos.with_name("library.sqlite")
    with Library(path) as library:
        index(library, photos)
    with contextlib.closing(Database(path)) as database, database.transaction(write=True) as db:
        for rating in RATINGS:
            ratings_table.add(db, rating)
    return photos, path


@pytest.fixture
def photos(prepared: tuple[Path, Path]) -> Path:
    """The folder, to be read alone."""
    return prepared[0]


@pytest.fixture
def full(prepared: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of the library."""
    shutil.copy(prepared[1], tmp_path)
    return tmp_path / prepared[1].name


# A full disk


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    photos = draw(tmp_path / "photos", 80)
    with mounted(tmp_path / "disk", "size=1500k"):
        with Library(tmp_path / "disk" / "library.sqlite") as library:
            with pytest.raises(LibraryError, match="cannot grow, because the disk is full: free some space"):
                index(library, photos)
            stored = len(library.records(photos))
            assert 8 <= stored < 80
            assert len(library.vectors(photos, LightEncoder.version)[0]) == stored
            with pytest.raises(LibraryError, match="disk is full"):
                index(library, photos)
            subprocess.run(["mount", "-o", "remount,size=16m", tmp_path / "disk"], check=True)
            assert index(library, photos).unchanged == stored
            assert len(library.records(photos)) == 80
        db = sqlite3.connect(tmp_path / "disk" / "library.sqlite")
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        db.close()


def test_a_disk_without_room_for_a_library(tmp_path: Path) -> None:
    with mounted(tmp_path / "disk", "size=16k"), pytest.raises(LibraryError, match="full"):
        Library(tmp_path / "disk" / "library.sqlite")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no process's files")
def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    photos = draw(tmp_path / "photos", 60)
    path = tmp_path / "library.sqlite"
    code = """
import resource, sys
from pathlib import Path
import tests.core.test_broken_libraries as here
resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000))
with here.Library(Path(sys.argv[1])) as library:
    try:
        here.index(library, Path(sys.argv[2]))
    except here.LibraryError as error:
        print(len(library.records(Path(sys.argv[2]))), error)
"""
    done = subprocess.run(
        [sys.executable, "-c", code, path, photos], capture_output=True, text=True, check=True, timeout=60
    )
    stored, said = done.stdout.split(" ", 1)
    assert "its disk may be full" in said
    assert batch_size() <= int(stored) < 60
    with Library(path) as library:
        assert index(library, photos).unchanged == int(stored)
        assert len(library.records(photos)) == 60


# Rights


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o444, 0o555), (0o444, 0o777), (0o666, 0o555)])
def test_what_cannot_be_written_can_be_searched(
    public_folder: Path, file_mode: int, folder_mode: int
) -> None:
    photos, path = public_folder / "photos", public_folder / "data" / "library.sqlite"
    draw(photos, 4)
    with Library(path) as library:
        index(library, photos)
        library.add_rating(RATINGS[0])
        records = library.records(photos)
    path.chmod(file_mode)
    path.parent.chmod(folder_mode)
    with ordinary_user(), Library(path) as library:
        assert "can only be read, so its photos can be searched" in library.read_only
        assert library.records(photos) == records
        assert len(library.vectors(photos, LightEncoder.version)[0]) == 4
        assert list(library.ratings().values()) == RATINGS[:1]
        assert index(library, photos).unchanged == 4  # nothing has to be stored
        with pytest.raises(LibraryError, match="can only be read"):
            library.add_rating(RATINGS[1])
    draw(photos / "more", 3)
    with ordinary_user(), Library(path) as library:
        with pytest.raises(LibraryError, match="can only be read"):
            index(library, photos)
        assert library.records(photos) == records
    path.chmod(0o666)
    path.parent.chmod(0o777)
    with Library(path) as library:
        assert library.read_only == ""
        assert index(library, photos).embedded == 3
        assert len(library.records(photos)) == 7


def test_a_library_that_may_not_even_be_read(public_folder: Path) -> None:
    path = public_folder / "library.sqlite"
    Library(path).close()
    path.chmod(0)
    with ordinary_user(), pytest.raises(LibraryError, match="cannot be opened: check its permissions"):
        Library(path)


# Other programs


def test_a_library_opens_while_another_program_writes(full: Path, photos: Path) -> None:
    other = sqlite3.connect(full, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Library(full) as library:
        assert library.read_only == ""
        assert len(library.records(photos)) == 30
        assert index(library, photos).unchanged == 30
    other.execute("ROLLBACK")
    other.close()


def test_two_programs_read_the_same_folder_at_once(tmp_path: Path) -> None:
    photos = draw(tmp_path / "photos", 60)
    path = tmp_path / "library.sqlite"
    code = """
import sys
from pathlib import Path
import tests.core.test_broken_libraries as here
sys.stdin.readline()
with here.Library(Path(sys.argv[1])) as library:
    print(here.index(library, Path(sys.argv[2])).stage)
"""
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", code, path, photos],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for one in programs:
        one.stdin.write("go\n")
        one.stdin.flush()
    assert [one.communicate(timeout=90)[0] for one in programs] == ["done\n"] * 2
    with Library(path) as library, Library(tmp_path / "alone.sqlite") as alone:
        index(alone, photos)
        assert list(library.known_files(photos, LightEncoder.version)) == list(
            alone.known_files(photos, LightEncoder.version)
        )
        assert (
            library.vectors(photos, LightEncoder.version)[1].tobytes()
            == alone.vectors(photos, LightEncoder.version)[1].tobytes()
        )


def test_a_library_in_use_is_not_begun_anew(full: Path, photos: Path) -> None:
    before = sorted(file.name for file in full.parent.iterdir())
    with Library(full) as library:
        library.records(photos)
        with pytest.raises(LibraryError, match="is in use by another program: close that and try again"):
            rebuild(full)
        assert len(library.records(photos)) == 30
    assert sorted(file.name for file in full.parent.iterdir()) == before


# Damage


def test_a_sound_library_is_begun_anew_with_its_ratings(full: Path, photos: Path) -> None:
    done = rebuild(full)
    assert (done.ratings, done.from_backup) == (600, 0)
    assert done.kept is not None
    assert done.kept.name.startswith("library.old-2")
    with Library(full) as library:
        assert list(library.ratings().values()) == RATINGS
        assert library.folders() == []
        assert index(library, photos).embedded == 30
    with Library(done.kept) as old:
        assert len(old.records(photos)) == 30
    (copy,) = ratings_table.backups(full)
    assert ratings_table.read_backup(copy) == RATINGS


def test_a_library_with_damaged_ratings_gets_them_from_both_ends_and_the_last_copy(full: Path) -> None:
    ratings_table.back_up(full, RATINGS[:400])
    damage_ratings(full)
    damaged = full.read_bytes()
    with Library(full) as library, pytest.raises(LibraryError, match="is damaged") as caught:
        library.ratings()
    assert caught.value.rebuild

    done = rebuild(full)

    with Library(full) as library:
        found = list(library.ratings().values())
    assert 0 < done.from_backup < 400
    assert done.ratings == len(found) == len(set(found))
    assert set(RATINGS[:400]) <= set(found) <= set(RATINGS)
    assert RATINGS[-1] in found
    assert done.kept is not None
    assert len(done.kept.read_bytes()) == len(damaged)


def damage_ratings(path: Path) -> None:
    """Overwrites a page in the middle of the table of ratings."""
    db = sqlite3.connect(path)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (size,) = db.execute("PRAGMA page_size").fetchone()
    db.close()
    data = bytearray(path.read_bytes())
    at = data.index(b"query 300") // size * size
    data[at : at + size] = b"\xff" * size
    path.write_bytes(data)


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: b"\0" * len(data),
        lambda data: b"not a database, but long enough to be taken for one" * 1000,
        lambda data: data[: len(data) // 2],
        lambda data: data[:100] + b"\xff" * (len(data) - 100),
        lambda data: b"\xff" * 100 + data[100:],
    ],
    ids=["empty", "zeros", "text", "half", "all but the header", "the header"],
)
def test_a_file_of_which_little_is_left(full: Path, photos: Path, damage) -> None:
    ratings_table.back_up(full, RATINGS)
    broken = damage(full.read_bytes())
    full.write_bytes(broken)
    try:
        with Library(full) as library:
            index(library, photos)
            library.ratings()
    except LibraryError as error:
        assert error.rebuild
        full.write_bytes(broken)

    done = rebuild(full)

    assert done.kept is not None
    assert done.kept.read_bytes() == broken or not broken
    with Library(full) as library:
        assert set(library.ratings().values()) == set(RATINGS)
        assert index(library, photos).embedded == 30


def test_a_library_that_is_gone_gets_its_ratings_back_from_the_copy(full: Path) -> None:
    rebuild(full)
    for file in full.parent.glob("library*.sqlite*"):
        file.unlink()
    assert rebuild(full).from_backup == 600
    with Library(full) as library:
        assert list(library.ratings().values()) == RATINGS
    with pytest.raises(LibraryError, match="There is no library"):
        rebuild(full.with_name("other.sqlite"))
    with pytest.raises(LibraryError, match="There is no library"):
        rebuild(full.parent / "nowhere" / "library.sqlite")


def test_a_newer_library_is_begun_anew_with_its_ratings(full: Path) -> None:
    db = sqlite3.connect(full)
    db.execute("PRAGMA user_version = 99")
    db.execute("ALTER TABLE ratings ADD COLUMN mood TEXT")
    db.close()
    with pytest.raises(LibraryError, match="was made by a newer ImgSearch") as caught:
        Library(full)
    assert caught.value.rebuild
    assert rebuild(full).ratings == 600
    with Library(full) as library:
        assert list(library.ratings().values()) == RATINGS


def test_a_rebuild_that_fails_leaves_everything(public_folder: Path) -> None:
    path = public_folder / "library.sqlite"
    with Library(path) as library:
        library.add_rating(RATINGS[0])
    before = path.read_bytes()
    public_folder.chmod(0o555)
    with ordinary_user(), pytest.raises(LibraryError, match="is left as it is: "):
        rebuild(path)
    assert path.read_bytes() == before
    assert [file.name for file in public_folder.iterdir()] == ["library.sqlite"]


@pytest.mark.parametrize("seed", range(60))
def test_damage_anywhere_is_a_sentence(full: Path, photos: Path, seed: int) -> None:
    rng = random.Random(seed)
    data = bytearray(full.read_bytes())
    for _ in range(rng.choice((1, 5, 40))):
        at = rng.randrange(100 if seed % 3 else 0, len(data))
        length = rng.choice((1, 4, 200, 16384))
        data[at : at + length] = rng.randbytes(len(data[at : at + length]))
    full.write_bytes(data)
    calls = (
        lambda library: library.records(photos),
        lambda library: library.vectors(photos, LightEncoder.version),
        lambda library: [library.thumbnail(n) for n in range(40)],
        lambda library: library.problems(photos),
        lambda library: library.ratings(),
        lambda library: index(library, photos),
        lambda library: library.missing(photos),
        lambda library: library.forget_missing(photos, library.missing(photos)),
        lambda library: library.add_rating(RATINGS[0]),
    )
    for call in calls:
        try:
            with Library(full) as library:
                call(library)
        except LibraryError as error:
            assert str(error)
    rebuild(full)
    with Library(full) as library:
        assert index(library, photos).embedded == 30
