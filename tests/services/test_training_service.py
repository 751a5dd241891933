"""Summaries, trainings and queries by both matchers run beside the window; of each kind the latest counts."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.training import TrainingChoices
from imgsearch_gui.errors import DatasetError, TrainingError
from imgsearch_gui.services.training_service import TrainingService
from tests.fakes import FakeTextEncoder
from tests.retraining import make_engine
from tests.synthetic import write_dataset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt


class GatedTextEncoder(FakeTextEncoder):
    """Encodes once its gate is open; ``reached`` tells that it has been asked, ``calls`` how often."""

    def __init__(self) -> None:
        super().__init__()
        self.gate, self.reached = threading.Event(), threading.Event()
        self.gate.set()
        self.calls = 0

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.calls += 1
        self.reached.set()
        assert self.gate.wait(20)
        return super().encode(texts)


@pytest.fixture
def text() -> GatedTextEncoder:
    return GatedTextEncoder()


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library(tmp_path / "library.sqlite") as library:
        yield library


@pytest.fixture
def engine(library: Library, text: GatedTextEncoder):
    return make_engine(library, text=text)


@pytest.fixture
def service(worker) -> TrainingService:
    return TrainingService(worker)


def in_the_midst(qtbot, service, engine, text, choices) -> None:
    """Begins to train, and stops where captions are encoded until the gate opens."""
    text.gate.clear()
    service.use_engine(engine)
    service.train(choices)
    qtbot.waitUntil(text.reached.is_set, timeout=20_000)


def test_from_choices_to_a_query_by_both(qtbot, service, engine, tmp_path) -> None:
    folder = write_dataset(tmp_path / "set", train=30, test=6)
    service.use_engine(engine)
    with qtbot.waitSignal(service.summarised, timeout=20_000) as summarised:
        service.summarise(TrainingChoices(folder))
    assert (summarised.args[0].images, summarised.args[0].obstacle) == (30, "")
    progress = []
    service.progressed.connect(progress.append)
    with qtbot.waitSignal(service.trained, timeout=60_000) as trained:
        service.train(TrainingChoices(folder))
        assert service.busy
    assert not service.busy
    assert {"Reading", "Image vectors", "Score", "Intervals"} <= {step.stage for step in progress}
    with qtbot.waitSignal(service.compared, timeout=20_000) as compared:
        service.try_query(trained.args[0], folder / "test_images", "a red square", RuleMode.BLOCK)
    assert len(compared.args[0].old) == len(compared.args[0].new) == 6
    assert engine.model is not trained.args[0].model, "nobody has kept it"


def test_the_latest_summary_counts(qtbot, service, engine, tmp_path) -> None:
    told = []
    service.summarised.connect(told.append)
    for count in (9, 10, 11):
        service.summarise(TrainingChoices(write_dataset(tmp_path / f"{count}", train=count)))
    with qtbot.waitSignal(service.summarised, timeout=20_000):
        service.use_engine(engine)
    for count in (12, 13):
        service.summarise(TrainingChoices(write_dataset(tmp_path / f"{count}", train=count)))
    with qtbot.waitSignal(service.summarised, timeout=20_000):
        pass
    assert [summary.images for summary in told] == [11, 13]


def test_what_ends_a_summary_or_a_training_is_told(qtbot, service, engine, tmp_path) -> None:
    service.use_engine(engine)
    with qtbot.waitSignal(service.summary_failed, timeout=20_000) as failed:
        service.summarise(TrainingChoices(tmp_path / "nowhere"))
    assert isinstance(failed.args[0], DatasetError)
    with qtbot.waitSignal(service.failed, timeout=20_000) as failed:
        service.train(TrainingChoices(write_dataset(tmp_path / "set", train=4)))
    assert isinstance(failed.args[0], TrainingError)
    assert not service.busy


def test_a_training_is_cancelled_at_its_next_step(qtbot, service, engine, text, tmp_path) -> None:
    in_the_midst(qtbot, service, engine, text, TrainingChoices(write_dataset(tmp_path / "set", train=30)))
    told = []
    service.trained.connect(told.append)
    service.cancel()
    with qtbot.waitSignal(service.cancelled, timeout=20_000):
        text.gate.set()
    assert not service.busy
    assert told == []


def test_a_training_that_waits_is_cancelled_at_once(qtbot, service, tmp_path) -> None:
    service.train(TrainingChoices(tmp_path))
    assert service.busy
    with qtbot.waitSignal(service.cancelled):
        service.cancel()
    assert not service.busy
    with qtbot.assertNotEmitted(service.cancelled):
        service.cancel()


def test_a_new_training_takes_the_place_of_the_one_before(qtbot, service, engine, text, tmp_path) -> None:
    in_the_midst(qtbot, service, engine, text, TrainingChoices(write_dataset(tmp_path / "one", train=30)))
    ends = []
    service.cancelled.connect(lambda: ends.append("cancelled"))
    service.failed.connect(ends.append)
    with qtbot.waitSignal(service.failed, timeout=20_000):
        service.train(TrainingChoices(tmp_path / "nowhere"))
        text.gate.set()
    assert len(ends) == 1
    assert isinstance(ends[0], DatasetError)
    assert text.calls == 1, "the first one went no further"
