"""One picture of each state of the window, light and dark, compared with a stored one."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt

from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.photos import Problem
from imgsearch_gui.core.types.progress import IndexProgress
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.ui import style
from tests.ui.pictures import compare, on_linux, skip_elsewhere
from tests.window_fakes import FakeEngine, FakeStore

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


@on_linux
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_snapshot(qtbot, qapp, show, folder, tmp_path, state, dark):
    skip_elsewhere(qapp)
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
    compare(one.window, f"{state}-{'dark' if dark else 'light'}", tmp_path)


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
