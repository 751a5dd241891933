"""A picture as query: of the library, a file, or bytes; alone and beside words."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from imgsearch_gui.core.pictures.decoding import Decoder
from imgsearch_gui.core.retrieval.likeness import AskedPictures, likeness_plan
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.photos import SearchResult
from imgsearch_gui.core.types.query import PictureQuery
from imgsearch_gui.errors import QueryError
from tests.engines import make_engine, run
from tests.fakes import FakeImageEncoder, write_jpegs
from tests.hostile_decoders import CRASH, decode
from tests.synthetic import write_dataset

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.engine import Engine
    from imgsearch_gui.core.storage.library import Library


def like(engine: Engine, folder: Path, picture: PictureQuery, query: str = "", **options) -> SearchResult:
    found = engine.ask(folder, query, picture=picture, **options)
    assert isinstance(found, SearchResult)
    return found


def of(engine: Engine, folder: Path, name: str) -> PictureQuery:
    [record] = [record for record in engine.library.records(folder) if record.path.name == name]
    return PictureQuery(name=name, image_id=record.id)


def test_a_picture_comes_first_itself_then_what_is_like_it_and_nothing_has_a_band(
    engine: Engine, folder: Path, encoder: FakeImageEncoder
) -> None:
    for place in (0, 5, 11):
        with Image.open(folder / f"{place:03}.jpg") as image:
            image.save(folder / f"{place:03} again.jpg", quality=60)
    run(engine.index(folder))
    encoder.batches.clear()
    for place in (0, 5, 11):
        found = like(engine, folder, of(engine, folder, f"{place:03}.jpg"))
        names = [hit.path.name for hit in found.hits]
        assert names[:2] == [f"{place:03}.jpg", f"{place:03} again.jpg"]
        assert found.hits[0].score == 1
        assert found.hits[1].score > 0.95
        scores = [hit.score for hit in found.hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score < 1 for score in scores[1:])
        assert found.likeness
        assert {hit.band for hit in found.hits} == {None}
        assert found.likely == len(found.hits) == 15
    assert not encoder.batches, "the vector is in the library"


def test_the_same_picture_from_outside_finds_the_same(engine: Engine, folder: Path, tmp_path: Path) -> None:
    inside = [hit.path.name for hit in like(engine, folder, of(engine, folder, "003.jpg")).hits]
    file = shutil.copy(folder / "003.jpg", tmp_path / "outside.jpg")
    for picture in (
        PictureQuery(name="outside.jpg", file=file),
        PictureQuery(name="pasted", data=file.read_bytes()),
    ):
        found = like(engine, folder, picture)
        assert [hit.path.name for hit in found.hits] == inside
        assert found.hits[0].score > 0.99


def test_a_picture_from_outside_is_read_once(
    engine: Engine, folder: Path, tmp_path: Path, encoder: FakeImageEncoder
) -> None:
    [file] = write_jpegs(tmp_path / "new", 1)
    file.write_bytes(file.read_bytes() + b" ")  # other bytes than those of the first picture
    encoder.batches.clear()
    picture = PictureQuery(name=file.name, file=file)
    before = like(engine, folder, picture)
    file.unlink()
    again = like(engine, folder, picture)
    assert list(before.hits) == list(again.hits)
    assert encoder.batches == [1]


def test_beside_words_a_picture_counts_as_much_as_they_do(engine: Engine, folder: Path) -> None:
    picture = of(engine, folder, "004.jpg")
    words = {hit.image_id: hit.score for hit in engine.search(folder, "boat").hits}
    alike = {hit.image_id: hit.score for hit in like(engine, folder, picture).hits}
    both = like(engine, folder, picture, "boat")
    assert both.likeness
    for hit in both.hits:
        if alike[hit.image_id] > 0:  # of what is less alike than nothing, 0 is shown
            share = np.exp(4.4 * (alike[hit.image_id] - 1))
            assert hit.score == pytest.approx((words[hit.image_id] * share) ** 0.5, rel=1e-3)
    assert {hit.band for hit in both.hits} == {None}
    heavier = like(engine, folder, picture, "7:boat")
    assert [hit.score for hit in heavier.hits] == pytest.approx([hit.score for hit in both.hits], rel=1e-4)


def test_filters_and_scores_hold_for_pictures_too(engine: Engine, folder: Path) -> None:
    picture = of(engine, folder, "004.jpg")
    assert len(like(engine, folder, picture, "name:00").hits) == 10
    assert [hit.path.name for hit in like(engine, folder, picture, "score>0.9999").hits] == ["004.jpg"]


def test_a_withheld_picture_is_neither_asked_with_nor_found(library: Library, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=5, test=0, captions={"train2.png": ("A girl .",)})
    engine = make_engine(library)
    run(engine.index(folder / "train_images"))
    everything = engine.ask(folder / "train_images", "", rule=RuleMode.OFF).photos
    shown = {photo.path for photo in engine.ask(folder / "train_images", "").photos}
    [hidden] = [photo for photo in everything if photo.path not in shown]
    picture = PictureQuery(name="hidden", image_id=hidden.id)
    with pytest.raises(QueryError, match="withholds"):
        engine.ask(folder / "train_images", "", picture=picture)
    assert like(engine, folder / "train_images", picture, rule=RuleMode.OFF).hits[0].image_id == hidden.id
    outside = PictureQuery(name="same", data=hidden.path.read_bytes())
    assert {hit.path for hit in like(engine, folder / "train_images", outside).hits} == shown


def test_what_cannot_be_asked_with_is_told_in_a_sentence(
    engine: Engine, folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "text.jpg").write_text("no picture")
    for picture, told in (
        (PictureQuery(name="text", file=tmp_path / "text.jpg"), "“text” cannot be searched by. It is not a"),
        (PictureQuery(name="nothing", data=b""), "“nothing” cannot be searched by. The file is empty."),
        (PictureQuery(name="lost", file=tmp_path / "lost.png"), "“lost” cannot be searched by. The file"),
        (PictureQuery(name="x", image_id=99_999), "“x” is no longer in this folder."),
    ):
        with pytest.raises(QueryError, match=told):
            engine.ask(folder, "", picture=picture)
    (folder / "002.jpg").unlink()
    picture = of(engine, folder, "002.jpg")
    run(engine.index(folder))
    with pytest.raises(QueryError, match="no longer in this folder"):
        engine.ask(folder, "", picture=picture)


def test_a_hostile_picture_takes_its_decoder_down_and_nothing_else(library: Library) -> None:
    asked = AskedPictures(library, FakeImageEncoder(), partial(Decoder, 20, decode))
    with pytest.raises(QueryError, match="makes the decoder crash"):
        asked.vector(PictureQuery(name="evil", data=CRASH))


@pytest.mark.parametrize("given", [{}, {"image_id": 1, "data": b"x"}])
def test_a_picture_has_one_source(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="is an image, a file or bytes"):
        PictureQuery(name="x", **given)


def test_a_part_without_numbers_counts_nothing() -> None:
    plan = likeness_plan(np.array([0.6, 0.8, 0, 0], np.float32), (0, 2, 2, 4, 4))
    dots = plan.columns.T @ np.array([[0.6], [0.8], [0], [0]], np.float32)
    assert plan.latent(dots)[0] == pytest.approx(0.5)


@pytest.mark.parametrize("link", [False, True])
def test_a_file_that_is_withheld_is_no_query_either(library: Library, tmp_path: Path, link) -> None:
    folder = write_dataset(tmp_path / "set", train=5, test=0, captions={"train2.png": ("A girl .",)})
    images = folder / "train_images"
    run((engine := make_engine(library)).index(images))
    file = images / "train2.png"
    if link:
        file = tmp_path / "elsewhere.png"
        file.symlink_to(images / "train2.png")
    picture = PictureQuery(name=file.name, file=file)
    some = engine.ask(images, "").photos[0].id
    for rule in (RuleMode.BLOCK, RuleMode.WARN):
        with pytest.raises(QueryError, match="withholds this picture"):
            like(engine, images, picture, rule=rule)
        with pytest.raises(QueryError, match="withholds this picture"):
            engine.explain(images, "", some, picture=picture, rule=rule)
    assert len(like(engine, images, picture, rule=RuleMode.OFF).hits) == 5
