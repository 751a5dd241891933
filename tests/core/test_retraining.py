"""A training from the window: what it sees, what it is measured on, and what it says of it."""

from __future__ import annotations

import os
from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from imgsearch_gui.core.datasets.dataset import read_dataset
from imgsearch_gui.core.evaluation.comparison import Ranked
from imgsearch_gui.core.loading import load_engine
from imgsearch_gui.core.matching.checkpoint import HASH_BYTES, load_matcher, save_matcher
from imgsearch_gui.core.matching.stopping import Best, Stopping
from imgsearch_gui.core.matching.training import fit
from imgsearch_gui.core.matching.training_data import PairSet, prepare
from imgsearch_gui.core.retraining.comparison import NEW_NAME, Contest, measured
from imgsearch_gui.core.retraining.side_by_side import Rivals
from imgsearch_gui.core.retraining.split import TOO_MANY, split
from imgsearch_gui.core.retraining.trial import train
from imgsearch_gui.core.retraining.verdict import Difference, verdict
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.ratings import RatingScale
from imgsearch_gui.core.types.training import TrainedModel, TrainingChoices
from imgsearch_gui.errors import TrainingError
from tests.core.test_training import CONFIG, QUICK, prepared
from tests.fakes import SOME_INFO, finished, result_of
from tests.retraining import make_engine, rate_all
from tests.synthetic import write_dataset

if TYPE_CHECKING:
    from imgsearch_gui.core.engine import Engine

SHOWN = ["constant", "Lasso", "plain network", "matcher in use", "new matcher"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return write_dataset(tmp_path_factory.mktemp("data") / "set", train=60, test=12)


@pytest.fixture(scope="module")
def trained(folder: Path, tmp_path_factory):
    """A training, and the progress that it told."""
    with Library(tmp_path_factory.mktemp("library") / "library.sqlite") as library:
        model, progress = finished(train(make_engine(library), TrainingChoices(folder)))
        return (
            model,
            progress,
            {digest[:HASH_BYTES] for digest in library.content_hashes(folder / "train_images").values()},
        )


def test_the_result_has_all_models_and_figures(trained) -> None:
    model, _, _ = trained
    comparison = model.comparison
    assert [row.name for row in comparison.models] == SHOWN
    for row in comparison.models:
        assert list(row.figures) == ["RMSE", "R²", "τc", "recall@1", "recall@5", "recall@10"]
        for figure in row.figures.values():
            assert figure is None or figure.low <= figure.high
        assert bool(row.reliability) == (row.name in SHOWN[3:])
    new = comparison.models[-1]
    assert sum(count for *_, count in new.reliability) == comparison.pairs
    assert new.figures["RMSE"].value < comparison.models[0].figures["RMSE"].value, "it learned something"
    assert comparison.models[0].figures["recall@1"] is None
    assert (comparison.images, comparison.queries, comparison.pool) == (12, 24, 12)
    assert (comparison.seen_by_old, comparison.seen_in_pool) == (0, 0)
    assert not comparison.worse
    assert "better" in comparison.verdict, "than a matcher that nobody trained"
    assert model.data == "set: 384 pairs of 48 images"


def test_it_was_measured_on_images_that_it_never_saw(trained) -> None:
    (_, info), comparison = trained[0].model, trained[0].comparison
    assert info.heads_trained_on == frozenset()
    assert info.score_trained_on < trained[2]
    assert len(trained[2] - info.score_trained_on) == comparison.images
    assert info.counts["judged_images"] == len(info.score_trained_on) == 48
    assert info.metrics["rmse"] == comparison.models[-1].figures["RMSE"].value
    assert info.settings["held_out"] == 0.2


def test_the_errors_are_told_while_it_runs(trained) -> None:
    steps = [step for step in trained[1] if step.validation_rmse is not None]
    assert {step.stage for step in steps} == {"Score"}
    assert len(steps) > 3
    assert steps[-1].train_rmse < steps[0].train_rmse
    stages = list(dict.fromkeys(step.stage for step in trained[1]))
    assert stages[0] == "Reading"
    assert stages[-1] == "Intervals"
    assert all(0 <= step.done <= step.total for step in trained[1])


def test_a_file_holds_what_was_measured(trained, tmp_path: Path) -> None:
    save_matcher(tmp_path / "m", *trained[0].model)
    matcher, info = load_matcher(tmp_path / "m")
    assert info == trained[0].model[1]
    assert matcher.digest() == trained[0].model[0].digest()


def test_the_same_choices_give_the_same_matcher_and_another_seed_does_not(
    folder: Path, library: Library, trained
) -> None:
    engine = make_engine(library)
    again = result_of(train(engine, TrainingChoices(folder)))
    assert again.model[0].digest() == trained[0].model[0].digest()
    assert again.comparison == trained[0].comparison
    data = result_of(prepare([read_dataset(folder)], library, engine.image_encoder, engine.text_encoders))
    first, other = (split(data, TrainingChoices(folder, seed=seed)).test.images for seed in (0, 1))
    assert set(first) != set(other)


def test_the_labels_of_measured_images_do_not_count(folder: Path, library: Library) -> None:
    """Turning them upside down must not change the new matcher."""
    engine = make_engine(library)
    data = result_of(prepare([read_dataset(folder)], library, engine.image_encoder, engine.text_encoders))
    sides = split(data, TrainingChoices(folder))
    apart = np.isin(data.judged.images, sides.test.images)
    assert apart.any()
    targets = np.where(apart, 1 - data.judged.targets, data.judged.targets)
    turned = split(replace(data, judged=replace(data.judged, targets=targets)), TrainingChoices(folder))
    np.testing.assert_array_equal(sides.train.judged.targets, turned.train.judged.targets)
    assert not np.isin(sides.train.judged.images, sides.test.images).any()
    assert not np.isin(sides.train.crowd.images, sides.test.images).any()
    assert not np.isin(sides.train.described[:, 0], sides.test.images).any()


def contest(engine: Engine, folder: Path, seen: frozenset[bytes], held_out: float) -> Contest:
    """An old matcher that was trained on some images, and a new one that is no other."""
    dataset = read_dataset(folder)
    data = result_of(prepare([dataset], engine.library, engine.image_encoder, engine.text_encoders))
    sides = split(data, TrainingChoices(folder, held_out=held_out))
    old = engine.model[0], replace(SOME_INFO, heads_trained_on=seen)
    return Contest(sides, old, engine.model, dataset, None)


def test_an_old_matcher_that_saw_the_images_is_said_to_be_flattered(folder: Path, library: Library) -> None:
    engine = make_engine(library)
    every = frozenset(contest(engine, folder, frozenset(), 0.2).sides.train.hashes)
    pairs, seen_by_old, remarks = measured(contest(engine, folder, every, 0.2))
    assert (len(np.unique(pairs.images)), seen_by_old) == (12, 12)
    assert "was trained on 12 of the 12 images" in remarks[0]
    assert "flatter" in remarks[0]


def test_images_that_neither_saw_are_preferred_where_they_are_enough(folder: Path, library: Library) -> None:
    engine = make_engine(library)
    sides = contest(engine, folder, frozenset(), 0.5).sides
    apart = np.unique(sides.test.images)
    assert len(apart) == 30
    for seen, used in ((0, 30), (10, 20), (11, 30)):
        hashes = frozenset(sides.train.hashes[image] for image in apart[:seen])
        pairs, seen_by_old, remarks = measured(contest(engine, folder, hashes, 0.5))
        assert len(np.unique(pairs.images)) == used
        assert seen_by_old == (seen if used == 30 else 0)
        assert len(remarks) == (seen > 0)


def test_my_ratings_train_without_any_folder(folder: Path, library: Library) -> None:
    engine = make_engine(library)
    deque(engine.index(folder / "train_images"), maxlen=0)
    rate_all(library, folder / "train_images", ("a red thing", "a bar", "a boy"), scale=RatingScale.EXPERT)
    model = result_of(train(engine, TrainingChoices(None)))
    assert model.data == "my ratings: 96 pairs of 48 images"
    assert model.comparison.queries == 0
    assert model.comparison.models[-1].figures["recall@1"] is None
    assert any("no test queries" in remark for remark in model.comparison.remarks)


def test_captions_alone_are_pairs_of_their_own(library: Library, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=80, test=0, labels=False)
    engine = make_engine(library)
    data = result_of(prepare([read_dataset(folder)], library, engine.image_encoder, engine.text_encoders))
    sides = split(data, TrainingChoices(folder))
    assert sides.made_up
    assert len(np.unique(sides.test.images)) == 16
    for side in (sides.train.judged, sides.test):
        assert set(side.targets.tolist()) == {0, 1}
        assert (side.targets == side.own).all()
    assert not np.isin(sides.train.judged.images, sides.test.images).any()


def test_from_nothing_the_heads_are_trained_and_followed(library: Library, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=40, test=0)
    captions = write_dataset(tmp_path / "captions", train=560, test=0, labels=False)
    choices = TrainingChoices(folder, captions, from_nothing=True, most_steps=3)
    model, progress = finished(train(make_engine(library), choices))
    passes = [step for step in progress if step.stage == "Heads" and step.validation_rmse is not None]
    assert len(passes) == 3
    assert len(model.model[1].heads_trained_on) == 520
    assert not model.model[1].heads_trained_on & model.model[1].score_trained_on
    assert max(len([s for s in progress if s.stage == "Score" and s.validation_rmse]), 3) == 3


def test_the_heads_in_use_are_kept_where_training_does_no_better(library: Library, tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=40, test=0)
    captions = write_dataset(tmp_path / "captions", train=560, test=0, labels=False)
    engine = make_engine(library)
    datasets = [read_dataset(folder), read_dataset(captions)]
    data = result_of(prepare(datasets, library, engine.image_encoder, engine.text_encoders))
    config = engine.model[0].config

    def heads(start, passes: int):
        return result_of(fit(data, config, (), settings=QUICK, start=start, stopping=Stopping(passes)))

    def weights(model) -> bytes:
        return b"".join(value.tobytes() for _, value in sorted(model[0].space.weights.items()))

    learned = heads(None, 12)
    again = heads(learned, 1)
    assert weights(again) == weights(learned)
    assert again[1].heads_trained_on == learned[1].heads_trained_on
    assert weights(heads(engine.model, 12)) != weights(engine.model), "which nobody trained"


def test_too_little_is_told_and_not_tried(library: Library, tmp_path: Path) -> None:
    engine = make_engine(library)
    few = write_dataset(tmp_path / "few", train=4, test=0)
    with pytest.raises(TrainingError, match="4 images only"):
        result_of(train(engine, TrainingChoices(few)))
    with pytest.raises(TrainingError, match="between 0 and 1"):
        result_of(train(engine, TrainingChoices(few, held_out=2.0)))


def test_more_than_memory_is_set_aside_for_is_left_out(folder: Path, library: Library) -> None:
    engine = make_engine(library)
    data = result_of(prepare([read_dataset(folder)], library, engine.image_encoder, engine.text_encoders))
    sides = split(data, TrainingChoices(folder), most=30)
    images = np.union1d(sides.train.judged.images, sides.test.images)
    assert len(images) <= 30
    left = len(data.judged) - len(sides.train.judged) - len(sides.test)
    assert sides.train.left_out == {TOO_MANY: left}


def test_closing_it_stops_it_and_nothing_is_stored_but_vectors(folder: Path, library: Library) -> None:
    steps = train(make_engine(library), TrainingChoices(folder))
    while next(steps).stage != "Score":
        pass
    steps.close()
    assert deque(steps) == deque()
    assert library.folders() == [(folder / "train_images").resolve()]


# The figures below are those of the program before errors were followed.
def test_without_stopping_training_gives_the_weights_that_it_always_gave(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=60, test=0)
    captions = write_dataset(tmp_path / "captions", train=600, test=0, labels=False)
    data = prepared(folder, captions, library=tmp_path / "library.sqlite")
    (matcher, info), _ = finished(fit(data, CONFIG, (), settings=QUICK))
    line = [0.35638499, 0.00542006, 0.0, 0.05904287, 0.42934558]
    assert matcher.score.line.tolist() == pytest.approx(line, rel=1e-3, abs=1e-4)
    assert float(np.abs(matcher.score.image_basis).sum()) == pytest.approx(28.668285, rel=1e-3)
    assert info.metrics["rmse_out_of_fold"] == pytest.approx(0.0625838, rel=1e-3)
    followed, _ = finished(fit(data, CONFIG, (), settings=QUICK, stopping=Stopping()))[0]
    assert followed.digest() != matcher.digest()


def test_the_best_step_is_kept_and_the_patience_ends() -> None:
    best = Best(patience=2)
    taken = [best.take(error) for error in (0.5, 0.3, 0.4)]
    assert taken == [True, True, False]
    assert (best.step, best.error, best.over) == (2, 0.3, False)
    assert not best.take(float("nan"))
    assert best.over
    assert not Best(patience=float("inf")).over


def pairs_of(images: np.ndarray) -> PairSet:
    n = len(images)
    none = np.zeros(n, np.int64)
    return PairSet(
        images, none, np.full(n, 0.5, np.float32), np.zeros((n, 0), np.int64), np.zeros(n, np.bool_)
    )


def errors(by: float, flattered: int = 0) -> Difference:
    """Scores of two matchers, of which the new one errs more, by the given amount."""
    rng = np.random.default_rng(0)
    pairs = pairs_of(np.arange(300) // 3)
    old = (0.5 + 0.1 * rng.standard_normal(300)).astype(np.float32)
    new = (0.5 + (0.1 + by) * rng.standard_normal(300)).astype(np.float32)
    return Difference.of_errors(old, new, pairs, flattered=flattered)


def recalls(old: int, new: int) -> Difference:
    """A hundred queries, of which each matcher finds so many."""
    ranks = {name: np.where(np.arange(100) < found, 1, 50) for name, found in (("o", old), ("n", new))}
    return Difference.of_ranks(Ranked(ranks, np.arange(100), 100), "o", "n", flattered=0)


@pytest.mark.parametrize(
    ("of_errors", "of_recall", "word", "worse"),
    [
        (errors(0.1), None, "worse than", True),
        (errors(-0.05), None, "better than", False),
        (errors(0.0), None, "cannot be said", False),
        (errors(0.1, flattered=100), None, "cannot be said", False),
        (errors(-0.05, flattered=100), None, "better than", False),
        (errors(0.0), recalls(90, 50), "worse than", True),
        (errors(0.1, flattered=100), recalls(50, 90), "better than", False),
        (errors(-0.05), recalls(90, 50), "better than the one in use, though not in everything", False),
    ],
)
def test_the_verdict_is_what_the_figures_allow(of_errors, of_recall, word: str, worse: bool) -> None:
    said, is_better, is_worse = verdict(of_errors, of_recall, images=100, plain=False)
    assert word in said
    assert is_worse is worse
    assert is_better is word.startswith("better")
    assert "RMSE on 100 images" in said


def test_a_verdict_promises_nothing_on_few_images_or_beside_a_constant() -> None:
    said, *decided = verdict(errors(-0.05), None, images=11, plain=False)
    assert "11 images are too few" in said
    assert decided == [False, False]
    said, *decided = verdict(errors(-0.05), None, images=100, plain=True)
    assert "no less than always saying the mean" in said
    assert decided == [False, True]


def test_side_by_side(folder: Path, library: Library, trained) -> None:
    engine = make_engine(library)
    deque(engine.index(folder / "test_images"), maxlen=0)
    files = {file.name: file.read_bytes() for file in library.vector_folder.iterdir()}
    rivals = Rivals(engine, trained[0])
    both = result_of(rivals.side_by_side(folder / "test_images", "a red square", RuleMode.BLOCK))
    assert len(both.old) == len(both.new) == 8
    assert both.note == ""
    assert [hit.score for hit in both.new] == sorted((hit.score for hit in both.new), reverse=True)
    assert both.old == tuple(engine.search(folder / "test_images", "a red square", top=8).hits)
    kept = engine.beside(trained[0].model).search(folder / "test_images", "a red square", top=8)
    assert both.new == tuple(kept.hits)
    assert both.new != both.old
    assert {file.name: file.read_bytes() for file in library.vector_folder.iterdir()} == files


def test_side_by_side_says_why_there_is_nothing(
    folder: Path, library: Library, trained, tmp_path: Path
) -> None:
    engine = make_engine(library)
    deque(engine.index(folder / "test_images"), maxlen=0)
    rivals = Rivals(engine, trained[0])

    def note(where: Path, query: str, rule: RuleMode = RuleMode.BLOCK) -> str:
        both = result_of(rivals.side_by_side(where, query, rule))
        assert bool(both.note) != bool(both.old)
        return both.note

    assert "“boy”" in note(folder / "test_images", "a boy")
    assert note(folder / "test_images", "a boy", RuleMode.OFF) == ""
    assert "Type a sentence" in note(folder / "test_images", "  ")
    assert "open the folder first" in note(tmp_path, "a dog")


@pytest.mark.real
@pytest.mark.skipif("IMGSEARCH_DATASETS" not in os.environ, reason="IMGSEARCH_DATASETS is not set")
def test_a_part_of_the_real_dataset(tmp_path: Path) -> None:
    whole = read_dataset(Path(os.environ["IMGSEARCH_DATASETS"]) / "image_search", check_images=False)
    part = tmp_path / "part"
    (part / "train_images").mkdir(parents=True)
    names = sorted({label.image for label in whole.expert})[:60]
    lines = ["image,query_id,query_text"]
    for pair in whole.pairs:
        if pair.image in names:
            text = pair.caption.text.replace('"', '""')
            lines.append(f'{pair.image},{pair.caption.id},"{text}"')
    for name in names:
        (part / "train_images" / name).write_bytes(whole.train_image(name).read_bytes())
    (part / "train_dataset.csv").write_text("\n".join(lines), encoding="utf-8")
    rows = ("\t".join((x.image, x.caption_id, *map(str, x.scores))) for x in whole.expert if x.image in names)
    (part / "ExpertAnnotations.tsv").write_text("\n".join(rows), encoding="utf-8")
    with Library(tmp_path / "library.sqlite") as library:
        engine = load_engine(library)
        model: TrainedModel = result_of(train(engine, TrainingChoices(part, rule=RuleMode.OFF)))
    rows = {row.name: row.figures["RMSE"].value for row in model.comparison.models}
    assert rows[NEW_NAME] < rows["constant"]
    assert model.comparison.images == 12
