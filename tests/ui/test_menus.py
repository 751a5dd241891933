"""Every action is in a menu, and has a key of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from imgsearch_gui.services.language import LANGUAGES, use_language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu, QMenuBar

# To forget a list is done seldom, and not by a slip of the finger.
WITHOUT_KEY = {"Clear this list"}


def actions(menu: QMenu | QMenuBar) -> Iterator[QAction]:
    """Yields what can be done in a menu and those below it."""
    for action in menu.actions():
        if action.menu() is not None:
            yield from actions(action.menu())
        elif not action.isSeparator():
            yield action


@pytest.fixture
def entries(begin) -> list[QAction]:
    return list(actions(begin().window.menuBar()))


def test_every_entry_has_a_key(entries):
    without = {entry.text().replace("&", "") for entry in entries if entry.shortcut().isEmpty()}
    assert without == WITHOUT_KEY


def test_no_key_does_two_things(entries):
    keys = [key.toString() for entry in entries for key in entry.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


@pytest.fixture(params=LANGUAGES)
def language(qapp, tmp_path, request) -> Iterator[str]:
    use_language(qapp, request.param, tmp_path)
    yield request.param
    use_language(qapp, "en", tmp_path)


def test_every_letter_of_a_menu_is_its_own(language, begin):
    def check(menu):
        texts = [action.text().replace("&&", "") for action in menu.actions()]
        letters = [text[text.index("&") + 1].lower() for text in texts if "&" in text]
        assert len(letters) == len(set(letters)), f"{language}: {texts}"
        for action in menu.actions():
            if action.menu() is not None:
                check(action.menu())

    check(begin().window.menuBar())
