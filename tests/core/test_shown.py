"""Which images may be shown: whole directories are ruled out as surely as single images."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch

from imgsearch_gui.core.content_rule.policy import ContentRule
from imgsearch_gui.core.matching.config import config_for
from imgsearch_gui.core.matching.matcher import Matcher
from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.retrieval.search import VectorCache
from imgsearch_gui.core.retrieval.shown import ShownImages
from imgsearch_gui.errors import DatasetError
from tests.fakes import SOME_BANDS, FakeImageEncoder, FakeTextEncoder, some_score, some_space, write_jpegs
from tests.synthetic import write_dataset

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.retrieval.search import FolderVectors
    from imgsearch_gui.core.storage.library import Library


@pytest.fixture(params=[0, 10_000], ids=["by directory", "one by one"])
def images(library: Library, request: pytest.FixtureRequest) -> ShownImages:
    return ShownImages(library, ContentRule.load(language=lambda _: "en"), few=request.param)


@pytest.fixture
def cache(library: Library) -> VectorCache:
    torch.manual_seed(0)
    config = replace(config_for(FakeImageEncoder(), [FakeTextEncoder()]), joint_dim=8, image_hidden=8)
    return VectorCache(library, "fake-1", Matcher(some_space(config), some_score(config), SOME_BANDS))


def indexed(library: Library, cache: VectorCache, folder: Path) -> FolderVectors:
    deque(index_folder(library, folder, FakeImageEncoder()), maxlen=0)
    return cache.get(folder.resolve())


def names(library: Library, vectors: FolderVectors, shown) -> set[str]:
    return {record.path.name for record in library.records_of(vectors.ids[shown].tolist()).values()}


def test_captions_withhold_images_and_nothing_else(library, cache, images, tmp_path: Path) -> None:
    captions = {"train1.png": ("A girl .",), "train3.png": ("Two boys play .",)}
    folder = write_dataset(tmp_path / "set", train=5, test=0, captions=captions)
    write_jpegs(folder / "elsewhere", 4)
    vectors = indexed(library, cache, folder)
    wanted = {"train0.png", "train2.png", "train4.png", "000.jpg", "001.jpg", "002.jpg", "003.jpg"}
    assert names(library, vectors, images.shown(folder, vectors)) == wanted


def test_links_withhold_what_they_lead_to(library, cache, images, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=3, test=0, captions={"train2.png": ("A girl .",)})
    write_jpegs(tmp_path / "photos" / "plain", 3)
    (tmp_path / "photos" / "links").mkdir()
    for number in range(3):
        link = tmp_path / "photos" / "links" / f"link{number}.png"
        link.symlink_to(folder / "train_images" / f"train{number}.png")
    vectors = indexed(library, cache, tmp_path / "photos")
    shown = images.shown(tmp_path / "photos", vectors)
    assert names(library, vectors, ~shown) == {"link2.png"}


def test_captions_beside_the_folder_as_it_was_opened_count(library, cache, images, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=3, test=0, captions={"train2.png": ("A girl .",)})
    (folder / "train_images").rename(tmp_path / "elsewhere")
    (folder / "train_images").symlink_to(tmp_path / "elsewhere")
    vectors = indexed(library, cache, folder / "train_images")
    assert names(library, vectors, ~images.shown(folder / "train_images", vectors)) == {"train2.png"}
    assert images.shown(tmp_path / "elsewhere", vectors).all()


def test_images_whose_folder_is_gone_are_withheld_as_before(library, cache, images, tmp_path: Path) -> None:
    """Their thumbnails are still in the library, and the captions stand beside where they were."""
    folder = write_dataset(tmp_path / "set", train=3, test=0, captions={"train2.png": ("A girl .",)})
    vectors = indexed(library, cache, folder)
    (folder / "train_images").rename(tmp_path / "moved")
    assert names(library, vectors, ~images.shown(folder, vectors)) == {"train2.png"}


def test_a_table_that_comes_later_is_seen(library, cache, images, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=3, test=0, captions={"train2.png": ("A girl .",)})
    (folder / "train_dataset.csv").rename(tmp_path / "away.csv")
    vectors = indexed(library, cache, folder)
    assert images.shown(folder, vectors).all()
    (tmp_path / "away.csv").rename(folder / "train_dataset.csv")
    assert names(library, vectors, ~images.shown(folder, vectors)) == {"train2.png"}
    (folder / "train_dataset.csv").write_bytes(b"\xff\xfe broken")
    with pytest.raises(DatasetError, match=r"train_dataset\.csv"):
        images.shown(folder, vectors)


def test_images_that_come_later_are_asked_about(library, cache, images, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=4, test=0, captions={"train2.png": ("A girl .",)})
    away = [folder / "train_images" / f"train{n}.png" for n in (2, 3)]
    for path in away:
        path.rename(tmp_path / path.name)
    vectors = indexed(library, cache, folder)
    assert images.shown(folder, vectors).all()
    for path in away:
        (tmp_path / path.name).rename(path)
    later = indexed(library, cache, folder)
    assert names(library, later, ~images.shown(folder, later)) == {"train2.png"}
    assert len(images.shown(folder, vectors)) == 2, "an answer from before is answered as before"
