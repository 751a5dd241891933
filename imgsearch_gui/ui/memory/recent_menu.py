"""A menu of what was used lately, which can be cleared."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QAction

from imgsearch_gui.ui.messages import hint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QMenu

_LONGEST = 70  # letters of an entry


class Recent(NamedTuple):
    """An entry: what it says, its tooltip, what it does, and whether it can be chosen."""

    text: str
    tip: str
    choose: Callable[[], object]
    enabled: bool = True


def fill(menu: QMenu, entries: Iterable[Recent], others: Iterable[QAction]) -> None:
    """Replaces what is in a menu.

    Args:
        menu: the menu, which is grey while it has no entries.
        entries: come first.
        others: come below them, in a group of their own; not the menu's own, which would delete them.
    """
    menu.clear()
    for recent in entries:
        action = menu.addAction(_short(recent.text))
        action.setToolTip(hint(recent.tip))
        action.setEnabled(recent.enabled)
        action.triggered.connect(lambda _=False, recent=recent: recent.choose())
    menu.setEnabled(bool(menu.actions()))
    menu.addSeparator()
    menu.addActions(list(others))
    menu.setToolTipsVisible(True)


def action_of(owner: QObject, text: str, slot: Callable[[], object]) -> QAction:
    """Returns an entry that outlives the filling of its menu."""
    action = QAction(text, owner)
    action.triggered.connect(lambda _=False: slot())
    return action


def _short(text: str) -> str:
    line = " ".join(text.split())
    line = line if len(line) <= _LONGEST else line[: _LONGEST // 2 - 1] + "…" + line[-_LONGEST // 2 :]
    return line.replace("&", "&&")
