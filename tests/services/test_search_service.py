"""The latest request wins."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.photos import Gallery
from imgsearch_gui.core.types.query import Order, PictureQuery
from imgsearch_gui.services.search_service import Question, SearchService
from tests.window_fakes import NAMES, FakeEngine

FOLDER = Path("photos")
BLOCK = RuleMode.BLOCK


@pytest.fixture
def service(worker):
    return SearchService(worker)


def test_hits_come_best_first(qtbot, service):
    service.use_engine(FakeEngine())
    with qtbot.waitSignal(service.answered) as signal:
        service.request(FOLDER, Question("  dog "))
    answer = signal.args[0]
    assert answer.request.question.query == "dog"
    assert [hit.path.name for hit in answer.photos] == ["a dog on the beach.jpg", "two dogs in snow.jpg"]
    assert answer.photos[0].score > answer.photos[1].score


def test_a_blank_query_lists_every_photo(qtbot, service):
    service.use_engine(FakeEngine())
    with qtbot.waitSignal(service.answered) as signal:
        service.request(FOLDER, Question("  "))
    assert len(signal.args[0].photos) == len(NAMES)


class OrderedEngine(FakeEngine):
    """Lists its photos backwards where they are asked for by name, and one alone where they are folded."""

    def gallery(self, folder: Path, order: Order, fold: bool) -> Gallery:
        photos = super().gallery(folder, order, fold).photos
        return Gallery((photos[::-1] if order is Order.NAME else photos)[: 1 if fold else None])


def test_order_and_folding_reach_the_engine(qtbot, service):
    service.use_engine(OrderedEngine())
    for order, fold, names in (
        (Order.NAME, False, NAMES[::-1]),
        (Order.NAME, True, NAMES[-1:]),
        (Order.SCORE, True, NAMES[:1]),
    ):
        with qtbot.waitSignal(service.answered) as signal:
            service.request(FOLDER, Question(order=order, fold=fold))
        assert tuple(photo.path.name for photo in signal.args[0].photos) == tuple(names)


def test_a_picture_is_asked_with_alone_and_beside_words(qtbot, service):
    engine = FakeEngine()
    service.use_engine(engine)
    picture = PictureQuery(name="pasted", data=b"bytes")
    for query in ("", "dog"):
        with qtbot.waitSignal(service.answered) as signal:
            service.request(FOLDER, Question(f" {query} ", picture))
        assert signal.args[0].request.question.picture == picture
    assert engine.pictures == [picture, picture]
    with qtbot.waitSignal(service.answered) as signal:
        service.request(FOLDER, Question("score>0.5", picture))
    assert signal.args[0].mistakes == ()


def test_an_overtaken_answer_is_dropped_and_only_the_latest_waits(qtbot, service):
    engine = FakeEngine()
    engine.search_gate.clear()
    service.use_engine(engine)
    answers = []
    service.answered.connect(answers.append)
    service.request(FOLDER, Question("dog"))
    qtbot.waitUntil(lambda: engine.queries == ["dog"])
    service.request(FOLDER, Question("boat"))
    latest = service.request(FOLDER, Question("lake"))
    with qtbot.waitSignal(service.answered):
        engine.search_gate.set()
    qtbot.waitUntil(lambda: not service.busy)
    assert engine.queries == ["dog", "lake"]
    assert [answer.request.id for answer in answers] == [latest]


def test_a_request_made_before_the_engine_is_there_is_kept(qtbot, service):
    service.request(FOLDER, Question("dog"))
    service.request(FOLDER, Question("boat"))
    assert service.busy
    engine = FakeEngine()
    with qtbot.waitSignal(service.answered) as signal:
        service.use_engine(engine)
    assert signal.args[0].request.question.query == "boat"
    assert engine.queries == ["boat"]


def test_an_error_of_the_latest_request_is_told(qtbot, service):
    error = ValueError("no")
    service.use_engine(FakeEngine(error=error))
    with qtbot.waitSignal(service.failed) as signal:
        service.request(FOLDER, Question("dog"))
    assert signal.args[0] is error


def test_an_error_of_an_overtaken_request_is_not(qtbot, service):
    engine = FakeEngine(error=ValueError("no"))
    engine.search_gate.clear()
    service.use_engine(engine)
    errors = []
    service.failed.connect(errors.append)
    service.request(FOLDER, Question("dog"))
    service.request(FOLDER, Question("boat"))
    with qtbot.waitSignal(service.failed):
        engine.search_gate.set()
    qtbot.waitUntil(lambda: not service.busy)
    assert len(errors) == 1


class SlowEngine(FakeEngine):
    """Has to make folders ready; each step waits for leave."""

    def __init__(self) -> None:
        super().__init__()
        self.leave = threading.Semaphore(0)
        self.left: list[Path] = []

    def prepare(self, folder):
        try:
            for done in range(1, 4):
                assert self.leave.acquire(timeout=20)
                yield done, 3
        finally:
            self.left.append(folder)


def test_a_folder_is_made_ready_first_and_says_how_far_it_has_come(qtbot, service):
    engine = SlowEngine()
    service.use_engine(engine)
    steps = []
    service.prepared.connect(steps.append)
    service.request(FOLDER, Question("dog"))
    with qtbot.waitSignal(service.answered):
        engine.leave.release(3)
    assert steps == [(1, 3), (2, 3), (3, 3)]


def test_a_newer_request_does_not_wait_until_a_folder_is_ready(qtbot, service):
    engine = SlowEngine()
    service.use_engine(engine)
    steps = []
    service.prepared.connect(steps.append)
    service.request(Path("large"), Question("dog"))
    engine.leave.release()
    qtbot.waitUntil(lambda: steps == [(1, 3)])
    service.request(FOLDER, Question("boat"))
    with qtbot.waitSignal(service.answered):
        engine.leave.release(1 + 3)  # the step that was begun ends; no other does
    assert engine.left == [Path("large"), FOLDER]
    assert engine.queries == ["boat"]
    assert steps == [(1, 3), (1, 3), (2, 3), (3, 3)]
