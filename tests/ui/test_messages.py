"""Sentences built from data."""

from __future__ import annotations

from pathlib import Path

import pytest

from imgsearch_gui.core.types.content_rule import RuleMatch, RuleMode
from imgsearch_gui.core.types.photos import Band, Gallery, ImageRecord, SearchHit, SearchResult
from imgsearch_gui.core.types.progress import IndexProgress
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.ui import empty_messages, messages

MATCH = RuleMatch("toddlers", "toddler", "en")


@pytest.mark.parametrize(
    ("n", "text"), [(0, "0 photos"), (1, "1 photo"), (2, "2 photos"), (1234567, "1,234,567 photos")]
)
def test_counts_have_plurals_and_separators(n, text):
    assert messages.photos(n) == text


@pytest.mark.parametrize(
    ("progress", "text"),
    [
        (IndexProgress("scan", 1, None), "Looking for photos… 1 file seen"),
        (IndexProgress("scan", 2500, None), "Looking for photos… 2,500 files seen"),
        (IndexProgress("embed", 1234, 5000), "1,234 of 5,000 photos read"),
        (IndexProgress("done", 1, 1), "1 of 1 photo read"),
    ],
)
def test_progress(progress, text):
    assert messages.index_progress(progress) == text


def test_how_long_a_reading_will_still_take():
    def text(stage):
        return messages.index_progress(IndexProgress(stage, 1234, 5000), seconds_left=95.0)

    assert text("embed") == "1,234 of 5,000 photos read, about 2 min left"
    assert text("date") == "1,234 of 5,000 photos looked at for their dates, about 2 min left"
    assert text("prepare") == "1,234 of 5,000 photos made ready for searching, about 2 min left"


def test_a_paused_reading():
    def text(progress):
        return messages.index_progress(progress, paused=True)

    assert text(None) == "Reading is paused"
    assert text(IndexProgress("scan", 1, None)) == "Paused · 1 file seen"
    assert text(IndexProgress("embed", 1234, 5000)) == "Paused · 1,234 of 5,000 photos read"


def test_stopped():
    assert "12 of 500 photos" in messages.index_stopped(IndexProgress("embed", 12, 500))
    assert "F5" in messages.index_stopped(None)


def test_status():
    assert messages.status(1200, 0, 0.123, hidden=False) == "1,200 matches · 0.12 s"
    assert messages.status(1, 88, 0.5, hidden=True) == "1 match · 88 unlikely hidden · 0.50 s"
    assert messages.status(12, 3000, 0.5, hidden=False) == "12 matches · 3,000 unlikely · 0.50 s"


def test_the_rest():
    assert messages.show_rest(1234) == "Show the rest (1,234)"
    assert messages.rest(1) == "1 more photo is unlikely to match."
    assert messages.rest(1234) == "1,234 more photos are unlikely to match."


def test_nothing_matches_well_and_a_long_query_is_cut():
    assert messages.nothing_matches("a submarine") == "Nothing here matches “a submarine” well."
    assert len(messages.nothing_matches("word " * 200)) < 100


def test_scores_have_two_decimals():
    assert messages.score(0.876) == "0.88"
    assert messages.score(1) == "1.00"


def test_the_disclaimer_names_the_word():
    assert "“toddlers”" in empty_messages.blocked(MATCH).text
    assert "“toddlers”" in messages.warned(MATCH)


def test_withheld():
    assert messages.withheld(1) == "1 photo is withheld by the content rule."
    assert messages.withheld(12) == "12 photos are withheld by the content rule."


def test_problems():
    assert messages.problems(1) == "1 file could not be read"
    assert messages.problems(3000) == "3,000 files could not be read"


def test_tooltip_and_speech():
    hit = SearchHit(1, Path("a", "b.jpg"), 0.5, Band.UNLIKELY)
    assert messages.tooltip(hit) == f"{Path('a', 'b.jpg')}\nUnlikely match, score 0.50"
    assert messages.spoken(hit) == "b.jpg, unlikely match, score 0.50"
    record = ImageRecord(1, Path("a", "b.jpg"), 4000, 3000)
    assert "4,000 × 3,000 pixels" in messages.tooltip(record)
    assert messages.spoken(record) == "b.jpg"


def test_names_that_are_no_utf8_can_be_shown():
    shown = messages.printable(Path("caf\udce9.jpg"))
    assert shown == "caf\ufffd.jpg"
    shown.encode()


def test_expected_errors_show_their_sentence_and_others_a_general_one():
    assert messages.error(LibraryError("The disk is full.")) == "The disk is full."
    assert messages.error(ValueError("x")) == messages.unexpected()


def test_why_there_are_no_photos():
    def result(searched, withheld=0):
        return SearchResult("x", (), searched, withheld, None, RuleMode.BLOCK)

    assert empty_messages.no_photos(Gallery(())) == empty_messages.folder_without_photos()
    assert empty_messages.no_photos(Gallery((), withheld=3)) == empty_messages.all_withheld()
    assert empty_messages.no_photos(result(0)) == empty_messages.folder_without_photos()
    assert empty_messages.no_photos(result(8)) == empty_messages.no_match()
    for found in (Gallery(()), Gallery((), withheld=3), result(0), result(8)):
        assert empty_messages.no_photos(found, filtered=True) == empty_messages.all_filtered_out()
