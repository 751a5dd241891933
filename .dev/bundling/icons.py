"""The program's icon in the form that each system wants, drawn from `resources/icons/imgsearch.svg`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SIDES = (16, 24, 32, 48, 64, 128, 256)  # what Windows shows in lists, on the desktop and in dialogs
_LARGEST = 1024  # macOS's


def draw(svg: Path, folder: Path) -> tuple[Path, Path, Path]:
    """Draws the icon.

    Args:
        svg: the drawing, as wide as high.
        folder: where to; made if it is missing.

    Returns:
        The files ``imgsearch.png``, ``imgsearch.ico`` and ``imgsearch.icns``.
    """
    from PIL import Image
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(_LARGEST, _LARGEST, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter, QRectF(0, 0, _LARGEST, _LARGEST))
    painter.end()
    folder.mkdir(parents=True, exist_ok=True)
    large = folder / "large.png"
    if not image.save(str(large)):
        sys.exit(f"The icon cannot be drawn from {svg} into {folder}.")
    png, ico, icns = (folder / f"imgsearch.{suffix}" for suffix in ("png", "ico", "icns"))
    with Image.open(large) as opened:
        opened.resize((256, 256), Image.Resampling.LANCZOS).save(png)
        opened.save(ico, sizes=[(side, side) for side in _SIDES])
        opened.save(icns)
    return png, ico, icns
