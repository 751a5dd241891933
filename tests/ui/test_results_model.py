"""The list model, by Qt's own tester and at full size."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QRegion

from imgsearch_gui.core.types.photos import Band, Hits, SearchHit
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.services.jobs import Worker
from imgsearch_gui.services.thumbnail_service import ThumbnailService
from imgsearch_gui.ui.photos.keeping_place import place_kept
from imgsearch_gui.ui.photos.results_model import ResultsModel
from imgsearch_gui.ui.photos.results_view import ResultsView
from tests.window_fakes import FakeStore, records

MANY = tuple(SearchHit(n, Path(f"photos/{n:06}.jpg"), 1 - n / 100_000, Band.PARTIAL) for n in range(100_000))


@pytest.fixture
def store():
    return FakeStore()


@pytest.fixture
def thumbnails(qapp, store):
    worker = Worker("test")
    yield ThumbnailService(store, worker)
    worker.stop()
    assert worker.wait(20)


@pytest.fixture
def model(thumbnails):
    return ResultsModel(thumbnails)


def test_qt_finds_no_fault_while_rows_come_and_go(qtmodeltester, model):
    qtmodeltester.check(model)
    model.show(records(Path("photos")))
    qtmodeltester.check(model)
    model.show(MANY[:50])
    model.show(())
    qtmodeltester.check(model)


def test_roles_of_a_hit(model):
    model.show(MANY)
    index = model.index(500)
    assert index.data() == "000500.jpg"
    assert index.data(ResultsModel.PHOTO) is MANY[500]
    assert index.data(ResultsModel.SCORE) == pytest.approx(0.995)
    assert index.data(ResultsModel.THUMBNAIL) is None
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "000500.jpg, partial match, score 0.99"


def test_a_photo_without_a_query_has_no_score(model):
    model.show(records(Path("photos")))
    assert model.index(0).data(ResultsModel.SCORE) is None


def test_a_file_name_is_not_drawn_as_html(model):
    model.show((SearchHit(1, Path("<img src=x>.jpg"), 0.5, Band.PARTIAL),))
    tip = model.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img" in tip


def test_a_thumbnail_repaints_its_row_alone(qtbot, model, thumbnails):
    model.show(records(Path("photos")))
    changed = []
    model.dataChanged.connect(lambda first, last, roles: changed.append((first.row(), last.row(), roles)))
    with qtbot.waitSignal(thumbnails.idle):
        model.want(range(2, 3))
    assert changed == [(2, 2, [ResultsModel.THUMBNAIL])]
    assert not model.index(2).data(ResultsModel.THUMBNAIL).isNull()


def test_a_photo_is_found_again_whatever_its_score(model):
    model.show(MANY)
    assert model.index_of(SearchHit(77, Path("photos/000077.jpg"), 0.1, Band.UNLIKELY)).row() == 77
    assert not model.index_of(SearchHit(-5, Path("x"), 0.1, Band.UNLIKELY)).isValid()
    ids = [6, 2, 4]
    hits = [SearchHit(n, Path(f"{n}.jpg"), 0.9, Band.STRONG) for n in ids]
    model.show(Hits(3, lambda start, stop: hits[start:stop], ids.index, 3))
    assert model.index_of(SearchHit(4, Path("x"), 0.7, Band.STRONG)).row() == 2
    assert not model.index_of(SearchHit(1, Path("x"), 0.7, Band.STRONG)).isValid()


def test_a_library_that_cannot_be_read_leaves_cells_empty(qtbot, model):
    def make(start: int, stop: int) -> list[SearchHit]:
        raise LibraryError("the disk is gone")

    model.show(Hits(1000, make, lambda _: 0, 1000))
    view = ResultsView(model)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    view.viewport().repaint()
    roles = (ResultsModel.PHOTO, ResultsModel.SCORE, ResultsModel.THUMBNAIL, Qt.ItemDataRole.DisplayRole)
    assert [model.index(3).data(role) for role in roles] == [None] * 4
    assert model.rowCount() == 1000


@pytest.fixture
def view(qtbot, model):
    view = ResultsView(model)
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    qtbot.waitExposed(view)
    return view


def test_a_hundred_thousand_rows_ask_only_for_what_is_seen(qtbot, view, model, store, thumbnails):
    with qtbot.waitSignal(thumbnails.idle):
        model.show(MANY)
    assert len(store.asked) <= 3 * len(view.visible_rows())
    assert set(store.asked) == {MANY[row].image_id for row in view.visible_rows()}
    store.asked.clear()
    with qtbot.waitSignal(thumbnails.idle):
        view.scrollToBottom()
    assert max(store.asked) == MANY[-1].image_id
    assert len(store.asked) <= len(view.visible_rows())


@pytest.mark.parametrize("width", [640, 800, 811, 1024, 1100, 1366, 1920])
def test_columns_fill_the_width(view, model, qapp, width):
    model.show(MANY[:500])
    view.resize(width, 600)
    qapp.processEvents()
    columns = view.columns()
    assert view.visualRect(model.index(columns - 1)).top() == view.visualRect(model.index(0)).top()
    assert view.visualRect(model.index(columns)).top() > view.visualRect(model.index(0)).top()
    assert view.visualRect(model.index(columns - 1)).right() > width - 70


def test_the_rows_that_are_seen_are_wanted(view, model, qapp):
    model.show(MANY[:5000])
    qapp.processEvents()
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    top = view.indexAt(view.viewport().rect().topLeft())
    bottom = view.indexAt(view.viewport().rect().bottomLeft())
    assert top.isValid()
    assert bottom.isValid()
    assert view.visible_rows().start <= top.row()
    assert bottom.row() < view.visible_rows().stop


def test_selection_and_place_survive_new_rows(view, model, qapp):
    model.show(MANY[100:1000])
    view.setCurrentIndex(model.index(300))
    view.verticalScrollBar().setValue(3000)
    with place_kept(view):
        model.show(MANY[:1000])
    assert view.currentIndex().data(ResultsModel.PHOTO) is MANY[400]
    assert view.verticalScrollBar().value() == 3000
    with place_kept(view):
        model.show(MANY[:100])
    assert view.currentIndex() == QModelIndex()


class Painted(ResultsModel):
    """Knows which rows were painted: the delegate asks for their thumbnails."""

    def __init__(self, thumbnails):
        super().__init__(thumbnails)
        self.rows = set()

    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        if role == self.THUMBNAIL:
            self.rows.add(index.row())
        return super().data(index, role)


class Paints(QObject):
    """Adds up what Qt has painted."""

    region = QRegion()

    def eventFilter(self, _watched, event):  # noqa: N802 - Qt's name
        if event.type() is QEvent.Type.Paint:
            self.region += event.region()
        return False


def test_scrolling_paints_what_comes_into_view(qtbot, view, model, thumbnails):
    with qtbot.waitSignal(thumbnails.idle):
        model.show(MANY)
    paints, page = Paints(), view.viewport().rect()
    view.viewport().installEventFilter(paints)
    view.viewport().update()
    qtbot.waitUntil(lambda: paints.region.contains(page))  # nothing is left to be painted
    paints.region = QRegion()
    view.verticalScrollBar().setValue(10)  # less than a line: the same photos, a little higher
    qtbot.waitUntil(lambda: paints.region.contains(QRect(0, page.height() - 10, page.width(), 10)))


def test_a_cell_that_has_changed_is_painted_alone(qtbot, thumbnails):
    model = Painted(thumbnails)
    view = ResultsView(model)
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    qtbot.waitExposed(view)
    with qtbot.waitSignal(thumbnails.idle):
        model.show(MANY)
    view.viewport().repaint()
    model.rows.clear()
    view.viewport().repaint(view.visualRect(model.index(5)))
    assert model.rows == {5}
    model.rows.clear()
    corners = QRegion(view.visualRect(model.index(0))) + QRegion(view.visualRect(model.index(5)))
    view.viewport().repaint(corners)
    assert model.rows == {0, 5}


class Counted(Sequence):
    """A list that counts how often a row is looked at."""

    def __init__(self, photos):
        self.photos, self.looks = photos, 0

    def __len__(self):
        return len(self.photos)

    def __getitem__(self, at):
        self.looks += len(range(len(self))[at]) if isinstance(at, slice) else 1
        return self.photos[at]


def test_showing_resizing_and_scrolling_look_only_at_what_is_seen(view, model, qapp):
    photos = Counted(MANY)
    model.show(photos)
    qapp.processEvents()
    view.resize(1200, 700)
    qapp.processEvents()
    view.scrollToBottom()
    qapp.processEvents()
    assert 0 < photos.looks < 5000


@pytest.mark.parametrize(
    ("key", "row"),
    [
        (Qt.Key.Key_Right, 51),
        (Qt.Key.Key_Left, 49),
        (Qt.Key.Key_Down, 54),
        (Qt.Key.Key_Up, 46),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_End, 99),
        (Qt.Key.Key_PageDown, 58),
        (Qt.Key.Key_PageUp, 42),
    ],
)
def test_keys_lead_through_the_grid(qtbot, view, model, key, row):
    model.show(MANY[:100])
    assert (view.columns(), view.viewport().height() // view.visualRect(model.index(0)).height()) == (4, 2)
    view.setCurrentIndex(model.index(50))
    qtbot.keyClick(view, key)
    assert view.currentIndex().row() == row
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))


def test_up_and_down_stay_at_the_edges(qtbot, view, model):
    model.show(MANY[:22])
    for key, begin, end in ((Qt.Key.Key_Up, 2, 2), (Qt.Key.Key_Down, 20, 20), (Qt.Key.Key_Down, 18, 21)):
        view.setCurrentIndex(model.index(begin))
        qtbot.keyClick(view, key)
        assert view.currentIndex().row() == end


def test_a_click_selects_what_is_under_the_mouse_and_nothing_beside_it(qtbot, view, model):
    model.show(MANY[:6])
    for row in (3, 5):
        place = view.visualRect(model.index(row)).center()
        assert view.indexAt(place).row() == row
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert [index.row() for index in view.selectedIndexes()] == [row]
    beside = view.visualRect(model.index(5)).center() + QPoint(view.visualRect(model.index(5)).width(), 0)
    assert not view.indexAt(beside).isValid()


def test_a_screen_reader_finds_every_photo_by_its_name_and_band(view, model):
    model.show(MANY[:30])
    grid = QAccessible.queryAccessibleInterface(view)
    assert grid.childCount() == 30
    assert grid.child(7).text(QAccessible.Text.Name) == "000007.jpg, partial match, score 1.00"
    assert grid.child(1).rect().left() > grid.child(0).rect().left()
