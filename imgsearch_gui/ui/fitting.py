"""Windows that begin no larger than the screen has room for, with their buttons on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_TITLE_BAR = 40  # pixels that the system draws above a window, about


def begin_with(window: QWidget, width: int, height: int) -> None:
    """Sets a window's first size; a low screen makes it lower, down to its own least height."""
    window.resize(width, min(height, window.screen().availableSize().height() - _TITLE_BAR))
