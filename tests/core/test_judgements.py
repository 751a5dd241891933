"""What counts of many ratings."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from imgsearch_gui.core.ratings.judgements import Judgement, judgements
from imgsearch_gui.core.types.ratings import Rating, RatingScale

CAT, DOG = b"c" * 32, b"d" * 32
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def said(
    rater: str, value: int, minute: int, query: str = "a cat", of: bytes = CAT, scale: str = "expert"
) -> Rating:
    return Rating(query, of, rater, RatingScale(scale), value, NOON + timedelta(minutes=minute))


def test_the_latest_of_each_rater_counts_on_each_scale() -> None:
    ratings = [
        said("Bo", 1, 0),
        said("Ada", 4, 1),
        said("Ada", 1, 2, scale="crowd"),
        said("Ada", 2, 3),
        said("Bo", 0, 4, scale="crowd"),
        said("Bo", 1, 5, scale="crowd"),
    ]
    (judgement,) = judgements(ratings).values()
    assert judgement == Judgement({"Bo": 1, "Ada": 2}, {"Ada": True, "Bo": True})
    assert list(judgement.expert) == ["Bo", "Ada"]


def test_time_decides_and_at_the_same_time_the_order() -> None:
    imported_late = [said("Ada", 4, 9), said("Ada", 1, 2)]
    at_once = [said("Bo", 1, 0), said("Bo", 3, 0)]
    (judgement,) = judgements(imported_late + at_once).values()
    assert judgement.expert == {"Ada": 4, "Bo": 3}


def test_pairs_stand_in_the_order_of_their_first_ratings() -> None:
    ratings = [
        said("Ada", 1, 3, of=DOG),
        said("Ada", 1, 1),
        said("Bo", 1, 0, "a dog"),
        said("Bo", 1, 2, of=DOG),
    ]
    assert list(judgements(ratings)) == [("a cat", DOG), ("a cat", CAT), ("a dog", CAT)]
    assert judgements([]) == {}
