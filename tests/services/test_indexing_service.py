"""One folder is read at a time; the latest wins."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from imgsearch_gui.core.pictures.embedding import batch_size
from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.progress import IndexProgress
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.services.indexing_service import IndexingService
from tests.fakes import FakeImageEncoder, write_jpegs
from tests.window_fakes import FakeEngine, FakeStore

STEPS = (
    IndexProgress("scan", 3, None),
    IndexProgress("embed", 2, 3, embedded=2),
    IndexProgress("done", 3, 3, embedded=3),
)
ONE, TWO = Path("one"), Path("two")


@pytest.fixture
def service(worker):
    return IndexingService(FakeStore(), worker)


def in_the_midst(qtbot, service) -> FakeEngine:
    """Begins to read a folder, and stops in the midst until the gate opens."""
    engine = FakeEngine(steps=STEPS)
    engine.index_gate.clear()
    service.use_engine(engine)
    with qtbot.waitSignal(service.progressed):
        service.start(ONE)
    return engine


def test_progress_comes_in_order_and_the_last_is_the_result(qtbot, service):
    seen = []
    service.progressed.connect(seen.append)
    service.use_engine(FakeEngine(steps=STEPS))
    with qtbot.waitSignal(service.succeeded) as signal:
        service.start(ONE)
    assert tuple(seen) == STEPS
    assert signal.args == [STEPS[-1]]
    assert not service.busy


def test_cancel_ends_after_the_step_that_runs(qtbot, service):
    engine = in_the_midst(qtbot, service)
    service.cancel()
    with qtbot.waitSignal(service.cancelled):
        engine.index_gate.set()
    assert engine.closed.is_set()
    assert not service.busy


def test_a_pause_holds_the_reading_until_it_goes_on(qtbot, service):
    seen, told = [], []
    service.progressed.connect(seen.append)
    service.pause_changed.connect(told.append)
    service.start(ONE)
    service.toggle_pause()  # before there is an engine
    with qtbot.waitSignal(service.progressed):
        service.use_engine(FakeEngine(steps=STEPS))
    assert (seen, told) == ([STEPS[0]], [True])
    with qtbot.waitSignal(service.succeeded):
        service.toggle_pause()
    assert tuple(seen) == STEPS
    assert told == [True, False]
    service.toggle_pause()  # nothing is read
    assert told == [True, False]


def test_a_paused_reading_can_be_cancelled(qtbot, service):
    told = []
    service.pause_changed.connect(told.append)
    engine = FakeEngine(steps=STEPS)
    service.start(ONE)
    service.toggle_pause()
    with qtbot.waitSignal(service.progressed):
        service.use_engine(engine)
    with qtbot.waitSignal(service.cancelled):
        service.cancel()
    assert engine.closed.is_set()
    assert told == [True, False]


class HeldEncoder(FakeImageEncoder):
    """Holds every batch until the gate opens."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.gate = threading.Event(), threading.Event()

    def encode(self, images):
        self.begun.set()
        assert self.gate.wait(20)
        return super().encode(images)


class ReadingEngine(FakeEngine):
    """Reads folders for real."""

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library, self.encoder = library, HeldEncoder()

    def index(self, folder):
        return index_folder(self.library, folder, self.encoder)


@pytest.fixture
def reading(qtbot, service, tmp_path):
    """A reading of 40 photos whose first batch is in the encoder."""
    write_jpegs(tmp_path / "photos", 40)
    with Library(tmp_path / "l.sqlite") as library:
        engine = ReadingEngine(library)
        service.use_engine(engine)
        service.start(tmp_path / "photos")
        assert engine.encoder.begun.wait(20)
        yield engine
        service.cancel()
        engine.encoder.gate.set()
        qtbot.waitUntil(lambda: not service.busy)


def test_after_a_cancel_no_batch_begins(qtbot, service, reading, tmp_path):
    """The photos of the batch that the encoder has at that moment are stored: eight at most."""
    service.cancel()
    with qtbot.waitSignal(service.cancelled):
        reading.encoder.gate.set()
    assert reading.encoder.batches == [batch_size()]
    assert len(reading.library.records(tmp_path / "photos")) == batch_size()


def test_after_a_pause_no_batch_begins_and_then_it_goes_on(qtbot, service, reading, tmp_path):
    told = []
    service.progressed.connect(told.append)
    service.toggle_pause()
    reading.encoder.gate.set()
    qtbot.waitUntil(lambda: bool(told) and told[-1].embedded == batch_size())
    assert reading.encoder.batches == [batch_size()]
    with qtbot.waitSignal(service.succeeded):
        service.toggle_pause()
    assert sum(reading.encoder.batches) == 40
    assert len(reading.library.records(tmp_path / "photos")) == 40


def test_a_pause_can_be_followed_by_a_cancel_and_no_batch_begins(qtbot, service, reading):
    service.toggle_pause()
    reading.encoder.gate.set()
    with qtbot.waitSignal(service.cancelled):
        service.cancel()
    assert reading.encoder.batches == [batch_size()]


def test_a_new_folder_is_not_paused(qtbot, service):
    engine = FakeEngine(steps=STEPS)
    service.start(ONE)
    service.toggle_pause()
    with qtbot.waitSignal(service.progressed):
        service.use_engine(engine)
    with qtbot.waitSignal(service.succeeded):
        service.start(TWO)
    assert engine.indexed == [ONE, TWO]


def test_a_new_folder_stops_the_one_before_in_silence(qtbot, service):
    ends = []
    service.cancelled.connect(lambda: ends.append("cancelled"))
    service.succeeded.connect(lambda _: ends.append("succeeded"))
    engine = in_the_midst(qtbot, service)
    service.start(TWO)
    with qtbot.waitSignal(service.succeeded):
        engine.index_gate.set()
    assert engine.indexed == [ONE, TWO]
    assert ends == ["succeeded"]


def test_cancel_after_a_new_folder_cancels_both(qtbot, service):
    engine = in_the_midst(qtbot, service)
    service.start(TWO)
    service.cancel()
    with qtbot.waitSignal(service.cancelled):
        engine.index_gate.set()
    assert engine.indexed == [ONE]


def test_a_folder_waits_for_the_engine(qtbot, service):
    service.start(ONE)
    assert service.busy
    engine = FakeEngine(steps=STEPS)
    with qtbot.waitSignal(service.succeeded):
        service.use_engine(engine)
    assert engine.indexed == [ONE]


def test_a_waiting_folder_can_be_cancelled(qtbot, service):
    service.start(ONE)
    with qtbot.waitSignal(service.cancelled):
        service.cancel()
    engine = FakeEngine(steps=STEPS)
    service.use_engine(engine)
    assert not engine.indexed
    assert not service.busy


def test_an_error_is_told(qtbot, service):
    error = LibraryError("The disk is full.")
    service.use_engine(FakeEngine(steps=STEPS, index_error=error))
    with qtbot.waitSignal(service.failed) as signal:
        service.start(ONE)
    assert signal.args[0] is error
    assert not service.busy


def test_a_refresh_waits_for_the_reading_that_goes_on(qtbot, service):
    engine = in_the_midst(qtbot, service)
    service.refresh(ONE)
    service.refresh(ONE)
    with qtbot.waitSignals([service.succeeded] * 2):
        engine.index_gate.set()
    assert engine.indexed == [ONE, ONE]
    with qtbot.waitSignal(service.succeeded):
        service.refresh(ONE)
    assert len(engine.indexed) == 3


@pytest.mark.parametrize("end", ["start", "cancel"])
def test_a_refresh_is_dropped_for_a_new_folder_and_a_cancel(qtbot, service, end):
    engine = in_the_midst(qtbot, service)
    service.refresh(ONE)
    if end == "start":
        service.start(TWO)
    else:
        service.cancel()
    with qtbot.waitSignal(service.succeeded if end == "start" else service.cancelled):
        engine.index_gate.set()
    assert not service.busy
    assert engine.indexed == ([ONE, TWO] if end == "start" else [ONE])
