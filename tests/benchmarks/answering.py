"""How soon a reading of photos of 12 megapixels answers a pause and a cancel; run as a plain script.

    QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.answering

With the real encoder, at random moments. Prints JSON: milliseconds from the request until the reading stands
still, or has ended with all its processes. On a busy machine, it is that much slower.
"""

from __future__ import annotations

import json
import random
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from imgsearch_gui.services.indexing_service import IndexingService
from imgsearch_gui.services.jobs import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from imgsearch_gui.core.types.progress import IndexProgress

ROUNDS = 10
GOAL_MS = 300


def wait(condition: Callable[[], object]) -> None:
    while not condition():
        QCoreApplication.processEvents()
        time.sleep(0.001)


def wait_a_little(rng: random.Random) -> None:
    end = time.perf_counter() + 0.1 + 0.4 * rng.random()
    wait(lambda: time.perf_counter() > end)


def measure() -> dict[str, list[float]]:
    from imgsearch_gui.core.encoders.efficientnet_lite import EfficientNetLite2
    from imgsearch_gui.core.pictures.indexing import index_folder
    from imgsearch_gui.core.storage.library import Library
    from tests.benchmarks.indexing_rows import write_photos
    from tests.window_fakes import FakeEngine, FakeStore

    encoder, rng = EfficientNetLite2(), random.Random(0)
    taken: dict[str, list[float]] = {"pause": [], "cancel": []}
    worker = Worker("index")
    with tempfile.TemporaryDirectory() as name:
        photos = Path(name, "photos")
        write_photos(photos, 160, 4000, 3000)
        for number in range(ROUNDS):
            with Library(Path(name, f"{number}.sqlite")) as library:

                class Engine(FakeEngine):
                    def index(self, folder: Path, library: Library = library) -> Iterator[IndexProgress]:
                        return index_folder(library, folder, encoder)

                service = IndexingService(FakeStore(), worker)
                service.use_engine(Engine())
                told: list[IndexProgress] = []
                ended: list[object] = []
                service.progressed.connect(told.append)
                service.cancelled.connect(lambda ended=ended: ended.append(True))
                service.start(photos)
                wait(lambda told=told: told and told[-1].embedded)
                wait_a_little(rng)
                seen, begin = len(told), time.perf_counter()
                service.toggle_pause()
                wait(lambda told=told, seen=seen: len(told) > seen)
                taken["pause"].append(time.perf_counter() - begin)
                service.toggle_pause()
                wait_a_little(rng)
                begin = time.perf_counter()
                service.cancel()
                wait(lambda ended=ended: ended)
                taken["cancel"].append(time.perf_counter() - begin)
    worker.stop()
    worker.wait(5)
    return taken


def main() -> None:
    QCoreApplication.instance() or QCoreApplication([])
    taken = measure()
    figures = {
        name: {"median_ms": round(1000 * float(np.median(seconds))), "most_ms": round(1000 * max(seconds))}
        for name, seconds in taken.items()
    }
    print(json.dumps({"goal_ms": GOAL_MS, **figures}, indent=1))


if __name__ == "__main__":
    main()
