"""Photos by score, date and name, with those of the same bytes folded into one."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from imgsearch_gui.core.retrieval.natural import natural_order
from imgsearch_gui.core.takeout.hits_table import write_hits_table
from imgsearch_gui.core.types.photos import Band, Bands, Gallery, Hits, SearchResult
from imgsearch_gui.core.types.query import Order, PictureQuery
from tests.engines import make_engine, run
from tests.fakes import finished, write_jpegs
from tests.synthetic import write_dataset

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.engine import Engine
    from imgsearch_gui.core.storage.library import Library

TAG = ExifTags.Base


def naturally(names: list[str]) -> list[str]:
    return [names[place] for place in natural_order(os.fsencode(name) for name in names)]


def test_names_stand_as_people_expect() -> None:
    names = ["a.jpg", "a/IMG_1.jpg", "a/img_2.jpg", "a/IMG_010.jpg", "a/IMG_10b.jpg", "a b/0.jpg", "B.jpg"]
    names += ["e.jpg", "é.jpg", "f.jpg", "img_20240517183002.jpg", "img_120240517183002.jpg", "ёлка.jpg"]
    names += ["жук.jpg"]
    assert naturally(names[::-1]) == ["a/IMG_1.jpg", *names[2:5], "a b/0.jpg", "a.jpg", *names[6:]]


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(st.lists(st.text(st.sampled_from("ab0129")), max_size=40))
def test_numbers_stand_by_their_size_and_before_letters(names: list[str]) -> None:
    def parts(name: str) -> list[tuple[bool, int, str]]:
        found: list[tuple[bool, int, str]] = []
        for letter in name:
            if not letter.isdigit():
                found.append((True, 0, letter))
            elif found and not found[-1][0]:
                found[-1] = (False, 10 * found[-1][1] + int(letter), "")
            else:
                found.append((False, int(letter), ""))
        return found

    assert naturally(names) == sorted(names, key=parts)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.lists(st.binary().map(lambda name: name.replace(b"\0", b"")), max_size=40))
def test_names_that_are_no_text_have_a_place(names: list[bytes]) -> None:
    assert sorted(natural_order(names)) == list(range(len(names)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Eight photos that differ; three of them have copies, and each was changed on its own day."""
    folder = tmp_path / "photos"
    for number, file in enumerate(write_jpegs(folder / "new", 8)):
        file.rename(folder / "new" / f"IMG_{number + 4}.jpg")
    (folder / "Old").mkdir()
    for number in (4, 5, 11):
        shutil.copy(folder / "new" / f"IMG_{number}.jpg", folder / "Old" / f"Copy {number}.jpg")
    shutil.copy(folder / "new" / "IMG_5.jpg", folder / "Old" / "once more.jpg")
    for day, file in enumerate(sorted(folder.rglob("*.jpg")), 1):
        time = datetime(2024, 5, 1 + 7 * day % 13, 12, tzinfo=UTC).timestamp()
        os.utime(file, (time, time))
    return folder


@pytest.fixture
def engine(library: Library, folder: Path) -> Engine:
    engine = make_engine(library)
    run(engine.index(folder))
    return engine


def names_of(found: SearchResult | Gallery) -> list[str]:
    return [photo.path.name for photo in (found.photos if isinstance(found, Gallery) else found.hits)]


def test_a_gallery_can_be_listed_by_name_and_date(engine: Engine, folder: Path) -> None:
    by_date = sorted(folder.rglob("*.jpg"), key=lambda file: file.stat().st_mtime)
    old = ["Copy 4.jpg", "Copy 5.jpg", "Copy 11.jpg", "once more.jpg"]
    wanted = {
        Order.NAME: [f"IMG_{number}.jpg" for number in range(4, 12)] + old,
        Order.OLDEST: [file.name for file in by_date],
        Order.NEWEST: [file.name for file in by_date[::-1]],
    }
    wanted[Order.SCORE] = wanted[Order.NAME]
    for order, names in wanted.items():
        gallery = engine.ask(folder, "", order=order, fold=False)
        assert names_of(gallery) == names
        assert [gallery.photos.place_of(photo.id) for photo in gallery.photos] == list(range(12))
        assert names_of(engine.ask(folder, "after:2024-05-01", order=order, fold=False)) == names


def test_hits_keep_score_and_band_in_every_order_and_unlikely_ones_come_last(
    library: Library, engine: Engine, folder: Path
) -> None:
    scores = [hit.score for hit in engine.ask(folder, "red boat").hits]
    engine = make_engine(library, bands=Bands(strong=scores[1], partial=scores[4]))
    best = engine.ask(folder, "red boat", fold=False)
    by_path = {hit.path: hit for hit in best.hits}
    for order in (Order.NEWEST, Order.OLDEST, Order.NAME):
        listed = names_of(engine.ask(folder, "", order=order, fold=False))
        found = engine.ask(folder, "red boat", order=order, fold=False)
        assert all(by_path[hit.path] == hit for hit in found.hits)
        assert found.likely == best.likely == sum(hit.band is not Band.UNLIKELY for hit in best.hits)
        bands = [hit.band is Band.UNLIKELY for hit in found.hits]
        assert bands == sorted(bands)
        likely, rest = names_of(found)[: found.likely], names_of(found)[found.likely :]
        assert likely == [name for name in listed if name in likely]
        assert rest == [name for name in listed if name in rest]
        assert [found.hits.place_of(hit.image_id) for hit in found.hits] == list(range(12))
        first = engine.ask(folder, "red boat", order=order, fold=False, top=3)
        assert (names_of(first), first.likely) == (names_of(found)[:3], 3)


def test_what_comes_later_takes_its_place(engine: Engine, folder: Path) -> None:
    assert engine.ask(folder, "", order=Order.NEWEST).photos[0].path.name != "IMG_4.jpg"
    os.utime(folder / "new" / "IMG_4.jpg")
    (folder / "new" / "IMG_7.jpg").rename(folder / "z.jpg")
    run(engine.index(folder))
    assert engine.ask(folder, "", order=Order.NEWEST, fold=False).photos[0].path.name == "IMG_4.jpg"
    assert names_of(engine.ask(folder, ""))[-1] == "z.jpg"


def test_one_stands_for_those_with_the_same_bytes(engine: Engine, folder: Path) -> None:
    every, found = engine.ask(folder, "red boat", fold=False), engine.ask(folder, "red boat")
    assert (len(every.hits), len(found.hits), found.searched, found.folded) == (12, 8, 12, 4)
    assert [hit.score for hit in found.hits] == sorted({hit.score for hit in every.hits}, reverse=True)
    assert {hit.path.name: hit.copies for hit in found.hits if hit.copies > 1} == {
        "Copy 4.jpg": 2,  # the first by path
        "Copy 5.jpg": 3,
        "Copy 11.jpg": 2,
    }
    gallery = engine.ask(folder, "")
    assert gallery.folded == 4
    assert {photo.path.name: photo.copies for photo in gallery.photos} == {
        hit.path.name: hit.copies for hit in found.hits
    }
    assert {hit.copies for hit in every.hits} == {1}
    assert len(engine.search(folder, "red boat").hits) == 12


def test_the_copies_can_be_listed(engine: Engine, folder: Path, tmp_path: Path) -> None:
    found = engine.ask(folder, "red boat")
    wanted = (folder / "Old" / "Copy 5.jpg", folder / "Old" / "once more.jpg", folder / "new" / "IMG_5.jpg")
    hit = next(hit for hit in found.hits if hit.copies == 3)
    assert isinstance(found.hits, Hits)
    assert engine.copies(folder, hit.image_id) == found.hits.files_of(hit) == wanted
    alone = next(hit for hit in found.hits if hit.copies == 1)
    assert engine.copies(folder, alone.image_id) == found.hits.files_of(alone) == (alone.path,)
    assert engine.copies(folder, 10_000) == ()
    finished(write_hits_table(tmp_path / "hits.csv", "red boat", found.hits[:8]))
    rows = (tmp_path / "hits.csv").read_text("utf-8-sig").splitlines()[1:]
    assert {row.split(",")[3] for row in rows} == {str(file) for file in folder.rglob("*.jpg")}
    assert len(rows) == 12
    assert len({row.split(",")[0] for row in rows}) == 8


def test_those_that_a_filter_lets_through_stand_for_themselves(engine: Engine, folder: Path) -> None:
    found = engine.ask(folder, "boat folder:new")
    assert {hit.path.parent.name for hit in found.hits} == {"new"}
    assert (len(found.hits), found.folded) == (8, 0)
    two = engine.ask(folder, "boat name:5 -name:copy")
    assert [hit.copies for hit in two.hits] == [1]


def test_of_copies_the_one_that_ranks_highest_is_shown(engine: Engine, folder: Path) -> None:
    shown = {hit.path.name for hit in engine.ask(folder, "once").hits if hit.copies == 3}
    assert shown == {"once more.jpg"}  # its name holds the word
    found = engine.ask(
        folder, "", picture=PictureQuery(name="", image_id=engine.ask(folder, "").photos[1].id)
    )
    assert found.likely == len(found.hits) == 8


def test_a_withheld_copy_is_neither_counted_nor_listed(library: Library, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=4, test=0, captions={"train2.png": ("A girl .",)})
    pictures = folder / "train_images"
    for name in ("train0.png", "train1.png"):
        shutil.copy(pictures / "train2.png", pictures / name)
    engine = make_engine(library)
    run(engine.index(pictures))
    found = engine.ask(pictures, "a red square")
    assert [hit.copies for hit in found.hits if hit.path.name == "train0.png"] == [2]
    assert (len(found.hits), found.folded, found.withheld, found.searched) == (2, 1, 1, 3)
    first = next(hit for hit in found.hits if hit.copies == 2)
    assert engine.copies(pictures, first.image_id) == (pictures / "train0.png", pictures / "train1.png")


def test_copies_come_and_go(engine: Engine, folder: Path) -> None:
    for name in ("Copy 5.jpg", "Copy 4.jpg"):
        (folder / "Old" / name).unlink()
    shutil.copy(folder / "new" / "IMG_9.jpg", folder / "9.jpg")
    run(engine.index(folder))
    counts = {photo.path.name: photo.copies for photo in engine.ask(folder, "").photos if photo.copies > 1}
    assert counts == {"9.jpg": 2, "once more.jpg": 2, "Copy 11.jpg": 2}


def test_many_copies_of_many_photos(library: Library, tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    files = write_jpegs(tmp_path, 40)
    wanted = {file.name: 1 for file in files}
    for number, of in enumerate(rng.integers(0, 40, 300).tolist()):
        shutil.copy(files[of], tmp_path / f"z{number}.jpg")
        wanted[files[of].name] += 1
    engine = make_engine(library)
    run(engine.index(tmp_path))
    found = engine.ask(tmp_path, "tree", order=Order.NAME)
    assert {hit.path.name: hit.copies for hit in found.hits} == wanted


def write_taken(file: Path, taken: str, zone: str = "", number: int = 0) -> None:
    """Writes a photo that says when it was taken."""
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif).update({TAG.DateTimeOriginal: taken, TAG.OffsetTimeOriginal: zone})
    exif[ExifTags.IFD.Exif] = 0  # without it, Pillow leaves the tags out of a PNG
    Image.new("RGB", (8, 8), (9 * number, 0, 0)).save(file, exif=exif)


def test_photos_stand_by_when_they_were_taken(library: Library, tmp_path: Path) -> None:
    days = {"c": "2019:07:01 12:00:00", "a": "2021:01:01 00:00:00", "b": "2020:02:29 23:59:59"}
    for number, (name, day) in enumerate(days.items()):
        write_taken(tmp_path / f"{name}.jpg", day, number=number)
    write_taken(tmp_path / "east.png", "2020:03:01 06:00:00", "+12:00", 3)  # in Greenwich, the evening before
    write_jpegs(tmp_path / "plain", 1)
    os.utime(tmp_path / "plain" / "000.jpg", (1e9, 1e9))  # 2001
    engine = make_engine(library)
    run(engine.index(tmp_path))
    assert names_of(engine.ask(tmp_path, "", order=Order.OLDEST)) == [
        *("000.jpg", "c.jpg"),
        *("east.png", "b.jpg"),
        "a.jpg",
    ]
    assert names_of(engine.ask(tmp_path, "after:2020-02 before:2020-03-01")) == ["b.jpg", "east.png"]
    assert names_of(engine.ask(tmp_path, "before:2002")) == ["000.jpg"]


@pytest.mark.parametrize("order", list(Order))
def test_a_files_photo_is_found_in_every_order(library: Library, tmp_path: Path, order: Order) -> None:
    folder = tmp_path / "photos"
    for number, file in enumerate(write_jpegs(folder, 12)):
        file.rename(folder / f"IMG_{number + 1}.jpg")
    shutil.copy(folder / "IMG_3.jpg", folder / "IMG_30.jpg")
    run((engine := make_engine(library)).index(folder))
    found = engine.ask(folder, "", order=order)
    for number in range(1, 13):
        row = found.row_of(folder / f"IMG_{number}.jpg")
        assert row is not None
        assert found.photos[row].path.name == f"IMG_{number}.jpg"
    row = found.row_of(folder / "IMG_30.jpg")
    assert row is not None
    assert found.photos[row].path.name == "IMG_3.jpg", "the one that stands for both"
    assert found.row_of(folder / "IMG_99.jpg") is None


def test_a_file_that_is_withheld_is_not_found_not_even_as_the_copy_that_is_shown(
    library: Library, tmp_path: Path
) -> None:
    folder = write_dataset(tmp_path / "set", train=3, test=0, captions={"train1.png": ("A girl .",)})
    images = folder / "train_images"
    shutil.copy(images / "train1.png", images / "copy.png")
    run((engine := make_engine(library)).index(images))
    found = engine.ask(images, "")
    assert found.row_of(images / "copy.png") is not None
    assert found.row_of(images / "train1.png") is None


def test_a_file_from_before_1970_is_older_than_all_others(library: Library, tmp_path: Path) -> None:
    files = write_jpegs(tmp_path, 3)
    for file, seconds in zip(files, (0, 1_700_000_000, -1_000_000_000), strict=True):
        os.utime(file, (seconds, seconds))
    run((engine := make_engine(library)).index(tmp_path))
    oldest = engine.ask(tmp_path, "", order=Order.OLDEST).photos
    assert [photo.path.name for photo in oldest] == ["002.jpg", "000.jpg", "001.jpg"]
    before = engine.ask(tmp_path, "before:1950")
    assert isinstance(before, Gallery)
    assert [photo.path.name for photo in before.photos] == ["002.jpg"]
