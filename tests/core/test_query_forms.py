"""Queries of several terms and with filters, over real folders and a small engine."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from imgsearch_gui.core.retrieval.ranking import joined_scores
from imgsearch_gui.core.types.photos import Gallery, SearchResult
from imgsearch_gui.core.types.query import Term
from imgsearch_gui.core.types.ratings import Rating, RatingScale
from tests.engines import make_engine, run
from tests.fakes import write_jpegs

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.engine import Engine
    from imgsearch_gui.core.storage.library import Library

NOON = 12 * 3600


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Eight photos, some in a folder below; each was changed on its own day of May 2024."""
    files = write_jpegs(tmp_path / "photos" / "old", 8)
    (tmp_path / "photos" / "Italy 2024").mkdir()
    files[:4] = [file.rename(tmp_path / "photos" / "Italy 2024" / file.name) for file in files[:4]]
    for day, file in enumerate(files, 1):
        time = datetime(2024, 5, day, 12).timestamp()  # noqa: DTZ001 - the filters go by local time
        os.utime(file, (time, time))
    return files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "photos"


@pytest.fixture
def engine(library: Library, photos: list[Path], folder: Path) -> Engine:
    engine = make_engine(library)
    run(engine.index(folder))
    return engine


def scores(engine: Engine, folder: Path, query: str) -> dict[str, float]:
    found = engine.ask(folder, query)
    assert isinstance(found, SearchResult)
    return {hit.path.name: hit.score for hit in found.hits}


def listed(engine: Engine, folder: Path, query: str) -> list[str]:
    found = engine.ask(folder, query)
    assert isinstance(found, Gallery)
    return [photo.path.name for photo in found.photos]


def test_a_weight_alone_changes_nothing(engine: Engine, folder: Path) -> None:
    assert scores(engine, folder, "3:boat") == pytest.approx(scores(engine, folder, "boat"))


def test_terms_are_joined_by_their_weights_and_what_is_taken_away_counts_against(
    engine: Engine, folder: Path
) -> None:
    boat, lake, snow = (scores(engine, folder, word) for word in ("boat", "lake", "snow"))
    joined = scores(engine, folder, 'boat 2:"lake" -snow')
    for name, score in joined.items():
        wanted = (boat[name] * lake[name] ** 2) ** (1 / 3) * (1 - snow[name])
        assert score == pytest.approx(wanted, rel=1e-4)
    assert list(joined.values()) == sorted(joined.values(), reverse=True)


def test_words_to_take_away_alone_put_what_matches_them_last(engine: Engine, folder: Path) -> None:
    assert list(scores(engine, folder, "-boat")) == list(scores(engine, folder, "boat"))[::-1]


def test_one_sentence_is_one_sentence_where_that_is_asked(engine: Engine, folder: Path) -> None:
    plain = engine.search(folder, "-boat folder:nowhere")
    assert isinstance(plain, SearchResult)
    assert len(plain.hits) == 8


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ("folder:italy", "000 001 002 003"),
        ("-folder:italy", "004 005 006 007"),
        ('folder:"italy 2024" name:3', "003"),
        ("name:.JPG -name:00", ""),
        ("after:2024-05-03 before:2024-05-06", "002 003 004"),
        ("before:2024", ""),
        ("after:0001", "000 001 002 003 004 005 006 007"),
        ("before:9999", "000 001 002 003 004 005 006 007"),
        ("rated:yes", "001 002 006"),
        ("rated:no folder:italy", "000 003"),
        ("rated:3", "002 006"),
        ("rated:4", "006"),
    ],
)
def test_filters_alone_list_what_they_let_through(
    engine: Engine, library: Library, photos: list[Path], folder: Path, filters: str, kept: str
) -> None:
    hashes = {record.path: library.content_hashes(folder)[record.id] for record in library.records(folder)}
    given_ratings = (
        (1, RatingScale.EXPERT, 2),
        (2, RatingScale.EXPERT, 1),
        (2, RatingScale.EXPERT, 3),
        (6, RatingScale.CROWD, 1),
    )
    for at, scale, value in given_ratings:
        library.add_rating(Rating("a boat", hashes[photos[at]], "Ann", scale, value, datetime.now(UTC)))
    wanted = [f"{name}.jpg" for name in kept.split()]
    assert listed(engine, folder, filters) == wanted
    assert sorted(scores(engine, folder, f"boat {filters}")) == wanted


def test_scores_can_be_asked_for(engine: Engine, folder: Path) -> None:
    boat = scores(engine, folder, "boat")
    least = sorted(boat.values())[5] - 1e-4
    assert scores(engine, folder, f"boat score>{least:.5f}") == dict(list(boat.items())[:3])
    assert len(scores(engine, folder, f"boat score<={least:.5f}")) == 5


SCORES = st.floats(0, 1, width=32)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.lists(st.tuples(SCORES, st.floats(0.1, 10), st.booleans()), min_size=1, max_size=5))
def test_joined_scores_are_scores_and_grow_with_what_is_wanted(
    parts: list[tuple[float, float, bool]],
) -> None:
    terms = [Term("x", weight, away) for _, weight, away in parts]
    before = np.array([score for score, _, _ in parts], np.float32)[:, None]
    improved = [score / 2 if away else (1 + score) / 2 for score, _, away in parts]
    better = np.array(improved, np.float32)[:, None]
    (low,), (high,) = joined_scores(terms, before), joined_scores(terms, better)
    assert 0 <= low <= high <= 1 + 1e-6


def test_a_word_of_the_content_rule_blocks_whatever_form_the_query_has(engine: Engine, folder: Path) -> None:
    for query in (
        "baby -sitting",
        '"baby" "sitters"',
        "junge 0.01:frau",
        "folder:children",
        "boat -toddlers",
        '2:"two girls"',
        "name:kids after:2020",
    ):
        blocked = engine.ask(folder, query)
        assert isinstance(blocked, SearchResult)
        assert blocked.blocked
        assert not blocked.hits
