"""Every screen has names for screen readers, and can be walked through by keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.ui.accessibility import reachable, without_name


def test_the_window(qtbot, show, folder):
    one = show()
    assert without_name(one.window) == []
    with qtbot.waitSignal(one.services.indexing.succeeded):
        one.window.open_folder(folder)
    qtbot.waitUntil(lambda: one.window.model.rowCount() > 0)
    assert without_name(one.window) == []


def test_tab_reaches_everything(qtbot, show, folder):
    one = show()
    with qtbot.waitSignal(one.services.indexing.succeeded):
        one.window.open_folder(folder)
    qtbot.waitUntil(lambda: one.window.model.rowCount() > 0)
    wanted = set(reachable(one.window))
    one.window.query.setFocus()
    seen = set()
    for _ in range(2 * len(wanted)):
        seen.add(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    assert not wanted - seen


@pytest.mark.parametrize("page", ["choose", "running", "result"])
def test_the_training_window(training, page):
    one = training()
    one.dialog.pages.setCurrentWidget(getattr(one.dialog, page))
    assert without_name(one.dialog) == []
