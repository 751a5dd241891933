"""The menu of the view, the slider and the button with the order."""

from __future__ import annotations

from PySide6.QtCore import Qt

from imgsearch_gui.core.types.query import Order
from imgsearch_gui.ui.photos.results_view import LEAST, MOST
from tests.ui.driving import answered, ask, trigger

CTRL = Qt.KeyboardModifier.ControlModifier


def checked(one):
    return [a.text().replace("&", "") for a in one.grid.order.menu().actions() if a.isChecked()]


def test_the_menu_sets_the_order_and_the_button_says_it(qtbot, one):
    ask(qtbot, one, "o")
    assert one.grid.order.text() == "Best match  ▾"
    request = answered(qtbot, one, one.grid.order.menu().actions()[1].trigger)
    assert request.question.query == "o"
    assert request.question.order is Order.NEWEST
    assert checked(one) == ["Newest first"]
    request = answered(qtbot, one, lambda: trigger(one.window, "Name"))
    assert request.question.order is Order.NAME
    assert one.grid.order.text() == "Name  ▾"
    assert checked(one) == ["Name"]


def test_the_order_stays_for_other_queries_and_folders(qtbot, one, tmp_path):
    answered(qtbot, one, lambda: trigger(one.window, "Oldest first"))
    assert answered(qtbot, one, lambda: one.window.query.setText("dog")).question.order is Order.OLDEST
    assert answered(qtbot, one, lambda: one.window.open_folder(tmp_path)).question.order is Order.OLDEST


def test_the_rest_stays_shown_in_another_order_and_the_top_comes_first(qtbot, one):
    ask(qtbot, one, "o")
    qtbot.mouseClick(one.window.photos.rest.button, Qt.MouseButton.LeftButton)
    count = one.window.model.rowCount()
    one.window.view.verticalScrollBar().setValue(100)
    answered(qtbot, one, lambda: trigger(one.window, "Name"))
    assert one.window.model.rowCount() == count
    assert one.window.view.verticalScrollBar().value() == 0


def test_identical_pictures_are_folded_until_the_menu_says_otherwise(qtbot, one):
    assert one.window.answer.request.question.fold
    assert not answered(qtbot, one, lambda: trigger(one.window, "Fold identical pictures")).question.fold
    assert answered(qtbot, one, lambda: trigger(one.window, "Fold identical pictures")).question.fold


def test_keys_and_the_slider_change_the_size(qtbot, one):
    view = one.window.view
    columns = view.columns()
    qtbot.keyClick(one.window, Qt.Key.Key_Plus, CTRL)
    assert view.columns() == columns - 1
    assert one.grid.slider.value() == view.thumbnail_size
    qtbot.keyClick(one.window, Qt.Key.Key_Minus, CTRL)
    assert view.columns() == columns
    one.grid.slider.setValue(LEAST)
    assert view.thumbnail_size == LEAST
    assert "soft" not in one.grid.slider.toolTip()
    one.grid.slider.setValue(MOST)
    assert view.thumbnail_size == MOST
    assert "soft" in one.grid.slider.toolTip() or view.devicePixelRatioF() < 4 / 3


def test_the_status_line_says_how_many_are_selected(qtbot, one):
    one.window.photos.focus_photos()
    assert not one.grid.selected.text()
    qtbot.keyClick(one.window.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert one.grid.selected.text() == "2 selected"
    assert one.grid.selected.isVisible()
    one.window.status.showMessage("Something happened.")
    qtbot.keyClick(one.window.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert not one.grid.selected.isVisible()  # or it would stand over the message
    one.window.status.clearMessage()
    assert one.grid.selected.isVisible()
    assert one.grid.selected.text() == "3 selected"
    ask(qtbot, one, "dog")
    assert not one.grid.selected.text()


def test_size_order_and_folding_are_those_of_last_time(qtbot, one, show, tmp_path):
    one.grid.slider.setValue(150)
    answered(qtbot, one, lambda: trigger(one.window, "Newest first"))
    answered(qtbot, one, lambda: trigger(one.window, "Fold identical pictures"))
    one.grid.settings.close()
    again = show()
    assert again.window.view.thumbnail_size == again.grid.slider.value() == 150
    assert again.grid.order.text() == "Newest first  ▾"
    assert again.window.question.order is Order.NEWEST
    assert not again.grid.fold.isChecked()
    assert not again.window.question.fold
