"""The list model, by Qt's own tester and at full size."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, Qt

from imgsearch_gui.core.types import SearchHit
from imgsearch_gui.services.jobs import Worker
from imgsearch_gui.services.thumbnail_service import ThumbnailService
from imgsearch_gui.ui.results_model import ResultsModel
from imgsearch_gui.ui.results_view import ResultsView
from tests.window_fakes import FakeStore, records

MANY = tuple(SearchHit(n, Path(f"photos/{n:06}.jpg"), 1 - n / 100_000) for n in range(100_000))


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
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "000500.jpg, score 0.99"


def test_a_photo_without_a_query_has_no_score(model):
    model.show(records(Path("photos")))
    assert model.index(0).data(ResultsModel.SCORE) is None


def test_a_file_name_is_not_drawn_as_html(model):
    model.show((SearchHit(1, Path("<img src=x>.jpg"), 0.5),))
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
    assert model.index_of(SearchHit(77, Path("photos/000077.jpg"), 0.1)).row() == 77
    assert not model.index_of(SearchHit(-5, Path("x"), 0.1)).isValid()


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
    with view.place_kept():
        model.show(MANY[:1000])
    assert view.currentIndex().data(ResultsModel.PHOTO) is MANY[400]
    assert view.verticalScrollBar().value() == 3000
    with view.place_kept():
        model.show(MANY[:100])
    assert view.currentIndex() == QModelIndex()
