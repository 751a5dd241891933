"""When the window is made anew, for settings that take effect in no other way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from imgsearch_gui.services.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from imgsearch_gui.services.settings import Setting, Settings

_LOOK_MS = 300  # how often it is looked whether long work has ended


class Renewal(QObject):
    """Waits until the settings are closed and no long work would be lost.

    Args:
        settings: the values, as this window was made by them.
        rows: the settings that need another window.
        busy: tells whether long work is going on.
        renew: makes the window anew.
        parent: the Qt parent.
    """

    def __init__(
        self,
        settings: Settings,
        rows: Sequence[Setting[Any]],
        busy: Callable[[], bool],
        renew: Callable[[], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._settings, self._busy, self._renew = settings, busy, renew
        self._began = {row: settings.get(row) for row in rows if row.anew}
        self._demanded = False
        self._look = QTimer(self)
        self._look.setSingleShot(True)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self.consider)

    def pending(self) -> str:
        """Says when the changes take effect; nothing when there are none that wait."""
        if not self._wanted():
            return ""
        if self._busy():
            return tr("This takes effect as soon as the work that is going on has ended. You need not wait.")
        return tr("This takes effect when you close the settings. The window is made anew in a moment.")

    @Slot()
    def demand(self) -> None:
        """Wants another window, whatever the settings are."""
        self._demanded = True

    @Slot()
    def consider(self) -> None:
        """Makes the window anew if that is wanted, now or once the work has ended."""
        if not self._wanted():
            return
        # What is being written in a dialog, such as the words of the rule, would be lost too.
        if self._busy() or QApplication.activeModalWidget() is not None:
            self._look.start()
        else:
            self._renew()

    def _wanted(self) -> bool:
        return self._demanded or any(self._settings.get(row) != value for row, value in self._began.items())
