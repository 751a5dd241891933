"""What can be done with one photo: open it, show where it is, copy its path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication

from imgsearch_gui.ui import messages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class PhotoActions(QObject):
    """Opens files with the system's programs.

    Args:
        open_url: opens a file or folder; returns whether it could.
        parent: the Qt parent.

    Signals:
        failed(str): one sentence.
    """

    failed = Signal(str)

    def __init__(self, open_url: Callable[[QUrl], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._open_url = open_url

    @Slot(object)
    def open(self, path: Path) -> None:
        """Opens a file or folder."""
        if not self._open_url(QUrl.fromLocalFile(str(path))):
            self.failed.emit(messages.cannot_open(path))

    @Slot(object)
    def reveal(self, path: Path) -> None:
        """Opens the folder of a file."""
        self.open(path.parent)

    @Slot(object)
    def copy_path(self, path: Path) -> None:
        """Copies the path of a file."""
        QGuiApplication.clipboard().setText(messages.printable(path))
