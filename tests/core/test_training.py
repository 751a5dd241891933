"""Training and evaluation on small drawn datasets: it learns, repeats itself, and says what it cannot do."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from imgsearch_gui.core.content_rule.policy import ContentRule
from imgsearch_gui.core.datasets.dataset import EvaluationQuery, read_dataset
from imgsearch_gui.core.evaluation.held_out_scores import (
    both_unseen_scores,
    fold_matchers,
    fold_scores,
    held_out,
    pool_ranks,
)
from imgsearch_gui.core.matching.checkpoint import load_matcher, save_matcher
from imgsearch_gui.core.matching.config import TrainSettings, config_for
from imgsearch_gui.core.matching.training import fit, fit_heads, fit_on_pairs, score_pairs
from imgsearch_gui.core.matching.training_data import RULE_HIT, PairSet, TrainingData, prepare
from imgsearch_gui.core.measures import folds_by_image, r2, rmse
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.errors import TrainingError
from tests.fakes import FakeImageEncoder, FakeTextEncoder, finished
from tests.synthetic import own_captions, write_dataset, write_image

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


def folded(space, data: TrainingData) -> np.ndarray:
    """Scores of the judged pairs, fold by fold."""
    return fold_scores(finished(fold_matchers(space, data))[0], data)


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
    scores = folded(heads(data, settings), data)
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
    before = folded(space, data)
    _, test = folds_by_image(data.judged.images)[0]
    images = data.judged.images[test]

    def turned(pairs: PairSet) -> PairSet:
        targets = np.where(np.isin(pairs.images, images), 1 - pairs.targets, pairs.targets)
        return replace(pairs, targets=targets)

    after = folded(space, replace(data, judged=turned(data.judged), crowd=turned(data.crowd)))
    np.testing.assert_array_equal(before[test], after[test])
    assert (before != after).any()


def test_with_both_unseen_no_label_of_image_or_caption_counts(data) -> None:
    """Turning every label of a cell's images and of its captions upside down must not change its scores."""
    space, judged = heads(data, QUICK), data.judged
    before, _ = finished(both_unseen_scores(space, data))
    images = judged.images[folds_by_image(judged.images)[0][1]]
    captions = judged.captions[folds_by_image(judged.captions)[1][1]]
    of_image, of_caption = np.isin(judged.images, images), np.isin(judged.captions, captions)
    targets = np.where(of_image | of_caption, 1 - judged.targets, judged.targets)
    after, _ = finished(both_unseen_scores(space, replace(data, judged=replace(judged, targets=targets))))
    cell = of_image & of_caption
    assert cell.any()
    np.testing.assert_array_equal(before[cell], after[cell])
    assert (before[~cell] != after[~cell]).any()


def test_a_sixth_is_held_out_whatever_the_order_of_names() -> None:
    names = [f"{n}.jpg" for n in range(600)]
    apart = held_out(names)
    assert len(apart) == 100
    assert apart == held_out(reversed(names))
    assert apart < set(names)
    assert held_out(["one.jpg", "two.jpg"]) == frozenset()


def test_a_pool_is_ranked_by_the_matcher_of_each_image(data, trained) -> None:
    (matcher, _), _ = trained
    (other, _), _ = finished(fit_on_pairs(matcher.space, data, data.judged.take(np.arange(60))))
    vectors = {f"{row}": (b"", data.images[row]) for row in range(20)}
    queries = [EvaluationQuery(str(n), f"thing {n}", f"{n}") for n in (0, 7, 19)]
    by = np.arange(20) % 2
    ranked, right = pool_ranks([matcher, other], TEXT, vectors, queries, by)
    assert right.tolist() == [0, 7, 19]
    scores = np.empty((3, 20), np.float32)
    for one, scorer in enumerate((matcher, other)):
        images = scorer.images(data.images[:20][by == one])
        for row, joint in enumerate(scorer.queries([query.text for query in queries], TEXT)):
            scores[row, by == one] = scorer.scores(images, joint)
    assert ranked.tolist() == [(scores[row] >= scores[row, own]).sum() for row, own in enumerate(right)]


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
    twice = data.judged.take(np.tile(np.arange(len(data.judged)), 2))
    alike = replace(data, judged=replace(twice, targets=np.full(len(twice), 0.5, np.float32)))
    with pytest.raises(TrainingError, match="have the same target"):
        finished(fit(alike, CONFIG, (), settings=QUICK, start=trained[0]))
    with pytest.raises(TrainingError, match="folds"):
        folds_by_image(few.judged.images)


def test_few_captions_and_few_judged_images_are_told_as_what_they_are(trained, tmp_path: Path) -> None:
    captions = prepared(
        write_dataset(tmp_path / "captions", train=40, test=0, labels=False), library=tmp_path / "l.sqlite"
    )
    with pytest.raises(TrainingError, match=r"Only 40 images are described, and none is judged: .* 16 pairs"):
        finished(fit(captions, CONFIG, (), settings=QUICK, start=trained[0]))
    six = prepared(write_dataset(tmp_path / "six", train=6, test=0), library=tmp_path / "l.sqlite")
    with pytest.raises(TrainingError, match="Only 6 images are judged; folds within folds need 7"):
        finished(fold_matchers(trained[0][0].space, six))


def test_closing_training_stops_it(data) -> None:
    steps = fit(data, CONFIG, (), settings=QUICK)
    next(steps)
    steps.close()
    assert deque(steps) == deque()


@pytest.mark.parametrize("count", [24, 50])
def test_few_pairs_move_a_start_instead_of_teaching_a_score_anew(trained, tmp_path: Path, count: int) -> None:
    """A folder of some other images: the start knows colours and shapes already."""
    images = range(700, 715)
    captions = {f"train{n - 700}.png": own_captions(n) for n in images}
    folder = write_dataset(tmp_path / "set", train=15, test=0, captions=captions)
    for n in images:
        write_image(folder / "train_images" / f"train{n - 700}.png", n)
    whole = prepared(folder, library=tmp_path / "library.sqlite")
    some = np.random.default_rng(5).permutation(len(whole.judged))[:count]
    data = replace(whole, judged=whole.judged.take(some), crowd=whole.crowd.take(np.arange(0)))
    (matcher, info), _ = finished(fit(data, CONFIG, (), settings=QUICK, start=trained[0]))
    assert info.counts["judged_pairs"] == count
    assert info.metrics["rmse_out_of_fold"] < whole.judged.targets.std()

    def error(of) -> float:
        return rmse(score_pairs(of, whole, whole.judged), whole.judged.targets)

    assert error(matcher) < 1.1 * error(trained[0][0]), "a few pairs must not spoil the start"


KINDS = {
    "experts": ("CrowdAnnotations.tsv",),
    "crowd": ("ExpertAnnotations.tsv",),
    "captions": ("CrowdAnnotations.tsv", "ExpertAnnotations.tsv"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_small_folder_trains_from_a_start(trained, tmp_path: Path, kind: str) -> None:
    folder = write_dataset(tmp_path / "set", train=110, test=0)
    for name in KINDS[kind]:
        (folder / name).unlink()
    data = prepared(folder, library=tmp_path / "library.sqlite")
    (matcher, info), _ = finished(fit(data, CONFIG, (), settings=QUICK, start=trained[0]))
    assert info.heads_trained_on == trained[0][1].heads_trained_on
    scores = matcher.scores(matcher.images(data.images), matcher.queries(["a red square"], TEXT)[0])
    assert ((scores >= 0) & (scores <= 1)).all()
    assert len(np.unique(scores)) > 10


@pytest.mark.parametrize("labels", [True, False])
def test_a_folder_of_one_image_says_why_it_cannot(trained, tmp_path: Path, labels: bool) -> None:
    folder = write_dataset(tmp_path / "set", train=1, test=0, labels=labels)
    data = prepared(folder, library=tmp_path / "library.sqlite")
    with pytest.raises(TrainingError, match=r"^Only [^.]*\.$"):
        finished(fit(data, CONFIG, (), settings=QUICK, start=trained[0]))
