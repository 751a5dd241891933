"""Files and folders that are dropped on the window."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDropEvent

from imgsearch_gui import paths

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QWidget


def first_file(data: QMimeData) -> Path | None:
    """Returns the first file or folder of this computer in what is dropped or pasted, if there is one."""
    local = (url.toLocalFile() for url in data.urls() if url.isLocalFile())
    for text in filter(None, local):  # "file:" alone names nothing
        with suppress(ValueError):
            return paths.named(text)
    return None


class FolderDrops(QObject):
    """Lets a widget take files and folders of this computer.

    Args:
        widget: what they are dropped on; it owns this object.
        dropped: called with the path of the first one.
    """

    def __init__(self, widget: QWidget, dropped: Callable[[Path], object]) -> None:
        super().__init__(widget)
        self._dropped = dropped
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Takes the two events of a drop from the widget."""
        if isinstance(event, QDropEvent) and event.type() in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            found = first_file(event.mimeData())
            if found is not None and event.source() is None:  # not from this program, whose folder is open
                event.acceptProposedAction()
                if event.type() is QEvent.Type.Drop:
                    self._dropped(found)
            return True
        return super().eventFilter(watched, event)
