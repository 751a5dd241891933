"""The system's dialogs that ask for a folder or a file, and return nothing when a person leaves them.

Widgets take these as arguments, so that tests can answer in a person's place.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

AskFolder = Callable[[QWidget, str, Path | None], Path | None]
AskOpen = Callable[[QWidget, str, str], Path | None]
AskSave = Callable[[QWidget, str, str, str], Path | None]


def ask_folder(parent: QWidget, title: str, begin: Path | None) -> Path | None:
    """Asks for a folder, beginning at one, or at the user's pictures."""
    return _path(QFileDialog.getExistingDirectory(parent, title, str(begin or _pictures())))


def ask_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Asks for a file to read, of some kinds as Qt writes them, or of any; begins at the user's pictures."""
    return _path(QFileDialog.getOpenFileName(parent, title, _pictures(), kinds)[0])


def ask_save(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Asks for a file to write, beginning with a name."""
    return _path(QFileDialog.getSaveFileName(parent, title, name, kinds)[0])


def _path(chosen: str) -> Path | None:
    return Path(chosen) if chosen else None


def _pictures() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
