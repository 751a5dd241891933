"""One photo, large, over the photos of the grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from imgsearch_gui.services.language import tr
from imgsearch_gui.services.preview_service import PhotoFile, close_side
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.key_page import KeyPage
from imgsearch_gui.ui.notices import ErrorBanner
from imgsearch_gui.ui.preview import preview_messages
from imgsearch_gui.ui.preview.details_panel import DetailsPanel
from imgsearch_gui.ui.preview.zoom_view import ZoomView

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QPushButton

    from imgsearch_gui.services.preview_service import PreviewService
    from imgsearch_gui.services.search_service import Photo

_KEY = Qt.Key


class PreviewPage(KeyPage):
    """Shows a photo and what is known of it; which one comes next is for others to say.

    Args:
        previews: decodes pictures.
        parent: the Qt parent, if any.

    Signals:
        left(): the person wants to go back to the grid.
        stepped(int): the person wants to see the photo that many places on.
        drag_begun(): the picture is being dragged away.
    """

    left = Signal()
    stepped = Signal(int)
    drag_begun = Signal()

    def __init__(self, previews: PreviewService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._previews = previews
        self._files: tuple[PhotoFile, ...] = ()  # the one that is shown, and those that may come next
        self._shown: tuple[Photo, str] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Photo, large"))
        self.error = ErrorBanner()
        self.picture, self.details = ZoomView(), DetailsPanel()
        self.place, self.scale = QLabel(), QLabel()
        self.leave_button = self._button(
            tr("← Back to the photos"), tr("Back to the photos (Esc or Space)"), self.left.emit
        )
        self.details_button = self._button(tr("Details"), tr("Show or hide the details (I)"), self._fold)
        self.previous_button = self._button(
            tr("← Previous"), tr("The photo before (← or Page Up)"), lambda: self.stepped.emit(-1)
        )
        self.next_button = self._button(
            tr("Next →"), tr("The next photo (→ or Page Down)"), lambda: self.stepped.emit(1)
        )
        self.out_button = self._button("−", tr("Zoom out (−)"), self.picture.zoom_out)
        self.in_button = self._button("+", tr("Zoom in (+)"), self.picture.zoom_in)
        self.fit_button = self._button(tr("Fit"), tr("Fit to the window (0)"), self.picture.fit)
        self.actual_button = self._button(
            tr("100 %"), tr("Every pixel of the file (1)"), self.picture.show_actual
        )
        self._lay_out()
        previews.loaded.connect(self._loaded)
        self.picture.resized.connect(self._want)
        self.picture.zoomed.connect(self._zoomed)
        self.picture.clicked.connect(self.setFocus)
        self.picture.drag_begun.connect(self.drag_begun)

    @property
    def file(self) -> PhotoFile | None:
        """The file of what is shown."""
        return self._files[0] if self._files else None

    @property
    def photo(self) -> Photo | None:
        """What is shown."""
        return self._shown[0] if self._shown is not None else None

    def show_photo(self, photo: Photo, query: str, near: Sequence[PhotoFile], row: int, count: int) -> None:
        """Shows a photo.

        Args:
            photo: what to show.
            query: what it was found by, or nothing.
            near: its file, and those of the photos that may be shown next.
            row: where it stands, counted from 0.
            count: among how many.
        """
        anew = self.file != near[0]
        if anew or (photo, query) != self._shown:
            self.error.clear()
            self.details.show_photo(photo, query)
        self._files, self._shown = tuple(near), (photo, query)
        self.place.setText(preview_messages.place(row, count))
        self.previous_button.setEnabled(row > 0)
        self.next_button.setEnabled(row < count - 1)
        self.picture.setAccessibleName(messages.spoken(photo))
        if anew:
            self.picture.begin()
        self._want()
        self._draw()

    def show_details(self, shown: bool) -> None:
        """Shows the details, or hides them."""
        self.details_button.setChecked(shown)
        self._fold()

    def clear(self) -> None:
        """Shows nothing, and lets go of the pictures."""
        self._files, self._shown = (), None
        self.error.clear()
        self.picture.begin()
        self._previews.forget()

    # What is drawn

    @Slot(object)
    def _loaded(self, item: object) -> None:
        if item == self.file:
            self._draw()

    def _draw(self) -> None:
        preview = self._previews.preview(self.file) if self.file is not None else None
        if self.file is None or preview is None:
            return
        self.picture.show_picture(preview.image, messages.printable(preview.fault))
        # Where the file cannot be shown, its thumbnail is all that there is to look at.
        self.picture.show_size(preview.image.size() if preview.fault else preview.size)
        self.details.show_facts(preview.facts)
        close = self._previews.close_up(self.file)
        self.picture.show_close(close.image if close is not None else None)

    @Slot()
    def _zoomed(self) -> None:
        self.scale.setText(preview_messages.zoom(self.picture.scale))
        for button in (self.out_button, self.in_button, self.actual_button):
            button.setEnabled(self.picture.scale > 0)
        self.fit_button.setEnabled(not self.picture.fits)
        self._want()

    @Slot()
    def _want(self) -> None:
        """Asks for the picture, larger where one looks closely, and for those that may come next."""
        if self.file is None:
            return
        preview, close = self._previews.preview(self.file), 0
        closely = self.picture.wants_close() or self._previews.close_up(self.file) is not None
        if closely and preview is not None and not preview.size.isEmpty():
            close = close_side(preview.size)
        self._previews.want(self._files, self.picture.wanted_side(), close)

    # Keys

    def action_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        """Returns what a key means here, or nothing."""
        allowed = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        if event.modifiers() & ~allowed:
            return None
        key, focus = _KEY(event.key()), QApplication.focusWidget()
        if isinstance(focus, QAbstractButton) and key in (_KEY.Key_Space, _KEY.Key_Return, _KEY.Key_Enter):
            return focus.click
        closer = not self.picture.fits
        return {
            _KEY.Key_Escape: self.left.emit,
            _KEY.Key_Space: None if event.isAutoRepeat() else self.left.emit,
            _KEY.Key_Return: None if event.isAutoRepeat() else self.left.emit,
            _KEY.Key_Enter: None if event.isAutoRepeat() else self.left.emit,
            _KEY.Key_Left: (lambda: self.picture.pan(-1, 0)) if closer else lambda: self.stepped.emit(-1),
            _KEY.Key_Right: (lambda: self.picture.pan(1, 0)) if closer else lambda: self.stepped.emit(1),
            _KEY.Key_Up: lambda: self.picture.pan(0, -1),
            _KEY.Key_Down: lambda: self.picture.pan(0, 1),
            _KEY.Key_PageUp: lambda: self.stepped.emit(-1),
            _KEY.Key_PageDown: lambda: self.stepped.emit(1),
            _KEY.Key_Plus: self.picture.zoom_in,
            _KEY.Key_Equal: self.picture.zoom_in,
            _KEY.Key_Minus: self.picture.zoom_out,
            _KEY.Key_0: self.picture.fit,
            _KEY.Key_1: self.picture.show_actual,
            _KEY.Key_I: self.details_button.click,
        }.get(key)

    def _fold(self) -> None:
        self.details.setVisible(self.details_button.isChecked())

    def _button(self, text: str, tip: str, slot: Callable[[], object]) -> QPushButton:
        button = self.small_button(text, tip, slot)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the picture
        return button

    # Construction

    def _lay_out(self) -> None:
        for label in (self.place, self.scale):
            label.setObjectName("quiet")
        self.scale.setMinimumWidth(self.fontMetrics().horizontalAdvance("800 %") + 8)
        self.scale.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.details_button.setCheckable(True)
        self.details_button.setChecked(True)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        for row in (top, bottom):
            row.setSpacing(6)
        top.addWidget(self.leave_button)
        top.addStretch()
        top.addWidget(self.place)
        top.addStretch()
        top.addWidget(self.details_button)
        for widget in (self.previous_button, self.next_button, None, self.out_button, self.scale):
            bottom.addStretch() if widget is None else bottom.addWidget(widget)
        for button in (self.in_button, self.fit_button, self.actual_button):
            bottom.addWidget(button)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.picture, 1)
        row.addWidget(self.details)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self.error)
        column.addLayout(row, 1)
        column.addLayout(bottom)
