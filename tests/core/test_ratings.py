"""Ratings: what people said of pictures, and the copies that are kept of it."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.core.storage import ratings_table
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.ratings import Rating, RatingScale
from imgsearch_gui.errors import LibraryError
from tests.privileges import ordinary_user

if TYPE_CHECKING:
    from pathlib import Path

CAT, DOG = b"c" * 32, b"d" * 32
TIME = datetime(2026, 5, 1, 12, 30, 15, 123456, tzinfo=UTC)
FIRST = Rating("кошка на столе", CAT, "Ада", RatingScale.EXPERT, 4, TIME, "ja,\n“genau” \U0001f408", 3.25)
SECOND = Rating("a dog", DOG, "Bo", RatingScale.CROWD, 0, TIME + timedelta(seconds=9))


def test_ratings_come_back_as_they_were_given(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    with Library(path) as library:
        first, second = library.add_rating(FIRST), library.add_rating(SECOND)
        again = library.add_rating(dataclasses.replace(FIRST, value=2))
    with Library(path) as library:
        assert library.ratings() == {
            first: FIRST,
            second: SECOND,
            again: dataclasses.replace(FIRST, value=2),
        }
        assert list(library.ratings()) == [first, second, again]
        assert list(library.ratings(query="a dog")) == [second]
        assert list(library.ratings(content_hash=CAT)) == [first, again]
        assert library.ratings(query="a dog", content_hash=CAT) == {}

        library.remove_rating(again)
        library.remove_rating(again)
        assert list(library.ratings()) == [first, second]
        assert library.add_rating(SECOND) > again  # an id is never given out twice


@pytest.mark.parametrize(
    "change",
    [
        {"value": 0},
        {"value": 5},
        {"scale": RatingScale.CROWD, "value": 2},
        {"scale": RatingScale.CROWD, "value": -1},
        {"content_hash": b"short"},
        {"rated_at": TIME.replace(tzinfo=None)},
        {"rated_at": TIME.astimezone(timezone(timedelta(hours=2)))},
        {"seconds": -1.0},
        {"seconds": float("nan")},
        {"seconds": float("inf")},
    ],
    ids=str,
)
def test_what_is_no_rating_cannot_be_made(change) -> None:
    with pytest.raises(ValueError, match=r".+"):
        dataclasses.replace(FIRST, **change)


def test_a_copy_holds_everything_and_damage_costs_single_lines(tmp_path: Path) -> None:
    library = tmp_path / "my library.sqlite"
    file = ratings_table.back_up(library, [FIRST, SECOND])
    assert file is not None
    assert ratings_table.backups(library) == [file]
    assert ratings_table.read_backup(file) == [FIRST, SECOND]
    first, second = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(first[:40] + b"\n" + b'{"query": 1}\n[]\n\xff\xfe\n' + second)
    assert ratings_table.read_backup(file) == [SECOND]


def test_the_last_five_copies_are_kept(tmp_path: Path) -> None:
    library = tmp_path / "library.sqlite"
    other = ratings_table.back_up(tmp_path / "other.sqlite", [FIRST])
    (tmp_path / "library.ratings-notes.jsonl").touch()
    made = [ratings_table.back_up(library, [FIRST] * (n + 1)) for n in range(7)]
    assert ratings_table.back_up(library, []) is None  # which pushes no other out
    assert ratings_table.backups(library) == made[2:]
    assert [len(ratings_table.read_backup(file)) for file in ratings_table.backups(library)] == [
        3,
        4,
        5,
        6,
        7,
    ]
    assert ratings_table.backups(tmp_path / "other.sqlite") == [other]
    assert (tmp_path / "library.ratings-notes.jsonl").exists()


def test_a_copy_that_cannot_be_made(public_folder: Path) -> None:
    public_folder.chmod(0o555)
    with ordinary_user(), pytest.raises(LibraryError, match=r"cannot be copied to .* Permission denied\.$"):
        ratings_table.back_up(public_folder / "library.sqlite", [FIRST])
