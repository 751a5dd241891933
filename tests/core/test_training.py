"""Training and evaluation on small drawn datasets: it learns, repeats itself, and says what it cannot do."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from imgsearch_gui.core.checkpoint import load_matcher, save_matcher
from imgsearch_gui.core.dataset import read_dataset
from imgsearch_gui.core.evaluation import fold_scores
from imgsearch_gui.core.library import Library
from imgsearch_gui.core.matcher import config_for
from imgsearch_gui.core.measures import folds_by_image, r2, rmse
from imgsearch_gui.core.policy import ContentRule
from imgsearch_gui.core.training import TrainSettings, fit, fit_heads
from imgsearch_gui.core.training_data import RULE_HIT, PairSet, TrainingData, prepare
from imgsearch_gui.errors import TrainingError
from tests.fakes import FakeImageEncoder, FakeTextEncoder, finished
from tests.synthetic import write_dataset

if TYPE_CHECKING:
    from pathlib import Path

TEXT = [FakeTextEncoder(), FakeTextEncoder("words-2", ["en", "ru"])]
CONFIG = replace(
    config_for(FakeImageEncoder(), TEXT),
    joint_dim=64,
    image_hidden=32,
    text_hidden=32,
    rank=8,
)
QUICK = TrainSettings(passes=4, batch=128, image_dropout=0.1, text_dropout=0.1)


def prepared(*folders: Path, library: Path, **more) -> TrainingData:
    with Library(library) as opened:
        datasets = [read_dataset(folder) for folder in folders]
        return finished(prepare(datasets, opened, FakeImageEncoder(), TEXT, **more))[0]


def heads(data: TrainingData, settings: TrainSettings):
    """Heads that saw none of the judged images."""
    unseen = data.described[~np.isin(data.described[:, 0], data.judged.images)]
    return finished(fit_heads(data, unseen, CONFIG, (), settings))[0]


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> TrainingData:
    folder = tmp_path_factory.mktemp("dataset")
    write_dataset(folder / "set", train=60, test=0)
    write_dataset(folder / "captions", train=600, test=0, labels=False)  # the 60 are among them
    return prepared(folder / "set", folder / "captions", library=folder / "library.sqlite")


@pytest.fixture(scope="module")
def trained(data: TrainingData):
    return finished(fit(data, CONFIG, (), settings=QUICK))


def test_training_tells_its_progress_and_what_it_used(data, trained) -> None:
    (_, info), progress = trained
    assert {step.stage for step in progress} == {"Heads", "Score"}
    for stage in ("Heads", "Score"):
        done = [step.done for step in progress if step.stage == stage]
        assert done == sorted(done)
        assert done[-1] == next(step.total for step in progress if step.stage == stage)
    assert info.target == "expert-mean"
    assert info.counts["images"] == 600
    assert len(info.heads_trained_on) == 540
    assert info.score_trained_on == {data.hashes[i] for i in data.judged.images}
    assert not info.heads_trained_on & info.score_trained_on, "the score learns on images new to the heads"
    assert info.settings["seed"] == 0


def test_the_same_seed_gives_the_same_weights_and_another_does_not(data, trained, tmp_path: Path) -> None:
    again, _ = finished(fit(data, CONFIG, (), settings=QUICK))
    other, _ = finished(fit(data, CONFIG, (), settings=replace(QUICK, seed=1)))
    files = []
    for name, (matcher, info) in {"first": trained[0], "again": again, "other": other}.items():
        save_matcher(tmp_path / name, matcher, info)
        files.append((tmp_path / name).read_bytes())
    assert files[0] == files[1]
    assert files[0] != files[2]


def test_a_saved_matcher_scores_exactly_like_the_one_in_memory(data, trained, tmp_path: Path) -> None:
    matcher, info = trained[0]
    save_matcher(tmp_path / "m", matcher, info)
    loaded, _ = load_matcher(tmp_path / "m")
    vectors = data.images.astype(np.float32)
    query = matcher.texts([text[:1] for text in data.texts])[0]
    np.testing.assert_array_equal(
        matcher.scores(matcher.images(vectors), query), loaded.scores(loaded.images(vectors), query)
    )


def test_fold_scores_learn_what_the_labels_say(data) -> None:
    settings = replace(QUICK, passes=30)
    scores, _ = finished(fold_scores(heads(data, settings), data))
    targets = data.judged.targets
    assert scores.shape == targets.shape
    assert rmse(scores, targets) < 0.8 * float(targets.std()), "the error of the best constant"
    assert r2(scores, targets) > 0.3


def test_no_image_is_on_both_sides_of_a_fold(data) -> None:
    parts = folds_by_image(data.judged.images)
    assert sorted(np.concatenate([test for _, test in parts])) == list(range(len(data.judged)))
    for train, test in parts:
        assert not set(data.judged.images[train]) & set(data.judged.images[test])


def test_fold_scores_do_not_depend_on_the_folds_own_labels(data) -> None:
    """Turning the labels of a fold's images upside down must not change that fold's scores."""
    space = heads(data, QUICK)
    before, _ = finished(fold_scores(space, data))
    _, test = folds_by_image(data.judged.images)[0]
    images = data.judged.images[test]

    def turned(pairs: PairSet) -> PairSet:
        targets = np.where(np.isin(pairs.images, images), 1 - pairs.targets, pairs.targets)
        return replace(pairs, targets=targets)

    after, _ = finished(
        fold_scores(space, replace(data, judged=turned(data.judged), crowd=turned(data.crowd)))
    )
    np.testing.assert_array_equal(before[test], after[test])
    assert (before != after).any()


def test_the_content_rule_leaves_out_what_it_hits(tmp_path: Path) -> None:
    folder = write_dataset(
        tmp_path / "set", train=6, test=0, captions={"train1.png": ("A boy .", "A red bar .")}
    )
    rule = ContentRule.load(language=lambda _: "en")
    whole = prepared(folder, library=tmp_path / "library.sqlite")
    ruled = prepared(folder, library=tmp_path / "library.sqlite", rule=rule)
    assert whole.left_out == {}
    assert ruled.left_out[RULE_HIT] > 0
    assert len(ruled.hashes) == len(whole.hashes) - 1
    assert len(ruled.judged) < len(whole.judged)


def test_captions_alone_teach_a_score(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=600, test=0, labels=False)
    data = prepared(folder, library=tmp_path / "library.sqlite")
    (_, info), _ = finished(fit(data, CONFIG, (), settings=QUICK))
    assert len(info.heads_trained_on) == 540, "a tenth is set apart for the score"


def test_a_small_folder_keeps_the_heads_it_starts_from(trained, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=12, test=0)
    data = prepared(folder, library=tmp_path / "library.sqlite")
    (matcher, info), progress = finished(fit(data, CONFIG, (), settings=QUICK, start=trained[0]))
    assert {step.stage for step in progress} == {"Score"}
    assert info.heads_trained_on == trained[0][1].heads_trained_on
    assert info.score_trained_on == set(data.hashes)
    assert matcher.config == CONFIG


def test_too_little_data_is_told_in_a_sentence(trained, tmp_path: Path) -> None:
    data = prepared(write_dataset(tmp_path / "set", train=3, test=0), library=tmp_path / "library.sqlite")
    with pytest.raises(TrainingError, match="Only 0 images have a caption of their own and no judgement"):
        finished(fit(data, CONFIG, (), settings=QUICK))
    few = replace(data, judged=data.judged.take(np.arange(3)))
    with pytest.raises(TrainingError, match="Only 3 pairs have a judgement"):
        finished(fit(few, CONFIG, (), settings=QUICK, start=trained[0]))
    with pytest.raises(TrainingError, match="folds"):
        folds_by_image(few.judged.images)


def test_closing_training_stops_it(data) -> None:
    steps = fit(data, CONFIG, (), settings=QUICK)
    next(steps)
    steps.close()
    assert deque(steps) == deque()
