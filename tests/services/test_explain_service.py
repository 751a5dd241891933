"""The latest question wins; what cannot be explained is passed over."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.explanation import Explanation
from imgsearch_gui.core.types.query import PictureQuery
from imgsearch_gui.errors import QueryError
from imgsearch_gui.services.explain_service import ExplainService

FOLDER, BLOCK = Path("photos"), RuleMode.BLOCK


class FakeExplains:
    """Explains every photo but number 13; waits at its gate."""

    def __init__(self) -> None:
        self.asked: list[tuple[object, ...]] = []
        self.gate = threading.Event()
        self.gate.set()

    def explain(self, folder, query, image_id, *, rule, picture):
        self.asked.append((folder, query, image_id, rule, picture))
        assert self.gate.wait(20)
        if image_id == 13:
            raise QueryError("The photo is no longer in this folder.")
        return Explanation(query, image_id, 0.5)


@pytest.fixture
def service(worker):
    return ExplainService(worker)


def test_what_is_asked_before_the_engine_is_there_is_answered(qtbot, service):
    service.explain(FOLDER, "dog", 1, BLOCK)
    picture = PictureQuery(name="x", image_id=4)
    service.explain(FOLDER, "boat", 2, BLOCK, picture)
    engine = FakeExplains()
    with qtbot.waitSignal(service.explained) as signal:
        service.use_engine(engine)
    assert signal.args == [Explanation("boat", 2, 0.5)]
    assert engine.asked == [(FOLDER, "boat", 2, BLOCK, picture)]


def test_only_the_latest_question_is_answered(qtbot, service):
    engine = FakeExplains()
    engine.gate.clear()
    service.use_engine(engine)
    answers = []
    service.explained.connect(answers.append)
    for image_id in (1, 2, 3):
        service.explain(FOLDER, "dog", image_id, BLOCK)
    with qtbot.waitSignal(service.explained):
        engine.gate.set()
    assert [answer.image_id for answer in answers] == [3]
    assert [asked[2] for asked in engine.asked] == [1, 3]


def test_an_answer_that_is_wanted_no_more_is_dropped_and_a_failure_ends_nothing(qtbot, service):
    engine = FakeExplains()
    engine.gate.clear()
    service.use_engine(engine)
    answers = []
    service.explained.connect(answers.append)
    service.explain(FOLDER, "dog", 1, BLOCK)
    service.clear()
    service.explain(FOLDER, "dog", 13, BLOCK)
    engine.gate.set()
    qtbot.waitUntil(lambda: len(engine.asked) == 2)
    with qtbot.waitSignal(service.explained):
        service.explain(FOLDER, "dog", 5, BLOCK)
    assert [answer.image_id for answer in answers] == [5]
