"""What is put before raters, from a real library with small encoders."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.core.evaluation.report import Bench, evaluate
from imgsearch_gui.core.pictures.images import content_hash
from imgsearch_gui.core.ratings.judge import list_to_judge
from imgsearch_gui.core.ratings.order import doubt
from imgsearch_gui.core.ratings.pool import WITHHELD, open_pool
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.judging import JudgingItem, JudgingList, JudgingOrder, JudgingWish, Mark
from imgsearch_gui.core.types.ratings import Rating, RatingScale
from imgsearch_gui.errors import DatasetError
from tests.engines import make_engine, run
from tests.fakes import finished, result_of, write_jpegs
from tests.synthetic import own_captions, write_dataset, write_lines

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.engine import Engine
    from imgsearch_gui.core.storage.library import Library

BLOCK, WARN, OFF = RuleMode.BLOCK, RuleMode.WARN, RuleMode.OFF
TIME = datetime(2026, 5, 1, tzinfo=UTC)
ONE_HIT = {"test1.png": ("A child .", "A bar .")}  # captions, of which the rule hits one


@pytest.fixture
def engine(library: Library) -> Engine:
    return make_engine(library)


@pytest.fixture
def photos(engine: Engine, tmp_path: Path) -> Path:
    write_jpegs(tmp_path / "photos", 12)
    run(engine.index(tmp_path / "photos"))
    return tmp_path / "photos"


def listed(
    engine: Engine,
    folder: Path,
    query: str | None = "red boat",
    order: JudgingOrder = JudgingOrder.RANK,
    rule: RuleMode = BLOCK,
) -> JudgingList:
    return result_of(list_to_judge(engine, JudgingWish(folder, query, order, rule)))


def rated(item: JudgingItem, rater: str, value: int, scale: RatingScale = RatingScale.EXPERT) -> Rating:
    return Rating(item.query, item.content_hash, rater, scale, value, TIME)


def test_hits_come_with_score_rank_hash_and_what_was_said_of_them(engine: Engine, photos: Path) -> None:
    hits = engine.search(photos, "red boat").hits
    third = hits[2]
    digest = content_hash(third.path)
    engine.library.add_rating(Rating("red boat", digest, "Ada", RatingScale.EXPERT, 1, TIME))
    engine.library.add_rating(Rating("red boat", digest, "Ada", RatingScale.EXPERT, 3, TIME))
    engine.library.add_rating(Rating("red boat", digest, "Bo", RatingScale.CROWD, 1, TIME))
    engine.library.add_rating(Rating("another", digest, "Bo", RatingScale.EXPERT, 1, TIME))
    found = listed(engine, photos)
    assert [item.path for item in found.items] == [hit.path for hit in hits]
    assert [item.rank for item in found.items] == list(range(1, 13))
    assert found.items[2] == JudgingItem(
        query="red boat",
        path=third.path,
        content_hash=digest,
        image_id=third.image_id,
        score=third.score,
        band=third.band,
        rank=3,
        marks=(Mark("Ada", RatingScale.EXPERT, 3), Mark("Bo", RatingScale.CROWD, 1)),
    )
    assert found.found == 12


def test_pictures_with_the_same_bytes_are_rated_once(engine: Engine, photos: Path) -> None:
    shutil.copy(photos / "003.jpg", photos / "copy.jpg")
    run(engine.index(photos))
    items = listed(engine, photos).items
    assert len(items) == 12
    assert len({item.content_hash for item in items}) == 12


def test_each_order_has_the_same_hits_but_the_disputed(engine: Engine, photos: Path) -> None:
    by_rank = listed(engine, photos).items
    drawn = listed(engine, photos, order=JudgingOrder.RANDOM).items
    unsure = listed(engine, photos, order=JudgingOrder.UNSURE).items
    assert set(drawn) == set(unsure) == set(by_rank)
    assert drawn != by_rank
    bands = engine.model[0].bands
    doubts = [doubt(item.score or 0.0, bands) for item in unsure]
    assert doubts == sorted(doubts)
    assert listed(engine, photos, order=JudgingOrder.DISPUTED).items == ()
    for item, values in ((by_rank[4], (2, 3)), (by_rank[7], (1, 4)), (by_rank[8], (2, 2))):
        for rater, value in zip(("Ada", "Bo"), values, strict=True):
            engine.library.add_rating(rated(item, rater, value))
    disputed = listed(engine, photos, order=JudgingOrder.DISPUTED).items
    assert [item.rank for item in disputed] == [8, 5]


def test_the_content_rule_holds_for_queries(engine: Engine, photos: Path) -> None:
    blocked = listed(engine, photos, "two toddlers")
    assert blocked.items == ()
    assert blocked.blocked is not None
    assert blocked.blocked.word == "toddlers"
    warned = listed(engine, photos, "two toddlers", rule=WARN)
    assert {item.rule_match for item in warned.items} == {blocked.blocked}
    assert len(listed(engine, photos, "two toddlers", rule=OFF).items) == 12


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return write_dataset(
        tmp_path / "data",
        captions={
            "train2.png": ("A red square .", "A child in a red square ."),
            "test1.png": ("A child .",) * 2,
        },
    )


def test_the_pairs_of_a_dataset_folder_in_its_order(engine: Engine, dataset: Path) -> None:
    found = listed(engine, dataset, None, rule=OFF)
    assert len(found.items) == len({(item.query, item.content_hash) for item in found.items})
    first = found.items[0]
    assert (first.query, first.path.name) == (own_captions(0)[0], "train0.png")
    assert first.content_hash == content_hash(first.path)
    assert first.marks == tuple(Mark(f"expert {n}", RatingScale.EXPERT, 4) for n in (1, 2, 3))
    assert first.score is first.rank is None
    engine.library.add_rating(rated(first, "Ada", 2))
    again = listed(engine, dataset, None, rule=OFF).items[0]
    assert again.marks[3:] == (Mark("Ada", RatingScale.EXPERT, 2),)


def test_what_the_rule_withholds_is_no_pair_to_rate(engine: Engine, dataset: Path) -> None:
    everything = listed(engine, dataset, None, rule=OFF)
    assert any(item.path.name == "train2.png" for item in everything.items)
    blocked, warned = listed(engine, dataset, None), listed(engine, dataset, None, rule=WARN)
    for found in (blocked, warned):
        assert not any(item.path.name == "train2.png" for item in found.items)
        assert found.left_out > 0
    assert not any("child" in item.query for item in blocked.items)
    hit = [item for item in warned.items if "child" in item.query]
    assert hit
    assert all(item.rule_match is not None for item in hit)


def test_pairs_are_scored_where_the_order_asks_for_it(engine: Engine, dataset: Path) -> None:
    found, steps = finished(list_to_judge(engine, JudgingWish(dataset, None, JudgingOrder.UNSURE, OFF)))
    assert {"Captions", "Pictures", "Image vectors", "Scores"} & {step.stage for step in steps}
    bands = engine.model[0].bands
    doubts = [doubt(item.score, bands) for item in found.items]
    assert doubts == sorted(doubts)
    assert all(item.band is bands.of(item.score) for item in found.items)
    one = found.items[0]
    hits = engine.search(dataset / "train_images", one.query, rule=OFF).hits
    [same] = [hit for hit in hits if hit.path.name == one.path.name]
    assert one.image_id == same.image_id
    assert one.score == pytest.approx(same.score, abs=0.01)  # a search rounds to eight bits


def test_experts_that_differ_are_a_dispute(engine: Engine, dataset: Path) -> None:
    found = listed(engine, dataset, None, JudgingOrder.DISPUTED, OFF)
    assert found.items
    assert len(found.items) < found.found
    assert all(len({mark.value for mark in item.marks}) > 1 for item in found.items)


def test_a_picture_that_cannot_be_read_is_counted(engine: Engine, tmp_path: Path) -> None:
    dataset = write_dataset(tmp_path / "d", train=3, test=0)
    steps = list_to_judge(engine, JudgingWish(dataset, None, JudgingOrder.RANK, OFF))
    assert next(steps).stage == "Tables"
    step = next(steps)  # the tables are read, and no picture yet
    assert step.stage == "Pictures"
    (dataset / "train_images" / "train1.png").unlink()
    found = result_of(steps)
    assert found.unreadable > 0
    assert not any(item.path.name == "train1.png" for item in found.items)


def test_a_folder_without_pairs_or_queries_says_so(engine: Engine, tmp_path: Path) -> None:
    test_only = write_dataset(tmp_path / "test", train=0)
    train_only = write_dataset(tmp_path / "train", test=0)
    with pytest.raises(DatasetError, match=r"no train_dataset\.csv, and so no pairs to rate"):
        listed(engine, test_only, None)
    with pytest.raises(DatasetError, match=r"no test_queries\.csv, and so no test queries"):
        result_of(open_pool(engine, train_only, BLOCK))


# Test queries


def evaluated(engine: Engine, dataset: Path, mode: RuleMode) -> dict:
    """The figures of ``evaluate`` for the test part alone."""
    from imgsearch_gui.core.datasets.dataset import read_dataset

    matcher, info = engine.model
    rule = engine.rule if mode is BLOCK else None  # as the command line takes it
    encoders = engine.image_encoder, engine.text_encoders
    bench = Bench(engine.library, *encoders, matcher, info, True, matcher, info, rule=rule)
    only_test = replace(read_dataset(dataset), pairs=(), expert=(), crowd=())
    return result_of(evaluate(bench, only_test)).figures


@pytest.mark.parametrize("mode", RuleMode)
def test_recall_over_all_test_queries_is_that_of_an_evaluation(
    engine: Engine, tmp_path: Path, mode: RuleMode
) -> None:
    dataset = write_dataset(tmp_path / "d", train=0, test=24, captions=ONE_HIT)
    figures = evaluated(engine, dataset, mode)
    pool = result_of(open_pool(engine, dataset, mode))
    assert pool.count == figures["n_queries"] == (47 if mode is BLOCK else 48)
    step = pool.step(0)
    for place in [*range(1, pool.count), 3, 3]:  # one that is seen again counts once
        step = pool.step(place)
    assert step.stepped == pool.count
    assert len(step.hits) == figures["n_images"]
    assert step.recall == {k: figures[f"recall_at_{k}"] for k in (1, 5, 10)}
    assert 0 < step.recall[10] < 1  # or anything would do
    assert step.left_out == 48 - pool.count


def test_the_right_image_stands_at_its_rank(engine: Engine, tmp_path: Path) -> None:
    dataset = write_dataset(tmp_path / "d", train=0, test=9)
    lines = (dataset / "test_queries.csv").read_text().splitlines()
    pool = result_of(open_pool(engine, dataset, BLOCK))
    for place in range(pool.count):
        step = pool.step(place)
        _, _, text, image = lines[place + 1].split("|")
        assert step.query == text
        assert step.right.path.name == image
        assert step.hits[step.rank - 1] == step.right
        scores = [hit.score for hit in step.hits]
        assert scores == sorted(scores, reverse=True)
        assert sum(score >= step.right.score for score in scores) == step.rank
        assert step.hits.place_of(step.right.image_id) == step.rank - 1
        assert engine.library.thumbnail(step.right.image_id) is not None
        assert step.picture is not None
        assert step.picture.path == step.right.path
        assert step.picture.content_hash == content_hash(step.right.path)


def test_equal_scores_count_against_the_right_image(engine: Engine, tmp_path: Path) -> None:
    dataset = write_dataset(tmp_path / "d", train=0, test=4)
    for number in range(1, 4):  # one picture four times: every score is the same
        shutil.copy(dataset / "test_images" / "test0.png", dataset / "test_images" / f"test{number}.png")
    pool = result_of(open_pool(engine, dataset, BLOCK))
    step = pool.step(2)
    assert step.rank == 4
    assert step.right.path.name == "test1.png"
    assert step.recall == {1: 0, 5: 1, 10: 1}


@pytest.mark.parametrize("mode", [BLOCK, WARN])
def test_a_withheld_picture_keeps_its_place_and_is_not_shown(
    engine: Engine, tmp_path: Path, mode: RuleMode
) -> None:
    dataset = write_dataset(tmp_path / "d", train=0, test=4, captions=ONE_HIT)
    pool = result_of(open_pool(engine, dataset, mode))
    steps = [pool.step(place) for place in range(pool.count)]
    for step in steps:
        hidden = [hit for hit in step.hits if hit.path == WITHHELD]
        assert len(hidden) == 1
        assert engine.library.thumbnail(hidden[0].image_id) is None
        assert not any(hit.path.name == "test1.png" for hit in step.hits)
        assert (step.picture is None) == (step.right == hidden[0])
    assert sum(step.picture is None for step in steps) == (1 if mode is BLOCK else 2)
    assert [step.query for step in steps if step.rule_match] == ([] if mode is BLOCK else ["A child ."])
    plain = result_of(open_pool(engine, dataset, OFF)).step(0)
    assert any(hit.path.name == "test1.png" for hit in plain.hits)


def test_listed_test_images_alone_are_the_pool(engine: Engine, tmp_path: Path) -> None:
    dataset = write_dataset(tmp_path / "d", train=0, test=6)
    keep = [f"test{n}.png" for n in range(4)]
    write_lines(dataset / "test_images.csv", ["image", *keep])
    pool = result_of(open_pool(engine, dataset, BLOCK))
    assert {hit.path.name for hit in pool.step(0).hits} == set(keep)
    assert pool.count == 8
