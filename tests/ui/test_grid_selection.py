"""Photos are selected by mouse and keyboard, dragged out, and made larger and smaller."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QWheelEvent
from PySide6.QtWidgets import QApplication, QMenu

from imgsearch_gui.core.types.photos import Band, Hits, SearchHit
from imgsearch_gui.services.jobs import Worker
from imgsearch_gui.services.thumbnail_service import ThumbnailService
from imgsearch_gui.ui.photos.keeping_place import place_kept
from imgsearch_gui.ui.photos.photo_actions import PhotoActions
from imgsearch_gui.ui.photos.results_model import ResultsModel
from imgsearch_gui.ui.photos.results_view import LEAST, MOST, USUAL, ResultsView
from imgsearch_gui.ui.photos.selection import MOST_TAKEN, Chosen
from tests.window_fakes import FakeStore

KEY, CTRL, SHIFT = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
MILLION = 1_000_000


def hit(n: int) -> SearchHit:
    return SearchHit(n, Path(f"/photos/{n:07}.jpg"), 0.5, Band.PARTIAL)


class Pages:
    """Makes a million hits, and counts how many were made."""

    def __init__(self) -> None:
        self.made = 0
        self.hits = Hits(MILLION, self._make, lambda n: n, MILLION)

    def _make(self, start: int, stop: int) -> list[SearchHit]:
        self.made += stop - start
        return [hit(n) for n in range(start, stop)]


class Counting(ResultsModel):
    """Counts how often it is asked for its length: by Qt, once for each row that it visits."""

    asked = 0

    def rowCount(self, *parent):  # noqa: N802 - Qt's name
        self.asked += 1
        return super().rowCount(*parent)


@pytest.fixture
def view(qtbot):
    worker = Worker("test")
    thumbnails = ThumbnailService(FakeStore(), worker)
    model = Counting(thumbnails)
    view = ResultsView(model)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    qtbot.waitExposed(view)
    yield view
    worker.stop()
    assert worker.wait(20)


def click(qtbot, view, row, modifier=Qt.KeyboardModifier.NoModifier):
    place = view.visualRect(view.photos.index(row)).center()
    qtbot.mouseClick(view.viewport(), LEFT, modifier, place)


def rows(view):
    return list(chain.from_iterable(view.chosen_rows()))


def test_ctrl_and_shift_click_select_several(qtbot, view):
    view.photos.show([hit(n) for n in range(30)])
    click(qtbot, view, 1)
    click(qtbot, view, 3, CTRL)
    assert rows(view) == [1, 3]
    click(qtbot, view, 6, SHIFT)
    assert rows(view) == [1, 3, 4, 5, 6]
    click(qtbot, view, 2, SHIFT)  # back over where it began
    assert rows(view) == [1, 2, 3]
    click(qtbot, view, 1, CTRL)
    assert rows(view) == [2, 3]
    click(qtbot, view, 5)
    assert rows(view) == [5]


def test_shift_and_arrows_grow_and_shrink_the_selection(qtbot, view):
    view.photos.show([hit(n) for n in range(30)])
    view.setCurrentIndex(view.photos.index(5))
    qtbot.keyClick(view, KEY.Key_Down, SHIFT)
    assert rows(view) == [5, 6, 7, 8, 9]
    qtbot.keyClick(view, KEY.Key_Left, SHIFT)
    assert rows(view) == [5, 6, 7, 8]
    qtbot.keyClick(view, KEY.Key_Up, SHIFT)
    qtbot.keyClick(view, KEY.Key_Up, SHIFT)
    assert rows(view) == [0, 1, 2, 3, 4, 5]
    qtbot.keyClick(view, KEY.Key_End, SHIFT)
    assert rows(view) == list(range(5, 30))
    qtbot.keyClick(view, KEY.Key_Home)
    assert rows(view) == [0]


def test_shift_begins_where_the_current_photo_is_now(qtbot, view):
    view.photos.show([hit(n) for n in range(30)])
    click(qtbot, view, 2)
    view.setCurrentIndex(view.photos.index(10))
    qtbot.keyClick(view, KEY.Key_Right, SHIFT)
    assert rows(view) == [10, 11]


def test_a_million_are_selected_without_looking_at_them(qtbot, view):
    pages = Pages()
    view.photos.show(pages.hits)
    view.viewport().repaint()
    before, asked = pages.made, view.photos.asked
    qtbot.keyClick(view, KEY.Key_A, CTRL)
    view.viewport().repaint()
    assert view.photos.asked - asked < 1000
    assert view.chosen_rows() == (range(MILLION),)
    assert pages.made == before
    assert len(view.dragged().urls()) == MOST_TAKEN
    assert view.dragged().urls()[1].toLocalFile() == str(hit(1).path)


def test_chosen_photos_are_a_sequence_of_their_own():
    chosen = Chosen(Pages().hits, (range(2, 4), range(999_990, MILLION)))
    assert len(chosen) == 12
    assert [photo.image_id for photo in chosen[:3]] == [2, 3, 999_990]
    assert chosen[-1].image_id == MILLION - 1
    with pytest.raises(IndexError):
        chosen[12]


def test_the_selection_stays_while_photos_are_added(view):
    photos = [hit(n) for n in range(100)]
    view.photos.show(photos[50:])
    view.setCurrentIndex(view.photos.index(3))
    view.selectionModel().select(view.photos.index(7), view.selectionModel().SelectionFlag.Select)
    with place_kept(view):
        view.photos.show(photos)
    assert rows(view) == [53, 57]
    view.selectAll()
    with place_kept(view):
        view.photos.show([hit(n) for n in range(200)])
    assert rows(view) == list(range(200))
    assert view.currentIndex().row() == 53


def test_the_menu_of_a_selected_photo_keeps_the_others(qtbot, view):
    view.photos.show([hit(n) for n in range(30)])
    click(qtbot, view, 1)
    click(qtbot, view, 2, CTRL)
    for row, expected in ((1, [1, 2]), (5, [5])):
        place = view.visualRect(view.photos.index(row)).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.RightButton, pos=place)
        assert rows(view) == expected


def test_it_tells_of_every_choice(qtbot, view):
    view.photos.show([hit(n) for n in range(30)])
    for act in (
        lambda: click(qtbot, view, 3),
        lambda: click(qtbot, view, 4, CTRL),
        view.selectAll,
        lambda: view.photos.show(()),
    ):
        with qtbot.waitSignal(view.chosen):
            act()


def wheel(view, delta, modifier=CTRL):
    place = QPointF(view.viewport().rect().center())
    event = QWheelEvent(
        place,
        view.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, delta),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_ctrl_and_the_wheel_change_the_size_and_the_wheel_alone_scrolls(view):
    view.photos.show(Pages().hits)
    columns = view.columns()
    wheel(view, 120)
    assert view.columns() == columns - 1
    for _ in range(4):  # quarters of a notch, as touchpads send
        wheel(view, -30)
    assert view.columns() == columns
    assert view.verticalScrollBar().value() == 0
    wheel(view, -120, Qt.KeyboardModifier.NoModifier)
    assert view.columns() == columns
    assert view.verticalScrollBar().value() > 0


@pytest.mark.parametrize("width", [640, 900, 1920, 3840])
def test_every_step_shows_and_sizes_have_ends(qtbot, view, width):
    view.resize(width, 600)
    view.photos.show(Pages().hits)
    sizes = [USUAL]
    for step in (1, -1):
        for _ in range(40):
            columns, size = view.columns(), view.thumbnail_size
            view.zoom(step)
            if view.thumbnail_size in (LEAST, MOST):
                break
            assert view.columns() != columns
            assert view.thumbnail_size != size
            sizes.append(view.thumbnail_size)
        assert view.thumbnail_size == (MOST if step > 0 else LEAST)
    assert min(sizes) >= LEAST
    assert max(sizes) <= MOST


@pytest.mark.parametrize("seen", [True, False], ids=["current", "midst"])
def test_zooming_keeps_the_place(view, seen):
    view.photos.show(Pages().hits)
    view.setCurrentIndex(view.photos.index(500_000))
    view.scrollTo(view.photos.index(500_000))
    if not seen:
        view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 3)
    rows_before = view.visible_rows()
    fixed = 500_000 if seen else view.indexAt(QPoint(50, view.viewport().height() // 2)).row()
    place = view.visualRect(view.photos.index(fixed)).center().y()
    for size in (LEAST, MOST, 150):
        view.set_thumbnail_size(size)
        now = view.visualRect(view.photos.index(fixed)).center().y()
        assert abs(now - place) <= 1
        assert view.visible_rows().start <= fixed < view.visible_rows().stop
    assert rows_before != view.visible_rows()


def test_small_cells_ask_for_small_thumbnails(qtbot, view):
    view.photos.show([hit(n) for n in range(1, 40)])
    service = view.photos._thumbnails  # what is decoded is seen nowhere else
    qtbot.waitUntil(lambda: not service.busy and service.image(1) is not None)
    whole = service.image(1).width()
    service.forget()
    view.set_thumbnail_size(LEAST)
    view.viewport().repaint()
    qtbot.waitUntil(lambda: not service.busy and service.image(39) is not None)
    assert service.image(39).width() <= 128
    view.set_thumbnail_size(MOST)
    view.viewport().repaint()
    qtbot.waitUntil(lambda: not service.busy)
    assert service.image(1).width() == whole


def test_paths_of_all_that_are_selected_are_copied_and_it_is_said_if_they_are_too_many(qtbot, view):
    actions = PhotoActions(QMenu(view), view, lambda _url: True, view)
    told = []
    actions.told.connect(told.append)
    view.photos.show([hit(n) for n in range(30)])
    assert not actions.copy_path.isEnabled()
    assert actions.all.isEnabled()
    click(qtbot, view, 1)
    click(qtbot, view, 3, CTRL)
    qtbot.keyClick(view, KEY.Key_C, CTRL | SHIFT)
    assert QGuiApplication.clipboard().text() == f"{hit(1).path}\n{hit(3).path}"
    assert actions.copy_path.text() == "Copy &paths"
    view.photos.show(Pages().hits)
    assert not actions.copy_path.isEnabled()
    qtbot.keyClick(view, KEY.Key_Right)
    assert not told
    actions.all.trigger()
    actions.copy_path.trigger()
    assert len(QGuiApplication.clipboard().text().splitlines()) == MOST_TAKEN
    assert "1,000" in told[0]
