"""One picture of each state of the window, light and dark, compared with a stored one.

``IMGSEARCH_SNAPSHOTS=write`` stores the pictures anew; look at them before you keep them. A picture
that differs is left in pytest's temporary folder, whose path the failure names.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo, QGuiApplication

from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.photos import Problem
from imgsearch_gui.core.types.progress import IndexProgress
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.ui import style
from tests.window_fakes import FakeEngine, FakeStore

SNAPSHOTS = Path(__file__).parent.parent / "snapshots"
# Letters are drawn a little differently from machine to machine: what is compared is the mean colour
# of small squares. A missing word or a moved picture changes that by more than the limit, of 255.
_SQUARE, _LIMIT = 10, 14

STEPS = (IndexProgress("embed", 1234, 5000, embedded=0, failed=3),) * 2
# Each state: the engine, the query, the content rule.
STATES = {
    "no-folder": (FakeEngine, None, RuleMode.BLOCK),
    "loading": (FakeEngine, None, RuleMode.BLOCK),
    "indexing": (lambda: FakeEngine(steps=STEPS), "", RuleMode.BLOCK),
    "paused": (lambda: FakeEngine(steps=STEPS), "", RuleMode.BLOCK),
    "gallery": (FakeEngine, "", RuleMode.BLOCK),
    "hits": (lambda: FakeEngine(withheld=12), "dog boat lake flower path", RuleMode.BLOCK),
    "rest": (FakeEngine, "o", RuleMode.BLOCK),
    "only-unlikely": (lambda: FakeEngine(best=0.3), "a submarine", RuleMode.BLOCK),
    "no-match": (FakeEngine, "zebra", RuleMode.BLOCK),
    "blocked": (FakeEngine, "two toddlers", RuleMode.BLOCK),
    "warned": (FakeEngine, "two toddlers", RuleMode.WARN),
    "error": (lambda: FakeEngine(error=LibraryError("The library file is damaged.")), "", RuleMode.BLOCK),
}


@pytest.mark.skipif(sys.platform != "linux", reason="the stored pictures were drawn on Linux")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_snapshot(qtbot, qapp, show, folder, tmp_path, state, dark):
    if QGuiApplication.platformName() != "offscreen" or QFontInfo(qapp.font()).family() != "DejaVu Sans":
        pytest.skip("the stored pictures were drawn off screen with the font DejaVu Sans")
    style.apply_palette(qapp, dark)
    make, query, rule = STATES[state]
    engine = make()
    if state in ("indexing", "paused"):
        engine.index_gate.clear()
    problems = (Problem(folder / "x.jpg", "The file is empty."),) if state == "gallery" else ()
    one = show(engine, FakeStore(problems, missing=frozenset({7})), load=state != "loading")
    if state == "loading":
        one.window.open_folder(folder)
        one.window.indexing_bar.hide()  # it moves
    elif query is not None:
        _settle(qtbot, one, folder, query, rule)
    if state == "paused":
        one.services.indexing.toggle_pause()
    if state == "rest":
        qtbot.mouseClick(one.window.photos.rest.button, Qt.MouseButton.LeftButton)
        one.window.grab()
        qtbot.waitUntil(lambda: not one.services.thumbnails.busy)
    if state == "hits":
        qtbot.keyClick(one.window.query, Qt.Key.Key_Down)
    one.window.status.count.setText(
        re.sub(r" · [\d.]+ s$", "", one.window.status.count.text())
    )  # never the same
    one.window.query.setReadOnly(True)  # no blinking cursor
    one.window.query.setClearButtonEnabled(False)  # it fades in
    for _ in range(2):  # a new text asks for a new layout, and that for a repaint
        qapp.processEvents()
    _compare(one.window, f"{state}-{'dark' if dark else 'light'}", tmp_path)


def _settle(qtbot, one, folder, query, rule):
    """Opens the folder, asks, and waits until nothing moves any more."""
    search, thumbnails = one.services.search, one.services.thumbnails
    one.window.set_rule(rule)
    one.window.query.setText(query)
    qtbot.keyClick(one.window.query, Qt.Key.Key_Return)  # or the pause after typing would ask once more
    end = search.failed if one.engine.error else search.answered
    with qtbot.waitSignal(end):
        one.window.open_folder(folder)
    if one.engine.steps:
        qtbot.waitUntil(lambda: one.window.indexing_bar.bar.value() == 1234)
    else:
        qtbot.waitUntil(lambda: not one.services.indexing.busy)
    qtbot.waitUntil(lambda: not search.busy)
    one.window.grab()
    qtbot.waitUntil(lambda: not thumbnails.busy)


def _compare(window, name, tmp_path):
    file = tmp_path / f"{name}.png"
    assert window.grab().save(str(file))
    stored = SNAPSHOTS / f"{name}.png"
    if os.environ.get("IMGSEARCH_SNAPSHOTS") == "write":
        with Image.open(file) as drawn:
            drawn.convert("RGB").save(stored, optimize=True)
        return
    with Image.open(file) as drawn, Image.open(stored) as kept:
        assert drawn.size == kept.size
        means = [picture.convert("RGB").reduce(_SQUARE) for picture in (drawn, kept)]
    worst = max(high for _, high in ImageChops.difference(*means).getextrema())
    assert worst <= _LIMIT, f"a part of the picture differs by {worst} from the stored one: look at {file}"
