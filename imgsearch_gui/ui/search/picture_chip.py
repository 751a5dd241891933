"""The picture that is searched by, in the query field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import messages, style

_SIDE = 26
_RADIUS = 4.0


class PictureChip(QWidget):
    """A small picture with a button that removes it.

    Attributes:
        image: how the picture looks; nothing while that is not known.

    Signals:
        removed(): the button was pressed.
    """

    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image: QImage | None = None
        self._picture = QLabel()
        self._picture.setFixedSize(_SIDE, _SIDE)
        self.button = QToolButton()
        self.button.setObjectName("chip")
        self.button.setIconSize(QSize(14, 14))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.button.setCursor(Qt.CursorShape.ArrowCursor)
        self.button.setToolTip(tr("Search without this picture (Backspace)"))
        self.button.clicked.connect(self.removed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self._picture)
        row.addWidget(self.button)

    def say(self, name: str, image: QImage | None) -> None:
        """Shows a picture, and what to call it."""
        self.image = image
        self._picture.setToolTip(messages.hint(tr("Photos like {name}").format(name=name)))
        self.button.setAccessibleName(tr("Search without the picture {name}").format(name=name))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draws the picture and the icon again when the palette changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        colour = self.palette().placeholderText().color()
        self.button.setIcon(style.icon("close", colour, 14))
        if self.image is None or self.image.isNull():
            self._picture.setPixmap(style.pixmap("photos", colour, _SIDE))
        else:
            self._picture.setPixmap(_square(self.image, self.devicePixelRatioF()))


def _square(image: QImage, ratio: float) -> QPixmap:
    """Returns the middle of a picture as a square with round corners."""
    side = round(_SIDE * ratio)
    scaled = image.scaled(
        QSize(side, side),
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(0, 0, side, side, _RADIUS * ratio, _RADIUS * ratio)
    painter.setClipPath(shape)
    painter.drawImage((side - scaled.width()) // 2, (side - scaled.height()) // 2, scaled)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap
