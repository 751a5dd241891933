"""Brings rating into the window: its menu entries, and the pages that take the place of the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import menus
from imgsearch_gui.ui.asking import ask_folder
from imgsearch_gui.ui.rating import rating_messages
from imgsearch_gui.ui.rating.pool_page import PoolPage
from imgsearch_gui.ui.rating.rating_page import RatingPage

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from imgsearch_gui.services.pool_service import PoolService
    from imgsearch_gui.services.preview_service import PreviewService
    from imgsearch_gui.services.rating_service import RatingService
    from imgsearch_gui.services.thumbnail_service import ThumbnailService
    from imgsearch_gui.ui.asking import AskFolder
    from imgsearch_gui.ui.main_window import MainWindow
    from imgsearch_gui.ui.window_pages import WindowPages


class RatingTools(QObject):
    """Shows the pages in the window's middle, and the search again as it was.

    Args:
        window: the window.
        pages: takes the pages.
        rating: what the rating page shows.
        pool: what the page of test queries shows.
        previews: decodes large pictures.
        thumbnails: decodes those of the test queries' hits; not the window's, whose wishes they would drop.
        ask: asks for a folder.
    """

    def __init__(
        self,
        window: MainWindow,
        pages: WindowPages,
        rating: RatingService,
        pool: PoolService,
        previews: PreviewService,
        thumbnails: ThumbnailService,
        ask: AskFolder = ask_folder,
    ) -> None:
        super().__init__(window)
        self._window, self._pages = window, pages
        self._rating, self._pool, self._ask = rating, pool, ask
        self.page = RatingPage(rating, previews)
        self.pool_page = PoolPage(pool, previews, thumbnails)
        pages.add(self.page)
        pages.add(self.pool_page)
        menus.entry(window.menus.rate, tr("&Rate these matches"), self.rate_matches, "F4")
        menus.entry(window.menus.rate, tr("Rate &pairs of a dataset folder…"), self.rate_pairs, "F7")
        menus.entry(window.menus.rate, tr("Step through &test queries…"), self.step_queries, "F8")
        self.page.left.connect(self.leave)
        self.pool_page.left.connect(self.leave)
        window.folder_opened.connect(self.leave)
        window.rule_changed.connect(self.leave)  # what is on screen was chosen under another

    def rate_matches(self) -> None:
        """Puts the matches of the window's query before the person, one by one."""
        if self._pages.page is self.page:
            return
        folder, query = self._window.folder, self._window.query.text().strip()
        self._show(self.page)
        if folder is None:
            self.page.say(rating_messages.no_folder())
        elif not query:
            self.page.say(rating_messages.no_query())
        else:
            self.page.begin(of_folder=False)
            self._rating.begin(folder, query, self._window.rule)

    def rate_pairs(self) -> None:
        """Asks for a dataset folder, and puts its pairs before the person."""
        folder = self._ask(self._window, rating_messages.pairs_title(), self._window.folder)
        if folder is not None:
            self.show_pairs(folder)

    def show_pairs(self, folder: Path) -> None:
        """Puts the pairs of a dataset folder before the person, one by one."""
        self._show(self.page)
        self.page.begin(of_folder=True)
        self._rating.begin(folder, None, self._window.rule)

    def step_queries(self) -> None:
        """Asks for a dataset folder, and steps through its test queries."""
        folder = self._ask(self._window, rating_messages.queries_title(), self._window.folder)
        if folder is not None:
            self.show_queries(folder)

    def show_queries(self, folder: Path) -> None:
        """Steps through the test queries of a dataset folder."""
        self._show(self.pool_page)
        self.pool_page.begin()
        self._pool.begin(folder, self._window.rule)

    @Slot()
    def leave(self) -> None:
        """Returns to the search, exactly as it was."""
        if self._pages.page not in (self.page, self.pool_page):
            return
        self._pages.leave()
        self._rating.end()
        self._pool.end()

    def _show(self, page: QWidget) -> None:
        self._rating.end()
        self._pool.end()
        self._pages.show(page)
