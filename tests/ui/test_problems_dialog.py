"""What a search does not see is counted, listed and forgotten."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from imgsearch_gui.core.types.photos import LeftOut, Problem
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.ui.problems_dialog import ProblemsDialog
from tests.window_fakes import FakeStore

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of a screen that is not there


@pytest.fixture
def open_dialog(qtbot, show, folder):
    """Returns a function that opens a folder in a window, and then the list of what is left out."""

    def make(store):
        one = show(store=store)
        with qtbot.waitSignals([one.services.indexing.succeeded, one.services.left_out.counted]):
            one.window.open_folder(folder)
        qtbot.waitUntil(one.window.status.problems.isVisible)
        with qtbot.waitSignal(one.services.left_out.listed):
            qtbot.mouseClick(one.window.status.problems, Qt.MouseButton.LeftButton)
        return one, one.window.findChild(ProblemsDialog)

    return make


def gone(folder, count):
    return tuple(folder / "2024" / f"{number:04}.jpg" for number in range(count))


def rows(page):
    model = page.table.model()
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def answer(qtbot, dialog, role):
    """Clicks what asks, and a button of the question."""
    qtbot.mouseClick(dialog.forget, Qt.MouseButton.LeftButton)
    assert dialog.question.isVisible()
    (button,) = (one for one in dialog.question.buttons() if dialog.question.buttonRole(one) == role)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_missing_photos_are_counted_and_listed(open_dialog, folder):
    problem = Problem(folder / "x.jpg", "The file is empty.")
    one, dialog = open_dialog(FakeStore((problem,), gone=gone(folder, 2)))
    assert one.window.status.problems.text() == "1 file could not be read · 2 photos are missing"
    assert dialog.tabs.currentWidget() is dialog.problems
    assert rows(dialog.problems) == [("x.jpg", "The file is empty.")]
    assert [dialog.tabs.tabText(n) for n in range(2)] == ["Could not be &read (1)", "&Missing (2)"]
    assert rows(dialog.missing) == [(f"000{n}.jpg", str(folder / "2024")) for n in range(2)]
    assert dialog.missing.headline.text().startswith("2 photos are missing. They are kept")


def test_missing_photos_are_forgotten_after_a_question(qtbot, open_dialog, folder):
    store = FakeStore(gone=gone(folder, 3))
    one, dialog = open_dialog(store)
    assert dialog.tabs.currentWidget() is dialog.missing
    assert dialog.problems.headline.text() == "Every file could be read."
    answer(qtbot, dialog, QMessageBox.ButtonRole.RejectRole)
    assert len(store.gone) == 3
    assert dialog.question.text() == "Forget 3 missing photos?"
    assert "Ratings stay" in dialog.question.informativeText()
    assert dialog.question.defaultButton() is dialog.question.button(QMessageBox.StandardButton.Cancel)

    store.gone += gone(folder / "later", 1)  # nobody was asked about this one
    with qtbot.waitSignals([one.services.left_out.listed, one.services.left_out.counted]):
        answer(qtbot, dialog, QMessageBox.ButtonRole.AcceptRole)
    assert store.gone == gone(folder / "later", 1)
    assert len(rows(dialog.missing)) == 1
    assert one.window.status.problems.text() == "1 photo is missing"
    with qtbot.waitSignals([one.services.left_out.listed, one.services.left_out.counted]):
        answer(qtbot, dialog, QMessageBox.ButtonRole.AcceptRole)
    assert not dialog.forget.isEnabled()
    assert not one.window.status.problems.isVisible()


def test_long_forgetting_shows_how_far_it_is_and_can_be_stopped(qtbot, open_dialog, folder):
    store = FakeStore(gone=gone(folder, 1000))
    store.forget_gate.clear()
    one, dialog = open_dialog(store)
    told = []
    one.services.left_out.forgetting.connect(told.append)
    answer(qtbot, dialog, QMessageBox.ButtonRole.AcceptRole)
    assert (dialog.forget.text(), dialog.forget.isEnabled()) == ("Stop", True)
    assert dialog.missing.headline.text() == "Forgetting… 0 photos so far"
    assert store.forget_begun.wait(20)
    qtbot.mouseClick(dialog.forget, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(one.services.left_out.listed):
        store.forget_gate.set()
    assert told == [200]
    assert len(store.gone) == len(rows(dialog.missing)) == 800
    assert dialog.forget.text() == "Forget these…"


def test_an_error_is_told_by_the_window(qtbot, open_dialog, folder):
    class Broken(FakeStore):
        def forget_missing(self, root, files):
            raise LibraryError("The disk is full.")

    one, dialog = open_dialog(Broken(gone=gone(folder, 3)))
    with qtbot.waitSignal(one.services.left_out.failed):
        answer(qtbot, dialog, QMessageBox.ButtonRole.AcceptRole)
    assert one.window.error.text == "The disk is full."
    assert not dialog.isVisible()


def test_nothing_is_read_on_the_thread_of_the_window(open_dialog, folder):
    threads = set()

    class Watched(FakeStore):
        def left_out(self, root):
            threads.add(threading.current_thread())
            return super().left_out(root)

        def problems(self, root):
            threads.add(threading.current_thread())
            return super().problems(root)

        def missing(self, root):
            threads.add(threading.current_thread())
            return super().missing(root)

    open_dialog(Watched(gone=gone(folder, 3)))
    assert threads
    assert threading.main_thread() not in threads


def test_a_count_of_an_earlier_folder_is_dropped(qtbot, show, folder, tmp_path):
    started, gate = threading.Event(), threading.Event()

    class Slow(FakeStore):
        def left_out(self, root):
            started.set()
            assert gate.wait(20)
            return LeftOut(0, len(root.name))

    one = show(store=Slow())
    files, told = one.services.left_out, []
    files.counted.connect(told.append)
    files.count(folder)
    assert started.wait(20)
    files.count(tmp_path / "other")
    with qtbot.waitSignal(files.counted):
        gate.set()
    assert told == [LeftOut(0, 5)]
