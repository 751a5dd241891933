"""Photos' files for other programs: dropped on them, or pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QSize, Qt, QUrl
from PySide6.QtGui import QDrag, QImage, QPixmap

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

_PICTURE = QSize(128, 128)  # pixels of what hangs on the mouse, at most


def files_data(paths: Iterable[Path]) -> QMimeData:
    """Returns files as other programs take them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag(source: QWidget, data: QMimeData, image: QImage | None) -> None:
    """Lets files be dropped on other programs; returns when they were, or were not.

    Args:
        source: where they come from.
        data: the files.
        image: a picture that hangs on the mouse meanwhile, if there is one that can be shown.
    """
    dragged = QDrag(source)
    dragged.setMimeData(data)
    if image is not None and not image.isNull():
        small = image.scaled(_PICTURE, Qt.AspectRatioMode.KeepAspectRatio)
        dragged.setPixmap(QPixmap.fromImage(small))
    dragged.exec(Qt.DropAction.CopyAction)
