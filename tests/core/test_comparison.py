"""The baselines and the table, on made-up vectors whose pairs have targets that a rule gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from imgsearch_gui.core.evaluation.baselines import (
    CONSTANT,
    LASSO,
    NETWORK,
    fitted,
    fold_predictions,
)
from imgsearch_gui.core.evaluation.comparison import METRICS, OURS, Ranked, compare, table_lines
from imgsearch_gui.core.matching.training_data import PairSet, TrainingData
from imgsearch_gui.core.measures import folds_by_image, r2, ranks, recall_at
from imgsearch_gui.core.types.training import Target
from tests.fakes import result_of

IMAGES, CAPTIONS, KINDS = 60, 24, 3
NO_PAIRS = PairSet(*(np.zeros(0),) * 3, np.zeros((0, 0)), np.zeros(0, np.bool_))


def made_up(rule) -> TrainingData:
    """Every image with every caption, each of one of three kinds; ``rule`` gives a target by the kinds."""
    rng = np.random.default_rng(0)
    image_kinds, caption_kinds = np.arange(IMAGES) % KINDS, np.arange(CAPTIONS) % KINDS
    pairs = np.array([(i, c) for i in range(IMAGES) for c in range(CAPTIONS)])
    targets = np.array([rule(image_kinds[i], caption_kinds[c]) for i, c in pairs], np.float32)

    def vectors(kinds, dim):
        return np.eye(KINDS, dim)[kinds] * 3 + rng.normal(0, 0.1, (len(kinds), dim))

    return TrainingData(
        target=Target.EXPERT_MEAN,
        images=vectors(image_kinds, 8).astype(np.float16),
        hashes=tuple(bytes([i]) * 8 for i in range(IMAGES)),
        captions=tuple(f"caption {c}" for c in range(CAPTIONS)),
        texts=(vectors(caption_kinds, 6).astype(np.float32), vectors(caption_kinds, 5).astype(np.float32)),
        described=np.zeros((0, 2), np.int64),
        crowd=NO_PAIRS,
        judged=PairSet(
            images=pairs[:, 0],
            captions=pairs[:, 1],
            targets=targets,
            expert=np.repeat(np.round(1 + 3 * targets).astype(np.int64)[:, None], 3, axis=1),
            own=np.zeros(len(pairs), np.bool_),
        ),
        left_out={},
    )


@pytest.fixture(scope="module")
def matching() -> TrainingData:
    """A pair matches if its kinds do, which no sum of an image's part and a caption's part tells."""
    return made_up(lambda image, caption: float(image == caption))


@pytest.fixture(scope="module")
def predicted(matching: TrainingData):
    return result_of(fold_predictions(matching, folds_by_image(matching.judged.images)))


def test_the_constant_is_the_mean_of_the_other_folds(matching, predicted) -> None:
    targets = matching.judged.targets
    for train, test in folds_by_image(matching.judged.images):
        np.testing.assert_allclose(predicted[CONSTANT][test], targets[train].mean(), rtol=1e-6)


def test_a_network_learns_what_a_lasso_cannot(matching, predicted) -> None:
    assert r2(predicted[LASSO], matching.judged.targets) < 0.1
    assert r2(predicted[NETWORK], matching.judged.targets) > 0.9


def test_a_lasso_learns_a_sum() -> None:
    data = made_up(lambda image, caption: (image + caption) / (2 * KINDS - 2))
    predicted = result_of(fold_predictions(data, folds_by_image(data.judged.images)))
    assert r2(predicted[LASSO], data.judged.targets) > 0.9


def test_predictions_do_not_depend_on_the_folds_own_labels(matching, predicted) -> None:
    parts = folds_by_image(matching.judged.images)
    _, test = parts[0]
    targets = matching.judged.targets.copy()
    targets[test] = 1 - targets[test]
    turned = replace(matching, judged=replace(matching.judged, targets=targets))
    after = result_of(fold_predictions(turned, parts))
    for name, before in predicted.items():
        np.testing.assert_array_equal(before[test], after[name][test])
        assert (before != after[name]).any()


def test_baselines_rank_a_pool(matching) -> None:
    pool, texts = matching.images[:KINDS], tuple(text[:KINDS] for text in matching.texts)
    models = result_of(fitted(matching, np.arange(len(matching.judged))))
    scores = result_of(models.pool_scores(pool, texts))
    assert set(scores) == {LASSO, NETWORK}, "a constant ranks nothing"
    assert recall_at(ranks(scores[NETWORK], np.arange(KINDS)), 1) == 1
    order = scores[LASSO].argsort(axis=1)
    assert (order == order[0]).all(), "a sum ranks the images alike for every query"


def test_the_table_has_a_row_a_model_and_intervals_around_the_figures(matching, predicted) -> None:
    targets = matching.judged.targets
    noisy = targets + np.random.default_rng(0).normal(0, 0.4, len(targets)).astype(np.float32)
    scores = predicted | {NETWORK: noisy, OURS: targets}
    ranked = Ranked({OURS: np.array([1, 1, 2, 11]), LASSO: np.array([9, 9, 9, 9])}, np.arange(4), 20)
    rows = {row.model: row.figures for row in result_of(compare(scores, matching.judged, [ranked]))}
    assert list(rows) == [CONSTANT, LASSO, NETWORK, OURS]
    assert all(list(figures) == list(METRICS) for figures in rows.values())
    ours = rows[OURS]
    assert (ours["rmse"].value, ours["r2"].value, ours["tau_b"].value) == (0, 1, pytest.approx(1))
    assert (ours["recall_at_1"].value, ours["recall_at_5"].value) == (0.5, 0.75)
    assert ours["recall_at_1"].low < 0.5 < ours["recall_at_1"].high
    for metric in ("rmse", "r2", "tau_c", "tau_b"):
        figure = rows[NETWORK][metric]
        assert figure.low < figure.value < figure.high, metric
    assert rows[NETWORK]["rmse"].low == pytest.approx(0.4, abs=0.04)
    assert {name for name, figure in rows[CONSTANT].items() if figure} == {"rmse", "r2", "calibration_error"}
    assert rows[LASSO]["recall_at_10"].value == 1
    assert rows[NETWORK]["recall_at_10"] is None, "it was not ranked"


def test_own_captions_do_not_count_for_kendall(matching) -> None:
    """Own pairs, all scored upside down, spoil the error but not the τ."""
    judged = replace(matching.judged, own=matching.judged.images == 0)
    scores = np.where(judged.own, 1 - judged.targets, judged.targets)
    (row,) = result_of(compare({OURS: scores}, judged, []))
    assert row.figures["tau_b"].value == pytest.approx(1)
    assert row.figures["rmse"].value > 0.1


def test_a_constant_orders_nothing(matching) -> None:
    """The folds' constants differ a little, against the order of the pairs that they leave out."""
    scores = 0.33 - matching.judged.targets / 1000
    (row,) = result_of(compare({CONSTANT: scores}, matching.judged, []))
    assert (row.figures["tau_c"], row.figures["tau_b"]) == (None, None)


def test_without_experts_there_is_no_kendall(matching) -> None:
    judged = replace(matching.judged, expert=np.zeros((len(matching.judged), 0), np.int64))
    (row,) = result_of(compare({OURS: judged.targets}, judged, []))
    assert (row.figures["tau_c"], row.figures["tau_b"]) == (None, None)


def test_the_table_fits_a_terminal(matching, predicted) -> None:
    lines = table_lines(result_of(compare(predicted, matching.judged, [])))
    assert max(map(len, lines)) <= 140
    assert lines[0].split() == ["RMSE", "R²", "τc", "τb", "recall@1", "recall@5", "recall@10", "calibration"]
    assert [line.split()[0] for line in lines[1::2]] == ["constant", "Lasso", "plain"]
    assert lines[1].split()[1:] == ["0.471", "0.000", *"–––––", "0.000"]
