"""Draws one photo of the grid: thumbnail, name, score."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPainterPath, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from imgsearch_gui.ui import messages
from imgsearch_gui.ui.results_model import ResultsModel

_GAP = 7.0  # between the cell's edge and the card
_RADIUS = 8.0
_BAR = 3.0
_MISSING = "No preview"


def cell_height(width: int, metrics: QFontMetrics) -> int:
    """Returns the height of a cell: a 4:3 field for the picture, one line of text, the score's bar."""
    return round((width - 2 * _GAP) * 0.75 + metrics.height() + _BAR + 4 * _GAP)


class ThumbnailDelegate(QStyledItemDelegate):
    """Paints from what the model has; never loads, never computes.

    Attributes:
        cell: the size of a photo's place, which the view sets.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cell = QSize()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Returns the size that the view has set."""
        return self.cell

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paints one photo."""
        palette, state = option.palette, option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        card = QRectF(option.rect).adjusted(_GAP, _GAP, -_GAP, -_GAP)
        field = QRectF(card.left(), card.top(), card.width(), card.width() * 0.75)

        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        if selected or hovered:
            _draw_plate(painter, QRectF(option.rect).adjusted(2, 2, -2, -2), palette, selected, focused)
        _draw_picture(painter, field, index.data(ResultsModel.THUMBNAIL), palette)
        line = QRectF(card.left(), field.bottom() + _GAP, card.width(), option.fontMetrics.height())
        score = index.data(ResultsModel.SCORE)
        if score is not None:
            bar = QRectF(card.left(), line.bottom() + _GAP / 2, card.width(), _BAR)
            line.setWidth(line.width() - _draw_score(painter, line, bar, score, palette))
        name = option.fontMetrics.elidedText(
            str(index.data()), Qt.TextElideMode.ElideMiddle, int(line.width())
        )
        painter.setPen(palette.text().color())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()


def _draw_plate(painter: QPainter, rect: QRectF, palette: QPalette, selected: bool, focused: bool) -> None:
    """Draws what marks the selected photo, and the one under the mouse."""
    colour = QColor(palette.highlight().color() if selected else palette.midlight().color())
    if selected:
        colour.setAlphaF(0.18)
    painter.setBrush(colour)
    painter.setPen(QPen(palette.highlight().color(), 2) if focused else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rect, _RADIUS, _RADIUS)


def _draw_picture(painter: QPainter, field: QRectF, image: QImage | None, palette: QPalette) -> None:
    """Draws the whole picture, as large as the field allows, or what stands in for it."""
    if image is None or image.isNull():
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.alternateBase())
        painter.drawRoundedRect(field, _RADIUS, _RADIUS)
        if image is not None:
            painter.setPen(palette.placeholderText().color())
            painter.drawText(field, Qt.AlignmentFlag.AlignCenter, _MISSING)
        return
    size = image.size().scaled(field.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(0, 0, size.width(), size.height())
    place.moveCenter(field.center())
    shape = QPainterPath()
    shape.addRoundedRect(place, _RADIUS, _RADIUS)
    painter.setClipPath(shape)
    painter.drawImage(place, image)
    painter.setClipping(False)


def _draw_score(painter: QPainter, line: QRectF, bar: QRectF, score: float, palette: QPalette) -> float:
    """Draws the score as a number and as a bar; returns the width that the number takes."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.mid())
    painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
    painter.setBrush(palette.highlight())
    filled = QRectF(bar)
    filled.setWidth(max(_BAR, bar.width() * min(1.0, max(0.0, score))))
    painter.drawRoundedRect(filled, _BAR / 2, _BAR / 2)
    text = messages.score(score)
    painter.setPen(palette.placeholderText().color())
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)
    return painter.fontMetrics().horizontalAdvance(text) + _GAP
