"""What a screen reader and a keyboard need of a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QGroupBox, QLabel, QTabBar, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator


def reachable(window: QWidget) -> Iterator[QWidget]:
    """Yields the widgets that Tab stops at."""
    for widget in window.findChildren(QWidget):
        own = widget.window() is window and widget.isVisible() and widget.isEnabled()
        if own and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
            yield widget


def name_of(widget: QWidget) -> str:
    """Returns what a screen reader calls a widget."""
    if widget.accessibleName():
        return widget.accessibleName()
    if isinstance(widget, QAbstractButton):
        return widget.text()
    if isinstance(widget, QGroupBox):
        return widget.title()
    labels = widget.window().findChildren(QLabel)
    return next((label.text() for label in labels if label.buddy() is widget), "")


def without_name(window: QWidget) -> list[str]:
    """Returns the widgets of a window that a keyboard reaches and a screen reader has no name for."""
    return [
        f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        for widget in reachable(window)
        if not name_of(widget) and not isinstance(widget, QTabBar)  # its tabs have names
    ]
