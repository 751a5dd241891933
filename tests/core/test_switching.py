"""Another matcher in a loaded engine: the same photos are scored anew, and none is embedded again."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.core.content_rule.policy import ContentRule
from imgsearch_gui.core.engine import Engine
from imgsearch_gui.errors import MatcherError
from tests.fakes import FakeImageEncoder, FakeTextEncoder
from tests.models import some_model

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.core.storage.library import Library


@pytest.fixture
def engine(library: Library, folder: Path, encoder: FakeImageEncoder) -> Engine:
    engine = Engine(library, encoder, [FakeTextEncoder()], some_model(3), ContentRule.load())
    deque(engine.index(folder), maxlen=0)
    return engine


def scores(engine: Engine, folder: Path) -> dict[int, float]:
    return {hit.image_id: hit.score for hit in engine.search(folder, "a red boat").hits}


def test_a_switch_scores_anew_and_embeds_nothing(engine: Engine, encoder, folder: Path) -> None:
    before, batches = scores(engine, folder), list(encoder.batches)
    assert sum(batches) == 12
    engine.use_model(some_model(4))
    after = scores(engine, folder)
    assert after.keys() == before.keys()
    assert after != before
    engine.use_model(some_model(3))
    assert scores(engine, folder) == pytest.approx(before)
    assert encoder.batches == batches


def test_preparing_does_the_work_of_the_first_search(engine: Engine, folder: Path) -> None:
    engine.use_model(some_model(4))
    assert list(engine.prepare(folder))[-1] == (12, 12)
    assert list(engine.prepare(folder)) == []


def test_preparing_follows_a_switch_in_its_midst(engine: Engine, folder: Path) -> None:
    engine.use_model(some_model(4))
    steps = engine.prepare(folder)
    next(steps)
    engine.use_model(some_model(5))
    assert (12, 12) in list(steps)
    assert list(engine.prepare(folder)) == []


def test_going_back_takes_the_vectors_that_are_there(engine: Engine, library: Library, folder: Path) -> None:
    engine.use_model(some_model(4))
    scores(engine, folder)
    assert len(list(library.vector_folder.iterdir())) == 2
    engine.use_model(some_model(3))
    assert list(engine.prepare(folder)) == [(0, 0)], "none is missing"


def test_a_matcher_of_other_encoders_is_refused_and_the_old_one_stays(engine: Engine, folder: Path) -> None:
    before = scores(engine, folder)
    with pytest.raises(MatcherError, match="trained with the encoders clip, words-1"):
        engine.use_model(some_model(4, "clip"))
    assert scores(engine, folder) == before
