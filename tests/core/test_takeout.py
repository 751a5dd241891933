"""Hits as a table and as copies: what is written is right and whole, and nothing else changes."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from imgsearch_gui.core.takeout.hits_table import COLUMNS, write_hits_table
from imgsearch_gui.core.takeout.photo_copies import copy_photos
from imgsearch_gui.core.types.photos import Band, SearchHit
from imgsearch_gui.errors import TakeoutError
from tests.fakes import finished, result_of, write_jpegs
from tests.privileges import ordinary_user


def hit(number: int, path: str) -> SearchHit:
    return SearchHit(number, Path(path), 0.5 / number, Band.PARTIAL)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def rows_of(file: Path) -> list[list[str]]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return list(csv.reader(opened))


def test_the_table_has_a_row_for_each_hit(tmp_path: Path) -> None:
    hits = (hit(1, "/photos/a dog, asleep.jpg"), hit(2, "/photos/пёс “Рекс”.jpg"))
    finished(write_hits_table(tmp_path / "hits.csv", "a dog", hits))
    assert rows_of(tmp_path / "hits.csv") == [
        list(COLUMNS),
        ["1", "0.5000", "partial", "/photos/a dog, asleep.jpg", "a dog"],
        ["2", "0.2500", "partial", "/photos/пёс “Рекс”.jpg", "a dog"],
    ]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\n=1"])
def test_no_cell_begins_a_formula(tmp_path: Path, text: str) -> None:
    finished(write_hits_table(tmp_path / "hits.csv", text, (hit(1, text),)))
    (_, (*_, path, query)) = rows_of(tmp_path / "hits.csv")
    assert path == query == f"'{text}"


def test_a_name_that_is_no_text_is_written_as_far_as_it_goes(tmp_path: Path) -> None:
    finished(write_hits_table(tmp_path / "hits.csv", "a", (hit(1, os.fsdecode(b"/\xff.jpg")),)))
    assert rows_of(tmp_path / "hits.csv")[1][3] == "/�.jpg"


def test_a_table_that_was_cancelled_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "hits.csv").write_text("before")
    steps = write_hits_table(tmp_path / "hits.csv", "a", (hit(1, "/a"), hit(2, "/b")))
    assert next(iter(steps)) == (1, 2)
    steps.close()  # type: ignore[attr-defined]
    assert (tmp_path / "hits.csv").read_text() == "before"


def test_a_table_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(TakeoutError, match=r"hits\.csv cannot be written: "):
        finished(write_hits_table(tmp_path / "no" / "hits.csv", "a", ()))


def test_copies_are_numbered_and_keep_bytes_and_times(tmp_path: Path) -> None:
    photos = write_jpegs(tmp_path / "photos", 3)
    os.utime(photos[2], (1_000_000_000, 1_000_000_000))
    copied, progress = finished(copy_photos(tmp_path / "out", [photos[2], photos[0]]))
    assert progress == [(1, 2), (2, 2)]
    assert (copied.folder, copied.count, copied.problems) == (tmp_path / "out", 2, ())
    assert names(tmp_path / "out") == ["001 002.jpg", "002 000.jpg"]
    assert (tmp_path / "out" / "001 002.jpg").read_bytes() == photos[2].read_bytes()
    assert (tmp_path / "out" / "001 002.jpg").stat().st_mtime == 1_000_000_000
    assert names(tmp_path) == ["out", "photos"]


def test_a_photo_that_is_gone_is_told_and_the_others_are_copied(tmp_path: Path) -> None:
    (photo,) = write_jpegs(tmp_path / "photos", 1)
    os.mkfifo(tmp_path / "pipe.jpg")
    gone = tmp_path / "gone.jpg"
    copied = result_of(copy_photos(tmp_path / "out", [gone, photo, tmp_path / "pipe.jpg"]))
    assert copied.count == 1
    assert [problem.file for problem in copied.problems] == [gone, tmp_path / "pipe.jpg"]
    assert names(tmp_path / "out") == ["002 000.jpg"]


def test_a_very_long_name_is_cut_and_keeps_its_ending(tmp_path: Path) -> None:
    photo = tmp_path / f"{'ы' * 120}.jpg"
    photo.write_bytes(b"x")
    result_of(copy_photos(tmp_path / "out", [photo]))
    (name,) = names(tmp_path / "out")
    assert name.startswith("001 ыыы")
    assert name.endswith(".jpg")


def test_a_copying_that_was_cancelled_leaves_nothing(tmp_path: Path) -> None:
    photos = write_jpegs(tmp_path / "photos", 3)
    steps = copy_photos(tmp_path / "out", photos)
    next(steps)
    steps.close()
    assert names(tmp_path) == ["photos"]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    photos = write_jpegs(tmp_path / "photos", 1)
    with pytest.raises(TakeoutError, match="choose a new or an empty folder"):
        result_of(copy_photos(tmp_path / "photos", photos))
    (tmp_path / "empty").mkdir()
    assert result_of(copy_photos(tmp_path / "empty", photos)).count == 1


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    photos = write_jpegs(tmp_path / "photos", 1)
    (tmp_path / "locked").mkdir(mode=0o555)
    with ordinary_user(), pytest.raises(TakeoutError, match="cannot be made: Permission denied"):
        result_of(copy_photos(tmp_path / "locked" / "out", photos))
