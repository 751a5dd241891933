"""What can be done with the photos that are shown: a table, copies of the photos, a contact sheet."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QProgressDialog

from imgsearch_gui.core.types.photos import LazyPhotos
from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import menus, messages
from imgsearch_gui.ui.asking import ask_save

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from imgsearch_gui.services.jobs import Job
    from imgsearch_gui.services.search_service import Photo
    from imgsearch_gui.services.takeout_service import TakeoutService
    from imgsearch_gui.ui.asking import AskSave
    from imgsearch_gui.ui.main_window import MainWindow

_PATIENCE_MS = 600  # before a progress dialog is worth its flicker


class TakeoutTools(QObject):
    """Adds its entries to the menu of files.

    They are about the photos that are selected where there are several, else about all that are shown.

    Args:
        window: the window, whose photos are taken.
        service: does the work.
        ask: asks for a file or folder to write, by title, name and kinds.
    """

    def __init__(
        self,
        window: MainWindow,
        service: TakeoutService,
        ask: AskSave = ask_save,
    ) -> None:
        super().__init__(window)
        self._window, self._service, self._ask = window, service, ask
        menu = window.menus.matches
        self._table = menus.entry(menu, "", self.save_table, "Ctrl+Shift+T")
        self._copies = menus.entry(menu, "", self.copy_photos, "Ctrl+Shift+K")
        self._sheet = menus.entry(menu, "", self.save_sheet, "Ctrl+Shift+P")
        window.view.chosen.connect(self._name)
        self._name()

    @Slot()
    def _name(self) -> None:
        """Says in the menu how many photos are taken, if not all."""
        count = len(self._window.photos.chosen())
        if count:
            self._table.setText(tr("Save %Ln selected photo(s) as &table…", "", count))
            self._copies.setText(tr("&Copy %Ln selected photo(s) to a folder…", "", count))
            self._sheet.setText(tr("Save %Ln selected photo(s) as contact &sheet…", "", count))
        else:
            self._table.setText(tr("Save as &table…"))
            self._copies.setText(tr("&Copy photos to a folder…"))
            self._sheet.setText(tr("Save as contact &sheet…"))

    def save_table(self) -> None:
        """Asks where to, and writes the hits as a table."""
        self._take(
            tr("Save the matches as a table"), "matches.csv", tr("Tables (*.csv)"), self._service.save_table
        )

    def save_sheet(self) -> None:
        """Asks where to, and draws the hits as a contact sheet."""
        kinds = tr("Documents (*.pdf);;Pictures (*.png)")
        self._take(tr("Save a contact sheet"), "matches.pdf", kinds, self._service.save_sheet)

    def copy_photos(self) -> None:
        """Asks where to, and copies the photos."""

        def start(folder: Path, _query: str, hits: Sequence[Photo]) -> Job:
            return self._service.copy_photos(folder, hits)

        self._take(tr("Copy the matches to a new folder"), "matches", tr("Folders (*)"), start)

    def _take(
        self, title: str, name: str, kinds: str, start: Callable[[Path, str, Sequence[Photo]], Job]
    ) -> None:
        answer = self._window.answer
        hits = self._window.photos.chosen() or self._window.shown_photos()
        if answer is None or not hits:
            self._window.status.tell(messages.nothing_to_take())
            return
        if isinstance(hits, LazyPhotos):
            hits = hits.apart()
        place = self._ask(self._window, title, name, kinds)
        if place is None:
            return
        job = start(place, answer.request.question.query, hits)
        progress = QProgressDialog(title, tr("Cancel"), 0, len(hits), self._window)
        progress.setWindowModality(Qt.WindowModality.WindowModal)
        progress.setMinimumDuration(_PATIENCE_MS)
        progress.setAutoClose(False)
        progress.canceled.connect(job.cancel)
        job.progressed.connect(lambda step: progress.setValue(step[0]))
        job.succeeded.connect(partial(self._done, place))
        job.failed.connect(self._window.show_error)
        job.cancelled.connect(self._cancelled)
        job.finished.connect(partial(self._close, progress))

    def _done(self, place: Path, result: object) -> None:
        self._window.status.tell(messages.taken_out(place, result))

    @Slot()
    def _cancelled(self) -> None:
        self._window.status.tell(messages.nothing_taken())

    def _close(self, progress: QProgressDialog) -> None:
        progress.canceled.disconnect()  # closing is not cancelling
        progress.close()
        progress.deleteLater()
