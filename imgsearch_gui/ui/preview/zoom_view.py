"""A picture that can be looked at closely."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QNativeGestureEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QApplication, QGestureEvent, QPinchGesture, QWidget

from imgsearch_gui.ui.picture_view import PictureView

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_STEP = 1.25  # of a key, and of a notch of the wheel
_NOTCH = 120  # what a wheel says of one
_MOST = 8.0  # pixels of the screen for one of the file
_PLAIN = 4.0  # from here on, the file's pixels are shown as the squares that they are
_PAN = 0.15  # of the window, for a key


class ZoomView(PictureView):
    """Draws a picture as large as there is room, or larger, and then the part one moves to.

    A scale is the pixels of the screen for one pixel of the file: at 1, every pixel of the file is seen.

    Signals:
        zoomed(): the scale has changed.
        drag_begun(): the whole picture is being dragged away.
    """

    zoomed = Signal()
    drag_begun = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = QSize()
        self._close: QImage | None = None
        self._scale: float | None = None  # nothing while the picture fits the window
        self._centre = QPointF(0.5, 0.5)  # what is in the middle, in parts of the picture
        self._pressed: QPointF | None = None
        if sys.platform != "darwin":  # where a touchpad's pinch comes as a native gesture and as this one
            self.grabGesture(Qt.GestureType.PinchGesture)

    @property
    def scale(self) -> float:
        """The scale; 0 while the picture's size is not known."""
        return self._fit() if self._scale is None else self._scale

    @property
    def fits(self) -> bool:
        """Whether the whole picture is seen, at the size of the window."""
        return self._scale is None

    def begin(self) -> None:
        """Turns to another picture, which is on its way."""
        self._size, self._close = QSize(), None
        self.show_picture(None)
        self.fit()

    def show_size(self, size: QSize) -> None:
        """Tells how many pixels the picture has in its file; without them, one cannot zoom."""
        if size != self._size:
            self._size = size
            self.zoomed.emit()

    def show_close(self, image: QImage | None) -> None:
        """Takes the same picture with more pixels, for the scales that show them."""
        self._close = image
        self.update()

    def wants_close(self) -> bool:
        """Returns whether the scale would show more pixels than the picture has, and the file has them."""
        if self._scale is None or self.image is None or self.image.isNull():
            return False
        has = _longest(self.image.size())
        return has < min(self._scale, 1.0) * _longest(self._size)

    # What one does

    def fit(self) -> None:
        """Shows the whole picture."""
        self._zoom(None, QPointF())

    def show_actual(self) -> None:
        """Shows every pixel of the file, of the middle."""
        self._zoom(1.0, self._middle())

    def zoom_in(self) -> None:
        """Goes closer to the middle."""
        self._zoom(self.scale * _STEP, self._middle())

    def zoom_out(self) -> None:
        """Goes away from the middle."""
        self._zoom(self.scale / _STEP, self._middle())

    def pan(self, across: int, down: int) -> None:
        """Moves what is seen by some steps, to the right and down."""
        self._move(QPointF(-across * _PAN * self.width(), -down * _PAN * self.height()))

    # Qt's own

    def event(self, event: QEvent) -> bool:
        """Zooms by two fingers."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom(self.scale * (1 + event.value()), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                place = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                self._zoom(self.scale * pinch.scaleFactor(), place)
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zooms where the mouse is."""
        self._zoom(self.scale * _STEP ** (event.angleDelta().y() / _NOTCH), event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins to move the picture, or to drag it away."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moves the picture where it is larger than the window; else it is dragged away."""
        if self._pressed is None:
            return
        way = event.position() - self._pressed
        if not self.fits:
            self._pressed = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._move(way)
        elif way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed = None
            self.drag_begun.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends the moving."""
        self._pressed = None
        self._show_cursor()
        super().mouseReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the picture within the window."""
        super().resizeEvent(event)
        self._move(QPointF())
        self.zoomed.emit()

    # Where things are

    def _draw(self, painter: QPainter, field: QRectF, image: QImage) -> None:
        # From the picture as it is: the base class's finer scaling takes 80 ms for a large window.
        if self._scale is None or self._size.isEmpty():
            shown = QSizeF(image.size()).scaled(field.size(), Qt.AspectRatioMode.KeepAspectRatio)
            whole = QRectF(QPointF(), shown)
            whole.moveCenter(field.center())
        else:
            whole = self._whole()
            if self._close is not None and not self._close.isNull():
                image = self._close
        seen = whole.intersected(QRectF(self.rect()))
        across, down = image.width() / whole.width(), image.height() / whole.height()
        source = QRectF(
            (seen.left() - whole.left()) * across,
            (seen.top() - whole.top()) * down,
            seen.width() * across,
            seen.height() * down,
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.scale < _PLAIN)
        painter.drawImage(seen, image, source)

    def _fit(self) -> float:
        if self._size.isEmpty():
            return 0.0
        ratio = self.devicePixelRatioF()
        return min(self.width() * ratio / self._size.width(), self.height() * ratio / self._size.height())

    def _shown(self, scale: float) -> QSizeF:
        """Returns how large the picture is at a scale, in the window's pixels."""
        return QSizeF(self._size) * (scale / self.devicePixelRatioF())

    def _middle(self) -> QPointF:
        return QPointF(self.width() / 2, self.height() / 2)

    def _whole(self) -> QRectF:
        """Returns where the whole picture is, from a pixel of the screen on: at scale 1, they meet."""
        ratio, size = self.devicePixelRatioF(), self._shown(self.scale)
        corner = self._middle() - _by(self._centre, size)
        corner = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
        return QRectF(corner, size)

    def _zoom(self, scale: float | None, place: QPointF) -> None:
        """Sets the scale; what is at a place stays there."""
        fit = self._fit()
        if not fit:
            scale = None
        elif scale is not None:
            scale = max(min(scale, max(_MOST, fit)), min(fit, 1.0))
            if scale == fit:
                scale = None
        if scale is not None:
            before, after = self._whole(), self._shown(scale)
            at = place - before.topLeft()
            part = QPointF(at.x() / before.width(), at.y() / before.height())
            way = _by(part, after) - place + self._middle()
            self._centre = QPointF(way.x() / after.width(), way.y() / after.height())
        self._scale = scale
        self._move(QPointF())
        self._show_cursor()
        self.zoomed.emit()

    def _move(self, way: QPointF) -> None:
        """Moves the picture by pixels of the window, not beyond its borders."""
        if self.fits:
            self._centre = QPointF(0.5, 0.5)
        else:
            size = self._shown(self.scale)
            self._centre = QPointF(
                _held(self._centre.x() - way.x() / size.width(), self.width() / size.width()),
                _held(self._centre.y() - way.y() / size.height(), self.height() / size.height()),
            )
        self.update()

    def _show_cursor(self) -> None:
        self.setCursor(Qt.CursorShape.ArrowCursor if self.fits else Qt.CursorShape.OpenHandCursor)


def _longest(size: QSize) -> int:
    return max(size.width(), size.height())


def _by(part: QPointF, size: QSizeF) -> QPointF:
    return QPointF(part.x() * size.width(), part.y() * size.height())


def _held(centre: float, seen: float) -> float:
    """Keeps a centre so that no border comes into the window, of which a part of the picture fills all."""
    return 0.5 if seen >= 1 else min(max(centre, seen / 2), 1 - seen / 2)
