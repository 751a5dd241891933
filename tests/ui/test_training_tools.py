"""The training window beside the main window: the menu's entry, the words in the status line, the end."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QMessageBox, QPushButton

from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.progress import TrainProgress
from imgsearch_gui.ui.training.training_tools import TrainingTools
from tests import training_fakes as fakes


@pytest.fixture
def tools(qtbot, show, folder):
    """The tools of a shown window, and the fake services; nothing is opened yet."""
    one = show()
    service, models = fakes.FakeTrainingService(), fakes.FakeModelService()
    made = TrainingTools(one.window, service, models, one.services.compared)
    yield made, service, one
    made.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def train(qtbot, made, service):
    made.open()
    made.dialog.choose.use_folder(fakes.PROBLEMS[0].file.parent)
    service.summarised.emit(fakes.summary())
    qtbot.mouseClick(made.dialog.choose.train, Qt.MouseButton.LeftButton)
    return made.dialog


def test_ctrl_t_opens_the_window_and_brings_it_back(qtbot, tools):
    made, _, one = tools
    assert [action.text() for action in one.window.menus.model.actions()] == ["&Train…"]
    qtbot.keyClick(one.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    dialog = made.dialog
    assert dialog.isVisible()
    assert not dialog.isModal()
    dialog.close()
    qtbot.keyClick(one.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert made.dialog is dialog
    assert dialog.isVisible()


def test_searching_goes_on_and_the_status_line_tells_of_the_training(qtbot, tools, folder):
    made, service, one = tools
    dialog = train(qtbot, made, service)
    qtbot.mouseClick(dialog.running.hide_button, Qt.MouseButton.LeftButton)
    service.progressed.emit(TrainProgress("Heads", 1, 4))
    assert made.state.isVisible()
    assert made.state.text() == "Training: heads 25 %"
    with qtbot.waitSignal(one.services.search.answered):
        one.window.open_folder(folder)
    one.window.query.setText("dog")
    with qtbot.waitSignal(one.services.search.answered):
        qtbot.keyClick(one.window.query, Qt.Key.Key_Return)
    assert one.window.model.rowCount() > 0
    qtbot.mouseClick(made.state, Qt.MouseButton.LeftButton)
    assert dialog.isVisible()
    service.trained.emit(fakes.trained())
    assert made.state.text() == "A new matcher is ready"
    assert service.queries == [(folder, "dog", RuleMode.BLOCK)]
    other = folder.parent / "other"
    other.mkdir()
    one.window.open_folder(other)
    assert service.queries[-1] == (other, "dog", RuleMode.BLOCK)
    qtbot.mouseClick(dialog.result.discard, Qt.MouseButton.LeftButton)
    assert not made.state.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")  # of a screen that is not there
@pytest.mark.parametrize("state", ["running", "undecided"])
@pytest.mark.parametrize("leave", [False, True], ids=["stay", "quit"])
def test_the_program_is_not_left_with_work_that_would_be_lost_unless_one_says_so(qtbot, tools, state, leave):
    made, service, one = tools
    train(qtbot, made, service)
    if state == "undecided":
        service.trained.emit(fakes.trained())
    one.window.close()
    assert one.window.isVisible()
    box = one.window.findChild(QMessageBox)
    assert box.text() == (
        "Training is still going on. Quit all the same?"
        if state == "running"
        else "The new matcher is not kept yet. Quit all the same?"
    )
    name = "Quit" if leave else "Cancel"
    button = next(b for b in box.findChildren(QPushButton) if b.text().replace("&", "") == name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert one.window.isVisible() is not leave
    assert (made.dialog is None) is leave


def test_without_work_the_program_ends_at_once(qtbot, tools):
    made, _, one = tools
    made.open()
    assert not made.dialog.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    one.window.close()
    assert not one.window.isVisible()
