"""Files that go, move and come back, and drives that are pulled out: each indexed for real."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.core.pictures.images import content_hash
from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.progress import IndexProgress
from imgsearch_gui.core.types.ratings import Rating, RatingScale
from imgsearch_gui.errors import LibraryError
from tests.drives import mounted
from tests.fakes import FakeImageEncoder, write_jpegs

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def photos(tmp_path: Path, library: Library) -> Path:
    """A folder of ten photos, indexed."""
    folder = tmp_path / "photos"
    write_jpegs(folder, 10)
    index(library, folder)
    return folder


def index(library: Library, root: Path) -> IndexProgress:
    """Indexes a folder whose contents the library has all seen, unless it is new."""
    encoder = FakeImageEncoder()
    known = library.knows(root)
    *_, last = index_folder(library, root, encoder)
    assert not (known and encoder.batches), "something was embedded again"
    return last


def names(library: Library, root: Path) -> list[str]:
    return sorted(record.path.relative_to(root).as_posix() for record in library.records(root))


def rate(library: Library, photo: Path) -> Rating:
    rating = Rating(
        "a red square", content_hash(photo), "Ada", RatingScale.EXPERT, 3, datetime(2026, 5, 1, tzinfo=UTC)
    )
    library.add_rating(rating)
    return rating


def test_a_deleted_file_is_missing_and_comes_back_with_all_that_it_had(
    library: Library, photos: Path, tmp_path: Path
) -> None:
    photo = photos / "003.jpg"
    before = next(record for record in library.records(photos) if record.path == photo)
    thumbnail, rating = library.thumbnail(before.id), rate(library, photo)
    shutil.move(photo, tmp_path / "trash.jpg")

    assert index(library, photos) == IndexProgress("done", 0, 0, unchanged=9, removed=1)
    assert library.missing(photos) == [photo]
    assert "003.jpg" not in names(library, photos)
    assert len(library.vectors(photos, "fake-1")[0]) == 9
    assert library.thumbnail(before.id) is None
    assert index(library, photos) == IndexProgress("done", 0, 0, unchanged=9)

    revision = library.revision(photos)
    shutil.move(tmp_path / "trash.jpg", photo)
    assert index(library, photos) == IndexProgress(
        "done", 0, 0, unchanged=10, returned=1
    )  # nor is it read again
    assert library.missing(photos) == []
    assert library.revision(photos) > revision
    after = next(record for record in library.records(photos) if record.path == photo)
    assert after.id > before.id
    assert library.thumbnail(after.id) == thumbnail
    assert list(library.ratings(content_hash=library.content_hashes(photos)[after.id]).values()) == [rating]


def test_a_file_that_is_gone_first_and_elsewhere_in_a_later_run_has_moved(
    library: Library, photos: Path, tmp_path: Path
) -> None:
    rating = rate(library, photos / "000.jpg")
    shutil.move(photos / "000.jpg", tmp_path / "on its way")
    assert index(library, photos).removed == 1
    (photos / "deep").mkdir()
    shutil.move(tmp_path / "on its way", photos / "deep" / "renamed.JPEG")

    assert index(library, photos) == IndexProgress("done", 1, 1, embedded=1, unchanged=9)

    assert library.missing(photos) == []
    assert "deep/renamed.JPEG" in names(library, photos)
    (moved,) = (record for record in library.records(photos) if record.path.name == "renamed.JPEG")
    assert library.content_hashes(photos)[moved.id] == rating.content_hash
    assert len(library.vectors(photos, "fake-1")[0]) == 10


def test_files_that_change_places_in_one_run(library: Library, photos: Path) -> None:
    (photos / "000.jpg").rename(photos / "x.jpg")
    (photos / "001.jpg").rename(photos / "000.jpg")
    (photos / "x.jpg").rename(photos / "001.jpg")
    (photos / "002.jpg").rename(photos / "renamed.jpg")
    vectors = {
        record.path.name: vector.tolist()
        for record, vector in zip(library.records(photos), library.vectors(photos, "fake-1")[1], strict=True)
    }
    index(library, photos)
    now = {
        record.path.name: vector.tolist()
        for record, vector in zip(library.records(photos), library.vectors(photos, "fake-1")[1], strict=True)
    }
    assert now["renamed.jpg"] == vectors["002.jpg"]
    assert (now["000.jpg"], now["001.jpg"]) in (
        (vectors["001.jpg"], vectors["000.jpg"]),
        # Both may be of one size and written within one tick of the file system's clock.
        (vectors["000.jpg"], vectors["001.jpg"]),
    )


def test_a_file_that_is_another_one_when_it_returns(library: Library, photos: Path) -> None:
    gone = content_hash(photos / "000.jpg")
    (photos / "000.jpg").unlink()
    index(library, photos)
    (photos / "000.jpg").write_bytes((photos / "001.jpg").read_bytes() + b" ")
    *_, last = index_folder(library, photos, encoder := FakeImageEncoder())
    assert last.embedded == 1
    assert encoder.batches == [1]
    assert library.missing(photos) == []
    assert not library.vectors_by_hash("fake-1", [gone])  # its place is taken: nobody would ask for it


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a regular file that cannot be read")
def test_a_file_that_cannot_be_read_for_a_while(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "two"
    first, _ = write_jpegs(folder, 2)
    index(library, folder)
    data = first.read_bytes()
    first.unlink()
    first.symlink_to("/proc/self/mem")
    assert index(library, folder).failed == 1
    assert index(library, folder).failed == 1
    assert names(library, folder) == ["001.jpg"]
    first.unlink()
    first.write_bytes(data)
    assert index(library, folder).embedded == 1
    assert names(library, folder) == ["000.jpg", "001.jpg"]
    assert library.missing(folder) == library.problems(folder) == []


def test_what_is_missing_is_forgotten_on_demand_alone(library: Library, photos: Path) -> None:
    rating = rate(library, photos / "000.jpg")
    for name in ("000.jpg", "001.jpg"):
        (photos / name).unlink()
    for _ in range(3):
        index(library, photos)
    assert len(library.missing(photos)) == 2
    assert library.vectors_by_hash("fake-1", [rating.content_hash])

    assert library.forget_missing(photos, library.missing(photos)) == 2

    assert library.missing(photos) == []
    assert not library.vectors_by_hash("fake-1", [rating.content_hash])
    assert list(library.ratings().values()) == [rating]
    assert len(names(library, photos)) == 8


def test_a_folder_that_was_deleted_inside_is_missing_file_by_file(library: Library, photos: Path) -> None:
    (photos / "deep").mkdir()
    for name in ("000.jpg", "001.jpg"):
        (photos / name).rename(photos / "deep" / name)
    index(library, photos)
    shutil.rmtree(photos / "deep")
    assert index(library, photos).removed == 2
    assert len(library.missing(photos)) == 2


def test_what_has_moved_is_found_without_looking_through_the_folder(tmp_path: Path) -> None:
    """Which would take hours where half of 300,000 files are missing."""
    statements: list[str] = []
    with Library(tmp_path / "l.sqlite") as library:
        with library._database.transaction() as db:
            db.set_trace_callback(statements.append)
        list(library.tidy(tmp_path))
        (query,) = [statement for statement in statements if "FROM missing JOIN" in statement]
        with library._database.transaction() as db:
            plan = [row[3] for row in db.execute("EXPLAIN QUERY PLAN " + query)]
    assert [step for step in plan if "files_by_content (content_id=?)" in step]


# Drives


def test_a_folder_whose_drive_is_unplugged_is_kept_whole_and_marked(library: Library, photos: Path) -> None:
    records = library.records(photos)
    photos.rename(photos.with_name("unplugged"))
    for _ in range(2):
        with pytest.raises(LibraryError, match="is no longer there: if it is on a drive, connect that"):
            index(library, photos)
    assert library.records(photos) == records
    assert library.missing(photos) == []
    since = library.away_since(photos)
    assert since is not None
    assert since.tzinfo is UTC

    photos.with_name("unplugged").rename(photos)
    assert index(library, photos) == IndexProgress("done", 0, 0, unchanged=10)
    assert library.records(photos) == records
    assert library.away_since(photos) is None


def test_a_drive_inside_the_folder_that_is_unplugged(library: Library, photos: Path) -> None:
    write_jpegs(photos / "card", 5)
    (photos / "card-2").mkdir()
    (photos / "003.jpg").rename(photos / "card-2" / "x.jpg")
    list(index_folder(library, photos, FakeImageEncoder()))
    library.set_mounts(photos, {b"card"})  # as if it had been one in that run
    records = library.records(photos)
    shutil.rmtree(photos / "card-2")

    shutil.move(photos / "card", photos.with_name("unplugged"))
    for _ in range(2):
        last = index(library, photos)
        assert (last.away, last.unchanged) == (5, 9)
    assert [record for record in records if record.path.parent.name != "card-2"] == library.records(photos)
    assert len(library.missing(photos)) == 1
    (photos / "card").mkdir()  # the place to mount it, empty
    assert index(library, photos).away == 5

    shutil.copytree(
        photos.with_name("unplugged"), photos / "card", dirs_exist_ok=True
    )  # an ordinary folder with pictures now
    (photos / "card" / "004.jpg").unlink()
    last = index(library, photos)
    assert (last.away, last.unchanged, last.removed) == (0, 13, 1)
    assert library.mounts(photos) == set()


def test_a_real_drive(library: Library, tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    write_jpegs(photos, 2)
    with mounted(photos / "card"):
        write_jpegs(photos / "card", 4)
        index(library, photos)
        assert library.mounts(photos) == {b"card"}
    last = index(library, photos)
    assert (last.away, last.removed) == (4, 0)
    assert len(library.records(photos)) == 6


def test_a_folder_that_is_a_drive_itself(library: Library, tmp_path: Path) -> None:
    with mounted(tmp_path / "card"):
        write_jpegs(tmp_path / "card", 4)
        index(library, tmp_path / "card")
    with pytest.raises(LibraryError, match="is no longer there"):  # the folder is, and is empty
        index(library, tmp_path / "card")
    assert len(library.records(tmp_path / "card")) == 4
    assert library.away_since(tmp_path / "card") is not None
