"""Ratings that leave a library as a dataset folder, and come back."""

from __future__ import annotations

import csv
import dataclasses
import random
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.core.content_rule.policy import ContentRule
from imgsearch_gui.core.datasets.dataset import read_dataset
from imgsearch_gui.core.datasets.own_captions import own_captions
from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.ratings.exchange import export_library, import_folders
from imgsearch_gui.core.ratings.exporting import caption_id, export, plain_name
from imgsearch_gui.core.ratings.labels_of import three_scores
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.ratings import Rating, RatingScale
from imgsearch_gui.errors import ExchangeError
from tests.drives import mounted
from tests.fakes import FakeImageEncoder, finished, result_of
from tests.privileges import ordinary_user
from tests.rated import CAT, DOG, NOON, digest, lines, said, tree
from tests.synthetic import own_captions as written_captions
from tests.synthetic import write_dataset, write_image

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

EXPERT, CROWD = RatingScale.EXPERT, RatingScale.CROWD
BARE = "кошка\r\nна столе\n"
CAT_ID, DOG_ID, BARE_ID = map(caption_id, (CAT, DOG, BARE))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "l.sqlite") as one:
        yield one


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "empty.sqlite") as one:
        yield one


@pytest.fixture
def photos(tmp_path: Path, library: Library) -> list[bytes]:
    """Three photos that the library has read, two of one name; returns their hashes."""
    files = [
        write_image(tmp_path / "photos" / name, n)
        for n, name in enumerate(("a/cat.png", "b/Cat.png", "dog.png"))
    ]
    result_of(index_folder(library, tmp_path / "photos", FakeImageEncoder()))
    return [digest(file) for file in files]


def rate(library: Library, *ratings: Rating) -> None:
    for rating in ratings:
        library.add_rating(rating)


def test_the_files_are_those_of_the_brief(library: Library, photos: list[bytes], tmp_path: Path) -> None:
    cat, other_cat, dog = photos
    rate(
        library,
        said("Ada", 1, cat),
        said("Ada", 4, cat, minute=1),
        said("Bo", 3, cat),
        said("Ada", 2, other_cat),
        said("Ada", 1, dog, DOG, scale=CROWD),
        said("Bo", 0, dog, DOG, scale=CROWD),
        said("Eve", 0, dog, DOG, scale=CROWD),
        said("Bo", 3, dog, BARE),
        said("Bo", 3, b"?" * 32),
        said("Bo", 3, b"?" * 32, DOG),
    )
    out = tmp_path / "out"
    summary, steps = finished(export_library(library, out))
    assert lines(out, "train_dataset.csv") == [
        "image,query_id,query_text",
        f"cat.png,{CAT_ID},a cat on a table",
        f"Cat-2.png,{CAT_ID},a cat on a table",
        f'dog.png,{DOG_ID},"\'=cmd|\' /C calc\'!A0, ""dog"""',
        f"dog.png,{BARE_ID},кошка на столе",
    ]
    assert lines(out, "ExpertAnnotations.tsv") == [
        f"cat.png\t{CAT_ID}\t3\t3\t4",
        f"Cat-2.png\t{CAT_ID}\t2\t2\t2",
        f"dog.png\t{BARE_ID}\t3\t3\t3",
    ]
    assert lines(out, "CrowdAnnotations.tsv") == [f"dog.png\t{DOG_ID}\t0.333333333333333\t1\t2"]
    assert {file.name: digest(file) for file in (out / "train_images").iterdir()} == {
        "cat.png": cat,
        "Cat-2.png": other_cat,
        "dog.png": dog,
    }
    with (out / "ratings.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == 10
    assert rows[1] == {
        "query": CAT,
        "image": "cat.png",
        "content_hash": cat.hex(),
        "rater": "Ada",
        "scale": "expert",
        "value": "4",
        "rated_at": "2026-05-01T12:01:00.000007Z",
        "comment": "",
        "seconds": "0.0",
    }
    assert [rows[4]["query"], rows[7]["query"], rows[8]["image"]] == [f"'{DOG}", BARE, ""]
    assert (summary.ratings, summary.pairs, summary.images) == (10, 4, 3)
    assert (summary.missing_ratings, summary.missing_images) == (2, 1)
    assert [step.done for step in steps] == [0, 1, 2, 3, 4]

    dataset = read_dataset(out)
    assert dataset.report.problems == ()
    assert (len(dataset.pairs), len(dataset.expert), len(dataset.crowd)) == (4, 3, 1)
    assert not any(pair.is_own for pair in dataset.pairs)
    assert own_captions(out / "train_images").keys().isdisjoint({"cat.png", "Cat-2.png", "dog.png"})


HARD = (
    "",
    " ",
    "'",
    "''=1",
    "=1+1",
    "+1",
    "-1",
    "@a",
    "\t=1",
    "\r",
    "\n-",
    "＝1",
    '"',
    '""',
    ",",
    "a\r\nb\rc\n",
)
HARD += ("ja,\n“genau” \U0001f408", "\ufeffmark", " edges ", "\u2028", "a\tb", "|", "\\", "NULL", "x" * 5000)


def many(pictures: list[bytes], count: int) -> list[Rating]:
    rng = random.Random(4)
    texts = [*HARD, *(f"query {n}" for n in range(80))]
    return [
        Rating(
            rng.choice(texts),
            rng.choice(pictures),
            rng.choice(("Ada", "Bo", "=Eve", "Łukasz", "'", "Zoë\n")),
            scale,
            rng.choice((1, 2, 3, 4) if scale is EXPERT else (0, 1)),
            NOON + timedelta(microseconds=rng.randrange(10**13)),
            rng.choice(HARD),
            rng.choice((0.0, 0.1 + 0.2, 1e-7, 12.25, 1e300)),
        )
        for scale in rng.choices((EXPERT, CROWD), k=count)
    ]


def test_export_import_export_gives_the_same_bytes(
    library: Library, empty: Library, photos: list[bytes], tmp_path: Path
) -> None:
    ratings = many([*photos, b"?" * 32], 3000)
    assert library.add_ratings(ratings) == 3000
    first, second = tmp_path / "first", tmp_path / "second"
    out = result_of(export_library(library, first))
    brought = result_of(import_folders(empty, [first]))
    assert (brought.read, brought.added, brought.missing, brought.changed) == (3000, 3000, 1, ())
    assert list(empty.ratings().values()) == ratings
    again = result_of(export_library(empty, second))
    assert tree(first) == tree(second)
    assert dataclasses.replace(again, folder=first) == out
    assert out.blank_ratings > 0
    assert read_dataset(first).report.problems == ()

    for folder in (first, second):
        repeated = result_of(import_folders(empty, [folder]))
        assert (repeated.added, repeated.conflicts) == (0, brought.conflicts)
    assert len(empty.ratings()) == 3000


def test_no_cell_begins_a_formula(library: Library, photos: list[bytes], tmp_path: Path) -> None:
    library.add_ratings(many(photos, 600))
    result_of(export_library(library, tmp_path / "out"))
    for table in ("ratings.csv", "train_dataset.csv"):
        with (tmp_path / "out" / table).open(encoding="utf-8", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r\n＝＋－＠")]


def test_own_captions_of_a_dataset_folder_stay_with_its_pictures(
    library: Library, empty: Library, tmp_path: Path
) -> None:
    """Or the content rule would not know the exported picture of a child any more."""
    child = "A small child runs ."
    source = write_dataset(tmp_path / "set", train=3, test=0, captions={"train1.png": (child, "Grass .")})
    result_of(index_folder(library, source / "train_images", FakeImageEncoder()))
    zero, one = (digest(source / "train_images" / f"train{n}.png") for n in range(2))
    own = written_captions(0)[1]
    rate(library, said("Ada", 1, one, "a dog"), said("Ada", 4, zero, own), said("Ada", 1, one, own))
    first, second = tmp_path / "first", tmp_path / "second"
    result_of(export_library(library, first))
    assert lines(first, "train_dataset.csv")[1:] == [
        f"train1.png,train1.png#0,{child}",
        "train1.png,train1.png#1,Grass .",
        f"train0.png,train0.png#0,{written_captions(0)[0]}",
        f"train0.png,train0.png#1,{own}",
        f"train1.png,{caption_id('a dog')},a dog",
        f"train1.png,train0.png#1,{own}",
    ]
    dataset = read_dataset(first)
    assert dataset.report.problems == ()
    assert {pair.image for pair in dataset.pairs if pair.is_own} == {"train0.png", "train1.png"}
    rule = ContentRule.load()
    captions = own_captions(first / "train_images")
    assert [name for name, texts in captions.items() if any(map(rule.check, texts))] == ["train1.png"]

    result_of(import_folders(empty, [first]))
    result_of(export_library(empty, second))
    assert tree(first) == tree(second)


@pytest.mark.parametrize(
    ("scores", "three"),
    [
        ((3,), (3, 3, 3)),
        ((2, 1), (1, 1, 2)),
        ((1, 3), (1, 2, 3)),
        ((4, 1), (1, 2, 4)),
        ((4, 1, 2), (1, 2, 4)),
        ((2, 2, 2, 2), (2, 2, 2)),
        ((1, 1, 1, 4), (1, 1, 3)),
        ((1, 2, 3, 4), (1, 2, 4)),
        ((1, 1, 2, 2, 2), (1, 2, 2)),
        ((4,) * 7 + (1,), (3, 4, 4)),
    ],
    ids=str,
)
def test_any_number_of_raters_becomes_three(scores, three) -> None:
    assert three_scores(scores) == three


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Büro (1).JPG", "Büro (1).JPG"),
        ("a:b?.jpg", "a_b_.jpg"),
        ("tab\there\n.png", "tab_here_.png"),
        ("=1.png", "_=1.png"),
        ("-1.png", "_-1.png"),
        ("'a.png", "_'a.png"),
        (" .hidden.png ", "hidden.png"),
        ("con.png", "_con.png"),
        ("e\u0301.png", "\u00e9.png"),
        ("\udcff.png", "_.png"),
        ("ä" * 200 + ".jpeg", "ä" * 75 + ".jpeg"),
    ],
)
def test_names_are_plain(name: str, plain: str) -> None:
    assert plain_name(name) == plain
    assert plain_name(plain) == plain


def test_links_in_place_of_copies(library: Library, photos: list[bytes], tmp_path: Path) -> None:
    rate(library, said("Ada", 1, photos[2]))
    summary = result_of(export_library(library, tmp_path / "out", link=True))
    assert (tmp_path / "out" / "train_images" / "dog.png").samefile(tmp_path / "photos" / "dog.png")
    assert summary.copied == 0
    assert read_dataset(tmp_path / "out").report.problems == ()


def test_what_cannot_be_linked_is_copied(library: Library, photos: list[bytes], tmp_path: Path) -> None:
    rate(library, said("Ada", 1, photos[2]))
    with mounted(tmp_path / "drive"):
        summary = result_of(export_library(library, tmp_path / "drive" / "out", link=True))
        assert (summary.copied, digest(tmp_path / "drive" / "out" / "train_images" / "dog.png")) == (
            1,
            photos[2],
        )


def test_a_full_drive_gets_nothing(library: Library, photos: list[bytes], tmp_path: Path) -> None:
    library.add_ratings(many(photos, 600))
    with mounted(tmp_path / "drive", "size=64k"):
        with pytest.raises(ExchangeError, match=r"cannot be written to .*: No space left on device\.$"):
            result_of(export_library(library, tmp_path / "drive" / "out"))
        assert list((tmp_path / "drive").iterdir()) == []


def test_a_picture_that_changed_is_sought_elsewhere(library: Library, tmp_path: Path) -> None:
    one, copy = (write_image(tmp_path / "photos" / name, 5) for name in ("one.png", "two/copy.png"))
    gone = write_image(tmp_path / "photos" / "gone.png", 6)
    hashes = digest(one), digest(gone)
    result_of(index_folder(library, tmp_path / "photos", FakeImageEncoder()))
    rate(library, *(said("Ada", 1, content_hash) for content_hash in hashes))
    write_image(one, 9)
    gone.unlink()
    summary = result_of(export_library(library, tmp_path / "out"))
    assert [file.name for file in (tmp_path / "out" / "train_images").iterdir()] == ["copy.png"]
    assert (summary.missing_ratings, summary.missing_images) == (1, 1)
    assert copy.exists()


def test_pictures_that_dataset_folders_do_not_read(library: Library, empty: Library, tmp_path: Path) -> None:
    avif = write_image(tmp_path / "photos" / "new.avif", 2)
    jpeg = write_image(tmp_path / "photos" / "old.jpg", 3)
    result_of(index_folder(library, tmp_path / "photos", FakeImageEncoder()))
    rate(library, said("Ada", 1, digest(avif)), said("Ada", 1, digest(jpeg)))
    first, second = tmp_path / "first", tmp_path / "second"
    summary = result_of(export_library(library, first))
    assert (summary.images, summary.pairs, summary.foreign_images, summary.foreign_ratings) == (2, 1, 1, 1)
    dataset = read_dataset(first)
    assert ([pair.image for pair in dataset.pairs], dataset.report.problems) == (["old.jpg"], ())
    result_of(import_folders(empty, [first]))
    result_of(export_library(empty, second))
    assert tree(first) == tree(second)


def test_ratings_alone(library: Library, empty: Library, tmp_path: Path) -> None:
    rate(library, said("Ada", 1, b"?" * 32))
    first = tmp_path / "first"
    first.mkdir()
    assert result_of(export_library(library, first)).missing_images == 1
    assert list(tree(first)) == ["ratings.csv"]
    assert result_of(import_folders(empty, [first])).added == 1
    assert list(empty.ratings().values()) == list(library.ratings().values())


# Whole or not at all


def test_cancelling_at_any_step_leaves_nothing(library: Library, photos: list[bytes], tmp_path: Path) -> None:
    rate(library, *(said("Ada", 1, photo) for photo in photos))
    out, before = tmp_path / "out", tree(tmp_path)
    steps = len(finished(export_library(library, tmp_path / "whole"))[1])
    whole = tree(tmp_path / "whole")
    for stop in range(1, steps + 1):
        running = export_library(library, out)
        for _ in range(stop):
            next(running)
        running.close()
        assert not out.exists()
    assert tree(tmp_path).keys() == before.keys() | {f"whole/{name}" for name in whole}
    result_of(export_library(library, out))
    assert tree(out) == whole


def test_what_is_in_the_way_stays(library: Library, photos: list[bytes], tmp_path: Path) -> None:
    rate(library, said("Ada", 1, photos[0]))
    full, file = tmp_path / "full", tmp_path / "file"
    full.mkdir()
    (full / "note.txt").write_text("mine")
    file.write_text("mine")
    for place, reason in (
        (full, "is not empty"),
        (file, "is a file"),
        (tmp_path / "no" / "x", "does not exist"),
    ):
        with pytest.raises(ExchangeError, match=reason):
            result_of(export_library(library, place))
    assert tree(full) == {"note.txt": b"mine"}

    late = tmp_path / "late"
    late.mkdir()
    running = export_library(library, late)
    next(running)
    (late / "note.txt").write_text("mine")
    with pytest.raises(ExchangeError, match="cannot be written to"):
        result_of(running)
    assert tree(late) == {"note.txt": b"mine"}
    assert not list(tmp_path.glob(".ratings-*"))


def test_a_folder_that_cannot_be_written(library: Library, photos: list[bytes], public_folder: Path) -> None:
    rate(library, said("Ada", 1, photos[0]))
    public_folder.chmod(0o555)
    with ordinary_user(), pytest.raises(ExchangeError, match=r"cannot be written to .* Permission denied\.$"):
        result_of(export(list(library.ratings().values()), {}, public_folder / "out"))


def test_nothing_to_export(library: Library, tmp_path: Path) -> None:
    with pytest.raises(ExchangeError, match="no ratings to export"):
        result_of(export_library(library, tmp_path / "out"))


@pytest.mark.parametrize("text", ["a\0b", "x" * 100_001], ids=["NUL", "long"])
def test_a_text_that_has_no_place_in_a_csv_file(library: Library, tmp_path: Path, text: str) -> None:
    rate(library, said("Ada", 1, b"?" * 32, text))
    with pytest.raises(ExchangeError, match=r"^A text of the rating by 'Ada' at 2026-05-01T12:00"):
        result_of(export_library(library, tmp_path / "out"))
    assert not (tmp_path / "out").exists()
