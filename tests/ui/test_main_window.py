"""The window, driven as a person does."""

from __future__ import annotations

import html
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMenu

from imgsearch_gui.app.session import report_bugs_in
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.photos import Problem
from imgsearch_gui.core.types.progress import IndexProgress
from imgsearch_gui.errors import LibraryError, MatcherError
from imgsearch_gui.ui import empty_messages, messages
from imgsearch_gui.ui.photos.results_model import ResultsModel
from imgsearch_gui.ui.problems_dialog import ProblemsDialog
from tests.ui.driving import ask, names, open_and_wait, trigger
from tests.window_fakes import NAMES, FakeEngine, FakeStore

STEPS = (
    IndexProgress("scan", 8, None),
    IndexProgress("embed", 4, 8, embedded=4, failed=1),
    IndexProgress("done", 8, 8, embedded=8, failed=1),
)


def test_it_begins_by_saying_what_to_do(show):
    window = show().window
    assert window.photos.start.isVisible()
    assert all(card.isVisible() for card in window.photos.start.cards)
    assert window.query.hasFocus()


def test_a_folder_shows_its_photos_without_scores(qtbot, show, folder):
    one = show()
    open_and_wait(qtbot, one, folder)
    assert names(one.window) == list(NAMES)
    assert one.window.model.index(0).data(ResultsModel.SCORE) is None
    assert one.window.view.isVisible()
    assert one.window.status.count.text() == "8 photos"
    assert one.window.windowTitle() == "holiday — ImgSearch"


def test_a_sentence_finds_hits_best_first(qtbot, show, folder):
    one = show()
    open_and_wait(qtbot, one, folder)
    ask(qtbot, one, "dog")
    assert names(one.window) == ["a dog on the beach.jpg", "two dogs in snow.jpg"]
    scores = [one.window.model.index(row).data(ResultsModel.SCORE) for row in range(2)]
    assert scores == sorted(scores, reverse=True)
    assert one.window.status.count.text().startswith("2 matches · ")


def test_typing_searches_by_itself_when_it_pauses(qtbot, show, folder):
    one = show()
    open_and_wait(qtbot, one, folder)
    with qtbot.waitSignal(one.services.search.answered):
        qtbot.keyClicks(one.window.query, "boat")
    assert one.engine.queries == ["boat"]


def test_clearing_shows_every_photo_again(qtbot, show, folder):
    one = show()
    open_and_wait(qtbot, one, folder)
    ask(qtbot, one, "dog")
    with qtbot.waitSignal(one.services.search.answered):
        qtbot.keyClick(one.window, Qt.Key.Key_Escape)
    assert len(names(one.window)) == len(NAMES)
    assert one.window.query.text() == ""


def test_an_answer_that_was_overtaken_is_never_drawn(qtbot, show, folder):
    one = show()
    open_and_wait(qtbot, one, folder)
    drawn = []
    one.window.model.modelReset.connect(lambda: drawn.append(names(one.window)))
    one.engine.search_gate.clear()
    for text in ("dog", "boat", "lake"):
        one.window.query.setText(text)
        qtbot.keyClick(one.window.query, Qt.Key.Key_Return)
    with qtbot.waitSignal(one.services.search.answered):
        one.engine.search_gate.set()
    qtbot.waitUntil(lambda: not one.services.search.busy)
    assert drawn == [["mountain lake.jpg"]]


def test_a_query_typed_before_the_engine_is_ready_is_answered(qtbot, show, folder):
    one = show(load=False)
    one.window.open_folder(folder)
    assert one.window.empty.shown == empty_messages.loading()
    assert one.window.status.engine_state.text() == messages.engine_loading()
    one.window.query.setText("boat")
    qtbot.keyClick(one.window.query, Qt.Key.Key_Return)
    assert one.window.note.text == messages.search_waits()
    with qtbot.waitSignal(one.services.search.answered):
        one.services.engine.load()
    assert names(one.window) == ["red boat.jpg"]
    assert one.window.status.engine_state.text() == messages.engine_ready()
    assert not one.window.note.isVisible()


def test_typing_searches_wherever_a_folder_was_chosen(qtbot, show, folder):
    one = show()
    one.window.photos.start.cards[0].setFocus()
    open_and_wait(qtbot, one, folder)
    assert one.window.query.hasFocus()


def test_filters_that_no_photo_meets_say_so(qtbot, show, folder):
    one = show(FakeEngine(names=()))
    open_and_wait(qtbot, one, folder)
    ask(qtbot, one, "name:zebra")
    assert one.window.empty.shown == empty_messages.all_filtered_out()


def test_no_match_says_so(qtbot, show, folder):
    one = show()
    open_and_wait(qtbot, one, folder)
    ask(qtbot, one, "zebra")
    assert one.window.empty.shown == empty_messages.no_match()


def test_an_empty_folder_says_so(qtbot, show, folder):
    one = show(FakeEngine(names=()))
    open_and_wait(qtbot, one, folder)
    assert one.window.empty.shown == empty_messages.folder_without_photos()


def test_a_blocked_query_gets_a_disclaimer_and_no_pictures(qtbot, show, folder):
    one = show()
    open_and_wait(qtbot, one, folder)
    ask(qtbot, one, "two toddlers")
    assert one.window.model.rowCount() == 0
    assert one.window.empty.isVisible()
    assert "“toddlers”" in one.window.empty.shown.text


def test_warn_shows_pictures_below_a_banner_and_off_shows_them_alone(qtbot, show, folder):
    one = show()
    open_and_wait(qtbot, one, folder)
    ask(qtbot, one, "toddlers")
    with qtbot.waitSignal(one.services.search.answered):
        trigger(one.window, "Warn, and show pictures")
    assert one.window.view.isVisible()
    assert "“toddlers”" in one.window.warning.text
    assert one.window.warning.isVisible()
    with qtbot.waitSignal(one.services.search.answered) as signal:
        trigger(one.window, "Off")
    assert signal.args[0].request.question.rule is RuleMode.OFF
    assert not one.window.warning.isVisible()


def test_withheld_photos_and_notes_are_told_quietly(qtbot, show, folder):
    one = show(FakeEngine(withheld=12, note="Read as German."))
    open_and_wait(qtbot, one, folder)
    assert one.window.note.text == "12 photos are withheld by the content rule."
    ask(qtbot, one, "dog")
    assert one.window.note.text == "Read as German.\n12 photos are withheld by the content rule."


def test_indexing_shows_progress_and_what_is_there_can_be_searched(qtbot, show, folder):
    engine = FakeEngine(steps=STEPS)
    engine.index_gate.clear()
    one = show(engine, FakeStore((Problem(folder / "x.jpg", "The file is empty."),)))
    with qtbot.waitSignal(one.services.indexing.progressed):
        one.window.open_folder(folder)
    assert one.window.indexing_bar.isVisible()
    assert one.window.indexing_bar.label.text() == "Looking for photos… 8 files seen"
    ask(qtbot, one, "boat")
    assert names(one.window) == ["red boat.jpg"]
    with qtbot.waitSignals([one.services.indexing.succeeded, one.services.left_out.counted]):
        engine.index_gate.set()
    assert one.window.indexing_bar.bar.value() == 8
    assert not one.window.indexing_bar.isVisible()
    assert one.window.status.problems.text() == "1 file could not be read"


def test_photos_that_were_read_join_the_answer(qtbot, show, folder):
    engine = FakeEngine(names=(), steps=STEPS)
    engine.index_gate.clear()
    one = show(engine)
    with qtbot.waitSignal(one.services.search.answered):
        one.window.open_folder(folder)
    assert one.window.empty.shown == empty_messages.indexing()
    engine.names = NAMES
    with qtbot.waitSignal(one.services.search.answered):
        engine.index_gate.set()
    qtbot.waitUntil(lambda: len(names(one.window)) == len(NAMES))


def in_the_midst(qtbot, show, folder):
    """Opens a folder whose reading stops in the midst until the engine's gate opens."""
    engine = FakeEngine(steps=STEPS)
    engine.index_gate.clear()
    one = show(engine)
    with qtbot.waitSignal(one.services.indexing.progressed):
        one.window.open_folder(folder)
    return engine, one


def test_reading_can_be_stopped_and_taken_up_again(qtbot, show, folder):
    engine, one = in_the_midst(qtbot, show, folder)
    qtbot.mouseClick(one.window.indexing_bar.cancel, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(one.services.indexing.cancelled):
        engine.index_gate.set()
    assert engine.closed.is_set()
    assert not one.window.indexing_bar.isVisible()
    qtbot.waitUntil(lambda: "stopped" in one.window.note.text)
    with qtbot.waitSignal(one.services.indexing.succeeded):
        qtbot.keyClick(one.window, Qt.Key.Key_F5)
    assert engine.indexed == [folder, folder]
    assert "stopped" not in one.window.note.text


def test_reading_can_be_paused_and_goes_on(qtbot, show, folder):
    engine = FakeEngine(names=(), steps=STEPS)
    engine.index_gate.clear()
    one = show(engine)
    bar = one.window.indexing_bar
    with qtbot.waitSignals([one.services.indexing.progressed, one.services.search.answered]):
        one.window.open_folder(folder)
    qtbot.mouseClick(bar.pause, Qt.MouseButton.LeftButton)
    assert (bar.pause.text(), bar.pause.toolTip()) == ("Resume", "Go on reading (F6)")
    assert bar.label.text() == "Paused · 8 files seen"
    assert one.window.empty.shown == empty_messages.paused()
    engine.index_gate.set()
    with qtbot.waitSignal(one.services.indexing.succeeded):
        qtbot.keyClick(one.window, Qt.Key.Key_F6)
    assert not bar.isVisible()
    assert bar.pause.text() == "Pause"
    assert one.window.empty.shown != empty_messages.paused()


def test_a_paused_reading_can_be_stopped(qtbot, show, folder):
    engine, one = in_the_midst(qtbot, show, folder)
    with qtbot.waitSignal(one.services.indexing.pause_changed):
        qtbot.keyClick(one.window, Qt.Key.Key_F6)
    with qtbot.waitSignal(one.services.indexing.progressed):
        engine.index_gate.set()
    with qtbot.waitSignal(one.services.indexing.cancelled):
        qtbot.mouseClick(one.window.indexing_bar.cancel, Qt.MouseButton.LeftButton)
    assert not one.window.reading.going_on
    with qtbot.waitSignal(one.services.indexing.succeeded):
        qtbot.keyClick(one.window, Qt.Key.Key_F5)


def test_problems_are_listed_and_can_be_copied(qtbot, show, folder):
    problem = Problem(folder / "x.jpg", "The file is empty.")
    one = show(store=FakeStore((problem,)))
    open_and_wait(qtbot, one, folder)
    qtbot.mouseClick(one.window.status.problems, Qt.MouseButton.LeftButton)
    dialog = one.window.findChild(ProblemsDialog)
    assert dialog.isVisible()
    with qtbot.waitSignal(one.services.left_out.listed):
        pass
    table = dialog.problems.table.model()
    cells = [table.index(0, column) for column in range(table.columnCount())]
    assert [cell.data() for cell in cells] == ["x.jpg", "The file is empty."]
    assert html.escape(str(problem)) in cells[0].data(Qt.ItemDataRole.ToolTipRole)
    dialog.problems.copy.click()
    assert QGuiApplication.clipboard().text() == str(problem)
    dialog.close()


CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_ctrl_enter_opens_the_picture_with_the_system_s_viewer(qtbot, show, folder):
    one = show()
    open_and_wait(qtbot, one, folder)
    view = one.window.view
    place = view.visualRect(one.window.model.index(1)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.keyClick(view, Qt.Key.Key_Return, CONTROL)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Enter, CONTROL)
    assert [Path(url.toLocalFile()).name for url in one.opened] == [NAMES[1], NAMES[2]]


def test_a_picture_that_does_not_open_is_told(qtbot, show, folder):
    one = show(can_open=False)
    open_and_wait(qtbot, one, folder)
    qtbot.keyClick(one.window.query, Qt.Key.Key_Down)
    qtbot.keyClick(one.window.view, Qt.Key.Key_Return, CONTROL)
    assert NAMES[0] in one.window.error.text


def test_the_keyboard_alone_reaches_a_picture(qtbot, show, folder):
    one = show()
    open_and_wait(qtbot, one, folder)
    qtbot.keyClicks(one.window.query, "lake")
    with qtbot.waitSignal(one.services.search.answered):
        qtbot.keyClick(one.window.query, Qt.Key.Key_Return)
    qtbot.keyClick(one.window.query, Qt.Key.Key_Down)
    assert one.window.view.hasFocus()
    qtbot.keyClick(one.window.view, Qt.Key.Key_Return, CONTROL)
    assert len(one.opened) == 1
    qtbot.keyClick(one.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert one.window.query.hasFocus()
    assert one.window.query.selectedText() == "lake"


@pytest.mark.qt_log_ignore("This plugin does not support")  # of a screen that is not there
def test_the_context_menu_shows_the_folder_and_copies_the_path(qtbot, show, folder):
    one = show()
    open_and_wait(qtbot, one, folder)
    view = one.window.view
    place = view.visualRect(one.window.model.index(2)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), event)
    menu, actions = view.findChild(QMenu), one.window.photo_actions
    assert menu.isVisible()
    assert menu.actions() == one.window.menus.photo.actions()
    actions.reveal.trigger()
    actions.copy_path.trigger()
    menu.close()
    assert one.opened == [QUrl.fromLocalFile(str(folder))]
    assert QGuiApplication.clipboard().text() == str(folder / NAMES[2])


def test_what_can_be_done_with_a_photo_is_about_the_current_one(qtbot, show, folder):
    one = show()
    everything = one.window.photo_actions.all
    actions = one.window.menus.photo.actions()
    entries = [a for a in actions if a is not everything and not a.isSeparator()]
    assert not everything.isEnabled()
    open_and_wait(qtbot, one, folder)
    assert everything.isEnabled()
    assert not any(entry.isEnabled() for entry in entries)
    qtbot.keyClick(one.window.query, Qt.Key.Key_Down)
    assert all(entry.isEnabled() for entry in entries)
    with qtbot.waitSignal(one.window.photo_actions.alike_requested) as alike:
        one.window.photo_actions.alike.trigger()
    assert alike.args[0].path.name == NAMES[0]
    qtbot.keyClick(one.window.view, Qt.Key.Key_C, CONTROL | SHIFT)
    assert QGuiApplication.clipboard().text() == str(folder / NAMES[0])
    one.window.query.setFocus()
    qtbot.keyClick(one.window.query, Qt.Key.Key_Return, CONTROL)  # not the grid's
    assert one.opened == []


def drop(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, left, none)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, data, left, none))


@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_dropped_folder_or_file_opens_the_folder(qtbot, show, folder, what):
    one = show()
    file = folder / "a.jpg"
    file.write_bytes(b"x")
    with qtbot.waitSignal(one.services.indexing.succeeded):
        drop(one.window, folder if what == "folder" else file)
    assert one.engine.indexed == [folder]


@pytest.mark.parametrize("address", ["file:", "file:///tmp/nul%00", "https://example.org/a.jpg"])
def test_a_drop_that_names_no_file_is_left_alone(show, address):
    one = show()
    data = QMimeData()
    data.setUrls([QUrl(address)])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), copy, data, left, none)
    QApplication.sendEvent(one.window, enter)
    QApplication.sendEvent(one.window, QDropEvent(QPointF(50, 50), copy, data, left, none))
    assert one.window.folder is None


def test_a_folder_that_is_not_there_gives_a_sentence(show, folder):
    one = show()
    one.window.open_folder(folder / "gone")
    assert "gone" in one.window.error.text
    assert one.window.photos.start.isVisible()


def test_an_expected_error_shows_its_sentence_and_no_details(qtbot, show, folder):
    one = show(FakeEngine(error=LibraryError("The library file is damaged.")))
    with qtbot.waitSignal(one.services.search.failed):
        one.window.open_folder(folder)
    assert one.window.error.text == "The library file is damaged."
    assert one.window.empty.shown == empty_messages.failed()


def test_why_a_folder_could_not_be_read_goes_when_it_can(qtbot, show, folder):
    one = show(FakeEngine(index_error=LibraryError("The folder is gone.")))
    with qtbot.waitSignal(one.services.indexing.failed):
        one.window.open_folder(folder)
    assert one.window.error.text == "The folder is gone."
    one.engine.index_error = None
    with qtbot.waitSignal(one.services.indexing.succeeded):
        one.window.read_folder()
    assert not one.window.error.isVisible()


def test_a_bug_offers_its_details(qtbot, show, folder):
    one = show(FakeEngine(error=ZeroDivisionError("inside")))
    with qtbot.waitSignal(one.services.search.failed):
        one.window.open_folder(folder)
    assert one.window.error.text == messages.unexpected()
    qtbot.mouseClick(one.window.error.copy_button, Qt.MouseButton.LeftButton)
    assert "ZeroDivisionError: inside" in QGuiApplication.clipboard().text()


def test_a_bug_that_nobody_caught_is_logged_and_shown(show, monkeypatch, caplog):
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # put back after the test
    window = show().window
    report_bugs_in(window)
    with pytest.raises(IndexError) as caught:
        raise IndexError("deep inside")
    sys.excepthook(caught.type, caught.value, caught.tb)
    assert window.error.text == messages.unexpected()
    assert "deep inside" in caplog.text


def test_an_engine_that_does_not_load_is_told_and_stays_told(qtbot, show, folder):
    one = show(engine_error=MatcherError("The matcher file is missing."), load=False)
    with qtbot.waitSignal(one.services.engine.failed):
        one.services.engine.load()
    one.window.open_folder(folder)
    assert one.window.error.text == "The matcher file is missing."
    assert one.window.empty.shown == empty_messages.failed()
    assert one.window.status.engine_state.text() == messages.engine_failed()
    assert not one.window.indexing_bar.isVisible()


def test_an_error_while_reading_keeps_what_is_there(qtbot, show, folder):
    one = show(FakeEngine(steps=STEPS, index_error=LibraryError("The disk is full.")))
    with qtbot.waitSignal(one.services.indexing.failed):
        one.window.open_folder(folder)
    qtbot.waitUntil(lambda: len(names(one.window)) == len(NAMES))
    assert one.window.error.text == "The disk is full."


def test_another_folder_takes_over(qtbot, show, folder, tmp_path):
    engine, one = in_the_midst(qtbot, show, folder)
    other = tmp_path / "other"
    other.mkdir()
    one.window.open_folder(other)
    with qtbot.waitSignal(one.services.indexing.succeeded):
        engine.index_gate.set()
    assert engine.indexed == [folder, other]
    qtbot.waitUntil(lambda: not one.services.search.busy)
    assert one.window.model.index(0).data(ResultsModel.PHOTO).path.parent == other


def test_closing_stops_the_reading(qtbot, show, folder):
    engine, one = in_the_midst(qtbot, show, folder)
    one.window.close()
    with qtbot.waitSignal(one.services.indexing.cancelled):
        engine.index_gate.set()
    assert engine.closed.is_set()


def test_everything_has_a_name_for_a_screen_reader(show):
    window = show().window
    for widget in (window.query, window.view, window.indexing_bar.bar, window.indexing_bar.cancel):
        assert widget.accessibleName()


def test_it_holds_from_800_by_600(qtbot, show, folder):
    one = show()
    one.window.resize(800, 600)
    open_and_wait(qtbot, one, folder)
    assert one.window.width() == 800
    assert one.window.height() == 600
    assert one.window.view.columns() == 3
    assert one.window.query.width() > 400
