"""Bands, and where a list of hits has only unlikely ones left."""

from __future__ import annotations

from pathlib import Path

import pytest

from imgsearch_gui.core.types import Band, Bands, Hits, ImageRecord, RuleMode, SearchHit, SearchResult


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


def test_hits_are_made_from_rows_and_scores():
    images = tuple(ImageRecord(10 + n, Path(f"{n}.jpg"), 1, 1) for n in range(4))
    hits = Hits(images, [2, 0, 3], [0.9, 0.4, 0.1], Bands(strong=0.6, partial=0.35))
    assert list(hits) == [
        SearchHit(12, Path("2.jpg"), 0.9, Band.STRONG),
        SearchHit(10, Path("0.jpg"), 0.4, Band.PARTIAL),
        SearchHit(13, Path("3.jpg"), 0.1, Band.UNLIKELY),
    ]
    assert (len(hits), hits[-1].image_id, len(hits[1:])) == (3, 13, 2)
    assert list(hits[1:]) == list(hits)[1:]
    assert [hits.place_of(image_id) for image_id in (12, 10, 13)] == [0, 1, 2]
    for missing in (9, 11, 14):
        with pytest.raises(ValueError, match=r"no image|not in list"):
            hits.place_of(missing)
    with pytest.raises(IndexError):
        hits[3]
    assert SearchResult("x", hits, 4, 0, None, RuleMode.BLOCK).likely == 2
