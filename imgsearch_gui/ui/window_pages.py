"""The pages that take the place of the search in the window's middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow


class WindowPages(QObject):
    """Shows one page at a time in place of the window's content, and that again as it was.

    Args:
        window: its content becomes the page that is shown first.

    Signals:
        changed(): another page is shown, or the search again.
    """

    changed = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._focus: QWidget | None = None
        self._search = window.takeCentralWidget() or QWidget()
        self._pages = QStackedWidget()
        self._pages.addWidget(self._search)
        window.setCentralWidget(self._pages)
        self._pages.currentChanged.connect(self.changed)

    @property
    def page(self) -> QWidget | None:
        """The page that is shown; nothing while it is the search."""
        page = self._pages.currentWidget()
        return None if page is self._search else page

    def add(self, page: QWidget) -> None:
        """Takes a page, which is not shown yet."""
        self._pages.addWidget(page)

    def show(self, page: QWidget) -> None:
        """Shows a page."""
        if self.page is None:
            self._focus = self._window.focusWidget()
        self._pages.setCurrentWidget(page)

    def leave(self) -> None:
        """Shows the search again, with the focus where it was."""
        if self.page is None:
            return
        self._pages.setCurrentWidget(self._search)
        if self._focus is not None:
            self._focus.setFocus()
        self._focus = None
