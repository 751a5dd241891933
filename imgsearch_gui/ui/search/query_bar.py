"""The field in which the sentence is typed, and on which a picture is dropped."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QMimeData, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from imgsearch_gui.services.language import tr
from imgsearch_gui.services.settings_schema import LONGEST_QUERY
from imgsearch_gui.ui import messages, style
from imgsearch_gui.ui.drops import first_file
from imgsearch_gui.ui.search.picture_chip import PictureChip

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QDragEnterEvent, QDropEvent, QIcon, QKeyEvent, QResizeEvent

    from imgsearch_gui.core.types.query import PictureQuery

_PAUSE_MS = 250  # shorter searches between two keystrokes, longer feels slow
_CHIP_GAP = 6


def picture_in(data: QMimeData) -> Path | QImage | None:
    """Returns the file, or else the picture, that is dropped or pasted; nothing when it is neither."""
    file = first_file(data)
    if file is not None:
        return file if os.path.isfile(file) else None  # noqa: PTH113 - never raises
    # Tables are copied as text and as a picture of it.
    if data.hasText() and not data.hasUrls():
        return None
    image = QImage(data.imageData()) if data.hasImage() else QImage()
    return None if image.isNull() else image


class QueryBar(QLineEdit):
    """Searches at Enter, and when typing pauses.

    Args:
        parent: the Qt parent, if any.
        pictures: whether a picture can be searched by.

    Signals:
        searched(str): the text to search for; blank and without a picture it asks for all photos.
        left_down(): the down arrow was pressed: the focus should go to the photos.
        picture_offered(object): a file, as a path, or a `QImage` was dropped or pasted.
        help_requested(): the question mark was pressed.
    """

    searched = Signal(str)
    left_down = Signal()
    picture_offered = Signal(object)
    help_requested = Signal()

    def __init__(self, parent: QWidget | None = None, *, pictures: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("query")
        self.setAccessibleName(tr("Description of the photo"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(LONGEST_QUERY)
        self.setAcceptDrops(pictures)  # a dropped folder is the window's, and no text to insert
        self._pictures = pictures
        self._picture: PictureQuery | None = None
        self._refused = False
        self._chip = PictureChip(self)
        self._chip.hide()
        self._chip.removed.connect(self.remove_picture)
        self._icon = self.addAction(self._search_icon(), QLineEdit.ActionPosition.LeadingPosition)
        self._help = self.addAction(self._help_icon(), QLineEdit.ActionPosition.TrailingPosition)
        self._help.setToolTip(tr("Query forms (Shift+F1)"))
        self._help.setVisible(pictures)
        self._help.triggered.connect(self.help_requested)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.textChanged.connect(self._typed)
        self.returnPressed.connect(self._search)
        self._draw()

    @property
    def picture(self) -> PictureQuery | None:
        """The picture to search by, if any."""
        return self._picture

    def set_picture(self, picture: PictureQuery, image: QImage | None = None, *, alone: bool = False) -> None:
        """Searches by a picture.

        Args:
            picture: the picture.
            image: how it looks, where that is known already.
            alone: whether the words that stand in the field go.
        """
        self._picture, self._refused = picture, False
        self._chip.say(messages.printable(picture.name), image)
        self._draw()
        if alone and self.text():
            self.clear()  # which searches
        else:
            self._search()

    def show_picture(self, picture: PictureQuery, image: QImage) -> None:
        """Shows how the picture looks, if it is still the one to search by."""
        if picture is self._picture and not self._refused:
            self._chip.say(messages.printable(picture.name), image)

    def refuse_picture(self) -> None:
        """Shows no more how the picture looks: it cannot be searched by, or may not be shown."""
        if self._picture is not None:
            self._refused = True
            self._chip.say(messages.printable(self._picture.name), None)

    @Slot()
    def remove_picture(self) -> None:
        """Searches by the text alone again."""
        if self._picture is not None:
            self._picture = None
            self._draw()
            self.setFocus()
            self._search()

    def clear_all(self) -> None:
        """Asks for all photos."""
        self._picture = None
        self._draw()
        if self.text():
            self.clear()  # which searches
        else:
            self._search()

    def leave_folder(self) -> None:
        """Drops a picture of the library: it is none of the folder that is searched from now on."""
        if self._picture is not None and self._picture.image_id is not None:
            self._picture = None
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Gives the focus away at the down arrow; takes a picture that is pasted, and away at backspace."""
        if event.key() == Qt.Key.Key_Down:
            self.left_down.emit()
        elif self._pictures and event.matches(QKeySequence.StandardKey.Paste) and self.paste_picture():
            pass
        elif (
            event.key() == Qt.Key.Key_Backspace
            and self._picture is not None
            and not (self.cursorPosition() or self.hasSelectedText())
        ):
            self.remove_picture()
        else:
            super().keyPressEvent(event)

    def paste_picture(self) -> bool:
        """Takes the picture that is in the clipboard; returns whether there is one."""
        data = QGuiApplication.clipboard().mimeData()
        # Its stubs do not know that there may be none, as where a window may not look into the clipboard.
        found = picture_in(data) if cast("QMimeData | None", data) is not None else None
        if found is not None:
            self.picture_offered.emit(found)
        return found is not None

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files and pictures; leaves the rest to the window."""
        event.setAccepted(picture_in(event.mimeData()) is not None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Offers what is dropped."""
        found = picture_in(event.mimeData())
        if found is not None:
            event.acceptProposedAction()
            self.picture_offered.emit(found)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Puts the picture at the left."""
        super().resizeEvent(event)
        self._place_chip()

    def changeEvent(self, event: QEvent) -> None:
        """Draws the icons in the palette of now."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._icon.setIcon(self._search_icon())
            self._help.setIcon(self._help_icon())

    def _draw(self) -> None:
        """Shows the picture before the text, or the magnifying glass."""
        picture = self._picture
        self._icon.setVisible(picture is None)
        self._chip.setVisible(picture is not None)
        if picture is None:
            self.setPlaceholderText(messages.placeholder())
            self.setTextMargins(0, 0, 0, 0)
        else:
            name = messages.printable(picture.name)
            self.setPlaceholderText(tr("Photos like {name}; words can be added").format(name=name))
            self._place_chip()

    def _place_chip(self) -> None:
        if self._picture is None:
            return
        self._chip.setFixedHeight(self.height() - 2 * _CHIP_GAP)
        self._chip.adjustSize()
        self._chip.move(_CHIP_GAP + 1, _CHIP_GAP)
        self.setTextMargins(self._chip.width() + _CHIP_GAP, 0, 0, 0)

    def _search_icon(self) -> QIcon:
        return style.icon("search", self.palette().placeholderText().color())

    def _help_icon(self) -> QIcon:
        return style.icon("help", self.palette().placeholderText().color())

    @Slot()
    def _typed(self) -> None:
        if self.text():
            self._pause.start()
        else:
            self._search()

    @Slot()
    def _search(self) -> None:
        self._pause.stop()
        self.searched.emit(self.text())
