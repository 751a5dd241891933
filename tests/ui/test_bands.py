"""What the window does with unlikely hits, driven as a person does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from imgsearch_gui.core.types.photos import Band
from imgsearch_gui.core.types.progress import IndexProgress
from imgsearch_gui.ui.photos.results_model import ResultsModel
from tests.ui.driving import ask, names, open_and_wait, trigger
from tests.window_fakes import NAMES, FakeEngine

# “o” is in every name: three strong hits, two partial, three unlikely.
UNLIKELY = ["yellow flower.jpg", "old bicycle.jpg", "forest path.jpg"]


@pytest.fixture
def found(qtbot, show, folder):
    one = show()
    open_and_wait(qtbot, one, folder)
    ask(qtbot, one, "o")
    return one


def bands(window):
    return [window.model.index(row).data(ResultsModel.PHOTO).band for row in range(window.model.rowCount())]


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_list_ends_where_only_unlikely_hits_are_left(found):
    assert bands(found.window) == [Band.STRONG] * 3 + [Band.PARTIAL] * 2
    assert found.window.photos.rest.isVisible()
    assert found.window.photos.rest.button.text() == "Show the rest (3)"
    assert found.window.status.count.text().startswith("5 matches · 3 unlikely hidden · ")


def test_the_button_shows_the_rest_and_goes_to_it(qtbot, found):
    press(qtbot, found.window.photos.rest.button)
    assert names(found.window)[5:] == UNLIKELY
    assert bands(found.window)[5:] == [Band.UNLIKELY] * 3
    assert not found.window.photos.rest.isVisible()
    assert found.window.status.count.text().startswith("5 matches · 3 unlikely · ")
    assert found.window.view.hasFocus()
    assert found.window.view.currentIndex().row() == 5


def test_the_keyboard_alone_reaches_the_button(qtbot, found):
    qtbot.keyClick(found.window.query, Qt.Key.Key_Down)
    assert found.window.view.hasFocus()
    qtbot.keyClick(found.window.view, Qt.Key.Key_Tab)
    assert found.window.photos.rest.button.hasFocus()
    qtbot.keyClick(found.window.photos.rest.button, Qt.Key.Key_Space)
    assert len(names(found.window)) == 8


def test_a_new_query_hides_the_rest_again(qtbot, found):
    press(qtbot, found.window.photos.rest.button)
    ask(qtbot, found, "e")
    assert Band.UNLIKELY not in bands(found.window)
    assert found.window.photos.rest.isVisible()
    ask(qtbot, found, "o")
    assert len(names(found.window)) == 5


def test_the_same_query_keeps_the_rest(qtbot, found):
    press(qtbot, found.window.photos.rest.button)
    with qtbot.waitSignal(found.services.search.answered):
        trigger(found.window, "Off")
    assert len(names(found.window)) == 8


def test_another_folder_hides_the_rest_again(qtbot, found, tmp_path):
    press(qtbot, found.window.photos.rest.button)
    open_and_wait(qtbot, found, tmp_path)
    assert len(names(found.window)) == 5


def test_all_photos_without_a_query_have_no_rest(qtbot, found):
    with qtbot.waitSignal(found.services.search.answered):
        found.window.query.clear()
    assert len(names(found.window)) == len(NAMES)
    assert not found.window.photos.rest.isVisible()
    assert found.window.status.count.text() == "8 photos"


def test_a_query_that_nothing_matches_says_so_and_offers_what_there_is(qtbot, show, folder):
    one = show(FakeEngine(best=0.3))
    open_and_wait(qtbot, one, folder)
    ask(qtbot, one, "a submarine")
    assert one.window.empty.isVisible()
    assert one.window.empty.shown.title == "Nothing here matches “a submarine” well."
    assert one.window.model.rowCount() == 0
    assert one.window.status.count.text().startswith("0 matches · 5 unlikely hidden · ")
    qtbot.keyClick(one.window.query, Qt.Key.Key_Down)
    button = one.window.empty.rest_button
    assert (button.hasFocus(), button.text()) == (True, "Show the rest (5)")
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert one.window.view.isVisible()
    assert bands(one.window) == [Band.UNLIKELY] * 5
    assert one.window.note.text == "Nothing here matches “a submarine” well."
    assert one.window.view.hasFocus()
    ask(qtbot, one, "dog")
    assert one.window.empty.isVisible()


def test_photos_that_come_while_a_folder_is_read_do_not_hide_the_rest(qtbot, show, folder):
    steps = (IndexProgress("embed", 4, 8, embedded=4), IndexProgress("done", 8, 8, embedded=8))
    engine = FakeEngine(names=NAMES[:6], steps=steps)
    engine.index_gate.clear()
    one = show(engine)
    with qtbot.waitSignal(one.services.search.answered):
        one.window.open_folder(folder)
    ask(qtbot, one, "a o")
    press(qtbot, one.window.photos.rest.button)
    assert len(names(one.window)) == 6
    engine.names = NAMES
    with qtbot.waitSignal(one.services.indexing.succeeded):
        engine.index_gate.set()
    qtbot.waitUntil(lambda: len(names(one.window)) == 8)
    assert one.window.view.currentIndex().row() == 5
