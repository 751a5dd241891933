"""Recent folders: in the File menu, and on the page of an empty window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenu

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.memory.recent_menu import Recent, action_of, fill

if TYPE_CHECKING:
    from pathlib import Path

    from imgsearch_gui.services.recent_folders import RecentFolders
    from imgsearch_gui.ui.main_window import MainWindow


class FolderTools(QObject):
    """Remembers the folders that a window opens, and offers them again.

    Args:
        window: the window, which owns this.
        recent: knows the folders.

    Attributes:
        menu: the recent folders.
    """

    def __init__(self, window: MainWindow, recent: RecentFolders) -> None:
        super().__init__(window)
        self._window, self._recent = window, recent
        self.menu = QMenu(tr("Recent &folders"), window)
        window.menus.file.insertMenu(window.read_entry, self.menu)
        self._clear = action_of(self, tr("&Clear this list"), recent.clear)
        window.menus.file.aboutToShow.connect(recent.look)
        window.folder_opened.connect(recent.add)
        window.photos.start.recent_requested.connect(window.open_folder)
        recent.changed.connect(self._draw)
        self._draw()
        recent.look()

    @Slot()
    def _draw(self) -> None:
        folders = self._recent.folders
        missing = frozenset(folder for folder in folders if self._recent.is_missing(folder))
        fill(self.menu, [self._entry(folder, gone=folder in missing) for folder in folders], [self._clear])
        self._window.photos.start.show_recent(folders, missing)

    def _entry(self, folder: Path, *, gone: bool) -> Recent:
        path = messages.printable(folder)
        tip = messages.gone(folder) if gone else path
        return Recent(path, tip, lambda: self._window.open_folder(folder), not gone)
