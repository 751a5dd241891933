"""One picture, as large as there is room."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from imgsearch_gui.services.language import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

_STEP, _LEAST, _MOST = 256, 512, 2560  # of the side that is asked for, so that few sizes are
_RADIUS = 8.0
_LINE = 30.0  # height of the sentence below


class PictureView(QWidget):
    """Draws a picture, never larger than it is, with a sentence below where there is one.

    Signals:
        resized(): there is room for a picture of another size now.
        clicked(): the picture was clicked.
    """

    resized = Signal()
    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._text = ""
        self._scaled = QPixmap()
        self.setMinimumSize(160, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def image(self) -> QImage | None:
        """The picture that is shown; ``None`` while it is on its way."""
        return self._image

    def sizeHint(self) -> QSize:
        """Returns a size that is pleasant to look at."""
        return QSize(640, 480)

    def show_picture(self, image: QImage | None, text: str = "") -> None:
        """Shows a picture, null where there is none to show, or ``None`` while it is on its way."""
        if image is not None and self._image is not None and image.cacheKey() != self._image.cacheKey():
            self._scaled = QPixmap()
        self._image, self._text = image, text
        self.setAccessibleDescription(text)
        self.update()

    def wanted_side(self) -> int:
        """Returns the longest side, in pixels of the screen, that a picture may be shown with."""
        side = max(self.width(), self.height()) * self.devicePixelRatioF()
        return min(_MOST, max(_LEAST, math.ceil(side / _STEP) * _STEP))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draws the picture in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        field = QRectF(self.rect())
        if self._text:
            field.setHeight(max(1.0, field.height() - _LINE))
        if self._image is None or self._image.isNull():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().alternateBase())
            painter.drawRoundedRect(field, _RADIUS, _RADIUS)
            if self._image is not None and not self._text:
                painter.setPen(self.palette().placeholderText().color())
                painter.drawText(field, Qt.AlignmentFlag.AlignCenter, tr("No picture"))
        else:
            self._draw(painter, field, self._image)
        if self._text:
            line = QRectF(field.left(), field.bottom(), field.width(), _LINE)
            painter.setPen(self.palette().placeholderText().color())
            shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, int(line.width()))
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, shown)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tells that there is another room now."""
        super().resizeEvent(event)
        self.resized.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tells of a click."""
        self.clicked.emit()
        super().mousePressEvent(event)

    def _draw(self, painter: QPainter, field: QRectF, image: QImage) -> None:
        ratio = self.devicePixelRatioF()
        room = QSize(int(field.width() * ratio), int(field.height() * ratio))
        size = image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        if self._scaled.size() != size:
            self._scaled = QPixmap.fromImage(
                image.scaled(
                    size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
                )
            )
        place = QRectF(0, 0, size.width() / ratio, size.height() / ratio)
        place.moveCenter(field.center())
        painter.drawPixmap(place, self._scaled, QRectF(self._scaled.rect()))
