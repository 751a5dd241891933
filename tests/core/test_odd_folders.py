"""Folders as they are found in the world, each indexed for real."""

from __future__ import annotations

import itertools
import os
import struct
import subprocess
import sys
import zlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from imgsearch_gui.core.pictures.folder_scan import scan
from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.storage.contents_table import ImageContent
from imgsearch_gui.core.storage.files_table import FileEntry
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.progress import IndexProgress
from imgsearch_gui.errors import LibraryError
from tests.fakes import FakeImageEncoder, write_jpegs
from tests.privileges import ordinary_user

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    return tmp_path / "photos"


def index(library: Library, root: Path) -> IndexProgress:
    *_, last = index_folder(library, root, FakeImageEncoder())
    return last


def problems(library: Library, root: Path) -> dict[str, str]:
    return {problem.file.name: problem.reason for problem in library.problems(root)}


def test_an_empty_folder(folder: Path, library: Library) -> None:
    last = index(library, folder)
    assert (last.stage, last.done, last.total, last.embedded) == ("done", 0, 0, 0)
    assert library.records(folder) == []
    ids, vectors = library.vectors(folder, "fake-1")
    assert len(ids) == len(vectors) == 0


def test_one_file(folder: Path, library: Library) -> None:
    (path,) = write_jpegs(folder, 1)
    assert index(library, folder).embedded == 1
    assert [record.path for record in library.records(folder)] == [path]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode there")
def test_odd_names(folder: Path, library: Library) -> None:
    (original,) = write_jpegs(folder, 1)
    names = [
        "🐈 on a 🛋️.jpg".encode(),
        b'it\'s "quoted"; DROP TABLE files; --.jpg',
        b"caf\xe9 \xff\xfe.jpg",
        b"two\nlines.jpg",
        b" .. .JPG",
        b"%s {x} \\ * ?.jpeg",
    ]
    for name in names:
        with open(os.path.join(os.fsencode(folder), name), "wb") as file:  # noqa: PTH118, PTH123 - bytes
            file.write(original.read_bytes())

    assert index(library, folder).embedded == len(names) + 1

    found = {os.fsencode(record.path.name) for record in library.records(folder)}
    assert found == {*names, b"000.jpg"}
    assert all(record.path.is_file() for record in library.records(folder))
    assert index(library, folder).unchanged == len(names) + 1


def test_other_files_and_hidden_ones_are_left_out(folder: Path, library: Library) -> None:
    for name in (".hidden.jpg", "._000.jpg", "notes.txt", "movie.mp4", "jpg", "raw.jpg.part"):
        (folder / name).write_text("x")
    write_jpegs(folder / ".trash", 1)
    (folder / "pictures.png").mkdir()
    write_jpegs(folder / "pictures.png", 1)
    assert index(library, folder).embedded == 1
    assert [record.path for record in library.records(folder)] == [folder / "pictures.png" / "000.jpg"]
    assert library.problems(folder) == []


def test_a_link_loop(folder: Path, library: Library, tmp_path: Path) -> None:
    write_jpegs(folder / "deep", 2)
    (folder / "deep" / "up").symlink_to(folder)
    (folder / "itself").symlink_to("itself")
    (folder / "loop.jpg").symlink_to("loop.jpg")
    (folder / "nowhere.jpg").symlink_to("gone.jpg")
    (elsewhere,) = write_jpegs(tmp_path / "elsewhere", 1)
    (folder / "elsewhere").symlink_to(elsewhere.parent)
    (folder / "linked.jpg").symlink_to(elsewhere)

    assert index(library, folder).embedded == 3

    assert [record.path.relative_to(folder).as_posix() for record in library.records(folder)] == [
        "deep/000.jpg",
        "deep/001.jpg",
        "linked.jpg",
    ]
    assert library.problems(folder) == []


def test_a_folder_reached_through_a_link(folder: Path, library: Library, tmp_path: Path) -> None:
    write_jpegs(folder, 2)
    (tmp_path / "link").symlink_to(folder)
    index(library, tmp_path / "link")
    assert index(library, folder).unchanged == 2
    assert len(library.records(tmp_path / "link")) == 2


def test_an_unreadable_folder(public_folder: Path) -> None:
    photos = public_folder / "photos"
    for name in ("a", "b", "b-side"):
        write_jpegs(photos / name, 2)
    with Library(public_folder / "library.sqlite") as library:
        assert index(library, photos).embedded == 6
        (photos / "b").chmod(0)
        (photos / "a" / "000.jpg").unlink()
        with ordinary_user():
            last = index(library, photos)
            revision = library.revision(photos)
            again = index(library, photos)

        assert (last.unchanged, last.removed, last.failed) == (3, 1, 1)
        assert (again.unchanged, again.removed, again.failed) == (3, 0, 1)
        assert library.revision(photos) == revision
        assert problems(library, photos) == {"b": "The folder cannot be listed: Permission denied."}
        assert len(library.records(photos)) == 5  # those in the folder that cannot be seen are kept

        (photos / "b").chmod(0o755)
        last = index(library, photos)
        assert (last.unchanged, last.removed, last.failed) == (5, 0, 0)
        assert library.problems(photos) == []


def test_a_folder_whose_files_cannot_be_looked_at(public_folder: Path) -> None:
    photos = public_folder / "photos"
    write_jpegs(photos / "a", 2)
    with Library(public_folder / "library.sqlite") as library:
        index(library, photos)
        (photos / "a").chmod(0o444)  # its names can be listed, nothing else
        with ordinary_user():
            assert index(library, photos).failed == 1
        (photos / "a").chmod(0o755)
        assert len(library.records(photos)) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a regular file that cannot be read")
def test_an_unreadable_file_is_tried_again(folder: Path, library: Library) -> None:
    write_jpegs(folder, 2)
    (folder / "mem.jpg").symlink_to("/proc/self/mem")
    assert index(library, folder) == IndexProgress("done", 3, 3, embedded=2, failed=1)
    assert problems(library, folder) == {"mem.jpg": "The file cannot be read: Input/output error."}
    assert index(library, folder) == IndexProgress("done", 1, 1, unchanged=2, failed=1)


def test_an_unreadable_root(public_folder: Path) -> None:
    photos = public_folder / "photos"
    write_jpegs(photos, 2)
    with Library(public_folder / "library.sqlite") as library:
        index(library, photos)
        photos.chmod(0)
        with ordinary_user(), pytest.raises(LibraryError, match=r"photos: The folder cannot be listed"):
            index(library, photos)
        photos.chmod(0o755)
        assert len(library.records(photos)) == 2


def test_files_that_are_no_pictures(folder: Path, library: Library) -> None:
    (good,) = write_jpegs(folder, 1)
    (folder / "empty.jpg").touch()
    (folder / "text.png").write_text("Dear diary, today I renamed a file.")
    large = Image.effect_noise((400, 300), 90).convert("RGB")
    large.save(folder / "whole.jpg")
    (folder / "cut.jpg").write_bytes((folder / "whole.jpg").read_bytes()[:5000])

    last = index(library, folder)

    assert (last.embedded, last.failed) == (2, 3)
    reasons = problems(library, folder)
    assert reasons.pop("cut.jpg").startswith("The picture is damaged or cut short")
    assert reasons == {
        "empty.jpg": "The file is empty.",
        "text.png": "It is not a JPEG, PNG, WebP, GIF, BMP, TIFF, HEIC or AVIF picture.",
    }
    assert [record.path.name for record in library.records(folder)] == [good.name, "whole.jpg"]


def write_black_png(path: Path, side: int) -> None:
    """Writes a valid grey PNG of ``side * side`` zeros, a row at a time."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(bytes(1 + side)) for _ in range(side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + parts)


@pytest.mark.skipif(sys.platform != "linux", reason="measures memory in the units of Linux")
def test_a_picture_that_would_fill_the_memory(folder: Path, library: Library) -> None:
    write_jpegs(folder, 1)
    write_black_png(folder / "huge.png", 20_000)
    assert (folder / "huge.png").stat().st_size < 4_000_000

    # In a process of its own, whose peak of memory is that of this run.
    code = """
import resource, sys
from pathlib import Path
import tests.core.test_odd_folders as here
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
with here.Library(Path(sys.argv[2])) as library:
    last = here.index(library, Path(sys.argv[1]))
print(last.embedded, last.failed, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)
"""
    path = folder.parent / "other.sqlite"
    done = subprocess.run(
        [sys.executable, "-c", code, folder, path], capture_output=True, text=True, check=True, timeout=60
    )
    embedded, failed, kilobytes = map(int, done.stdout.split())
    assert (embedded, failed) == (1, 1)
    assert kilobytes < 100_000  # 400 MB decoded
    with Library(path) as library:
        assert problems(library, folder) == {"huge.png": "The picture has more than 200 million pixels."}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes in folders")
@pytest.mark.timeout(20)
def test_a_pipe_with_the_name_of_a_picture(folder: Path, library: Library) -> None:
    write_jpegs(folder, 1)
    os.mkfifo(folder / "x.jpg")
    last = index(library, folder)
    assert (last.embedded, last.failed) == (1, 1)
    assert problems(library, folder) == {"x.jpg": "It is not a regular file."}


def test_times_before_and_beyond_all_reason(folder: Path, library: Library) -> None:
    first, second = write_jpegs(folder, 2)
    os.utime(first, (-(10**9), -(10**9)))
    os.utime(second, (2**40, 2**40))
    assert index(library, folder).embedded == 2
    assert index(library, folder).unchanged == 2


def test_a_deep_folder(folder: Path, library: Library) -> None:
    deep = folder
    while len(os.fsencode(deep)) < 3500:
        deep /= "d" * 100
    deep.mkdir(parents=True)
    write_jpegs(deep, 1)
    assert index(library, folder).embedded == 1


def test_scanning_is_in_order(folder: Path) -> None:
    for name in ("b", "a", "a/z", "c"):
        write_jpegs(folder / name, 2)
    scanned = list(scan(folder))
    assert [item.path for item in scanned] == [b"", b"a", b"a/z", b"b", b"c"]
    assert [file.path for file in scanned[1].files] == [b"a/000.jpg", b"a/001.jpg"]


def test_whoever_reads_a_huge_flat_folder_is_asked_every_thousand_files(
    folder: Path, library: Library
) -> None:
    """In the scan, in the comparison with what is known, and when all are gone or come back."""
    content = ImageContent(b"c" * 32, 4, 3, b"jpeg", np.ones(6, np.float16))
    entries = [FileEntry(b"%04d.jpg" % number, 1, 7, content.hash) for number in range(3500)]
    library.store(folder, "fake-1", entries, [content])

    def write() -> None:
        for entry in entries:
            path = folder / os.fsdecode(entry.path)
            path.write_bytes(b"x")
            os.utime(path, ns=(7, 7))

    def steps() -> list[IndexProgress]:
        return list(index_folder(library, folder, FakeImageEncoder()))

    write()
    found = steps()
    assert found[-1].unchanged == 3500
    seen = [step.done for step in found if step.stage == "scan"]
    assert seen.count(0) == 3  # of what is known
    assert max(later - earlier for earlier, later in itertools.pairwise(seen)) <= 1000

    for path in folder.iterdir():
        path.unlink()
    gone = [step.removed for step in steps()]
    assert gone[-1] == 3500
    assert max(later - earlier for earlier, later in itertools.pairwise(gone)) <= 1000

    write()
    back = [step.returned for step in steps()]
    assert back[-1] == 3500
    assert max(later - earlier for earlier, later in itertools.pairwise(back)) <= 1000


def test_a_scan_that_is_left_lets_go_of_the_folder(folder: Path) -> None:
    for number in range(1500):
        (folder / f"{number}.jpg").touch()
    steps = scan(folder)
    assert len(next(steps).files) == 999
    steps.close()  # an open handle would be a warning, and so an error
