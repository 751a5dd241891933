"""Bands, and where a list of hits has only unlikely ones left."""

from __future__ import annotations

from pathlib import Path

import pytest

from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.photos import Band, Bands, Hits, SearchHit, SearchResult


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (1.0, Band.STRONG),
        (0.6, Band.STRONG),
        (0.5999, Band.PARTIAL),
        (0.35, Band.PARTIAL),
        (0.3499, Band.UNLIKELY),
        (0.0, Band.UNLIKELY),
    ],
)
def test_a_band_begins_at_its_least_score(score, band):
    assert Bands(strong=0.6, partial=0.35).of(score) is band


@pytest.mark.parametrize(
    ("strong", "partial"), [(0.3, 0.4), (0.5, 0.0), (1.0, 0.5), (0.5, -1.0), (float("nan"), 0.2)]
)
def test_bands_that_cannot_be_are_refused(strong, partial):
    with pytest.raises(ValueError, match="bands"):
        Bands(strong, partial)


def test_a_middle_band_may_be_empty():
    bands = Bands(0.5, 0.5)
    assert {bands.of(score) for score in (0.4, 0.5, 0.6)} == {Band.UNLIKELY, Band.STRONG}


@pytest.mark.parametrize(("likely", "unlikely"), [(0, 0), (0, 3), (3, 0), (5, 95)])
def test_likely_hits_are_counted(likely, unlikely):
    bands = [Band.PARTIAL] * likely + [Band.UNLIKELY] * unlikely
    hits = tuple(SearchHit(n, Path("x"), 0.5, band) for n, band in enumerate(bands))
    assert SearchResult("x", hits, 100, 0, None, RuleMode.BLOCK).likely == likely


def some_hits(count: int, likely: int, asked: list[int] | None = None) -> Hits:
    """Hits of the images 10, 11, …; ``asked`` is told of every one that is made."""

    def make(start: int, stop: int) -> list[SearchHit]:
        if asked is not None:
            asked.extend(range(start, stop))
        bands = [Band.STRONG if place < likely else Band.UNLIKELY for place in range(start, stop)]
        return [SearchHit(10 + at, Path(f"{at}.jpg"), 0.5, bands[at - start]) for at in range(start, stop)]

    def place_of(image_id: int) -> int:
        return range(10, 10 + count).index(image_id)

    return Hits(count, make, place_of, likely)


def test_hits_are_made_when_they_are_looked_at():
    asked: list[int] = []
    hits = some_hits(1_000_000, 300, asked)
    assert (len(hits), hits.likely, asked) == (1_000_000, 300, [])
    assert (hits[777_777].image_id, hits[-1].path) == (777_787, Path("999999.jpg"))
    assert 0 < len(asked) < 200
    before = len(asked)
    assert hits[777_777] is hits[777_777]
    assert len(asked) == before
    assert SearchResult("x", hits, 1_000_000, 0, None, RuleMode.BLOCK).likely == 300
    assert len(asked) == before


def test_hits_are_a_sequence_like_any_other():
    hits = some_hits(150, 20)
    whole = list(hits)
    assert [hit.image_id for hit in whole] == list(range(10, 160))
    assert [hits[at] for at in (0, 63, 64, 149, -1, -150)] == [whole[at] for at in (0, 63, 64, 149, -1, -150)]
    for part in (slice(5), slice(60, 70), slice(None, None, -7), slice(140, 900), slice(0, 0)):
        assert list(hits[part]) == whole[part]
        assert len(hits[part]) == len(whole[part])
    for beyond in (150, -151):
        with pytest.raises(IndexError):
            hits[beyond]
    with pytest.raises(IndexError):
        hits[:100][100]


def test_the_rest_is_there_after_the_first_were_looked_at():
    hits = some_hits(150, 1)
    first = hits[:1]
    assert first[0].image_id == 10
    assert [hit.image_id for hit in hits] == list(range(10, 160))
    assert [hit.image_id for hit in first[:1]] == [10]


def test_a_hit_is_found_again_where_it_stands_unless_it_was_cut_off():
    hits = some_hits(150, 20)
    assert [hits.place_of(image_id) for image_id in (10, 100, 159)] == [0, 90, 149]
    assert hits[:20].place_of(29) == 19
    for missing in (hits[:20], 30), (hits, 9), (hits, 160):
        with pytest.raises(ValueError, match=r"image|not in"):
            missing[0].place_of(missing[1])


def test_what_was_made_of_many_pages_is_not_all_kept():
    asked: list[int] = []
    hits = some_hits(100_000, 0, asked)
    for place in range(0, 100_000, 64):
        hits[place]
    first = len(asked)
    hits[0]
    assert len(asked) > first
