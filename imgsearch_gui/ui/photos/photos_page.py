"""The middle of the window: the grid of photos, or what is to say in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from imgsearch_gui.ui.notices import EmptyState, RestBar
from imgsearch_gui.ui.photos.keeping_place import place_kept
from imgsearch_gui.ui.photos.results_model import ResultsModel
from imgsearch_gui.ui.photos.results_view import ResultsView
from imgsearch_gui.ui.photos.selection import Chosen
from imgsearch_gui.ui.start.start_page import StartPage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from imgsearch_gui.services.search_service import Photo
    from imgsearch_gui.services.thumbnail_service import ThumbnailService
    from imgsearch_gui.ui.empty_messages import Empty


class PhotosPage(QWidget):
    """Shows photos, and offers those that are unlikely to match.

    Args:
        thumbnails: decodes thumbnails.
        parent: the Qt parent, if any.

    Signals:
        rest_requested(): the unlikely hits are wanted too.
    """

    rest_requested = Signal()

    def __init__(self, thumbnails: ThumbnailService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = ResultsModel(thumbnails, self)
        self.view = ResultsView(self.model)
        self.rest = RestBar()
        self.empty, self.start = EmptyState(), StartPage()
        self.rest.rest_requested.connect(self.rest_requested)
        self.empty.rest_requested.connect(self.rest_requested)
        self._grid = QWidget()
        column = QVBoxLayout(self._grid)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.view, 1)
        column.addWidget(self.rest)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.start)
        self._pages.addWidget(self._grid)
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 0, 0, 0)  # with a cell's own margin, in line with the query field
        row.addWidget(self._pages)

    def show_photos(self, photos: Sequence[Photo], *, keep_place: bool = False) -> None:
        """Replaces the photos; keeps the current one and the place, or begins at the top."""
        if keep_place:
            with place_kept(self.view):
                self.model.show(photos)
        else:
            self.model.show(photos)
            self.view.scrollToTop()

    def draw(self, empty: Empty | None, hidden: int, *, start: bool = False) -> None:
        """Shows the photos and how many are hidden, or says why there are none, or how to begin."""
        self.rest.say(hidden)
        if empty is not None:
            self.empty.say(empty)
        page = self.start if start else self._grid if empty is None else self.empty
        self._pages.setCurrentWidget(page)

    def chosen(self) -> Sequence[Photo]:
        """Returns the selected photos where there are several, which is what a person acts on then."""
        chosen = Chosen(self.model.photos, self.view.chosen_rows())
        return chosen if len(chosen) > 1 else ()

    def focus_photos(self, row: int | None = None) -> None:
        """Gives the photos the focus: a row, or the current one, or the first."""
        if not self.model.rowCount():
            if self.empty.rest_button.isVisible():
                self.empty.rest_button.setFocus()
            elif self.start.isVisible():
                self.start.cards[0].setFocus()
            return
        if row is None:
            row = max(0, self.view.currentIndex().row())
        self.view.setCurrentIndex(self.model.index(row))
        self.view.setFocus()
