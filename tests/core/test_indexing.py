from __future__ import annotations

import itertools
import os
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from imgsearch_gui.core.pictures.embedding import batch_size
from imgsearch_gui.core.pictures.images import decode
from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.types.progress import IndexProgress
from imgsearch_gui.errors import EncoderError, LibraryError
from tests.fakes import FakeImageEncoder, write_jpegs

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.storage.library import Library


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    write_jpegs(folder, 20)
    return folder


def index(library: Library, root: Path, encoder: FakeImageEncoder) -> IndexProgress:
    *_, last = index_folder(library, root, encoder)
    return last


def batches(count: int) -> list[int]:
    """How so many new pictures are handed to the encoder."""
    full, rest = divmod(count, batch_size())
    return [batch_size()] * full + [rest] * bool(rest)


def names(library: Library, root: Path) -> list[str]:
    return [record.path.relative_to(root).as_posix() for record in library.records(root)]


def test_everything_is_described_in_the_order_of_the_paths(library: Library, photos: Path) -> None:
    encoder = FakeImageEncoder()

    assert index(library, photos, encoder) == IndexProgress("done", 20, 20, embedded=20)

    assert names(library, photos) == [f"{number:03}.jpg" for number in range(20)]
    assert encoder.batches == batches(20)
    ids, vectors = library.vectors(photos, encoder.version)
    assert ids.tolist() == [record.id for record in library.records(photos)]
    for record, vector in zip(library.records(photos), vectors, strict=True):
        expected = encoder.encode(decode(record.path, encoder.input_size).pixels[None])[0]
        assert vector.tolist() == pytest.approx(expected.tolist(), abs=1e-3)
        assert library.thumbnail(record.id) == decode(record.path, encoder.input_size).thumbnail
        assert (record.width, record.height) == (48, 36)


@pytest.mark.parametrize("workers", [1, 4])
def test_the_number_of_processes_changes_nothing(library: Library, photos: Path, workers: int) -> None:
    encoder = FakeImageEncoder()
    list(index_folder(library, photos, encoder, workers=workers))
    assert names(library, photos) == [f"{number:03}.jpg" for number in range(20)]
    assert encoder.batches == batches(20)


def test_progress(library: Library, photos: Path) -> None:
    write_jpegs(photos / "deep", 2)
    (photos / "note.png").write_text("not a picture")
    told = list(index_folder(library, photos, FakeImageEncoder()))
    steps = [step for step, _ in itertools.groupby(told)]  # what is repeated is only to be asked to go on
    assert steps == [
        IndexProgress("scan", 21, None),
        IndexProgress("scan", 23, None),
        IndexProgress("embed", 0, 23),
        *(IndexProgress("embed", done, 23, embedded=done) for done in range(batch_size(), 23, batch_size())),
        IndexProgress("embed", 23, 23, embedded=22, failed=1),
        IndexProgress("done", 23, 23, embedded=22, failed=1),
    ]


def test_a_second_run_reads_nothing(library: Library, photos: Path) -> None:
    (photos / "note.png").write_text("not a picture")
    index(library, photos, FakeImageEncoder())
    revision, records = library.revision(photos), library.records(photos)

    encoder = FakeImageEncoder()
    assert index(library, photos, encoder) == IndexProgress("done", 0, 0, unchanged=20, failed=1)

    assert encoder.batches == []
    assert library.revision(photos) == revision
    assert library.records(photos) == records


def test_only_what_is_new_or_changed_is_described(library: Library, photos: Path) -> None:
    index(library, photos, FakeImageEncoder())
    new = write_jpegs(photos / "more", 3)[2]
    new.rename(photos / "new.jpg")
    for path in (photos / "more").iterdir():
        path.unlink()
    write_jpegs(photos / "other", 7)
    (photos / "other" / "004.jpg").replace(photos / "000.jpg")  # other bytes at a known path
    for path in (photos / "other").iterdir():
        path.unlink()
    (photos / "001.jpg").unlink()
    os.utime(photos / "002.jpg", ns=(1, 1))  # touched: the same bytes

    encoder = FakeImageEncoder()
    last = index(library, photos, encoder)

    assert last == IndexProgress("done", 3, 3, embedded=3, unchanged=17, removed=1)
    assert encoder.batches == [2]
    assert sorted(names(library, photos)) == sorted(path.name for path in photos.glob("*.jpg"))
    assert index(library, photos, encoder).unchanged == 20


def test_moved_and_copied_files_are_not_described_again(library: Library, photos: Path) -> None:
    index(library, photos, FakeImageEncoder())
    (photos / "deep").mkdir()
    (photos / "000.jpg").rename(photos / "deep" / "moved.jpg")
    (photos / "copy.jpg").write_bytes((photos / "001.jpg").read_bytes())

    encoder = FakeImageEncoder()
    last = index(library, photos, encoder)

    assert (last.embedded, last.removed, last.failed) == (2, 1, 0)
    assert encoder.batches == []
    assert len(library.vectors(photos, encoder.version)[0]) == 21


def test_copies_found_together_are_described_once(library: Library, tmp_path: Path) -> None:
    (original,) = write_jpegs(tmp_path / "photos", 1)
    for number in range(100):
        (original.parent / f"copy {number}.jpg").write_bytes(original.read_bytes())
    encoder = FakeImageEncoder()
    assert index(library, original.parent, encoder).embedded == 101
    assert encoder.batches == [1]
    assert len(library.vectors(original.parent, encoder.version)[0]) == 101


def test_a_folder_inside_a_known_one(library: Library, photos: Path) -> None:
    write_jpegs(photos / "deep", 7)
    index(library, photos, FakeImageEncoder())

    encoder = FakeImageEncoder()
    assert index(library, photos / "deep", encoder).embedded == 7
    assert encoder.batches == []
    assert len(library.records(photos / "deep")) == 7

    (photos / "deep" / "000.jpg").unlink()
    assert index(library, photos / "deep", encoder).removed == 1
    assert len(library.records(photos)) == 27  # as it was when it was last indexed
    assert index(library, photos, encoder).removed == 1
    assert encoder.batches == []


def test_another_encoder_describes_everything_anew(library: Library, photos: Path) -> None:
    first, second = FakeImageEncoder("one"), FakeImageEncoder("two")
    index(library, photos, first)
    records = library.records(photos)
    assert index(library, photos, second).embedded == 20
    assert sum(second.batches) == 20
    assert library.records(photos) == records
    assert index(library, photos, first).unchanged == 20


def test_what_failed_is_tried_again_when_it_changed(library: Library, photos: Path) -> None:
    bad = photos / "bad.jpg"
    bad.write_text("not yet")
    assert index(library, photos, FakeImageEncoder()).failed == 1
    bad.write_bytes((photos / "000.jpg").read_bytes())
    assert index(library, photos, FakeImageEncoder()) == IndexProgress("done", 1, 1, embedded=1, unchanged=20)
    assert library.problems(photos) == []


def test_cancelling_keeps_what_was_stored(library: Library, photos: Path) -> None:
    threads = threading.active_count()
    encoder = FakeImageEncoder()
    steps = index_folder(library, photos, encoder)
    while next(steps).embedded == 0:
        pass

    steps.close()

    assert threading.active_count() == threads
    first = batch_size()
    assert len(library.records(photos)) == len(library.vectors(photos, encoder.version)[0]) == first
    rest = 20 - first
    assert index(library, photos, encoder) == IndexProgress(
        "done", rest, rest, embedded=rest, unchanged=first
    )
    assert encoder.batches == batches(20)


def test_files_that_vanish_meanwhile(library: Library, photos: Path) -> None:
    steps = index_folder(library, photos, FakeImageEncoder())
    while next(steps).stage == "scan":
        pass
    for path in photos.iterdir():
        path.unlink()
    *_, last = steps
    assert last == IndexProgress("done", 20, 20)
    assert library.problems(photos) == library.records(photos) == []


def test_a_file_that_changes_meanwhile_is_read_by_the_next_run(library: Library, photos: Path) -> None:
    encoder = FakeImageEncoder()
    steps = index_folder(library, photos, encoder)
    while next(steps).stage == "scan":
        pass
    (photos / "000.jpg").write_bytes((photos / "001.jpg").read_bytes() + b" more")
    list(steps)
    assert index(library, photos, encoder) == IndexProgress("done", 1, 1, embedded=1, unchanged=19)


def test_a_folder_that_vanishes_meanwhile_is_no_deletion(library: Library, photos: Path) -> None:
    write_jpegs(photos / "deep", 2)
    index(library, photos, FakeImageEncoder())
    steps = index_folder(library, photos, FakeImageEncoder())
    next(steps)
    photos.rename(photos.with_name("unplugged"))
    with pytest.raises(LibraryError, match="is no longer there"):
        list(steps)
    assert len(library.records(photos)) == 22


class OddEncoder(FakeImageEncoder):
    """Finds no finite words for the first picture of each batch, and too large ones for the second."""

    def encode(self, images: np.ndarray) -> np.ndarray:
        vectors = super().encode(images)
        vectors[0, 0] = np.nan
        vectors[1, 0] = 1e9
        return vectors


def test_vectors_that_are_not_finite_are_recorded(library: Library, photos: Path) -> None:
    last = index(library, photos, OddEncoder())
    odd = 2 * len(batches(20))
    assert (last.embedded, last.failed) == (20 - odd, odd)
    assert np.isfinite(library.vectors(photos, "fake-1")[1]).all()
    problems = library.problems(photos)
    assert [problem.file.name for problem in problems[:2]] == ["000.jpg", "001.jpg"]
    assert {problem.reason for problem in problems} == {"The encoder could not describe it."}


class FailingEncoder(FakeImageEncoder):
    """Fails at the second batch."""

    def encode(self, images: np.ndarray) -> np.ndarray:
        if self.batches:
            raise EncoderError("Out of words.")
        return super().encode(images)


def test_an_encoder_that_fails_loses_nothing(library: Library, photos: Path) -> None:
    threads = threading.active_count()
    with pytest.raises(EncoderError, match="Out of words"):
        index(library, photos, FailingEncoder())
    assert threading.active_count() == threads
    assert len(library.records(photos)) == batch_size()


def test_roots_that_cannot_be_indexed(library: Library, tmp_path: Path) -> None:
    encoder = FakeImageEncoder()
    with pytest.raises(
        LibraryError, match=r"^The folder .*nowhere cannot be opened: No such file or directory\.$"
    ):
        index(library, tmp_path / "nowhere", encoder)
    (tmp_path / "file.jpg").touch()
    with pytest.raises(LibraryError, match=r"file\.jpg is not a folder\.$"):
        index(library, tmp_path / "file.jpg", encoder)
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(LibraryError, match="loop cannot be opened"):
        index(library, tmp_path / "loop", encoder)
    assert library.folders() == []


def test_the_folder_itself_is_not_changed(library: Library, photos: Path) -> None:
    def snapshot() -> list[tuple[Path, int, bytes]]:
        return [(path, path.stat().st_mtime_ns, path.read_bytes()) for path in sorted(photos.iterdir())]

    before = photos.stat().st_mtime_ns, snapshot()
    index(library, photos, FakeImageEncoder())
    assert (photos.stat().st_mtime_ns, snapshot()) == before
