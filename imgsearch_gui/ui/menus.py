"""The window's menus: every action is in one of them, and the list of shortcuts is made of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.services.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtWidgets import QMenu, QMenuBar

StandardKey = QKeySequence.StandardKey
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Menus:
    """The menus of the window's bar, for those who bring what is in them.

    Attributes:
        file: folders, what is taken out of the program, and its end.
        matches: within ``file``: what can be done with all hits.
        search: the query.
        photo: what can be done with the current photo.
        view: how photos are shown.
        rate: ratings.
        model: matchers.
        help: what the program says of itself.
    """

    file: QMenu
    matches: QMenu
    search: QMenu
    photo: QMenu
    view: QMenu
    rate: QMenu
    model: QMenu
    help: QMenu


def build(bar: QMenuBar) -> Menus:
    """Fills the menu bar with menus that have no entries yet; those that stay without are not shown."""
    file = bar.addMenu(tr("&File"))
    return Menus(
        file=file,
        matches=file.addMenu(tr("&Matches")),
        search=bar.addMenu(tr("&Search")),
        photo=bar.addMenu(tr("&Photo")),
        view=bar.addMenu(tr("&View")),
        rate=bar.addMenu(tr("&Rate")),
        model=bar.addMenu(tr("&Model")),
        help=bar.addMenu(tr("&Help")),
    )


def entry(
    menu: QMenu,
    text: str,
    slot: Callable[[], object],
    *keys: QKeySequence | StandardKey | str,
    before: QAction | None = None,
) -> QAction:
    """Adds an entry to a menu, with its shortcuts; at the end, or before another entry."""
    action = QAction(text, menu)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.triggered.connect(lambda _=False: slot())
    menu.insertAction(before, action)  # type: ignore[arg-type]  # at the end, for no entry
    return action


def plain(action: QAction) -> str:
    """Returns an entry's text without the sign that underlines a letter, and without dots."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").removesuffix("…")


def tip(text: str, action: QAction) -> str:
    """Returns a tooltip that names the shortcut of what it is about."""
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({keys})" if keys else text


def add_choices(
    menu: QMenu, choices: Iterable[tuple[_T, str, str]], chosen: Callable[[_T], object]
) -> dict[_T, QAction]:
    """Adds entries of which one is always checked.

    Args:
        menu: where to add them.
        choices: the value, text and shortcut of each.
        chosen: called with the value that the user picks.

    Returns:
        The entries by their values, none of them checked yet.
    """
    group = QActionGroup(menu)
    actions: dict[_T, QAction] = {}
    for value, text, keys in choices:
        action = entry(menu, text, partial(chosen, value), keys)
        action.setCheckable(True)
        group.addAction(action)
        actions[value] = action
    return actions


def add_rule_menu(
    menu: QMenu, begin: RuleMode, chosen: Callable[[RuleMode], object]
) -> Callable[[RuleMode], None]:
    """Adds the content rule's submenu: one of its modes is always checked.

    Args:
        menu: where to add it.
        begin: the mode that is checked first.
        chosen: called with the mode that the user picks.

    Returns:
        What checks another mode.
    """
    choices = (
        (RuleMode.BLOCK, tr("&Block searches with marked words"), "Ctrl+Shift+B"),
        (RuleMode.WARN, tr("&Warn, and show pictures"), "Ctrl+Shift+W"),
        (RuleMode.OFF, tr("&Off"), "Ctrl+Shift+X"),
    )
    actions = add_choices(menu.addMenu(tr("Content r&ule")), choices, chosen)
    actions[begin].setChecked(True)
    return lambda mode: actions[mode].setChecked(True)
