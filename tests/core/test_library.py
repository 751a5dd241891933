from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from imgsearch_gui.core.storage.contents_table import ImageContent
from imgsearch_gui.core.storage.files_table import FileEntry, KnownFile
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.photos import ImageRecord, LeftOut, Problem
from imgsearch_gui.errors import LibraryError
from tests.privileges import ordinary_user

if TYPE_CHECKING:
    from pathlib import Path

ENCODER = "fake-1"


def digest(name: str) -> bytes:
    return hashlib.sha256(name.encode()).digest()


def content(name: str, *vector: float) -> ImageContent:
    return ImageContent(digest(name), 40, 30, b"jpeg of " + name.encode(), np.array(vector, dtype=np.float16))


def entry(path: str, name: str, size: int = 7, mtime_ns: int = 1) -> FileEntry:
    return FileEntry(os.fsencode(path), size, mtime_ns, digest(name))


@pytest.fixture
def library(tmp_path: Path):
    with Library(tmp_path / "deep" / "inside" / "library.sqlite") as library:
        yield library


def test_what_was_stored_comes_back(tmp_path: Path, library: Library) -> None:
    root = tmp_path / "photos"
    files = [entry("b.jpg", "one"), entry("a.jpg", "two"), FileEntry(b"c.jpg", 0, 3, reason="It is empty.")]
    library.store(root, ENCODER, files, [content("one", 1, 2), content("two", 3, 4)])

    first, second = library.records(root)
    assert first == ImageRecord(first.id, root / "b.jpg", 40, 30)
    assert second == ImageRecord(second.id, root / "a.jpg", 40, 30)
    assert library.records_of([second.id, 99]) == {second.id: second}
    assert library.thumbnail(second.id) == b"jpeg of two"
    ids, vectors = library.vectors(root, ENCODER)
    assert ids.dtype == np.int64
    assert vectors.dtype == np.float16
    assert ids.tolist() == [first.id, second.id]
    assert vectors.tolist() == [[1, 2], [3, 4]]
    assert library.problems(root) == [Problem(root / "c.jpg", "It is empty.")]
    assert dict(library.known_files(root, ENCODER)) == {
        b"b.jpg": KnownFile(7, 1, None, embedded=True),
        b"a.jpg": KnownFile(7, 1, None, embedded=True),
        b"c.jpg": KnownFile(0, 3, "It is empty.", embedded=False),
    }
    assert not dict(library.known_files(root, "another"))[b"a.jpg"].embedded
    by_hash = library.vectors_by_hash(ENCODER, [digest("two"), digest("three")])
    assert {key: vector.tolist() for key, vector in by_hash.items()} == {digest("two"): [3, 4]}
    assert library.folders() == [root]
    assert library.left_out(root) == LeftOut(problems=1)


def test_it_outlives_the_program(tmp_path: Path) -> None:
    path, root = tmp_path / "l.sqlite", tmp_path / "photos"
    with Library(path) as library:
        library.store(root, ENCODER, [entry("a.jpg", "one")], [content("one", 1, 2)])
        records = library.records(root)
    assert not (tmp_path / "l.sqlite-wal").exists()
    with Library(path) as library:
        assert library.records(root) == records
        assert library.revision(root) == 1


def test_an_unknown_folder_is_empty(tmp_path: Path, library: Library) -> None:
    assert library.records(tmp_path) == library.problems(tmp_path) == library.folders() == []
    assert dict(library.known_files(tmp_path, ENCODER)) == {}
    ids, vectors = library.vectors(tmp_path, ENCODER)
    assert ids.shape == (0,)
    assert vectors.shape == (0, 0)
    assert library.revision(tmp_path) == 0
    assert library.thumbnail(1) is None
    assert library.records_of([1]) == {}
    assert library.left_out(tmp_path) == LeftOut()


def test_a_folder_has_one_spelling(tmp_path: Path, library: Library) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    folder = library.add_folder(tmp_path / "real")
    assert library.add_folder(tmp_path / "real" / ".." / "link") == folder
    assert library.folders() == [tmp_path / "real"]


@pytest.mark.skipif(sys.platform == "win32", reason="file names are Unicode on Windows")
def test_names_of_any_bytes(tmp_path: Path, library: Library) -> None:
    name = b"caf\xe9 \xf0\x9f\x90\xb1 '\"\n.jpg"
    library.store(tmp_path, ENCODER, [FileEntry(name, 1, 1, digest("one"))], [content("one", 1)])
    assert os.fsencode(library.records(tmp_path)[0].path) == os.fsencode(tmp_path) + b"/" + name
    assert list(dict(library.known_files(tmp_path, ENCODER))) == [name]


def test_copies_share_what_hangs_on_the_bytes(tmp_path: Path, library: Library) -> None:
    outer, inner = tmp_path / "photos", tmp_path / "photos" / "2024"
    library.store(outer, ENCODER, [entry("2024/a.jpg", "one"), entry("b.jpg", "one")], [content("one", 1, 2)])
    library.store(inner, ENCODER, [entry("a.jpg", "one")])

    assert [record.path for record in library.records(inner)] == [inner / "a.jpg"]
    assert [record.path for record in library.records(outer)] == [inner / "a.jpg", outer / "b.jpg"]
    ids = [record.id for folder in (outer, inner) for record in library.records(folder)]
    assert len(set(ids)) == 3
    assert [library.thumbnail(image_id) for image_id in ids] == [b"jpeg of one"] * 3

    library.remove(outer, [b"2024/a.jpg", b"b.jpg"])
    assert library.forget_missing(outer, library.missing(outer)) == 2
    assert library.vectors(inner, ENCODER)[1].tolist() == [[1, 2]]
    library.remove(inner, [b"a.jpg"])
    list(library.tidy(inner))
    assert library.vectors_by_hash(ENCODER, [digest("one")])  # the file may still turn up
    assert library.forget_missing(inner, library.missing(inner)) == 1
    assert not library.vectors_by_hash(ENCODER, [digest("one")])

    # Nothing is left that a new picture could come into by mistake.
    library.store(inner, "another", [entry("c.jpg", "two")], [content("two", 9)])
    assert len(library.vectors(inner, ENCODER)[0]) == 0
    assert library.thumbnail(library.records(inner)[0].id) == b"jpeg of two"


def test_other_bytes_are_another_image(tmp_path: Path, library: Library) -> None:
    library.store(tmp_path, ENCODER, [entry("a.jpg", "one")], [content("one", 1)])
    (before,) = library.records(tmp_path)
    library.store(tmp_path, ENCODER, [entry("a.jpg", "one", mtime_ns=2)])  # only touched
    assert library.records(tmp_path) == [before]
    assert dict(library.known_files(tmp_path, ENCODER))[b"a.jpg"].mtime_ns == 2

    library.store(tmp_path, ENCODER, [entry("a.jpg", "two")], [content("two", 2)])
    (after,) = library.records(tmp_path)
    assert after.id > before.id
    assert library.thumbnail(before.id) is None

    library.remove(tmp_path, [b"a.jpg"])
    library.store(tmp_path, ENCODER, [entry("a.jpg", "one")], [content("one", 1)])
    assert library.records(tmp_path)[0].id > after.id  # an id is never given out twice


def test_what_nobody_has_any_more_is_dropped_by_tidying(tmp_path: Path, library: Library) -> None:
    def kept() -> list[str]:
        names = ("one", "two", "three", "four")
        held = library.vectors_by_hash(ENCODER, [digest(name) for name in names])
        return [name for name in names if digest(name) in held]

    both = [entry("a.jpg", "one"), entry("b.jpg", "two")]
    library.store(tmp_path, ENCODER, both, [content("one", 1), content("two", 2)])
    library.store(tmp_path, ENCODER, [entry("a.jpg", "two")])  # as when two files change places …
    assert kept() == ["one", "two"]
    library.store(tmp_path, ENCODER, [entry("b.jpg", "one")])  # … one after the other
    list(library.tidy(tmp_path))
    assert kept() == ["one", "two"]

    library.store(tmp_path, ENCODER, [entry("a.jpg", "three")], [content("three", 3)])
    list(library.tidy(tmp_path))
    assert kept() == ["one", "three"]

    # Another program may have left a missing file and one that is there at the same path.
    library.remove(tmp_path, [b"a.jpg"])
    list(library.tidy(tmp_path))
    with library._database.transaction(write=True) as db:
        db.execute(
            """INSERT INTO files (folder_id, path, size, mtime_ns, content_id)
               SELECT folder_id, ?, 7, 1, content_id FROM files WHERE path = ?""",
            (b"a.jpg", b"b.jpg"),
        )
    library.remove(tmp_path, [b"a.jpg"])
    list(library.tidy(tmp_path))
    assert kept() == ["one"]


def test_tidying_a_library_that_let_go_of_nothing_looks_at_no_contents(
    tmp_path: Path, library: Library
) -> None:
    library.store(tmp_path, ENCODER, [entry("a.jpg", "one")], [content("one", 1)])
    list(library.tidy(tmp_path))
    statements: list[str] = []
    with library._database.transaction() as db:
        db.set_trace_callback(statements.append)
    list(library.tidy(tmp_path))
    assert any("released" in statement for statement in statements)
    assert not any("contents" in statement or "BEGIN IMMEDIATE" in statement for statement in statements)


def test_a_long_tidying_can_be_left_and_taken_up_again(tmp_path: Path, library: Library) -> None:
    names = [f"{number}.jpg" for number in range(1200)]
    library.store(tmp_path, ENCODER, [entry(n, n) for n in names], [content(n, 1) for n in names])
    library.store(tmp_path, ENCODER, [entry(n, "one") for n in names], [content("one", 2)])
    steps = library.tidy(tmp_path)
    next(steps)
    steps.close()
    assert len(library.vectors_by_hash(ENCODER, [digest(n) for n in names])) == 700
    assert len(list(library.tidy(tmp_path))) == 2
    assert library.vectors_by_hash(ENCODER, [digest(n) for n in names]) == {}
    assert len(library.records(tmp_path)) == 1200


def test_a_file_turns_bad_and_good_again(tmp_path: Path, library: Library) -> None:
    library.store(tmp_path, ENCODER, [entry("a.jpg", "one")], [content("one", 1)])
    library.store(tmp_path, ENCODER, [FileEntry(b"a.jpg", 7, None, reason="No.")])
    assert library.records(tmp_path) == []
    assert library.vectors(tmp_path, ENCODER)[0].tolist() == []
    assert library.problems(tmp_path) == [Problem(tmp_path / "a.jpg", "No.")]
    library.store(tmp_path, ENCODER, [entry("a.jpg", "one")])
    assert len(library.records(tmp_path)) == 1
    assert library.problems(tmp_path) == []


def test_a_file_whose_content_was_dropped_meanwhile_is_left_out(tmp_path: Path, library: Library) -> None:
    library.store(tmp_path, ENCODER, [entry("a.jpg", "nowhere")])
    assert dict(library.known_files(tmp_path, ENCODER)) == {}


def test_each_encoder_has_vectors_of_its_own(tmp_path: Path, library: Library) -> None:
    library.store(
        tmp_path, "a", [entry("a.jpg", "one"), entry("b.jpg", "two")], [content("one", 1), content("two", 2)]
    )
    library.store(tmp_path, "b", [entry("a.jpg", "one")], [content("one", 5, 6)])
    assert library.vectors(tmp_path, "a")[1].tolist() == [[1], [2]]
    assert library.vectors(tmp_path, "b")[1].tolist() == [[5, 6]]
    with pytest.raises(LibraryError, match="holds vectors of 2 numbers of the encoder b, which now makes 3"):
        library.store(tmp_path, "b", [entry("b.jpg", "two")], [content("two", 1, 2, 3)])
    assert len(library.vectors(tmp_path, "b")[0]) == 1  # the batch was undone as a whole


def test_the_revision_grows_with_each_change_of_a_folder(tmp_path: Path, library: Library) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    seen = [(0, 0)]

    def grown() -> tuple[bool, bool]:
        seen.append((library.revision(one), library.revision(two)))
        (before_one, before_two), (after_one, after_two) = seen[-2:]
        return after_one > before_one, after_two > before_two

    library.store(one, ENCODER, [entry("a.jpg", "x")], [content("x", 1)])
    assert grown() == (True, False)
    library.store(two, ENCODER, [entry("a.jpg", "x")])
    assert grown() == (False, True)
    library.records(one), library.vectors(one, ENCODER)
    list(library.tidy(one)), library.forget_missing(one, library.missing(one))
    assert grown() == (False, False)
    library.store(two, "another", [entry("a.jpg", "x")], [content("x", 1)])
    assert grown() == (True, True)  # the same bytes have a new vector in both
    library.remove(one, [b"a.jpg"])
    assert grown() == (True, False)


def test_a_batch_that_fails_leaves_nothing(tmp_path: Path, library: Library) -> None:
    bad = FileEntry(b"b.jpg", 1, 1)  # neither content nor reason
    with pytest.raises(sqlite3.IntegrityError):
        library.store(tmp_path, ENCODER, [entry("a.jpg", "one"), bad], [content("one", 1)])
    assert library.folders() == []
    assert not library.vectors_by_hash(ENCODER, [digest("one")])


def test_many_threads_use_one_library(tmp_path: Path, library: Library) -> None:
    """Readers see whole batches only, while another thread writes."""
    odd: list[str] = []
    finished = threading.Event()

    def write() -> None:
        for batch in range(40):
            names = [f"{batch}-{index}" for index in range(8)]
            library.store(
                tmp_path,
                ENCODER,
                [entry(name, name) for name in names],
                [content(name, batch) for name in names],
            )
        finished.set()

    def read() -> None:
        while not finished.is_set():
            ids, vectors = library.vectors(tmp_path, ENCODER)
            if len(ids) % 8 or vectors.shape[0] != len(ids):
                odd.append(f"{len(ids)} ids, {vectors.shape} vectors")
            if len(ids) and not (library.thumbnail(int(ids[-1])) or b"").startswith(b"jpeg of "):
                odd.append("no thumbnail")

    threads = [threading.Thread(target=work) for work in (write, read, read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert finished.is_set()
    assert not odd
    assert len(library.records(tmp_path)) == 320


def test_two_programs_use_one_file(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    with Library(path) as one, Library(path) as two:
        one.store(tmp_path, ENCODER, [entry("a.jpg", "x")], [content("x", 1)])
        assert [record.path.name for record in two.records(tmp_path)] == ["a.jpg"]
        two.remove(tmp_path, [b"a.jpg"])
        assert one.records(tmp_path) == []
        assert one.revision(tmp_path) == 2


def test_many_begin_one_library_at_the_same_moment(tmp_path: Path) -> None:
    ended: list[str | list[Path]] = []

    def begin(path: Path, start: threading.Barrier) -> None:
        start.wait(20)
        try:
            with Library(path) as library:
                ended.append(library.read_only or library.folders())
        except LibraryError as error:
            ended.append(str(error))

    for number in range(20):
        start = threading.Barrier(3)
        path = tmp_path / f"{number}.sqlite"
        threads = [threading.Thread(target=begin, args=(path, start)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
    assert ended == [[]] * 60


def test_a_closed_library_says_so(tmp_path: Path) -> None:
    library = Library(tmp_path / "l.sqlite")
    library.close()
    library.close()
    with pytest.raises(LibraryError, match="is closed"):
        library.folders()


def test_vectors_are_read_in_one_pass_without_a_sort(tmp_path: Path) -> None:
    """A sort would move every vector: half a gigabyte in a large library."""
    path = tmp_path / "l.sqlite"
    with Library(path) as library:
        library.store(tmp_path, ENCODER, [entry("a.jpg", "x")], [content("x", 1)])
    statements: list[str] = []
    with Library(path) as library:
        with library._database.transaction() as db:
            db.set_trace_callback(statements.append)
        library.vectors(tmp_path, ENCODER)
        (query,) = [statement for statement in statements if "ORDER BY" in statement]
        with library._database.transaction() as db:
            plan = [row[3] for row in db.execute("EXPLAIN QUERY PLAN " + query)]
    assert len(plan) == 3
    assert not [step for step in plan if step.startswith("SCAN") or "TEMP B-TREE" in step]


# What is no library, or cannot be used


def test_a_text_file_is_no_library(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("buy milk " * 1000)
    with pytest.raises(LibraryError, match=r"notes\.txt is not an ImgSearch library, or its first"):
        Library(path)
    assert path.read_text() == "buy milk " * 1000


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "bookmarks.sqlite"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE bookmarks (url TEXT)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(LibraryError, match="is not an ImgSearch library"):
        Library(path)
    assert path.read_bytes() == before


def test_a_newer_library_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    Library(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(
        LibraryError, match=r"was made by a newer ImgSearch: install that, name another file, or"
    ):
        Library(path)


def test_an_empty_file_becomes_a_library(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    path.touch()
    with Library(path) as library:
        assert library.folders() == []


def test_a_folder_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="cannot be opened"):
        Library(tmp_path)


def test_a_place_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match=r"^The folder .*file/below cannot be created: Not a directory\.$"):
        Library(tmp_path / "file" / "below" / "l.sqlite")


def test_a_read_only_place(public_folder: Path) -> None:
    public_folder.chmod(0o555)
    with ordinary_user():
        with pytest.raises(LibraryError, match="cannot be opened: check its permissions"):
            Library(public_folder / "l.sqlite")
        with pytest.raises(LibraryError, match="cannot be created: Permission denied"):
            Library(public_folder / "below" / "l.sqlite")


def test_a_damaged_library(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    with Library(path) as library:
        names = [str(index) for index in range(200)]
        library.store(
            tmp_path, ENCODER, [entry(name, name) for name in names], [content(name, 1) for name in names]
        )
    data = bytearray(path.read_bytes())
    page = int.from_bytes(data[16:18], "big")  # the first one holds the schema
    data[page:] = b"\xff" * (len(data) - page)
    path.write_bytes(data)
    with Library(path) as library, pytest.raises(LibraryError, match="is damaged: it can be set aside"):
        library.records(tmp_path)


def test_a_vector_of_the_wrong_length_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    with Library(path) as library:
        library.store(tmp_path, ENCODER, [entry("a.jpg", "one")], [content("one", 1, 2)])
    db = sqlite3.connect(path)
    db.execute("UPDATE vectors SET vector = x'00'")
    db.commit()
    db.close()
    with Library(path) as library, pytest.raises(LibraryError, match="is damaged"):
        library.vectors(tmp_path, ENCODER)


def test_nothing_is_written_into_a_library_that_was_deleted(tmp_path: Path) -> None:
    with Library(tmp_path / "l.sqlite") as library:
        library.add_folder(tmp_path)
        (tmp_path / "l.sqlite").unlink()
        with pytest.raises(LibraryError, match="was moved or deleted while it was in use"):
            library.add_folder(tmp_path / "more")
        Library(tmp_path / "l.sqlite").close()  # another program begins a new one
        with pytest.raises(LibraryError, match="was moved or deleted while it was in use"):
            library.add_folder(tmp_path / "more")
