"""Folders with ratings that others made: brought into a library, merged, and refused."""

from __future__ import annotations

import dataclasses
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.core.datasets.dataset import read_dataset
from imgsearch_gui.core.ratings.exchange import export_library, import_folders, merge
from imgsearch_gui.core.ratings.exporting import export
from imgsearch_gui.core.ratings.importing import UNKNOWN_TIME
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.ratings import RatingScale
from imgsearch_gui.errors import DatasetError, ExchangeError
from tests.fakes import finished, result_of
from tests.rated import CAT, DOG, NOON, digest, lines, said, tree
from tests.synthetic import write_dataset, write_image

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from imgsearch_gui.core.types.ratings import Rating

HEADER = "query,image,content_hash,rater,scale,value,rated_at,comment,seconds"
ROW = f"a cat,,{'ab' * 32},Ada,expert,3,2026-05-01T12:00:00.000000Z,,1.5"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "l.sqlite") as one:
        yield one


@pytest.fixture
def photos(tmp_path: Path) -> dict[bytes, list[Path]]:
    files = [write_image(tmp_path / "photos" / f"{n}.png", n) for n in range(3)]
    return {digest(file): [file] for file in files}


def exported(folder: Path, ratings: list[Rating], photos: dict[bytes, list[Path]]) -> Path:
    result_of(export(ratings, photos, folder))
    return folder


def test_merging_keeps_both_and_tells_of_conflicts(photos, tmp_path: Path) -> None:
    zero, one, two = photos
    shared = said("Ada", 2, zero)
    ours = [
        shared,
        said("Ada", 1, one, minute=1),
        said("Ada", 1, two, minute=2),
        said("Ada", 1, one, DOG, minute=3),
        said("Ada", 1, two, scale=RatingScale.CROWD),
    ]
    theirs = [
        shared,
        said("Ada", 3, zero, minute=5),  # a correction: they know the earlier word
        said("Ada", 4, one, minute=6),  # neither knows the other's
        said("Bo", 3, two, minute=7),  # two points from Ada
        said("Bo", 2, one, DOG, minute=8),  # one point
        said("Bo", 0, two, scale=RatingScale.CROWD),
    ]
    a = exported(tmp_path / "a", ours, {zero: photos[zero], one: photos[one]})
    b = exported(tmp_path / "b", theirs, {one: photos[one], two: photos[two]})
    summary = result_of(merge([a, b], tmp_path / "merged"))
    assert (summary.brought.read, summary.brought.added) == (11, 10)
    assert (summary.written.ratings, summary.written.images, summary.written.missing_images) == (10, 3, 0)
    assert [str(conflict) for conflict in summary.brought.conflicts] == [
        (
            "Ada gave 1 at 2026-05-01 12:01:00 UTC and 4 at 2026-05-01 12:06:00 UTC "
            "to 1.png for “a cat on a table”; the later counts."
        ),
        "Ada gave 1 and Bo 3 to 2.png for “a cat on a table”.",
    ]
    assert lines(tmp_path / "merged", "ExpertAnnotations.tsv")[2].endswith("\t1\t2\t3")
    assert read_dataset(tmp_path / "merged").report.problems == ()
    with Library(tmp_path / "both.sqlite") as both:
        result_of(import_folders(both, [a, b]))
        assert list(both.ratings().values()) == [*ours, *theirs[1:]]
        result_of(export_library(both, tmp_path / "by way of a library"))
    assert tree(tmp_path / "merged") == tree(tmp_path / "by way of a library")

    other_way = result_of(merge([b, a], tmp_path / "other way"))
    assert set(map(str, other_way.brought.conflicts)) == set(map(str, summary.brought.conflicts))
    again = result_of(merge([a, tmp_path / "merged"], tmp_path / "once more"))
    assert (again.brought.added, tree(tmp_path / "once more")) == (10, tree(tmp_path / "merged"))


def test_conflicts_with_what_the_library_holds(library: Library, photos, tmp_path: Path) -> None:
    zero, one, _ = photos
    library.add_rating(said("Ada", 4, zero))
    library.add_rating(said("Ada", 4, one))
    library.add_rating(said("Bo", 1, one))
    folder = exported(tmp_path / "a", [said("Bo", 1, zero), said("Ada", 3, zero, minute=-3)], photos)
    summary = result_of(import_folders(library, [folder]))
    assert [str(conflict) for conflict in summary.conflicts] == [
        (
            "Ada gave 3 at 2026-05-01 11:57:00 UTC and 4 at 2026-05-01 12:00:00 UTC "
            "to 0.png for “a cat on a table”; the later counts."
        ),
        "Bo gave 1 and Ada 4 to 0.png for “a cat on a table”.",
    ]


def test_one_moment_with_two_values_is_kept_as_two(library: Library, photos, tmp_path: Path) -> None:
    rating = said("Ada", 4, next(iter(photos)))
    library.add_rating(rating)
    other = dataclasses.replace(rating, value=1)
    retouched = dataclasses.replace(rating, comment="by a spreadsheet", seconds=2.0)
    folder = exported(tmp_path / "a", [retouched, other], photos)
    assert result_of(import_folders(library, [folder])).added == 1
    assert list(library.ratings().values()) == [rating, other]


def test_pictures_are_held_against_what_was_rated(library: Library, photos, tmp_path: Path) -> None:
    folder = exported(tmp_path / "a", [said("Ada", n + 1, photo) for n, photo in enumerate(photos)], photos)
    write_image(folder / "train_images" / "0.png", 7)
    (folder / "train_images" / "1.png").unlink()
    summary = result_of(import_folders(library, [folder]))
    assert (summary.added, summary.changed, summary.missing) == (3, ("0.png",), 2)
    written = result_of(export_library(library, tmp_path / "b"))
    assert (written.images, written.missing_images) == (1, 2)


def test_a_folder_of_the_brief_without_ratings_csv(library: Library, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=4)
    with (folder / "ExpertAnnotations.tsv").open("a") as stream:
        stream.write("nowhere.png\ttrain0.png#0\t1\t1\t1\n")
    dataset = read_dataset(folder)
    summary, steps = finished(import_folders(library, [folder]))
    assert (summary.read, summary.added) == (3 * len(dataset.expert), 3 * len(dataset.expert))
    assert (summary.crowd_labels, summary.left_out, summary.missing) == (len(dataset.crowd), 1, 0)
    assert [step.done for step in steps] == [0, 1, 2, 3]
    first = dataset.expert[0]
    assert list(library.ratings().values())[:3] == [
        dataclasses.replace(
            said(
                f"expert {n} of set",
                score,
                digest(dataset.train_image(first.image)),
                dataset.captions[first.caption_id].text,
            ),
            rated_at=UNKNOWN_TIME,
        )
        for n, score in enumerate(first.scores, 1)
    ]
    assert result_of(import_folders(library, [folder])).added == 0

    written = result_of(export_library(library, tmp_path / "out"))
    assert (written.images, written.pairs, written.missing_images) == (4, len(dataset.expert), 0)
    again = read_dataset(tmp_path / "out")
    scores = {
        (label.image, dataset.captions[label.caption_id].text): label.scores for label in dataset.expert
    }
    assert {(one.image, again.captions[one.caption_id].text): one.scores for one in again.expert} == scores
    assert {pair for pair in again.pairs if pair.is_own} == {pair for pair in dataset.pairs if pair.is_own}


@pytest.mark.parametrize(
    ("rows", "line", "reason"),
    [
        ([], 1, "holds no rating"),
        ([ROW, "a,b"], 3, "wrong number of columns: 2 where 9"),
        ([ROW, ROW.replace("abab", "ABAB")], 3, "content_hash is not 64 digits"),
        ([ROW.replace("ab" * 32, "ab" * 31)], 2, "content_hash is not 64 digits"),
        ([ROW.replace("expert", "=cmd")], 2, "scale is not one of expert, crowd"),
        ([ROW.replace(",3,", ",5,")], 2, "value is not a whole number from 0 to 4"),
        ([ROW.replace(",3,", ",0,")], 2, "0 is not a rating on the expert scale"),
        ([ROW.replace(",3,", ",٣,")], 2, "value is not a whole number"),
        ([ROW, ROW.replace("05-01", "13-01")], 3, "rated_at is not a time in UTC"),
        ([ROW.replace("00Z", "00+02:00")], 2, "rated_at is not a time in UTC"),
        ([ROW.replace(",1.5", ",nan")], 2, "seconds are not a number"),
        ([ROW.replace(",1.5", ",-1")], 2, "seconds are not a number"),
        ([ROW.replace(",1.5", ",1e999")], 2, "cannot take inf seconds"),
        ([ROW.replace("cat,,", "cat,../l.sqlite,")], 2, "not a plain name"),
        ([ROW.replace("cat,,", "cat,/etc/passwd,")], 2, "not a plain name"),
        ([ROW.replace("cat,,", "cat,C:x,")], 2, "not a plain name"),
        ([ROW, 'a "cat'], 3, "wrong number of columns"),
        ([ROW, '"a cat'], 3, "cannot be told from the next"),
        ([ROW, "a\0cat" + ROW[5:]], 3, "NUL"),
        ([ROW, "a" * 140_000 + ROW], 3, "cannot be told from the next"),
        ([ROW, "a" * (1 << 20) + ROW], 3, "too long"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_hostile_table_is_refused_whole(
    library: Library, tmp_path: Path, rows, line: int, reason: str
) -> None:
    good = tmp_path / "good"
    good.mkdir()
    (good / "ratings.csv").write_text(f"{HEADER}\n{ROW}\n")
    folder = tmp_path / "bad"
    folder.mkdir()
    (folder / "ratings.csv").write_text("\n".join((HEADER, *rows, "")))
    with pytest.raises(DatasetError) as caught:
        result_of(import_folders(library, [good, folder]))
    told = str(caught.value)
    where = f"{folder / 'ratings.csv'}, line {line}: " if rows else f"{folder / 'ratings.csv'}: "
    assert told.startswith(where)
    assert reason in told
    assert "\n" not in told
    assert library.ratings() == {}
    assert library.folders() == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The file is empty"),
        (b"\xff\xfe" + HEADER.encode("utf-16-le"), "UTF-16"),
        (HEADER.replace("rater", "who").encode(), "column 'rater' is missing"),
        (HEADER.replace(",", ";").encode(), "separated by semicolons"),
        (f"{HEADER},query\n".encode(), "more than once"),
        (f"{HEADER}\n".encode() + b"a\xff" + ROW.encode(), "not UTF-8"),
    ],
    ids=["empty", "UTF-16", "column", "delimiter", "twice", "UTF-8"],
)
def test_what_is_no_table_of_ratings(library: Library, tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "ratings.csv").write_bytes(content)
    with pytest.raises(DatasetError, match=reason):
        result_of(import_folders(library, [tmp_path]))


def test_columns_in_another_order_and_more_of_them(library: Library, tmp_path: Path) -> None:
    names, values = HEADER.split(","), ROW.split(",")
    table = [",".join([*reversed(names), "note"]), ",".join([*reversed(values), "mine"])]
    (tmp_path / "ratings.csv").write_text("\ufeff" + "\r\n".join(table), encoding="utf-8")
    assert result_of(import_folders(library, [tmp_path])).added == 1
    (rating,) = library.ratings().values()
    assert (rating.query, rating.rater, rating.rated_at, rating.seconds) == ("a cat", "Ada", NOON, 1.5)


def test_links_out_of_a_folder_are_not_followed(library: Library, photos, tmp_path: Path) -> None:
    zero = next(iter(photos))
    folder = exported(tmp_path / "a", [said("Ada", 1, zero)], photos)
    image = folder / "train_images" / "0.png"
    image.unlink()
    image.symlink_to(photos[zero][0])
    summary = result_of(import_folders(library, [folder]))
    assert (summary.added, summary.changed, library.folders()) == (1, ("0.png",), [])
    table = folder / "ratings.csv"
    shutil.move(table, tmp_path / "elsewhere.csv")
    table.symlink_to(tmp_path / "elsewhere.csv")
    with pytest.raises(DatasetError, match="link out of its folder"):
        result_of(import_folders(library, [folder]))


def test_folders_without_ratings(library: Library, tmp_path: Path) -> None:
    captions = write_dataset(tmp_path / "captions", labels=False)
    (tmp_path / "none").mkdir()
    for folder, reason in (
        (tmp_path / "nowhere", "no such folder"),
        (tmp_path / "none", "neither ratings.csv nor ExpertAnnotations.tsv"),
        (captions, "neither ratings.csv nor ExpertAnnotations.tsv"),
    ):
        with pytest.raises(DatasetError, match=reason):
            result_of(import_folders(library, [folder]))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_in_the_place_of_a_picture_is_not_waited_for(library: Library, photos, tmp_path: Path) -> None:
    folder = exported(tmp_path / "a", [said("Ada", 1, next(iter(photos)))], photos)
    (folder / "train_images" / "0.png").unlink()
    os.mkfifo(folder / "train_images" / "0.png")
    assert result_of(import_folders(library, [folder])).changed == ("0.png",)


def test_merging_into_a_folder_that_is_full(photos, tmp_path: Path) -> None:
    a = exported(tmp_path / "a", [said("Ada", 1, next(iter(photos)))], photos)
    before = tree(a)
    with pytest.raises(ExchangeError, match="is not empty"):
        result_of(merge([a, a], a))
    assert tree(a) == before


def test_cancelling_an_import_leaves_the_library_as_it_was(library: Library, photos, tmp_path: Path) -> None:
    folder = exported(tmp_path / "a", [said("Ada", 1, photo, CAT) for photo in photos], photos)
    running = import_folders(library, [folder])
    for _ in photos:
        next(running)
    running.close()
    assert (library.ratings(), library.folders()) == ({}, [])
