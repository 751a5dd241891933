"""What the search menu has beside words: pictures to search by, and how queries are written."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Slot

from imgsearch_gui.core.types.query import PictureQuery
from imgsearch_gui.services.language import tr
from imgsearch_gui.services.preview_service import PhotoFile, as_png
from imgsearch_gui.services.search_service import image_id
from imgsearch_gui.ui import menus, messages
from imgsearch_gui.ui.asking import ask_open
from imgsearch_gui.ui.photos.results_model import ResultsModel
from imgsearch_gui.ui.search.query_help import QueryHelp

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from imgsearch_gui.services.preview_service import PictureCopy, PreviewService
    from imgsearch_gui.services.search_service import Photo
    from imgsearch_gui.ui.asking import AskOpen
    from imgsearch_gui.ui.main_window import MainWindow

_PASTED_SIDE = 512  # more than any encoder looks at
_ROUGH_SIDE = 4096  # what is larger is made so large first, roughly, or pasting would take 0.1 s
_SHOWN_SIDE = 128  # pixels of a file's picture in the field, at the sharpest screen


def pasted(image: QImage) -> PictureQuery:
    """Returns a picture that has no file, as a query."""
    smooth, keep = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.KeepAspectRatio
    if max(image.width(), image.height()) > _ROUGH_SIDE:
        image = image.scaled(QSize(_ROUGH_SIDE, _ROUGH_SIDE), keep, Qt.TransformationMode.FastTransformation)
    if max(image.width(), image.height()) > _PASTED_SIDE:
        image = image.scaled(QSize(_PASTED_SIDE, _PASTED_SIDE), keep, smooth)
    return PictureQuery(name=tr("the pasted picture"), data=as_png(image))


class SearchTools(QObject):
    """Adds its entries to the menu of searches, and takes the pictures that the query field is offered.

    Args:
        window: the window, whose query field gets the pictures.
        previews: decodes picture files, to show them small.
        ask: asks for a picture file.
    """

    def __init__(
        self,
        window: MainWindow,
        previews: PreviewService,
        ask: AskOpen = ask_open,
    ) -> None:
        super().__init__(window)
        self._window, self._query, self._previews, self._ask = window, window.query, previews, ask
        menu = window.menus.search
        end = window.search_separator
        menus.entry(menu, tr("Search by a &picture…"), self.choose_picture, "Ctrl+Shift+O", before=end)
        paste = tr("Search by the cop&ied picture")
        menus.entry(menu, paste, self.paste_picture, "Ctrl+Shift+V", before=end)
        menus.entry(menu, tr("&Query forms…"), self.show_forms, "Shift+F1", before=end)
        self._query.picture_offered.connect(self.search_by)
        self._query.help_requested.connect(self.show_forms)
        window.photo_actions.alike_requested.connect(self.search_like)

    @Slot(object)
    def search_like(self, photo: Photo) -> None:
        """Searches for photos like one of the folder, whatever words stand in the field."""
        index = self._window.model.index_of(photo)
        picture = PictureQuery(name=messages.printable(photo.path.name), image_id=image_id(photo))
        self._query.set_picture(picture, index.data(ResultsModel.THUMBNAIL), alone=True)

    @Slot(object)
    def search_by(self, found: Path | QImage) -> None:
        """Searches for photos like a file or a picture from outside, and for the words that stand there."""
        if isinstance(found, Path):
            picture = PictureQuery(name=messages.printable(found.name), file=found)
            self._query.set_picture(picture)
            small = self._previews.copy(PhotoFile(found), _SHOWN_SIDE)  # one that fails says so as a query
            small.succeeded.connect(partial(self._show, picture))
        else:
            self._query.set_picture(pasted(found), found)
        self._query.setFocus()

    def _show(self, picture: PictureQuery, copy: PictureCopy | None) -> None:
        if copy is not None:  # as it is when the program ends
            self._query.show_picture(picture, copy.image)

    def choose_picture(self) -> None:
        """Asks for a picture file, and searches by it."""
        file = self._ask(self._window, tr("Search by a picture"), "")
        if file is not None:
            self.search_by(file)

    def paste_picture(self) -> None:
        """Searches by the picture that was copied."""
        if not self._query.paste_picture():
            self._window.status.tell(tr("No picture was copied."))

    def show_forms(self) -> None:
        """Shows how queries are written."""
        forms = QueryHelp(self._window)
        forms.chosen.connect(self._query.setText)
        forms.open()
