"""How long the window's event loop is blocked while it reads, trains and searches at once; a plain script.

    QT_QPA_PLATFORM=offscreen IMGSEARCH_DATASETS=DIR python -m tests.benchmarks.responsiveness

The real window with the real encoders reads made-up photographs, trains on the dataset, and is asked a
query every few tenths of a second, the grid being scrolled between. A timer of 5 ms tells how late each of
its ticks is. Prints JSON: milliseconds that a tick was late, by the clock, which other programs spoil too,
and of those the ones in which the window's own thread computed.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtWidgets import QApplication

from imgsearch_gui import paths
from imgsearch_gui.core.types.training import TrainingChoices
from imgsearch_gui.ui import style

if TYPE_CHECKING:
    from collections.abc import Callable

    from imgsearch_gui.app.session import Session

GOAL_MS = 50
TICK_MS = 5
ASK_MS = 400
QUERIES = ("a dog runs on the beach", "two people on a bench", "red car -night", "snow", "")


class Probe:
    """Tells how late the event loop comes to a timer."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self.computed: list[float] = []
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._last = time.perf_counter(), time.thread_time()

    def begin(self) -> None:
        self._last = time.perf_counter(), time.thread_time()
        self._timer.start()

    def end(self) -> None:
        self._timer.stop()

    def _tick(self) -> None:
        clock, work = time.perf_counter(), time.thread_time()
        self.late.append(max(0.0, 1000 * (clock - self._last[0]) - TICK_MS))
        self.computed.append(1000 * (work - self._last[1]))
        self._last = clock, work


def wait(condition: Callable[[], object]) -> None:
    while not condition():
        QCoreApplication.processEvents()
        time.sleep(0.0005)


def ask(session: Session, number: int) -> None:
    """Types a query, and scrolls what the one before has found."""
    bar = session.window.view.verticalScrollBar()
    bar.setValue((bar.value() + 97 * number) % max(1, bar.maximum()))
    session.window.query.setText(QUERIES[number % len(QUERIES)])


def figures(values: list[float]) -> dict[str, float]:
    named = {"p50": 50, "p95": 95, "p99": 99, "p99.9": 99.9}
    told = {name: round(float(np.percentile(values, share)), 1) for name, share in named.items()}
    return {**told, "most": round(max(values), 1), f"over {GOAL_MS}": sum(one > GOAL_MS for one in values)}


def measure(pictures: int, dataset: Path) -> dict[str, object]:
    from imgsearch_gui.app.session import Session
    from imgsearch_gui.core.loading import load_engine
    from imgsearch_gui.core.matching.model_store import ModelStore
    from tests.benchmarks.indexing_rows import write_photos

    application = QApplication.instance() or QApplication([])
    style.apply(application)
    with tempfile.TemporaryDirectory() as name:
        os.environ["IMGSEARCH_HOME"] = name
        photos = Path(name, "photos")
        write_photos(photos, pictures, 500, 375)
        kept = ModelStore(Path(name, "models"), paths.bundled_model())
        session = Session(
            application, Path(name, "l.sqlite"), lambda store: load_engine(store, kept=kept), kept=kept
        )
        window, services = session.window, session.services
        window.resize(1280, 860)
        window.show()
        services.engine.load()
        wait(lambda: window.status.engine_state.text() == "Ready")
        ended: list[object] = []
        for signal in (services.training.trained, services.training.failed):
            signal.connect(ended.append)
        asked = [0]

        def next_query() -> None:
            asked[0] += 1
            ask(session, asked[0])

        timer = QTimer()
        timer.setInterval(ASK_MS)
        timer.timeout.connect(next_query)
        probe = Probe()
        probe.begin()
        begin = time.perf_counter()
        window.open_folder(photos)
        services.training.train(TrainingChoices(dataset))
        timer.start()
        wait(lambda: ended and not services.indexing.busy)
        seconds = time.perf_counter() - begin
        timer.stop()
        probe.end()
        shown = window.model.rowCount()
        session.close()
    return {
        "pictures": pictures,
        "queries": asked[0],
        "seconds": round(seconds, 1),
        "ended": type(ended[0]).__name__,
        "photos shown": shown,
        "ticks": len(probe.late),
        "goal p99": GOAL_MS,
        "late ms": figures(probe.late),
        "computed ms": figures(probe.computed),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=1000)
    arguments = parser.parse_args()
    dataset = Path(os.environ["IMGSEARCH_DATASETS"]) / "image_search"
    print(json.dumps(measure(arguments.pictures, dataset), indent=2))


if __name__ == "__main__":
    main()
