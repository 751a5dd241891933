"""The window's menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QActionGroup, QKeySequence

from imgsearch_gui.core.types.content_rule import RuleMode

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu, QMenuBar

_KEY = QKeySequence.StandardKey
_RULES = {
    RuleMode.BLOCK: "&Block searches with marked words",
    RuleMode.WARN: "&Warn, and show pictures",
    RuleMode.OFF: "&Off",
}


def entry(menu: QMenu, text: str, slot: Callable[[], object], *keys: QKeySequence | _KEY) -> None:
    """Adds an entry to a menu, with its shortcuts."""
    action = menu.addAction(text)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.triggered.connect(lambda _=False: slot())


def add_rule_menu(menu: QMenu, begin: RuleMode, chosen: Callable[[RuleMode], object]) -> None:
    """Adds the content rule's submenu: one of its modes is always checked.

    Args:
        menu: where to add it.
        begin: the mode that is checked first.
        chosen: called with the mode that the user picks.
    """
    rules = menu.addMenu("Content &rule")
    group = QActionGroup(rules)
    for mode, text in _RULES.items():
        action = rules.addAction(text)
        action.setCheckable(True)
        action.setChecked(mode is begin)
        action.triggered.connect(lambda _=False, mode=mode: chosen(mode))
        group.addAction(action)


def build(
    bar: QMenuBar,
    *,
    open_folder: Callable[[], object],
    open_demo: Callable[[], object],
    read_again: Callable[[], object],
    pause: Callable[[], object],
    leave: Callable[[], object],
    find: Callable[[], object],
    clear: Callable[[], object],
    rule: RuleMode,
    rule_chosen: Callable[[RuleMode], object],
    about: Callable[[], object],
) -> tuple[QMenu, QMenu, QMenu]:
    """Fills the menu bar; every argument but ``rule`` is what an entry does.

    Returns:
        The menus of hits, rating and models, for those who bring what is in them.
    """
    file = bar.addMenu("&File")
    entry(file, "&Open folder…", open_folder, _KEY.Open)
    entry(file, "Open &demo gallery", open_demo)
    entry(file, "&Read folder again", read_again, QKeySequence("F5"))
    entry(file, "&Pause or resume reading", pause, QKeySequence("F6"))
    file.addSeparator()
    hits = file.addMenu("&Matches")
    file.addSeparator()
    entry(file, "&Quit", leave, QKeySequence("Ctrl+Q"))
    search = bar.addMenu("&Search")
    entry(search, "&Find", find, _KEY.Find, QKeySequence("Ctrl+L"))
    entry(search, "&Clear", clear, QKeySequence("Esc"))
    search.addSeparator()
    add_rule_menu(search, rule, rule_chosen)
    rate, model = bar.addMenu("&Rate"), bar.addMenu("&Model")
    entry(bar.addMenu("&Help"), "&About ImgSearch", about)
    return hits, rate, model
