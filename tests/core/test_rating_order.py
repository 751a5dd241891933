"""What is judged next: pure functions."""

from __future__ import annotations

import pytest

from imgsearch_gui.core.ratings.order import (
    CANDIDATES,
    around_edges,
    at_random,
    by_dispute,
    by_doubt,
    spread,
)
from imgsearch_gui.core.types.judging import Mark
from imgsearch_gui.core.types.photos import Bands
from imgsearch_gui.core.types.ratings import RatingScale

BANDS = Bands(strong=0.6, partial=0.3)
EXPERT, CROWD = RatingScale.EXPERT, RatingScale.CROWD


def test_random_is_the_same_for_everyone_and_another_for_another_query() -> None:
    assert sorted(at_random(100, "a dog")) == list(range(100))
    assert at_random(100, "a dog") == at_random(100, "a dog")
    assert at_random(100, "a dog") != at_random(100, "a cat")
    assert at_random(100, "a dog") != list(range(100))


def test_doubt_is_greatest_where_a_band_ends() -> None:
    assert by_doubt([0.9, 0.62, 0.45, 0.31, 0.0, 0.57], BANDS) == [3, 1, 5, 2, 4, 0]


def test_equal_doubt_keeps_the_order() -> None:
    assert by_doubt([0.5, 0.5, 0.5], BANDS) == [0, 1, 2]


def test_edges_deep_in_a_million_hits_are_found_by_few_looks() -> None:
    asked: list[int] = []

    def score(place: int) -> float:
        asked.append(place)
        return 1 - place / 1_000_000

    places = around_edges(1_000_000, score, BANDS, most=100)
    assert len(places) == 100
    assert {round(score(place), 3) for place in places} == {0.6, 0.3}
    assert len(asked) < 500
    assert places[:2] in ([400_000, 700_000], [700_000, 400_000]) or abs(score(places[0]) - 0.6) < 1e-6


@pytest.mark.parametrize("score", [0.99, 0.45, 0.01])
def test_hits_that_are_all_in_one_band_are_all_candidates(score: float) -> None:
    assert sorted(around_edges(5, lambda _: score, BANDS)) == [0, 1, 2, 3, 4]
    assert around_edges(0, lambda _: score, BANDS) == []


def test_no_more_candidates_than_are_stated() -> None:
    assert len(around_edges(10 * CANDIDATES, lambda place: 0.6 - place / 1e9, BANDS)) <= CANDIDATES


def test_the_spread_is_a_share_of_what_the_scale_allows() -> None:
    assert spread([]) == 0
    assert spread([Mark("Ada", EXPERT, 4)]) == 0
    assert spread([Mark("Ada", EXPERT, 4), Mark("Bo", EXPERT, 2)]) == pytest.approx(2 / 3)
    assert spread([Mark("Ada", CROWD, 1), Mark("Bo", CROWD, 0)]) == 1
    assert spread([Mark("Ada", EXPERT, 4), Mark("Bo", CROWD, 0)]) == 0  # no one scale that both used


def test_what_raters_differ_about_most_comes_first_and_nothing_else() -> None:
    def marks(*values: int) -> list[Mark]:
        return [Mark(f"rater {n}", EXPERT, value) for n, value in enumerate(values)]

    assert by_dispute([marks(1, 1), marks(2, 3), marks(), marks(1, 4, 2), marks(3)]) == [3, 1]
