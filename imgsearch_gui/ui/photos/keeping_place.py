"""What stays where it is in the grid when its photos are replaced."""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex

from imgsearch_gui.ui.photos.results_model import ResultsModel

if TYPE_CHECKING:
    from collections.abc import Iterator

    from imgsearch_gui.ui.photos.results_view import ResultsView

_FOUND_AGAIN = 50  # selected photos: each is looked for among a million, in half a millisecond
_Flag = QItemSelectionModel.SelectionFlag


@contextmanager
def place_kept(view: ResultsView) -> Iterator[None]:
    """Keeps the current photo, the selection and the scroll position while the model changes.

    Of many selected photos, where they are not all there are, the current one alone stays selected.
    """
    model, marks, index, rows = view.photos, view.selectionModel(), view.currentIndex(), view.chosen_rows()
    current = index.data(ResultsModel.PHOTO) if index.isValid() else None
    count, top = sum(map(len, rows)), view.verticalScrollBar().value()
    everything = 1 < count == model.rowCount()
    few = chain.from_iterable(rows) if 1 < count <= _FOUND_AGAIN else ()
    selected = [model.index(row).data(ResultsModel.PHOTO) for row in few]
    yield
    again = model.index_of(current) if current is not None else QModelIndex()
    marks.setCurrentIndex(again, _Flag.ClearAndSelect)
    if everything:
        view.selectAll()
    elif selected:
        found = (model.index_of(photo) for photo in selected if photo is not None)
        selection = QItemSelection()
        for place in found:
            selection.select(place, place)
        marks.select(selection, _Flag.Select)
    view.verticalScrollBar().setValue(top)
