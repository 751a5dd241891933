"""A page that is worked by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable

# A Russian keyboard gives these letters for the keys that bear those too.
_LETTERS = dict(
    zip(map(ord, "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬ"), map(ord, "QWERTYUIOPASDFGHJKLZXCVBNM"), strict=True)
)


def key_of(event: QKeyEvent) -> Qt.Key:
    """Returns the key by its Latin letter, where it has a Russian one too and that is typed."""
    return Qt.Key(_LETTERS.get(event.key(), event.key()))


class KeyPage(QWidget):
    """Does what a key means; its buttons do the same for the mouse, and leave the keys to the page.

    Attributes:
        repeats: whether a key that is held down counts again and again.
    """

    repeats = True

    def event(self, event: QEvent) -> bool:
        """Keeps the keys that mean something here from being shortcuts of the window."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and self.action_of(event) is not None
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Does what a key means."""
        action = self.action_of(event)
        if action is None:
            super().keyPressEvent(event)
        elif self.repeats or not event.isAutoRepeat():
            action()

    def action_of(self, event: QKeyEvent) -> Callable[[], object] | None:  # noqa: ARG002 - pages tell
        """Returns what a key means here, or nothing."""
        return None

    def small_button(self, text: str, tip: str, slot: Callable[[], object]) -> QPushButton:
        """Returns a button that does what a key does."""
        button = QPushButton(text)
        button.setObjectName("small")
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys belong to the page
        button.clicked.connect(lambda _=False: slot())
        return button
