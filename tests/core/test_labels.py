"""Labels to targets: by hand on a few rows, and by the known figures of the real dataset."""

from __future__ import annotations

import os
from pathlib import Path
from statistics import pstdev

import pytest

from imgsearch_gui.core.datasets.dataset import Dataset, read_dataset
from imgsearch_gui.core.datasets.labels import CROWD_ALONE, SCORES_DIFFER, targets
from imgsearch_gui.core.types.training import Target
from imgsearch_gui.errors import TrainingError
from tests.synthetic import write_dataset, write_lines

EXPERT = [
    "train0.png\ttrain0.png#0\t4\t4\t3",
    "train1.png\ttrain0.png#0\t1\t2\t4",
    "train2.png\ttrain0.png#0\t1\t1\t1",
]
CROWD = [
    "train0.png\ttrain0.png#0\t0.5\t2\t2",
    "train3.png\ttrain0.png#0\t1\t3\t0",
]


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    write_dataset(tmp_path)
    write_lines(tmp_path / "ExpertAnnotations.tsv", EXPERT)
    write_lines(tmp_path / "CrowdAnnotations.tsv", CROWD)
    return read_dataset(tmp_path)


def values(dataset: Dataset, target: Target, **weights: float) -> dict[str, float]:
    return {pair.image: pair.target for pair in targets(dataset, target, **weights)[0]}


def test_expert_mean(dataset: Dataset) -> None:
    assert values(dataset, Target.EXPERT_MEAN) == pytest.approx(
        {"train0.png": 8 / 9, "train1.png": 4 / 9, "train2.png": 0}
    )


def test_expert_majority_leaves_out_scores_that_all_differ(dataset: Dataset) -> None:
    assert values(dataset, Target.EXPERT_MAJORITY) == pytest.approx({"train0.png": 1, "train2.png": 0})
    assert targets(dataset, Target.EXPERT_MAJORITY)[1] == {SCORES_DIFFER: 1}


def test_crowd_share(dataset: Dataset) -> None:
    assert values(dataset, Target.CROWD) == {"train0.png": 0.5, "train3.png": 1}


def test_blend_takes_the_experts_alone_where_there_is_no_crowd(dataset: Dataset) -> None:
    expected = {"train0.png": 0.6 * 8 / 9 + 0.4 * 0.5, "train1.png": 4 / 9, "train2.png": 0}
    assert values(dataset, Target.BLEND) == pytest.approx(expected)
    assert targets(dataset, Target.BLEND)[1] == {CROWD_ALONE: 1}


def test_blend_weights_need_not_add_up_to_one(dataset: Dataset) -> None:
    blend = values(dataset, Target.BLEND, expert_weight=2, crowd_weight=2)
    assert blend["train0.png"] == pytest.approx((8 / 9 + 0.5) / 2)


@pytest.mark.parametrize("weights", [(-1.0, 2.0), (0.0, 0.0), (float("nan"), 1.0), (float("inf"), 1.0)])
def test_weights_that_mean_nothing_are_refused(dataset: Dataset, weights: tuple[float, float]) -> None:
    with pytest.raises(TrainingError, match="weights"):
        targets(dataset, Target.BLEND, expert_weight=weights[0], crowd_weight=weights[1])


def test_pairs_carry_caption_and_expert_scores(dataset: Dataset) -> None:
    first = targets(dataset, Target.EXPERT_MEAN)[0][0]
    assert (first.caption, first.expert) == (dataset.captions["train0.png#0"], (4, 4, 3))
    by_image = {pair.image: pair.expert for pair in targets(dataset, Target.CROWD)[0]}
    assert by_image == {"train0.png": (4, 4, 3), "train3.png": ()}


@pytest.mark.parametrize("target", Target)
def test_a_dataset_without_labels_gives_no_pairs(tmp_path: Path, target: Target) -> None:
    assert targets(read_dataset(write_dataset(tmp_path, labels=False)), target) == ([], {})


@pytest.mark.parametrize(
    ("target", "count", "deviation", "left_out"),
    [
        (Target.EXPERT_MEAN, 5822, 0.269, {}),
        (Target.EXPERT_MAJORITY, 5696, 0.286, {SCORES_DIFFER: 126}),
        (Target.BLEND, 5822, 0.247, {CROWD_ALONE: 44392}),
        (Target.CROWD, 46721, 0.209, {}),
    ],
)
def test_the_real_targets_have_their_known_figures(
    target: Target, count: int, deviation: float, left_out: dict[str, int]
) -> None:
    datasets = os.environ.get("IMGSEARCH_DATASETS")
    if not datasets:
        pytest.skip("IMGSEARCH_DATASETS does not name the folder of the real datasets")
    dataset = read_dataset(Path(datasets) / "image_search", check_images=False)
    pairs, counts = targets(dataset, target)
    assert (len(pairs), counts) == (count, left_out)
    assert pstdev(pair.target for pair in pairs) == pytest.approx(deviation, abs=5e-4)
