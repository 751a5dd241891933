"""What a window is asked to open from outside: by who starts the program, once or again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from imgsearch_gui.core.types.photos import Gallery
from imgsearch_gui.errors import LibraryError

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.services.search_service import Answer, SearchService
    from imgsearch_gui.services.single_window import Request
    from imgsearch_gui.ui.main_window import MainWindow


class Requests(QObject):
    """Opens folders, files and the demo gallery in a window.

    Args:
        window: the window, which owns this.
        search: whose answers the window shows.
    """

    def __init__(self, window: MainWindow, search: SearchService) -> None:
        super().__init__(window)
        self._window = window
        self._wanted: Path | None = None
        search.answered.connect(self._answered)

    def bring_forward(self, request: Request) -> None:
        """Shows the window above all others, and opens what is asked for."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        self.answer(request)

    def answer(self, request: Request) -> None:
        """Opens what is asked for."""
        if request.demo:
            self._window.demo_requested.emit()
        elif request.path is not None:
            self._open(request.path)

    def _open(self, path: Path) -> None:
        """Opens a folder, or the folder of a file, with all its photos and the file selected among them."""
        path = path.absolute()
        self._wanted = None
        if os.path.isfile(path):  # noqa: PTH113 - never raises
            self._window.query.clear()
            self._wanted = path
        self._window.open_folder(path)

    @Slot(object)
    def _answered(self, answer: Answer) -> None:
        """Selects the file once it is among the photos, unless the user has gone on to something else."""
        wanted, found = self._wanted, answer.found
        if wanted is None:
            return
        if answer.request.folder != wanted.parent or not isinstance(found, Gallery):
            self._wanted = None
            return
        try:
            row = found.row_of(wanted)
        except LibraryError:  # which is told where the photos are shown
            row = None
        if row is not None:
            self._wanted = None
            self._window.photos.focus_photos(row)
