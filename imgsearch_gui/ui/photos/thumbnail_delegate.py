"""Draws one photo of the grid: thumbnail, name, band, score."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QPalette,
    QPen,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from imgsearch_gui.core.types.photos import Band, SearchHit
from imgsearch_gui.services.language import tr
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.photos.results_model import ResultsModel

_GAP = 7.0  # between the cell's edge and the card
_RADIUS = 8.0
_LINE_GAP = 3.0  # between two lines of text
_BAR = 3.0
_MARK = 9.0  # the disc before the band's word
_MOST_ENLARGED = 2  # times a stored picture's own pixels: a tiny one stays a tiny one
_ROOMY = 11  # times its height, a line has room for every band's word
_BADGE_GAP = 5.0  # between a badge's edge and its text, and the card's edge and a badge
_BADGE_ALPHA = 0.85
_CACHE_KB = 65_536  # of scaled pictures: two screens of a large window
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def cell_height(width: int, metrics: QFontMetrics, *, scored: bool) -> int:
    """Returns the height of a cell: a 4:3 field for the picture, the name; for a hit, band and score."""
    height = (width - 2 * _GAP) * 0.75 + metrics.height() + 3.5 * _GAP
    return round(height + _LINE_GAP + metrics.height() + _BAR + _GAP if scored else height)


class ThumbnailDelegate(QStyledItemDelegate):
    """Paints from what the model has; never loads, never computes.

    Attributes:
        cell: the size of a photo's place, which the view sets.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.cell = QSize()
        QPixmapCache.setCacheLimit(_CACHE_KB)

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
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected or hovered:
            _draw_plate(painter, QRectF(option.rect).adjusted(2, 2, -2, -2), palette, selected, focused)
        place = _draw_picture(painter, field, index.data(ResultsModel.THUMBNAIL), palette)
        line = QRectF(card.left(), field.bottom() + _GAP, card.width(), option.fontMetrics.height())
        name = option.fontMetrics.elidedText(
            index.data() or "", Qt.TextElideMode.ElideMiddle, int(line.width())
        )
        painter.setPen(palette.text().color())
        painter.drawText(line, _LEFT, name)
        photo = index.data(ResultsModel.PHOTO)
        if isinstance(photo, SearchHit):
            line.translate(0, line.height() + _LINE_GAP)
            left = _draw_score(painter, line, photo.score, palette)
            if photo.band is not None:
                _draw_band(painter, left, photo.band, palette)
        copies = named = ""
        if photo is not None and photo.copies > 1:
            copies = tr("×{count}", "badge of a photo").format(count=photo.copies)
        if isinstance(photo, SearchHit) and photo.named:
            named = tr("name", "badge of a photo")
        # Badges stand on the picture, and spread beside it where it is too narrow for them.
        needed = sum(_badge_width(painter, text) + 2 * _BADGE_GAP for text in (copies, named) if text)
        spread = max(0.0, min(needed, field.width()) - place.width()) / 2
        room = place.adjusted(-spread, 0, spread, 0)
        if copies:
            room = _draw_badge(painter, room, copies, palette, right=True)
        if named:
            _draw_badge(painter, room, named, palette, right=False)
        painter.restore()


def _draw_plate(painter: QPainter, rect: QRectF, palette: QPalette, selected: bool, focused: bool) -> None:
    """Draws what marks the selected photo, and the one under the mouse."""
    colour = QColor(palette.highlight().color() if selected else palette.midlight().color())
    if selected:
        colour.setAlphaF(0.18)
    painter.setBrush(colour)
    painter.setPen(QPen(palette.highlight().color(), 2) if focused else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(rect, _RADIUS, _RADIUS)


def _draw_picture(painter: QPainter, field: QRectF, image: QImage | None, palette: QPalette) -> QRectF:
    """Draws the whole picture, as large as the field allows, or what stands in for it; returns its place."""
    if image is None or image.isNull():
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.alternateBase())
        painter.drawRoundedRect(field, _RADIUS, _RADIUS)
        if image is not None:
            painter.setPen(palette.placeholderText().color())
            painter.drawText(field, _CENTRE, tr("No preview"))
        return field
    room = field.size().toSize().boundedTo(image.size() * _MOST_ENLARGED)
    size = image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    place = QRectF(0, 0, size.width(), size.height())
    place.moveCenter(field.center())
    # At whole pixels it is a plain copy, in an eighth of the time.
    pixmap = _rounded(image, size, painter.device().devicePixelRatioF())
    painter.drawPixmap(place.topLeft().toPoint(), pixmap)
    return place


def _rounded(image: QImage, size: QSize, ratio: float) -> QPixmap:
    """Returns a picture scaled and with round corners; scrolling draws the same ones again and again."""
    key = f"{image.cacheKey()} {size.width()} {size.height()} {ratio}"
    kept = QPixmap()
    if QPixmapCache.find(key, kept):
        return kept
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    place = QRectF(0, 0, size.width(), size.height())
    shape = QPainterPath()
    shape.addRoundedRect(place, _RADIUS, _RADIUS)
    painter.setClipPath(shape)
    painter.drawImage(place, image)
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap


def _badge_width(painter: QPainter, text: str) -> float:
    return painter.fontMetrics().horizontalAdvance(text) + 2 * _BADGE_GAP


def _draw_badge(painter: QPainter, field: QRectF, text: str, palette: QPalette, *, right: bool) -> QRectF:
    """Draws a few letters at an upper corner, where there is room; returns what is left of the field."""
    metrics = painter.fontMetrics()
    badge = QRectF(0, 0, _badge_width(painter, text), metrics.height() + 2)
    if badge.width() + 2 * _BADGE_GAP > field.width():
        return field
    badge.moveTop(field.top() + _BADGE_GAP)
    if right:
        badge.moveRight(field.right() - _BADGE_GAP)
    else:
        badge.moveLeft(field.left() + _BADGE_GAP)
    colour = QColor(palette.toolTipBase().color())
    colour.setAlphaF(_BADGE_ALPHA)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(badge, badge.height() / 2, badge.height() / 2)
    painter.setPen(palette.toolTipText().color())
    painter.drawText(badge, _CENTRE, text)
    taken = badge.width() + _BADGE_GAP
    return field.adjusted(0, 0, -taken, 0) if right else field.adjusted(taken, 0, 0, 0)


def _draw_band(painter: QPainter, line: QRectF, band: Band, palette: QPalette) -> None:
    """Draws the band as a disc that is full, half full or empty, and as a word where there is room for it."""
    disc = QRectF(line.left() + 1, line.center().y() - _MARK / 2, _MARK, _MARK)
    weak = band is Band.UNLIKELY
    colour = palette.placeholderText().color() if weak else palette.highlight().color()
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(colour if band is Band.STRONG else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(disc)
    if band is Band.PARTIAL:
        painter.setBrush(colour)
        painter.drawPie(disc, 90 * 16, 180 * 16)  # sixteenths of a degree: the left half
    word, room = messages.band(band), line.adjusted(_MARK + _GAP, 0, 0, 0)
    # Measured in narrow cells alone, for it takes as long as to draw it.
    if line.width() > _ROOMY * line.height() or painter.fontMetrics().horizontalAdvance(word) <= room.width():
        painter.setPen(palette.placeholderText().color() if weak else palette.text().color())
        painter.drawText(room, _LEFT, word)


def _draw_score(painter: QPainter, line: QRectF, score: float, palette: QPalette) -> QRectF:
    """Draws the score as a number, and as a bar below the line; returns what is left of the line."""
    text = messages.score(score)
    painter.setPen(palette.placeholderText().color())
    painter.drawText(line, _RIGHT, text)
    bar = QRectF(line.left(), line.bottom() + _GAP / 2, line.width(), _BAR)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.mid())
    painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
    painter.setBrush(palette.highlight())
    bar.setWidth(max(_BAR, bar.width() * min(1.0, max(0.0, score))))
    painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
    return line.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(text) - _GAP, 0)
