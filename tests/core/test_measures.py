"""The measures, each on a case worked by hand, and the intervals."""

from __future__ import annotations

import numpy as np
import pytest

from imgsearch_gui.core.measures import (
    calibration_bins,
    calibration_error,
    intervals,
    kendall,
    kendall_by_table,
    r2,
    ranks,
    recall_at,
    rmse,
)


def test_rmse_by_hand() -> None:
    """Errors 0.3 and 0.1: √((0.09 + 0.01) / 2)."""
    assert rmse(np.array([0.3, 0.9]), np.array([0.0, 1.0])) == pytest.approx(0.05**0.5)


def test_r2_by_hand() -> None:
    """Targets 0, 1, 2 are 1 + 0 + 1 = 2 off their mean, squared; predictions 0, 1, 1 are 1 off: 1 - 1/2."""
    assert r2(np.array([0.0, 1.0, 1.0]), np.array([0.0, 1.0, 2.0])) == pytest.approx(0.5)
    assert np.isnan(r2(np.array([0.0, 1.0]), np.array([1.0, 1.0])))


def test_kendall_by_hand() -> None:
    """Two pairs, two raters: scores 0.1, 0.9 against ratings 1, 2 and 1, 4.

    Flattened: x = 1 1 9 9 against y = 1 2 1 4. Of the four comparisons across x, (1,1) is a tie in y,
    (1,4), (2,4) are concordant, (2,1) is discordant: 2 - 1 = 1. τc = 2·1 / (4² · (2 - 1)/2) = 0.25.
    Of the six comparisons, two are ties in x and one in y: τb = 1 / √((6 - 2)(6 - 1)).
    """
    scores, ratings = np.array([0.1, 0.9]), np.array([[1, 2], [1, 4]])
    assert kendall(scores, ratings, "c") == pytest.approx(0.25)
    assert kendall(scores, ratings, "b") == pytest.approx(1 / 20**0.5)
    assert kendall_by_table(scores, ratings) == pytest.approx((0.25, 1 / 20**0.5))


@pytest.mark.parametrize("seed", range(5))
def test_kendall_by_table_is_kendall(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.random(200).astype(np.float32).round(seed)  # with no digit, one or more: many ties or few
    ratings = rng.integers(1, 5, (200, 3))
    by_scipy = kendall(scores, ratings, "c"), kendall(scores, ratings, "b")
    assert kendall_by_table(scores, ratings) == pytest.approx(by_scipy, abs=1e-12)


@pytest.mark.parametrize(
    ("scores", "ratings"),
    [([0.1, 0.1], [[1, 2], [3, 4]]), ([0.1, 0.9], [[2, 2], [2, 2]]), ([], np.empty((0, 3), np.int64))],
)
def test_kendall_of_one_value_alone_is_not_defined(scores, ratings) -> None:
    assert np.isnan(kendall_by_table(np.array(scores), np.array(ratings))).all()


def test_ranks_and_recall_by_hand() -> None:
    scores = np.array([[0.9, 0.1, 0.5], [0.2, 0.2, 0.2], [0.1, 0.2, 0.3]], np.float32)
    ranked = ranks(scores, np.array([0, 1, 0]))
    assert ranked.tolist() == [1, 3, 3], "equal scores count against the right image"
    assert recall_at(ranked, 1) == pytest.approx(1 / 3)
    assert recall_at(ranked, 3) == 1


def test_calibration_error_by_hand() -> None:
    """Five pairs in two bins of three and two: |0.2 - 1/3| · 3/5 + |0.8 - 0.5| · 2/5 = 0.08 + 0.12."""
    scores = np.array([0.9, 0.1, 0.3, 0.7, 0.2])
    targets = np.array([1.0, 0.0, 1.0, 0.0, 0.0])
    means, stand_for, sizes = calibration_bins(scores, targets, bins=2)
    assert (means.tolist(), sizes.tolist()) == (pytest.approx([0.2, 0.8]), [3, 2])
    assert stand_for == pytest.approx([1 / 3, 0.5])
    assert calibration_error(scores, targets, bins=2) == pytest.approx(0.2)


def test_calibration_does_not_hang_on_the_order_of_equal_scores() -> None:
    """Four pairs of score 0.5, half of them right: calibrated, however bins would part them."""
    scores = np.full(4, 0.5)
    assert calibration_error(scores, np.array([1.0, 1.0, 0.0, 0.0]), bins=2) == pytest.approx(0)
    assert calibration_error(scores, np.array([1.0, 0.0, 1.0, 0.0]), bins=2) == pytest.approx(0)


def test_few_pairs_have_few_bins() -> None:
    assert calibration_bins(np.array([0.1, 0.2]), np.array([0.0, 1.0]))[2].tolist() == [1, 1]


def test_images_are_drawn_with_all_their_rows() -> None:
    images = np.array([7, 3, 7, 3, 3])

    def figures(rows):
        drawn = np.bincount(images[rows], minlength=8)
        assert drawn[7] % 2 == 0
        assert drawn[3] % 3 == 0
        assert drawn[7] // 2 + drawn[3] // 3 == 2, "as many images as there are"
        seen.append(tuple(drawn))
        return {"rows": float(len(rows))}

    seen: list[tuple[int, ...]] = []
    assert intervals(figures, images, resamples=200) == {"rows": (4.0, 6.0)}
    first, seen = seen, []
    intervals(figures, images, resamples=200)
    assert first == seen, "the same seed draws the same"


def test_an_interval_covers_as_often_as_it_says() -> None:
    """The mean of 40 draws of a normal distribution: its deviation is 1/√40, the interval ± 1.96 of that."""
    values = np.random.default_rng(1).standard_normal(40)
    values = (values - values.mean()) / values.std()
    low, high = intervals(lambda rows: {"mean": float(values[rows].mean())}, np.arange(40))["mean"]
    assert low == pytest.approx(-1.96 / 40**0.5, abs=0.04)
    assert high == pytest.approx(1.96 / 40**0.5, abs=0.04)


def test_an_interval_leaves_out_what_is_not_defined() -> None:
    ends = intervals(
        lambda rows: {"some": float(rows[0]) if rows[0] else np.nan, "none": np.nan}, np.arange(3)
    )
    assert ends["some"] == (1, 2)
    assert np.isnan(ends["none"]).all()
