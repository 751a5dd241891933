"""Search over a folder: order, freshness of the vectors, and what the content rule withholds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from imgsearch_gui.core.content_rule.policy import ContentRule
from imgsearch_gui.core.engine import Engine
from imgsearch_gui.core.matching.config import config_for
from imgsearch_gui.core.matching.matcher import Matcher
from imgsearch_gui.core.retrieval.search import rank
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.photos import Band, Bands, LazyPhotos
from imgsearch_gui.errors import DatasetError, MatcherError
from tests.engines import make_engine, run
from tests.fakes import (
    SOME_BANDS,
    SOME_INFO,
    FakeImageEncoder,
    FakeTextEncoder,
    some_score,
    some_space,
    write_jpegs,
)
from tests.synthetic import write_dataset

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.storage.library import Library


def test_hits_come_best_first_and_all_of_them(library: Library, tmp_path: Path) -> None:
    photos = write_jpegs(tmp_path / "photos", 12)
    engine = make_engine(library)
    run(engine.index(tmp_path / "photos"))
    result = engine.search(tmp_path / "photos", "red boat")
    assert {hit.path for hit in result.hits} == set(photos)
    scores = [hit.score for hit in result.hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)
    assert list(engine.search(tmp_path / "photos", "red boat", top=5).hits) == list(result.hits[:5])
    assert result.searched == 12


def test_a_hit_bears_the_band_that_the_matcher_gives_its_score(library: Library, tmp_path: Path) -> None:
    write_jpegs(tmp_path, 12)
    run((plain := make_engine(library)).index(tmp_path))
    scores = [hit.score for hit in plain.search(tmp_path, "red boat").hits]
    engine = make_engine(library, bands=Bands(strong=scores[2], partial=scores[6]))
    result = engine.search(tmp_path, "red boat")
    bands = [hit.band for hit in result.hits]
    assert bands == [Band.STRONG] * 3 + [Band.PARTIAL] * 4 + [Band.UNLIKELY] * 5
    assert result.likely == 7


def test_a_score_is_the_same_in_another_folder(library: Library, tmp_path: Path) -> None:
    write_jpegs(tmp_path / "many", 12)
    few = tmp_path / "few"
    few.mkdir()
    (few / "copy.jpg").write_bytes((tmp_path / "many" / "003.jpg").read_bytes())
    engine = make_engine(library)
    run(engine.index(tmp_path / "many"))
    run(engine.index(few))
    [alone] = engine.search(few, "a dog").hits
    among = {hit.path.name: hit.score for hit in engine.search(tmp_path / "many", "a dog").hits}
    assert alone.score == pytest.approx(among["003.jpg"], rel=1e-5)


def test_what_comes_and_goes_is_seen_by_the_next_search(library: Library, tmp_path: Path) -> None:
    photos = write_jpegs(tmp_path, 4)
    encoder = FakeImageEncoder()
    engine = make_engine(library, encoder)
    run(engine.index(tmp_path))
    before = {hit.path.name: hit.score for hit in engine.search(tmp_path, "tree").hits}
    photos[1].rename(tmp_path / "new.jpg")
    photos[2].unlink()
    run(engine.index(tmp_path))
    after = {hit.path.name: hit.score for hit in engine.search(tmp_path, "tree").hits}
    assert after.keys() == {"000.jpg", "003.jpg", "new.jpg"}
    assert after["000.jpg"] == pytest.approx(before["000.jpg"], rel=1e-5)
    assert after["new.jpg"] == pytest.approx(before["001.jpg"], rel=1e-5)
    assert sum(encoder.batches) == 4, "a renamed picture is not embedded again"


def test_half_an_indexed_folder_can_be_searched(library: Library, tmp_path: Path) -> None:
    write_jpegs(tmp_path, 30)
    engine = make_engine(library)
    steps = engine.index(tmp_path)
    for step in steps:
        if step.embedded:
            break
    found = len(engine.search(tmp_path, "tree").hits)
    assert 0 < found < 30
    run(steps)
    assert len(engine.search(tmp_path, "tree").hits) == 30


def test_a_folder_never_indexed_has_no_hits(library: Library, tmp_path: Path) -> None:
    result = make_engine(library).search(tmp_path, "tree")
    assert (result.hits, result.searched) == ((), 0)


def test_a_blocked_query_has_the_word_and_no_hits(library: Library, tmp_path: Path) -> None:
    write_jpegs(tmp_path, 3)
    engine = make_engine(library)
    run(engine.index(tmp_path))
    blocked = engine.search(tmp_path, "two toddlers play", rule=RuleMode.BLOCK)
    assert blocked.blocked
    assert (blocked.hits, blocked.rule_match.word) == ((), "toddlers")
    warned = engine.search(tmp_path, "two toddlers play", rule=RuleMode.WARN)
    assert (len(warned.hits), warned.blocked, warned.rule_match.word) == (3, False, "toddlers")
    assert engine.search(tmp_path, "two toddlers play", rule=RuleMode.OFF).rule_match is None


@pytest.mark.parametrize("opened", [".", "train_images"])
def test_an_image_whose_own_caption_is_hit_is_never_shown(
    library: Library, tmp_path: Path, opened: str
) -> None:
    folder = write_dataset(tmp_path / "set", train=5, test=0, captions={"train2.png": ("A girl .",)})
    engine = make_engine(library)
    run(engine.index(folder / opened))
    for mode in (RuleMode.BLOCK, RuleMode.WARN):
        result = engine.search(folder / opened, "a red square", rule=mode)
        assert (len(result.hits), result.withheld, result.searched) == (4, 1, 4)
        assert "train2.png" not in {hit.path.name for hit in result.hits}
        gallery = engine.ask(folder / opened, "", rule=mode)
        assert [photo.path.name for photo in gallery.photos] == [f"train{i}.png" for i in (0, 1, 3, 4)]
        assert gallery.withheld == 1
    assert len(engine.search(folder / opened, "a red square", rule=RuleMode.OFF).hits) == 5


def test_a_link_to_a_withheld_image_or_its_folder_shows_nothing(library: Library, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=3, test=0, captions={"train2.png": ("A girl .",)})
    engine = make_engine(library)
    links = tmp_path / "links"
    links.mkdir()
    (links / "other.png").symlink_to(folder / "train_images" / "train2.png")
    run(engine.index(links))
    assert engine.search(links, "a red square").withheld == 1
    real = tmp_path / "elsewhere"
    (folder / "train_images").rename(real)
    (folder / "train_images").symlink_to(real)
    run(engine.index(folder / "train_images"))
    assert engine.search(folder / "train_images", "a red square").withheld == 1


def test_a_link_that_comes_to_lead_to_a_withheld_image_is_withheld(library: Library, tmp_path: Path) -> None:
    captions = {"train2.png": ("A girl .",)}
    pictures = write_dataset(tmp_path / "set", train=3, test=0, captions=captions) / "train_images"
    links = tmp_path / "links"
    links.mkdir()
    link = links / "other.png"
    link.symlink_to(pictures / "train0.png")
    engine = make_engine(library)
    run(engine.index(links))
    assert engine.search(links, "a red square").withheld == 0
    link.unlink()
    link.symlink_to(pictures / "train2.png")
    run(engine.index(links))
    assert engine.search(links, "a red square").withheld == 1


def test_a_caption_that_comes_to_be_hit_withholds_its_image(library: Library, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=3, test=0)
    engine = make_engine(library)
    run(engine.index(folder))
    assert engine.search(folder, "a red square").withheld == 0
    with (folder / "train_dataset.csv").open("a", encoding="utf-8") as table:
        table.write("train1.png,train1.png#7,A girl .\n")
    assert engine.search(folder, "a red square").withheld == 1


def test_a_query_of_bytes_that_are_no_text_is_answered(library: Library, tmp_path: Path) -> None:
    write_jpegs(tmp_path, 2)
    engine = make_engine(library)
    run(engine.index(tmp_path))
    assert len(engine.search(tmp_path, "\udcff dog").hits) == 2


def test_captions_that_cannot_be_read_show_nothing(library: Library, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set")
    engine = make_engine(library)
    run(engine.index(folder))
    (folder / "train_dataset.csv").write_bytes(b"\xff\xfe broken")
    with pytest.raises(DatasetError, match=r"train_dataset\.csv"):
        engine.search(folder, "a red square")
    with pytest.raises(DatasetError, match=r"train_dataset\.csv"):
        engine.ask(folder, "")


def test_a_matcher_of_other_encoders_is_refused(library: Library) -> None:
    config = config_for(FakeImageEncoder(), [FakeTextEncoder()])
    with pytest.raises(MatcherError, match="trained with"):
        Engine(
            library,
            FakeImageEncoder("other"),
            [FakeTextEncoder()],
            (Matcher(some_space(config), some_score(config), SOME_BANDS), SOME_INFO),
            ContentRule.load(),
        )


def test_rank_is_the_full_sort_cut_off() -> None:
    scores = np.random.default_rng(0).integers(0, 50, 1000).astype(np.float32) / 50  # many ties
    full = rank(scores)
    assert (np.diff(scores[full]) <= 0).all()
    for top in (1, 7, 500, 999, 1000, 5000):
        assert (rank(scores, top) == full[:top]).all()
    assert len(rank(scores[:0], 5)) == 0


def test_a_hit_of_a_picture_that_left_meanwhile_says_so(library: Library, tmp_path: Path) -> None:
    photos = write_jpegs(tmp_path / "photos", 100)
    engine = make_engine(library)
    run(engine.index(tmp_path / "photos"))
    hits, gallery = (
        engine.search(tmp_path / "photos", "tree").hits,
        engine.ask(tmp_path / "photos", "").photos,
    )
    for photo in photos:
        photo.unlink()
    run(engine.index(tmp_path / "photos"))
    assert hits[99].path.name == gallery[99].path.name == "no longer in the library"
    assert engine.search(tmp_path / "photos", "tree").hits == ()


def test_hits_and_gallery_find_an_image_again(library: Library, tmp_path: Path) -> None:
    write_jpegs(tmp_path, 90)
    engine = make_engine(library)
    run(engine.index(tmp_path))
    for photos, name in (
        (engine.search(tmp_path, "a tree").hits, "image_id"),
        (engine.ask(tmp_path, "").photos, "id"),
    ):
        assert isinstance(photos, LazyPhotos)
        assert [photos.place_of(getattr(photo, name)) for photo in photos] == list(range(90))
        with pytest.raises(ValueError, match="no image"):
            photos.place_of(10_000)


def test_a_gallery_is_in_the_order_of_the_paths(library: Library, tmp_path: Path) -> None:
    for folder in ("b", "a", "a/inner", "c"):
        write_jpegs(tmp_path / folder, 3)
    engine = make_engine(library)
    run(engine.index(tmp_path / "c"))
    run(engine.index(tmp_path))
    (tmp_path / "c" / "001.jpg").rename(tmp_path / "0.jpg")  # the newest id, the first path
    run(engine.index(tmp_path))
    found = [
        photo.path.relative_to(tmp_path).as_posix() for photo in engine.ask(tmp_path, "", fold=False).photos
    ]
    assert found == sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.jpg"))


def test_the_count_of_likely_hits_is_that_of_their_bands(library: Library, tmp_path: Path) -> None:
    write_jpegs(tmp_path, 80)
    run((plain := make_engine(library)).index(tmp_path))
    scores = [hit.score for hit in plain.search(tmp_path, "red boat").hits]
    for at in (0, 1, 40, 79):
        engine = make_engine(library, bands=Bands(strong=0.999, partial=scores[at]))
        result = engine.search(tmp_path, "red boat")
        assert result.likely == sum(hit.band is not Band.UNLIKELY for hit in result.hits) > 0
    engine = make_engine(library, bands=Bands(strong=0.9999, partial=0.9998))
    assert engine.search(tmp_path, "red boat").likely == 0


def test_reading_a_folder_makes_its_vectors_too(library: Library, tmp_path: Path) -> None:
    write_jpegs(tmp_path / "photos", 12)
    steps = list(make_engine(library).index(tmp_path / "photos"))
    assert [step.stage for step in steps][-1] == "done"
    assert len(list(library.vector_folder.iterdir())) == 1
    before = next(library.vector_folder.iterdir()).stat()
    assert len(make_engine(library).search(tmp_path / "photos", "red boat").hits) == 12
    assert next(library.vector_folder.iterdir()).stat() == before


def test_vectors_that_are_missing_are_made_step_by_step(library: Library, tmp_path: Path) -> None:
    write_jpegs(tmp_path / "photos", 12)
    run(make_engine(library).index(tmp_path / "photos"))
    next(library.vector_folder.iterdir()).unlink()
    steps = list(make_engine(library).index(tmp_path / "photos"))
    assert [step.stage for step in steps if step.stage != "scan"] == ["embed", "done"]
    assert len(list(library.vector_folder.iterdir())) == 1
