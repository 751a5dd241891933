"""Brings the preview into the window: the grid's current photo, large, in place of the search."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Slot
from PySide6.QtGui import QGuiApplication, QImage

from imgsearch_gui.core.types.photos import SearchHit
from imgsearch_gui.services.preview_service import PhotoFile
from imgsearch_gui.services.search_service import image_id
from imgsearch_gui.services.settings_schema import PREVIEW_DETAILS
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.handing_out import drag, files_data
from imgsearch_gui.ui.photos.results_model import ResultsModel
from imgsearch_gui.ui.preview import preview_messages
from imgsearch_gui.ui.preview.preview_page import PreviewPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from imgsearch_gui.core.types.explanation import Explanation
    from imgsearch_gui.services.copies_service import CopiesService
    from imgsearch_gui.services.explain_service import ExplainService
    from imgsearch_gui.services.preview_service import PictureCopy, PreviewService
    from imgsearch_gui.services.search_service import Photo
    from imgsearch_gui.services.settings import Settings
    from imgsearch_gui.ui.main_window import MainWindow
    from imgsearch_gui.ui.window_pages import WindowPages

_AHEAD = (0, 1, -1, 2)  # of the photos around the one on screen: what is decoded, in this order
_COPIED = 4096  # pixels of the longest side of a copied picture; the whole file goes along


class PreviewTools(QObject):
    """Shows the page, goes from photo to photo, and hands pictures to other programs.

    The photo that is shown is always the current one of the grid: what can be done with that can be
    done with it.

    Args:
        window: the window.
        pages: takes the page.
        previews: decodes pictures.
        explain: says why a photo has its score.
        copies: knows which files hold the same picture.
        settings: where it is kept whether the details are shown.
        begin_drag: lets a file be dropped on other programs.

    Attributes:
        page: what is shown.
    """

    def __init__(
        self,
        window: MainWindow,
        pages: WindowPages,
        previews: PreviewService,
        explain: ExplainService,
        copies: CopiesService,
        settings: Settings,
        begin_drag: Callable[[QWidget, QMimeData, QImage | None], None] = drag,
    ) -> None:
        super().__init__(window)
        self._window, self._pages = window, pages
        self._previews, self._explain, self._copies = previews, explain, copies
        self._begin_drag = begin_drag
        self._view, self._model = window.view, window.model
        self.page = PreviewPage(previews)
        pages.add(self.page)
        self.page.show_details(settings.get(PREVIEW_DETAILS))
        self.page.details_button.toggled.connect(partial(settings.set, PREVIEW_DETAILS))
        actions = window.photo_actions
        actions.serve(self.page)
        self.page.details.add_actions(
            (actions.open, actions.reveal, actions.copy, actions.copy_path, actions.alike)
        )
        actions.preview_requested.connect(self.show)
        actions.copy_requested.connect(self._copy)
        actions.failed.connect(self.page.error.say)
        self._view.selectionModel().currentChanged.connect(self._draw)
        self._model.modelReset.connect(self._photos_changed)
        self.page.left.connect(self.leave)
        self.page.stepped.connect(self._step)
        self.page.drag_begun.connect(self._drag)
        explain.explained.connect(self._explained)
        copies.listed.connect(self._listed)
        pages.changed.connect(self._page_changed)

    @Slot()
    def show(self) -> None:
        """Shows the grid's current photo."""
        if self._pages.page is None and self._view.currentIndex().isValid():
            self._pages.show(self.page)
            self.page.setFocus()
            self._draw()

    @Slot()
    def leave(self) -> None:
        """Returns to the grid, where the photo is current."""
        if self._shown:
            self._pages.leave()
            self._view.setFocus()

    @property
    def _shown(self) -> bool:
        return self._pages.page is self.page

    @Slot(int)
    def _step(self, by: int) -> None:
        index = self._model.index(self._view.currentIndex().row() + by)
        if index.isValid():
            self._view.setCurrentIndex(index)

    @Slot()
    def _draw(self) -> None:
        index = self._view.currentIndex()
        photo = index.data(ResultsModel.PHOTO)
        if not self._shown or photo is None:
            return
        row, count = index.row(), self._model.rowCount()
        near = (self._model.index(row + step).data(ResultsModel.PHOTO) for step in _AHEAD)
        answer, before = self._window.answer, self.page.photo
        query = answer.request.question.query if answer is not None else ""
        files = [_file(one) for one in near if one is not None]
        self.page.show_photo(photo, query, files, row, count)
        if answer is None or photo == before:
            return
        folder, asked, number = answer.request.folder, answer.request.question, image_id(photo)
        self._explain.clear()
        if isinstance(photo, SearchHit):
            self._explain.explain(folder, query, number, asked.rule, asked.picture)
        if photo.copies > 1:
            self._copies.ask(folder, number, asked.rule)

    @Slot(int, object)
    def _listed(self, number: int, files: tuple[Path, ...]) -> None:
        photo = self.page.photo
        if photo is not None and number == image_id(photo):
            self.page.details.show_copies([file for file in files if file != photo.path])

    @Slot(object)
    def _explained(self, explanation: Explanation) -> None:
        if self.page.photo is not None and explanation.image_id == image_id(self.page.photo):
            self.page.details.show_explanation(explanation)

    @Slot()
    def _photos_changed(self) -> None:
        """Stays with the photo where it is still among them, and else returns to the grid."""
        if not self._shown or self.page.photo is None:
            return
        index = self._model.index_of(self.page.photo)
        if index.isValid():
            self._view.setCurrentIndex(index)
        else:
            self.leave()

    @Slot()
    def _page_changed(self) -> None:
        if not self._shown and self.page.file is not None:
            self._explain.clear()
            self.page.clear()

    # To other programs

    @Slot()
    def _drag(self) -> None:
        if self.page.file is not None:
            self._begin_drag(self.page, files_data([self.page.file.path]), self.page.picture.image)

    @Slot(object)
    def _copy(self, photo: Photo) -> None:
        """Copies a picture, once it is decoded: as an image, and as the file that it is."""
        status = self._window.status
        status.tell(preview_messages.copying())

        def copied(made: PictureCopy | None) -> None:
            if made is None:
                return
            data = files_data([photo.path])
            data.setImageData(made.image)
            data.setData("image/png", made.png)  # or it would be packed when it is pasted, in this thread
            QGuiApplication.clipboard().setMimeData(data)
            status.tell(preview_messages.copied(messages.printable(photo.path.name)))

        job = self._previews.copy(_file(photo), _COPIED)
        job.succeeded.connect(copied)
        job.failed.connect(status.clearMessage)
        job.failed.connect(self.page.error.tell if self._shown else self._window.show_error)


def _file(photo: Photo) -> PhotoFile:
    return PhotoFile(photo.path, image_id(photo))
