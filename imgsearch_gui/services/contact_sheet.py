"""Hits on paper: one picture, or a document of several pages, with query, thumbnails and scores.

Drawn with Qt, which has a letter for every language and draws off the GUI thread.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
)

from imgsearch_gui import paths
from imgsearch_gui.core.types.photos import Band, SearchHit
from imgsearch_gui.errors import TakeoutError
from imgsearch_gui.sentences import sentence
from imgsearch_gui.services.language import decimal, tr
from imgsearch_gui.services.search_service import image_id

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

    from imgsearch_gui.services.search_service import Photo

COLUMNS, ROWS = 5, 6
MOST = 600  # hits on a sheet: twenty pages
# All lengths in points of an A4 page; a picture has two pixels a point.
_WIDTH, _HEIGHT, _MARGIN, _GAP = 595.0, 842.0, 36.0, 10.0
_HEAD, _TEXT = 44.0, 24.0
_SCALE = 2
_INK, _FAINT, _PAPER = QColor("#22252a"), QColor("#6b6e72"), QColor("#ffffff")


def write_contact_sheet(
    file: Path, query: str, hits: Sequence[Photo], thumbnail: Callable[[int], bytes | None]
) -> Generator[tuple[int, int], None, int]:
    """Draws hits, best first, and writes them to a file, whole or not at all.

    Args:
        file: ``.pdf`` gives A4 pages of thirty photos, ``.png`` one picture as long as it needs to be.
        query: what was searched for; the headline, if there is one.
        hits: best first; those after the first 600 are left out.
        thumbnail: the JPEG of an image by its id, or nothing.

    Yields:
        How many photos are drawn, of how many.

    Returns:
        How many are on the sheet.

    Raises:
        TakeoutError: the file cannot be written, or its name has another ending.
    """
    count = min(len(hits), MOST)
    shown = [hits[at] for at in range(count)]
    suffix = file.suffix.casefold()
    if suffix not in (".pdf", ".png"):
        raise TakeoutError(
            sentence("A contact sheet is a .pdf or a .png file, and not {file}.", file=file.name)
        )
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if suffix == ".pdf":
        yield from _pages(buffer, query, shown, len(hits), thumbnail)
    else:
        yield from _picture(buffer, query, shown, len(hits), thumbnail)
    try:
        paths.write_whole(file, bytes(buffer.data().data()))
    except OSError as error:
        raise TakeoutError(
            sentence("{file} cannot be written: {reason}.", file=file, reason=error.strerror)
        ) from error
    return count


def _pages(
    buffer: QBuffer,
    query: str,
    hits: Sequence[Photo],
    found: int,
    thumbnail: Callable[[int], bytes | None],
) -> Generator[tuple[int, int], None, None]:
    writer = QPdfWriter(buffer)
    writer.setTitle(query)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QSizeF(_WIDTH, _HEIGHT), QPageSize.Unit.Point),
            QPageLayout.Orientation.Portrait,
            QMarginsF(0, 0, 0, 0),
        )
    )
    writer.setResolution(144)
    painter = QPainter(writer)
    try:
        painter.scale(2, 2)  # 144 dots an inch: two a point
        for start in range(0, max(1, len(hits)), COLUMNS * ROWS):
            if start:
                writer.newPage()
            _head(painter, query, found)
            for place, hit in enumerate(hits[start : start + COLUMNS * ROWS]):
                _cell(painter, place, start + place + 1, hit, thumbnail(image_id(hit)))
                yield start + place + 1, len(hits)
    finally:
        painter.end()


def _picture(
    buffer: QBuffer,
    query: str,
    hits: Sequence[Photo],
    found: int,
    thumbnail: Callable[[int], bytes | None],
) -> Generator[tuple[int, int], None, None]:
    rows = max(1, math.ceil(len(hits) / COLUMNS))
    height = 2 * _MARGIN + _HEAD + rows * (_cell_height() + _GAP) - _GAP
    image = QImage(round(_WIDTH * _SCALE), round(height * _SCALE), QImage.Format.Format_RGB32)
    image.fill(_PAPER)
    painter = QPainter(image)
    try:
        painter.scale(_SCALE, _SCALE)
        _head(painter, query, found)
        for place, hit in enumerate(hits):
            _cell(painter, place, place + 1, hit, thumbnail(image_id(hit)))
            yield place + 1, len(hits)
    finally:
        painter.end()
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # its stubs know bytes alone


def _cell_width() -> float:
    return (_WIDTH - 2 * _MARGIN - (COLUMNS - 1) * _GAP) / COLUMNS


def _cell_height() -> float:
    return (_HEIGHT - 2 * _MARGIN - _HEAD - (ROWS - 1) * _GAP) / ROWS


def _head(painter: QPainter, query: str, found: int) -> None:
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    line = QRectF(_MARGIN, _MARGIN, _WIDTH - 2 * _MARGIN, 20)
    if query:
        _write(painter, line, tr("“{query}”").format(query=query), 14, _INK, bold=True)
    _write(painter, line.translated(0, 21), tr("%Ln photo(s) found", "", found), 8, _FAINT)


def _cell(painter: QPainter, place: int, rank: int, hit: Photo, jpeg: bytes | None) -> None:
    row, column = divmod(place, COLUMNS)
    width, height = _cell_width(), _cell_height()
    left, top = _MARGIN + column * (width + _GAP), _MARGIN + _HEAD + row * (height + _GAP)
    field = QRectF(left, top, width, height - _TEXT)
    image = QImage.fromData(jpeg) if jpeg is not None else QImage()
    if not image.isNull():
        share = min(field.width() / image.width(), field.height() / image.height())
        drawn = QRectF(0, 0, image.width() * share, image.height() * share)
        drawn.moveCenter(field.center())
        painter.drawImage(drawn, image)
    line = QRectF(left, field.bottom() + 1, width, 11)
    said = [str(rank)]
    if isinstance(hit, SearchHit):
        said += [decimal(hit.score), *([_band(hit.band)] if hit.band is not None else [])]
    _write(painter, line, " · ".join(said), 7, _INK)
    name = str(hit.path.name).encode("utf-8", "replace").decode()
    _write(painter, line.translated(0, 10), name, 6, _FAINT)


def _band(band: Band) -> str:
    if band is Band.STRONG:
        return tr("Strong", "match")
    return tr("Partial", "match") if band is Band.PARTIAL else tr("Unlikely", "match")


def _write(
    painter: QPainter, line: QRectF, text: str, size: float, colour: QColor, *, bold: bool = False
) -> None:
    """Writes one line, cut where it does not fit."""
    font = QFont(painter.font())
    font.setPixelSize(round(size))  # of the scaled painter: points of the page
    font.setBold(bold)
    painter.setFont(font)
    painter.setPen(colour)
    one_line = " ".join(text.split())
    shown = QFontMetricsF(font).elidedText(one_line, Qt.TextElideMode.ElideRight, line.width())
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
