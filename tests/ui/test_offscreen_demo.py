"""The demo without a screen, on the fake engine."""

from __future__ import annotations

from PySide6.QtGui import QImage

from imgsearch_gui.core.types.progress import IndexProgress
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.ui.offscreen_demo import PICTURE, QUERY, OffscreenDemo
from tests.window_fakes import FakeEngine

NAMES = ("a cup of coffee.jpg", "red boat.jpg", "cat.jpg")
STEPS = (IndexProgress("embed", 1, 3, embedded=1), IndexProgress("done", 3, 3, embedded=3))


def watch(one, statuses):
    return OffscreenDemo(one.window, one.services.search, one.services.thumbnails, statuses.append)


def test_it_saves_the_window_and_reports_the_hits(qtbot, show, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = show(FakeEngine(names=NAMES, steps=STEPS))
    statuses = []
    demo = watch(one, statuses)
    one.window.open_folder(folder)
    qtbot.waitUntil(lambda: bool(statuses))
    assert statuses == [0]
    assert one.engine.queries == [QUERY]
    assert "0.97  strong    a cup of coffee.jpg" in demo.report
    assert str(tmp_path / PICTURE) in demo.report
    picture = QImage(str(tmp_path / PICTURE))
    assert picture.size() == one.window.size() * one.window.devicePixelRatio()


def test_it_ends_too_when_no_hit_is_worth_showing(qtbot, show, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = show(FakeEngine(names=NAMES, steps=STEPS, best=0.2))
    statuses = []
    demo = watch(one, statuses)
    one.window.open_folder(folder)
    qtbot.waitUntil(lambda: bool(statuses))
    assert statuses == [0]
    assert "0.20  unlikely  a cup of coffee.jpg" in demo.report
    assert (tmp_path / PICTURE).exists()


def test_an_error_ends_it_with_its_sentence(qtbot, show, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one = show(FakeEngine(error=LibraryError("The library file is damaged.")))
    statuses = []
    demo = watch(one, statuses)
    one.window.open_folder(folder)
    qtbot.waitUntil(lambda: bool(statuses))
    assert statuses[0] == 2
    assert demo.report == "The library file is damaged."
    assert not (tmp_path / PICTURE).exists()
