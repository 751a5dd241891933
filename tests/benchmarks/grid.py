"""How long a frame of the grid takes with a million hits; run as a plain script.

    xvfb-run -s "-screen 0 1920x1200x24" python -m tests.benchmarks.grid [--count 1000000] [--folder DIR]

The hits are those of a real search in a made-up library (see ``tests.benchmarks.search``, which makes the
same ones); thumbnails are real JPEGs. A frame is one step of scrolling with all that Qt then has to paint
and to deliver: on a screen, or Xvfb, it moves what is there and paints the rest; with the platform
"offscreen" it paints everything. Prints JSON: milliseconds a frame, and what the worker decoded meanwhile.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication

from imgsearch_gui.services.jobs import Worker
from imgsearch_gui.services.thumbnail_service import ThumbnailService
from imgsearch_gui.ui import style
from imgsearch_gui.ui.photos.photos_page import PhotosPage
from tests.benchmarks.search import QUERIES, opened, prepare
from tests.benchmarks.synthetic_library import thumbnails

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imgsearch_gui.core.types.photos import Problem
    from imgsearch_gui.ui.photos.results_view import ResultsView

SIZES = {"window": (1100, 760), "full screen": (1920, 1080)}
FRAMES = 300
GOAL_MS = 16
_ALL = QEventLoop.ProcessEventsFlag.AllEvents


class Store:
    """Has a thumbnail for every image, one of 64; counts what is asked for."""

    def __init__(self) -> None:
        self._thumbnails = list(thumbnails(64))
        self.asked: list[int] = []

    def thumbnail(self, image_id: int) -> bytes | None:
        self.asked.append(image_id)
        return self._thumbnails[image_id % len(self._thumbnails)]

    def problems(self, root: Path) -> list[Problem]:
        return []


class Paints(QObject):
    """Counts what Qt has painted."""

    count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        self.count += event.type() is QEvent.Type.Paint
        return False


def places(kind: str, view: ResultsView) -> Iterator[int]:
    """Where the scroll bar stands, frame by frame."""
    bar = view.verticalScrollBar()
    if kind == "wheel":
        yield from range(0, FRAMES * 60, 60)
    elif kind == "page down":
        yield from range(0, FRAMES * bar.pageStep(), bar.pageStep())
    else:  # the handle is dragged to and fro
        rng = random.Random(0)
        yield from (rng.randrange(bar.maximum()) for _ in range(FRAMES))


def frames(view: ResultsView, kind: str) -> tuple[list[float], list[float]]:
    """Seconds a frame by the clock, which other programs spoil, and those that the GUI thread computed."""
    seconds, computed = [], []
    paints = Paints()
    view.viewport().installEventFilter(paints)
    for place in places(kind, view):
        paints.count, moves = 0, place != view.verticalScrollBar().value()
        begin, work = time.perf_counter(), time.thread_time()
        view.verticalScrollBar().setValue(place)
        while True:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents if moves else _ALL)
            if paints.count or not moves:
                break
        seconds.append(time.perf_counter() - begin)
        computed.append(time.thread_time() - work)
    return seconds, computed


def settle(service: ThumbnailService) -> float:
    """Waits until what is visible is there; returns how long it took."""
    begin = time.perf_counter()
    while service.busy:
        QCoreApplication.processEvents()
        time.sleep(0.001)
    return time.perf_counter() - begin


def measure(count: int, folder: Path) -> list[dict[str, Any]]:
    application = QApplication.instance() or QApplication([])
    style.apply(application)
    store, worker = Store(), Worker("thumbnails")
    service = ThumbnailService(store, worker)
    rows = []
    with opened(count, folder) as (engine, _, photos):
        hits = engine.search(photos, QUERIES[0]).hits
        for name, size in SIZES.items():
            page = PhotosPage(service)
            page.resize(*size)
            page.show()
            begin = time.perf_counter()
            page.show_photos(hits)
            page.draw(None, 0)
            QCoreApplication.processEvents()
            shown = time.perf_counter() - begin
            first = settle(service)
            for kind in ("wheel", "page down", "drag"):
                store.asked.clear()
                seconds, computed = frames(page.view, kind)
                decoded, last = len(store.asked), settle(service)
                rows.append(
                    {
                        "images": count,
                        "size": name,
                        "scrolling": kind,
                        "frame_ms": percentiles(seconds),
                        "frame_gui_thread_ms": percentiles(computed),
                        "decoded_a_frame": round(decoded / FRAMES, 1),
                        "cells_a_screen": len(page.view.visible_rows()) // 2,
                        "visible_thumbnails_after_s": round(last, 3),
                        "show_s": round(shown, 3),
                        "first_thumbnails_s": round(first, 3),
                    }
                )
            page.hide()
    worker.stop()
    worker.wait(5)
    return rows


def percentiles(seconds: list[float]) -> dict[str, float]:
    wanted = {"median": 50, "p95": 95, "most": 100}
    return {name: round(float(np.percentile(seconds, of)) * 1000, 2) for name, of in wanted.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10**6)
    parser.add_argument("--folder", type=Path, help="where libraries are kept; temporary if not given")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        prepare(options.count, folder, files=False)
        print(json.dumps({"goal_ms": GOAL_MS, "rows": measure(options.count, folder)}, indent=1))


if __name__ == "__main__":
    main()
