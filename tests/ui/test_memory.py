"""Recent folders and searches, saved searches, the first steps, and the list of shortcuts."""

from __future__ import annotations

import csv
import html
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QInputDialog, QLineEdit

from imgsearch_gui import paths
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.services import settings_schema as schema
from imgsearch_gui.services.jobs import Worker
from imgsearch_gui.services.recent_folders import RecentFolders
from imgsearch_gui.services.saved_searches import SavedSearch, SavedSearches
from imgsearch_gui.services.settings import Settings
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.memory.query_tools import QueryTools
from imgsearch_gui.ui.memory.saved_tools import SavedTools
from imgsearch_gui.ui.shortcuts.key_tables import KeyTable, key_tables
from imgsearch_gui.ui.shortcuts.shortcuts_dialog import ShortcutsDialog, menu_tables
from imgsearch_gui.ui.start.dataset_tools import DatasetTools
from tests.ui.accessibility import without_name

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of a screen that is not there


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


def texts(menu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def entry(menu, text: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == text)


# Folders


def test_recent_folders_are_offered_and_cleared(qtbot, begin, photos: Path, tmp_path: Path) -> None:
    (tmp_path / "a & b").mkdir()
    session = begin()
    menu = session.memory.folders.menu
    assert not menu.isEnabled()
    for folder in (tmp_path / "a & b", photos):
        session.window.open_folder(folder)
    tips = [action.toolTip() for action in menu.actions()][:2]
    assert tips == [messages.hint(str(photos)), messages.hint(str(tmp_path / "a & b"))]
    assert texts(menu)[1].endswith("a && b")
    session.close(20)

    (tmp_path / "a & b").rmdir()
    later = begin()
    menu, start = later.memory.folders.menu, later.window.photos.start
    qtbot.waitUntil(
        lambda: [one.isEnabled() for one in menu.actions() if one.text().endswith("a && b")] == [False]
    )
    assert start.isVisible()
    assert [button.isEnabled() for button in start.recent] == [True, False]
    start.recent[0].click()
    assert later.window.folder == photos
    assert not start.isVisible()
    entry(menu, "&Clear this list").trigger()
    assert later.settings.get(schema.RECENT_FOLDERS) == ()
    assert start.recent == []
    assert not menu.isEnabled()


def test_a_folder_that_comes_back_can_be_chosen_again(qtbot, settings: Settings, tmp_path: Path) -> None:
    owner = QObject()
    worker = Worker("folders", owner)
    recent = RecentFolders(settings, worker, owner)
    recent.add(tmp_path / "stick")
    with qtbot.waitSignal(recent.changed):
        recent.look()
    assert recent.is_missing(tmp_path / "stick")
    (tmp_path / "stick").mkdir()
    with qtbot.waitSignal(recent.changed):
        recent.look()
    assert not recent.is_missing(tmp_path / "stick")
    worker.stop()
    assert worker.wait(20)


def test_a_recent_folder_that_can_be_none_is_passed_over(qtbot, settings: Settings, tmp_path: Path) -> None:
    settings.set(schema.RECENT_FOLDERS, ("/nul\0", "/half a sign \ud800", str(tmp_path)))
    recent = RecentFolders(settings, Worker("folders"))
    assert recent.folders == (tmp_path,)


def test_a_tooltip_shows_what_looks_like_html_as_it_is(begin, tmp_path: Path) -> None:
    name = "<img src=x.png> & <b>"
    (tmp_path / name).mkdir()
    session = begin()
    session.window.open_folder(tmp_path / name)
    tip = session.memory.folders.menu.actions()[0].toolTip()
    assert html.escape(name) in tip
    assert name not in tip


# Queries


def search(qtbot, one, query: str, key: Qt.Key | None = Qt.Key.Key_Return) -> None:
    """Types a query, and waits for its answer."""
    with qtbot.waitSignal(
        one.services.search.answered,
        check_params_cb=lambda answer: answer.request.question.query == query.strip(),
    ):
        one.window.query.setText(query)
        if key is not None:
            qtbot.keyClick(one.window.query, key)


@pytest.fixture
def asking(qtbot, show, folder, settings: Settings):
    """A window with an open folder, and its recent searches; a query that stands has settled at once."""
    one = show()
    with qtbot.waitSignal(one.services.search.answered):
        one.window.open_folder(folder)
    return one, QueryTools(one.window, one.services.search, settings, settled=0)


def test_queries_are_remembered_and_asked_again(qtbot, asking, settings: Settings) -> None:
    one, tools = asking
    search(qtbot, one, "red boat")
    search(qtbot, one, "dog")
    assert settings.get(schema.RECENT_QUERIES) == ("dog", "red boat")
    with qtbot.waitSignal(one.services.search.answered):
        entry(tools.menu, "red boat").trigger()
    assert one.window.query.text() == "red boat"
    qtbot.waitUntil(lambda: settings.get(schema.RECENT_QUERIES) == ("red boat", "dog"))
    assert texts(tools.menu) == ["red boat", "dog", "&Clear this list"]
    entry(tools.menu, "&Clear this list").trigger()
    assert settings.get(schema.RECENT_QUERIES) == ()


def test_what_goes_on_from_the_last_takes_its_place(qtbot, asking, settings: Settings) -> None:
    one, _ = asking
    for query in ("lake", "two", "two dogs", "two dogs in snow"):
        search(qtbot, one, query, None)
        qtbot.waitUntil(lambda query=query: settings.get(schema.RECENT_QUERIES)[:1] == (query,))
    assert settings.get(schema.RECENT_QUERIES) == ("two dogs in snow", "lake")


def test_what_is_blocked_is_not_remembered(qtbot, asking, settings: Settings) -> None:
    one, _ = asking
    search(qtbot, one, "dog")
    search(qtbot, one, "two toddlers")
    assert one.window.empty.isVisible()
    assert settings.get(schema.RECENT_QUERIES) == ("dog",)


def test_nothing_is_remembered_when_that_is_switched_off(qtbot, asking, settings: Settings) -> None:
    one, tools = asking
    search(qtbot, one, "dog")
    settings.set(schema.REMEMBER_QUERIES, value=False)
    assert settings.get(schema.RECENT_QUERIES) == ()
    search(qtbot, one, "red boat")
    assert settings.get(schema.RECENT_QUERIES) == ()
    assert not tools.menu.isEnabled()


def test_recent_queries_are_offered_while_one_types(qtbot, asking, settings: Settings) -> None:
    one, _ = asking
    settings.set(schema.RECENT_QUERIES, ("two dogs in snow", "red boat", "a DOG"))
    completer = one.window.query.completer()
    completer.setCompletionPrefix("dog")
    found = [completer.completionModel().index(row, 0).data() for row in range(completer.completionCount())]
    assert found == ["two dogs in snow", "a DOG"]
    one.window.query.clear()
    qtbot.keyClicks(one.window.query, "bo")
    qtbot.waitUntil(completer.popup().isVisible)
    qtbot.keyClick(completer.popup(), Qt.Key.Key_Down)
    with qtbot.waitSignal(one.services.search.answered):
        qtbot.keyClick(completer.popup(), Qt.Key.Key_Return)
    assert one.window.query.text() == "red boat"
    qtbot.keyClick(one.window.query, Qt.Key.Key_Down)
    assert one.window.focusWidget() is one.window.view


def test_offers_go_when_one_of_them_is_typed_whole(qtbot, asking, settings: Settings) -> None:
    one, _ = asking
    settings.set(schema.RECENT_QUERIES, ("red boat",))
    popup = one.window.query.completer().popup()
    one.window.query.clear()
    qtbot.keyClicks(one.window.query, "red boa")
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClicks(one.window.query, "t")
    qtbot.waitUntil(lambda: not popup.isVisible())
    assert one.window.query.hasFocus()
    assert one.window.answer.request.question.query == "red boat"


# Saved searches


def test_a_search_is_saved_renamed_opened_and_removed(qtbot, asking, folder, tmp_path: Path) -> None:
    one, _ = asking
    tools = SavedTools(one.window, SavedSearches(tmp_path / "searches.json"))
    tools.ask_name()
    assert tools.dialog is None
    assert "Search for something first" in one.window.statusBar().currentMessage()
    search(qtbot, one, "red boat")
    tools.ask_name()
    assert isinstance(tools.dialog, QInputDialog)
    assert tools.dialog.textValue() == "red boat"
    tools.dialog.setTextValue("  Boats & more ")
    tools.dialog.accept()
    assert texts(tools.menu) == [f"Boats && more — {folder.name}", "&Rename or remove…"]

    tools.edit()
    dialog = tools.dialog
    dialog.rename_button.click()
    field = dialog.list.findChild(QLineEdit)
    field.setText("Ships")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: saved_in(tmp_path) == (SavedSearch("Ships", "red boat", folder),))
    dialog.close()

    search(qtbot, one, "dog")
    with qtbot.waitSignal(one.services.search.answered):
        entry(tools.menu, f"Ships — {folder.name}").trigger()
    assert one.window.query.text() == "red boat"
    tools.edit()
    tools.dialog.remove_button.click()
    assert saved_in(tmp_path) == ()
    assert not tools.dialog.remove_button.isEnabled()
    tools.dialog.close()
    assert not tools.menu.isEnabled()


def saved_in(folder: Path) -> tuple[SavedSearch, ...]:
    searches = SavedSearches(folder / "searches.json")
    searches.load()
    return searches.all


def test_two_saved_searches_cannot_have_one_name(qtbot, show, folder, tmp_path: Path) -> None:
    searches = SavedSearches(tmp_path / "searches.json")
    for name in ("a", "b"):
        searches.add(SavedSearch(name, name, folder))
    tools = SavedTools(show().window, searches)
    tools.edit()
    tools.dialog.list.item(0).setText("b")
    assert "“b” already" in tools.dialog.error.text
    assert tools.dialog.list.item(0).text() == "a"
    tools.dialog.close()


def test_a_blocked_search_is_not_saved(qtbot, asking, tmp_path: Path) -> None:
    one, _ = asking
    tools = SavedTools(one.window, SavedSearches(tmp_path / "searches.json"))
    search(qtbot, one, "two toddlers")
    tools.ask_name()
    assert tools.dialog is None
    one.window.set_rule(RuleMode.OFF)


def test_a_hostile_file_of_saved_searches_is_told(begin) -> None:
    paths.saved_searches().write_bytes(b"\xff")
    session = begin()
    assert "The saved searches could not be understood" in session.window.error.text
    assert not session.memory.saved.menu.isEnabled()


# The first steps


def test_the_first_page_by_keyboard(qtbot, qapp, show) -> None:
    one = show()
    start = one.window.photos.start
    asked: list[str] = []
    start.demo_requested.connect(lambda: asked.append("demo"))
    start.dataset_requested.connect(lambda: asked.append("dataset"))
    qtbot.keyClick(one.window.query, Qt.Key.Key_Down)
    assert start.cards[0].hasFocus()
    for _ in range(2):
        qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Tab)
        qtbot.keyClick(qapp.focusWidget(), Qt.Key.Key_Space)
    assert asked == ["demo", "dataset"]
    assert without_name(one.window) == []


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "dataset"
    folder.mkdir()
    with (folder / "train_dataset.csv").open("w", newline="") as file:
        csv.writer(file).writerow(["image", "query_id", "query_text"])
    return folder


def test_a_dataset_folder_is_opened_and_offered_to_train_on(
    qtbot, begin, photos: Path, dataset: Path
) -> None:
    session = begin()
    picked = [dataset]
    tools = session.memory.datasets
    tools._ask = lambda *_: picked[0]  # the system's dialog
    session.window.photos.start.cards[2].click()
    assert session.window.folder == dataset
    qtbot.waitUntil(tools.notice.isVisible)
    tools.notice.train_button.click()
    assert session.training.dialog.choose.folder.path == dataset
    session.training.dialog.close()
    picked[0] = photos
    entry(session.window.menus.file, "Open d&ataset folder…").trigger()
    assert session.window.folder == photos
    assert tools.notice is None
    assert "opened as photos alone" in session.window.error.text


def test_no_dataset_folder_is_no_harm(show) -> None:
    window = show().window
    tools = DatasetTools(window, lambda _: True, print, lambda *_: None)
    tools.choose()
    assert window.folder is None
    assert tools.notice is None


# Shortcuts


def test_every_shortcut_of_the_menus_is_listed_once(qtbot, begin) -> None:
    session = begin()
    entry(session.window.menus.help, "&Keyboard shortcuts").trigger()
    dialog = session.memory.shortcuts.dialog
    listed = {row.text(1) for _, rows in dialog._groups for row in rows}
    assert {"Ctrl+O", "Ctrl+,", "F1", "F4", "Ctrl+S", "Ctrl+F, Ctrl+L", "Backspace, Ctrl+Z"} <= listed
    assert all(table.title in [group.text(0) for group, _ in dialog._groups] for table in key_tables())
    dialog.close()
    tables = menu_tables(session.window.menuBar())
    keys = [key for table in tables for _, told in table.keys for key in told.split(", ")]
    assert [key for key in keys if keys.count(key) > 1] == []


def test_the_list_of_shortcuts_is_filtered(qtbot) -> None:
    tables = KeyTable("File", (("Open", "Ctrl+O"), ("Quit", "Ctrl+Q"))), KeyTable("Rating", (("Yes", "Y"),))
    dialog = ShortcutsDialog(tables)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.filter.setText("ctrl+q FILE")
    shown = [row.text(0) for group, rows in dialog._groups for row in rows if not row.isHidden()]
    assert shown == ["Quit"]
    assert [group.isHidden() for group, _ in dialog._groups] == [False, True]
    dialog.filter.clear()
    assert not any(group.isHidden() for group, _ in dialog._groups)
    assert without_name(dialog) == []
