"""What there is to train on is told before anything runs, and so is why it cannot be."""

from __future__ import annotations

import os
from collections import deque
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.core.datasets.tables import MAX_FILE_BYTES
from imgsearch_gui.core.matching.training_data import NO_VECTOR
from imgsearch_gui.core.retraining.summary import summarise
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.ratings import Rating, RatingScale
from imgsearch_gui.core.types.training import Target, TrainingChoices, TrainingSummary
from imgsearch_gui.errors import DatasetError
from tests.fakes import result_of, write_jpegs
from tests.retraining import make_engine, rate_all
from tests.synthetic import write_dataset, write_lines

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.storage.library import Library


def summed_up(library: Library, folder: Path | None, **more) -> TrainingSummary:
    return result_of(summarise(make_engine(library), TrainingChoices(folder, **more)))


def test_a_good_folder(library: Library, tmp_path: Path) -> None:
    summary = summed_up(library, write_dataset(tmp_path / "set", train=12, test=4))
    assert (summary.pairs, summary.images, summary.captions) == (96, 12, 24)
    assert (summary.expert_labels, summary.crowd_labels) == (96, 48)
    assert (summary.queries, summary.test_images) == (8, 4)
    assert sum(summary.targets) == 96
    assert summary.targets[9] == 24, "each caption with its own image has the highest target"
    assert (summary.left_out, summary.problems) == ({}, ())
    assert (summary.rule_pairs, summary.rule_images, summary.obstacle) == (0, 0, "")
    assert not library.folders(), "nothing is embedded"


def test_the_content_rule_is_told_apart(library: Library, tmp_path: Path) -> None:
    captions = {"train1.png": ("A boy .", "A red bar .")}
    folder = write_dataset(tmp_path / "set", train=12, test=0, captions=captions)
    ruled, off = summed_up(library, folder), summed_up(library, folder, rule=RuleMode.OFF)
    assert ruled.rule_images == 1
    assert ruled.pairs + ruled.rule_pairs == off.pairs == 96
    assert ruled.images == off.images - 1
    assert off.rule_pairs == 0


def test_rows_left_out_are_counted_and_shown(library: Library, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=12, test=0)
    expert = (folder / "ExpertAnnotations.tsv").read_text().splitlines()
    crowd = (folder / "CrowdAnnotations.tsv").read_text().splitlines()
    write_lines(folder / "ExpertAnnotations.tsv", [*expert, expert[0], "train0.png\ttrain0.png#0\t4\t5\t4"])
    write_lines(folder / "CrowdAnnotations.tsv", [*crowd, "train0.png\ttrain9.png#1\tnan\t1\t1"])
    (folder / "train_images" / "train3.png").unlink()
    summary = summed_up(library, folder)
    assert summary.left_out["The row repeats an earlier one"] == 1
    assert summary.left_out["The score is not one of 1, 2, 3, 4"] == 1
    assert summary.left_out["The share is not a number from 0 to 1"] == 1
    assert summary.left_out["The image is missing"] > 0
    assert summary.images == 11
    assert len(summary.problems) == sum(summary.left_out.values())
    assert summary.problems[0].line is not None


@pytest.mark.parametrize(
    ("target", "pairs", "captions"),
    [(Target.CROWD, 48, 12), (Target.EXPERT_MAJORITY, 96, 24), (Target.BLEND, 96, 24)],
)
def test_every_target(library: Library, tmp_path: Path, target: Target, pairs: int, captions: int) -> None:
    summary = summed_up(library, write_dataset(tmp_path / "set", train=12), target=target)
    assert (summary.pairs, summary.captions) == (pairs, captions)


def labels_of_one_value(folder: Path) -> None:
    rows = [f"train{n}.png\ttrain{n}.png#0\t3\t3\t3" for n in range(12)]
    rows += [f"train{(n + 1) % 12}.png\ttrain{n}.png#1\t3\t3\t3" for n in range(12)]
    rows += [f"train{(n + 2) % 12}.png\ttrain{n}.png#1\t3\t3\t3" for n in range(12)]
    write_lines(folder / "ExpertAnnotations.tsv", rows)


def three_pairs(folder: Path) -> None:
    some_pairs(folder, 3)


def few_pairs(folder: Path) -> None:
    some_pairs(folder, 12)


def some_pairs(folder: Path, count: int) -> None:
    rows = [f"train{n}.png\ttrain{n}.png#0\t1\t2\t{n % 4 + 1}" for n in range(count)]
    write_lines(folder / "ExpertAnnotations.tsv", rows)
    (folder / "CrowdAnnotations.tsv").unlink()


def no_labels(folder: Path) -> None:
    (folder / "ExpertAnnotations.tsv").unlink()
    (folder / "CrowdAnnotations.tsv").unlink()


@pytest.mark.parametrize(
    ("spoil", "choices", "sentence"),
    [
        (no_labels, {}, "There are no labels, and only 12 images with captions"),
        (labels_of_one_value, {}, "All 36 judged pairs have the same target"),
        (three_pairs, {}, "The judged pairs are of 3 images only"),
        (few_pairs, {}, "Only 12 pairs have a judgement; training needs 20"),
        (three_pairs, {"target": Target.CROWD}, "has a label of the crowd"),
        (None, {"from_nothing": True}, "Only 0 images have a caption of their own and no judgement"),
        (None, {"held_out": 0.0}, "must lie between 0 and 1"),
        (None, {"held_out": float("nan")}, "must lie between 0 and 1"),
        (None, {"target": Target.BLEND, "expert_weight": 0.0, "crowd_weight": 0.0}, "two weights"),
        (None, {"most_steps": 0}, "at least one step"),
    ],
)
def test_obstacles_are_one_sentence(library: Library, tmp_path: Path, spoil, choices, sentence: str) -> None:
    folder = write_dataset(tmp_path / "set", train=12, test=2)
    if spoil is not None:
        spoil(folder)
    obstacle = summed_up(library, folder, **choices).obstacle
    assert sentence in obstacle
    assert obstacle.endswith(".")


def test_folders_that_are_none(library: Library, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    missing = write_dataset(tmp_path / "set", train=12, test=0)
    for image in (missing / "train_images").iterdir():
        image.unlink()
    for folder, sentence in (
        (tmp_path / "nowhere", "There is no such folder"),
        (tmp_path / "empty", "choose a dataset folder"),
        (missing, r"train_dataset\.csv, line 2: The image is missing.* None of the file's rows can be used"),
    ):
        with pytest.raises(DatasetError, match=sentence):
            summed_up(library, folder)


def test_a_table_of_a_gigabyte_is_refused_at_once(library: Library, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=12, test=0)
    os.truncate(folder / "CrowdAnnotations.tsv", 4 * MAX_FILE_BYTES)  # a hole on the disk
    with pytest.raises(DatasetError, match=r"CrowdAnnotations\.tsv: The file is larger than 256 MB"):
        summed_up(library, folder)


def test_it_can_be_stopped_between_and_in_the_files(library: Library, tmp_path: Path) -> None:
    steps = summarise(make_engine(library), TrainingChoices(write_dataset(tmp_path / "set", train=100)))
    stages = [next(steps) for _ in range(5)]
    assert {step.stage for step in stages} == {"Reading"}
    steps.close()
    assert deque(steps) == deque()


@pytest.mark.parametrize("scale", RatingScale)
def test_my_ratings(library: Library, tmp_path: Path, scale: RatingScale) -> None:
    write_jpegs(tmp_path / "photos", 9)
    deque(make_engine(library).index(tmp_path / "photos"), maxlen=0)
    assert "rate some pictures first" in summed_up(library, None).obstacle
    count = rate_all(library, tmp_path / "photos", ("a red boat", "the sea", "a boy"), scale=scale)
    summary = summed_up(library, None)
    assert count == 27
    assert (summary.pairs, summary.images, summary.captions) == (18, 9, 2)
    assert summary.rule_pairs == 9, "the rule hits the third query"
    assert (summary.expert_labels, summary.crowd_labels) == (
        (27, 0) if scale is RatingScale.EXPERT else (0, 27)
    )
    assert "Only 18 pairs have a judgement" in summary.obstacle
    assert summed_up(library, None, rule=RuleMode.OFF).obstacle == ""


def test_my_ratings_of_pictures_that_are_gone_or_withheld(library: Library, tmp_path: Path) -> None:
    folder = write_dataset(
        tmp_path / "set", train=12, test=0, captions={"train1.png": ("A boy .", "A red bar .")}
    )
    images = folder / "train_images"
    deque(make_engine(library).index(images), maxlen=0)
    rate_all(library, images, ("a red thing", "a bar"), scale=RatingScale.EXPERT)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    library.add_rating(Rating("a bar", bytes(32), "Ann", RatingScale.EXPERT, 2, now))
    summary = summed_up(library, None)
    assert (summary.pairs, summary.images) == (22, 11)
    assert (summary.rule_pairs, summary.rule_images) == (2, 1)
    assert summary.left_out == {NO_VECTOR: 1}


def test_of_each_rater_the_latest_rating_counts(library: Library, tmp_path: Path) -> None:
    write_jpegs(tmp_path / "photos", 9)
    deque(make_engine(library).index(tmp_path / "photos"), maxlen=0)
    rate_all(library, tmp_path / "photos", ("a red boat",), scale=RatingScale.EXPERT)
    later = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=1)
    for content_hash in set(library.content_hashes(tmp_path / "photos").values()):
        library.add_rating(Rating("a red boat", content_hash, "Ann", RatingScale.EXPERT, 4, later))
    assert summed_up(library, None).targets == (0,) * 9 + (9,)
