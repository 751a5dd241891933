"""What a person does with the window, and waits for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu


def names(window):
    return [window.model.index(row).data() for row in range(window.model.rowCount())]


def open_and_wait(qtbot, one, folder):
    with qtbot.waitSignal(one.services.search.answered, timeout=20_000):
        one.window.open_folder(folder)
    qtbot.waitUntil(lambda: not one.services.indexing.busy and not one.services.search.busy)


def ask(qtbot, one, text):
    one.window.query.clear()
    with qtbot.waitSignal(
        one.services.search.answered, check_params_cb=lambda answer: answer.request.question.query == text
    ):
        qtbot.keyClicks(one.window.query, text)
        qtbot.keyClick(one.window.query, Qt.Key.Key_Return)


def trigger(window, text):
    actions = [a for menu in window.menuBar().findChildren(QMenu) for a in menu.actions()]
    next(a for a in actions if a.text().replace("&", "") == text).trigger()


def answered(qtbot, one, act):
    """Does something that asks anew, and returns the request that was answered then."""
    with qtbot.waitSignal(one.services.search.answered) as signal:
        act()
    qtbot.waitUntil(lambda: not one.services.search.busy)
    return signal.args[0].request


def end(previews, workers, *gates):
    """Lets go of what waits at gates, and waits for the threads to end."""
    for gate in gates:
        gate.set()
    previews.close()
    for worker in workers:
        worker.stop()
    for worker in workers:
        assert worker.wait(20)
