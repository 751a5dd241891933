"""What can be done with the current photo: look at it, open it, show where it is, copy it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeySequence

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import menus, messages
from imgsearch_gui.ui.photos.results_model import ResultsModel
from imgsearch_gui.ui.photos.selection import MOST_TAKEN, Chosen

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu, QWidget

    from imgsearch_gui.services.search_service import Photo
    from imgsearch_gui.ui.photos.results_view import ResultsView


class PhotoActions(QObject):
    """The entries of the menu of photos, about the one that is current in the grid or all that are selected.

    Args:
        menu: where they are added.
        view: the grid, which shows them as its context menu.
        open_url: opens a file or folder with the system's program; returns whether it could.
        parent: the Qt parent.

    Signals:
        preview_requested(object): a photo to show large.
        copy_requested(object): a photo whose picture to copy.
        alike_requested(object): a photo to find others like.
        failed(str): one sentence.
        told(str): one sentence, when nothing is wrong.
    """

    preview_requested = Signal(object)
    copy_requested = Signal(object)
    alike_requested = Signal(object)
    failed = Signal(str)
    told = Signal(str)

    def __init__(
        self, menu: QMenu, view: ResultsView, open_url: Callable[[QUrl], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._menu, self._view, self._open_url = menu, view, open_url
        looks = (QKeySequence(key) for key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter))
        self.preview = self._entry(tr("Show &large"), self.preview_requested.emit, *looks)
        self.open = self._entry(
            tr("&Open with the system's viewer"),
            lambda photo: self._open(photo.path),
            "Ctrl+Return",
            "Ctrl+Enter",
        )
        self.reveal = self._entry(
            tr("Show in &folder"), lambda photo: self._open(photo.path.parent), "Ctrl+Shift+F"
        )
        menu.addSeparator()
        self.copy = self._entry(tr("&Copy picture"), self.copy_requested.emit, menus.StandardKey.Copy)
        self.copy_path = self._entry(tr("Copy &path"), lambda _photo: self._copy_paths(), "Ctrl+Shift+C")
        menu.addSeparator()
        self.alike = self._entry(tr("&More like this"), self.alike_requested.emit, "Ctrl+M")
        self._about_one = tuple(menu.actions())
        menu.addSeparator()
        self.all = menus.entry(menu, tr("Select &all"), view.selectAll, menus.StandardKey.SelectAll)
        self.all.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.preview.setAutoRepeat(False)  # or a key that is held down would open and close it
        for action in menu.actions():
            view.addAction(action)
        view.doubleClicked.connect(self.preview.trigger)
        view.chosen.connect(self._enable)
        self._enable()

    def serve(self, page: QWidget) -> None:
        """Lets the shortcuts count in a page that shows the current photo, too."""
        for action in (self.open, self.reveal, self.copy, self.copy_path, self.alike):
            page.addAction(action)
        page.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def _entry(
        self, text: str, slot: Callable[[Photo], object], *keys: QKeySequence | menus.StandardKey | str
    ) -> QAction:
        action = menus.entry(self._menu, text, lambda: self._for_current(slot), *keys)
        # The keys mean other things in a text field.
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return action

    def _for_current(self, slot: Callable[[Photo], object]) -> None:
        photo = self._view.currentIndex().data(ResultsModel.PHOTO)
        if photo is not None:
            slot(photo)

    @Slot()
    def _enable(self) -> None:
        for action in self._about_one:
            action.setEnabled(self._view.currentIndex().isValid())
        self.all.setEnabled(self._view.photos.rowCount() > 0)
        several = sum(map(len, self._view.chosen_rows())) > 1
        self.copy_path.setText(tr("Copy &paths") if several else tr("Copy &path"))

    def _open(self, path: Path) -> None:
        if not self._open_url(QUrl.fromLocalFile(str(path))):
            self.failed.emit(messages.cannot_open(path))

    def _copy_paths(self) -> None:
        """Copies the paths of what is selected, one a line, and says so if it is not all."""
        chosen = Chosen(self._view.photos.photos, self._view.chosen_rows())
        paths = [messages.printable(photo.path) for photo in islice(chosen, MOST_TAKEN)]
        QGuiApplication.clipboard().setText("\n".join(paths))
        if len(chosen) > len(paths):
            self.told.emit(tr("The first %Ln path(s) were copied; a table can hold all.", "", len(paths)))
