"""Agreement between raters, held against figures worked out by hand and by scikit-learn."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from imgsearch_gui.core.ratings.agreement import agreement, kappas
from imgsearch_gui.core.types.ratings import Rating, RatingScale

EXPERT, CROWD = RatingScale.EXPERT, RatingScale.CROWD
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def said(
    rater: str, values, scale: RatingScale = EXPERT, query: str = "a cat", minute: int = 0
) -> list[Rating]:
    """One rater's values of picture 0, 1 … for a query; nothing where a value is None."""
    return [
        Rating(query, bytes([n // 256, n % 256]) * 16, rater, scale, value, NOON + timedelta(minutes=minute))
        for n, value in enumerate(values)
        if value is not None
    ]


def noisy(seed: int, count: int = 60, noise: float = 0.6) -> list[int]:
    truth = np.random.default_rng(1).integers(1, 5, count)
    return [
        int(v) for v in np.clip(np.rint(truth + np.random.default_rng(seed).normal(0, noise, count)), 1, 4)
    ]


def test_two_raters_and_a_table_worked_out_by_hand() -> None:
    ada, bo = [1] * 10 + [2] * 10 + [4] * 5, [1] * 10 + [2] * 5 + [3] * 5 + [4] * 5
    found = agreement(said("Ada", ada) + said("Bo", bo), EXPERT)
    (couple,) = found.couples
    assert couple.confusion == ((10, 0, 0, 0), (0, 5, 5, 0), (0, 0, 0, 0), (0, 0, 0, 5))
    assert (couple.first, couple.second, couple.common, couple.same) == ("Ada", "Bo", 25, 20)
    # Five differ by one: 5. By chance, from the margins 10, 10, 0, 5 and 10, 5, 5, 5: 1625 / 25 = 65.
    assert couple.kappa == pytest.approx(1 - 5 / 65)
    assert found.overall is not None
    assert found.overall.value == pytest.approx(couple.kappa)
    assert found.overall.low < found.overall.value < found.overall.high <= 1
    ada_found, bo_found = found.raters
    assert (ada_found.rated, ada_found.common, ada_found.kappa) == (25, 25, pytest.approx(couple.kappa))
    assert (ada_found.offset, bo_found.offset) == pytest.approx((-0.2, 0.2))
    assert (ada_found.distance, bo_found.distance) == pytest.approx((0.2, 0.2))


def test_the_kappas_of_resamples_are_those_of_the_library() -> None:
    pairs = [(noisy(a), noisy(b)) for a, b in ((2, 3), (4, 5), (6, 7))] + [([1] * 9, [1] * 9)]
    tables = np.zeros((4, 4, 4))
    for table, (first, second) in zip(tables, pairs, strict=True):
        np.add.at(table, (np.array(first) - 1, np.array(second) - 1), 1)
    expected = [cohen_kappa_score(a, b, labels=[1, 2, 3, 4], weights="quadratic") for a, b in pairs[:3]]
    np.testing.assert_allclose(kappas(tables)[:3], expected, rtol=1e-12)
    assert np.isnan(kappas(tables)[3])


def test_raters_of_different_parts_count_by_what_they_have_in_common() -> None:
    ada, bo, eve = noisy(2), noisy(3), noisy(4)
    bo[40:] = [None] * 20
    eve[:25] = [None] * 25
    ratings = said("Ada", ada) + said("Bo", bo) + said("Eve", eve) + said("Zoe", [4] * 3)
    found = agreement(ratings, EXPERT)
    common = {(couple.first, couple.second): couple.common for couple in found.couples}
    assert common == {
        ("Ada", "Bo"): 40,
        ("Ada", "Eve"): 35,
        ("Bo", "Eve"): 15,
        ("Ada", "Zoe"): 3,
        ("Bo", "Zoe"): 3,
    }
    of = {(couple.first, couple.second): couple.kappa for couple in found.couples}
    assert of["Bo", "Eve"] is None
    assert found.overall is not None
    assert found.overall.value == pytest.approx((40 * of["Ada", "Bo"] + 35 * of["Ada", "Eve"]) / 75)
    assert found.overall.low < found.overall.value < found.overall.high
    assert [rater.rater for rater in found.raters] == ["Ada", "Bo", "Eve", "Zoe"]
    assert found.raters[0].kappa == pytest.approx(found.overall.value)
    assert found.raters[3].kappa is None
    assert agreement(ratings, EXPERT) == found  # the same figures on every look


def test_a_wide_interval_says_that_there_is_little_to_go_by() -> None:
    few = agreement(said("Ada", noisy(2, 20)) + said("Bo", noisy(3, 20)), EXPERT).overall
    many = agreement(said("Ada", noisy(2, 900)) + said("Bo", noisy(3, 900)), EXPERT).overall
    assert few is not None
    assert many is not None
    assert few.high - few.low > 3 * (many.high - many.low)


def test_a_correction_counts_and_the_other_scale_does_not() -> None:
    first = said("Ada", noisy(2)) + said("Bo", noisy(3))
    corrected = first + said("Bo", noisy(2), minute=5) + said("Bo", [1, 0] * 10, CROWD)
    found = agreement(corrected, EXPERT)
    assert found.overall is not None
    assert found.overall.value == 1
    assert found.couples[0].same == 60


def test_the_crowd_scale() -> None:
    ada, bo = [1] * 15 + [0] * 15, [1] * 12 + [0] * 18
    found = agreement(said("Ada", ada, CROWD) + said("Bo", bo, CROWD), CROWD)
    assert found.values == (0, 1)
    assert found.couples[0].confusion == ((15, 0), (3, 12))
    assert found.couples[0].kappa == pytest.approx(cohen_kappa_score(ada, bo))


@pytest.mark.parametrize(
    ("ratings", "note"),
    [
        ([], "needs two people"),
        (said("Ada", noisy(2)), "needs two people"),
        (said("Ada", [1] * 9) + said("Bo", [2] * 9, query="a dog"), "needs two people"),
        (said("Ada", noisy(2, 9)) + said("Bo", noisy(3, 9)), "need 20 pairs .* most so far is 9"),
        (said("Ada", [1] * 30) + said("Bo", [1] * 30), "same value throughout"),
    ],
    ids=["nobody", "alone", "apart", "few", "all the same"],
)
def test_a_sentence_in_place_of_a_figure(ratings, note) -> None:
    found = agreement(ratings, EXPERT)
    assert found.overall is None
    assert all(couple.kappa is None for couple in found.couples)
    assert re.search(note, found.note)


def test_queries_stand_by_how_little_they_are_agreed_on() -> None:
    ratings = said("Ada", [1, 4, 2, 1]) + said("Bo", [1, 4, 2, 2])
    ratings += (
        said("Ada", [1, 4], query="odd") + said("Bo", [4, 4], query="odd") + said("Eve", [4], query="odd")
    )
    ratings += said("Ada", [1], query="alone")
    ratings += said("Ada", noisy(2), query="long") + said("Bo", noisy(2), query="long")
    found = {query.query: query for query in agreement(ratings, EXPERT).queries}
    assert list(found) == ["odd", "a cat", "long"]
    assert (found["odd"].common, found["odd"].same, found["odd"].distance) == (2, 0.5, 1.5)
    assert (found["a cat"].same, found["a cat"].distance, found["a cat"].kappa) == (0.75, 0.25, None)
    assert (found["long"].common, found["long"].kappa) == (60, 1)
