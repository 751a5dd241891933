"""Each state of the window, and its menus, in every look."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from imgsearch_gui import paths
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.core.types.photos import Problem, SearchResult
from imgsearch_gui.core.types.progress import IndexProgress
from imgsearch_gui.core.types.query import Order
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.sentences import sentence
from imgsearch_gui.services import settings_schema as schema
from imgsearch_gui.services.saved_searches import SavedSearch, SavedSearches
from imgsearch_gui.services.settings import Settings
from imgsearch_gui.ui.about.crash_notice import CrashNotice
from imgsearch_gui.ui.memory.saved_tools import SavedTools
from imgsearch_gui.ui.photos.results_view import LEAST, MOST
from tests.window_fakes import FakeEngine, FakeStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu

    from tests.ui.conftest import Opened

WIDTH, HEIGHT = 800, 560
HITS = "dog boat lake flower path"
STEPS = (IndexProgress("embed", 1234, 5000, embedded=0, failed=3),) * 2


class Badges(FakeEngine):
    """Has photos that stand for several, and hits that were found by their names."""

    def gallery(self, folder: Path, *asked: object) -> object:
        gallery = super().gallery(folder, *asked)
        photos = [replace(photo, copies=1 + photo.id % 3) for photo in gallery.photos]
        return replace(gallery, photos=tuple(photos))

    def ask(self, folder: Path, query: str, **asked: object) -> object:
        found = super().ask(folder, query, **asked)
        if not isinstance(found, SearchResult):
            return found
        hits = [
            replace(hit, copies=1 + 11 * (hit.image_id % 2), named="dog" if hit.image_id == 1 else "")
            for hit in found.hits
        ]
        return replace(found, hits=tuple(hits))


@dataclass(frozen=True)
class State:
    """What is asked of which engine, and what happens then."""

    make: Callable[[], FakeEngine] = FakeEngine
    query: str | None = None
    rule: RuleMode = RuleMode.BLOCK
    after: Callable[[Opened], object] = lambda one: None


def show_rest(one: Opened) -> None:
    one.window.photos.rest.button.click()


def sort(one: Opened) -> None:
    one.grid.set_order(Order.NEWEST)


def crashed(one: Opened) -> None:
    report = Path("/home/ada/.local/share/imgsearch/crashes/2026-05-01.txt")
    one.window.banners.insertWidget(0, CrashNotice(report))


STATES = {
    "no-folder": State(),
    "crash-notice": State(after=crashed),
    "loading": State(),
    "indexing": State(lambda: FakeEngine(steps=STEPS), ""),
    "paused": State(
        lambda: FakeEngine(steps=STEPS), "", after=lambda one: one.services.indexing.toggle_pause()
    ),
    "gallery": State(Badges, "", after=lambda one: one.window.query.setFocus()),
    "gallery-sorted": State(Badges, "", after=sort),
    "small": State(FakeEngine, HITS, after=lambda one: one.grid.slider.setValue(LEAST)),
    "large": State(Badges, HITS, after=lambda one: one.grid.slider.setValue(MOST)),
    "hits": State(lambda: Badges(withheld=12), HITS, after=lambda one: one.window.photos.focus_photos()),
    "selected": State(query=HITS, after=lambda one: one.window.view.selectAll()),
    "chips": State(query='dog 2:boat -"people walking" folder:holiday after:2023 score>0.2'),
    "mistakes": State(query="dog after:20x5 score>3 rated:9"),
    "rest": State(query="o", after=show_rest),
    "only-unlikely": State(lambda: FakeEngine(best=0.3), "a submarine"),
    "no-match": State(query="zebra"),
    "blocked": State(query="two toddlers"),
    "warned": State(query="two toddlers", rule=RuleMode.WARN),
    "error": State(lambda: FakeEngine(error=LibraryError(sentence("There is no library."))), ""),
}


@pytest.mark.parametrize("name", STATES)
def test_snapshot(looks, qtbot, show, folder, name):
    state = STATES[name]
    engine = state.make()
    if engine.steps:
        engine.index_gate.clear()
    problems = (Problem(folder / "x.jpg", "The file is empty."),) if name == "gallery" else ()
    one = show(engine, FakeStore(problems, missing=frozenset({7})), load=name != "loading")
    one.window.resize(WIDTH, HEIGHT)
    if name == "loading":
        one.window.open_folder(folder)
        one.window.indexing_bar.hide()  # it moves
    elif state.query is not None:
        _settle(qtbot, one, folder, state)
    state.after(one)
    if name != "loading":  # which goes on
        _rest(qtbot, one)
    looks.compare(one.window, name)


def test_snapshot_of_a_picture_as_query(looks, qtbot, show, folder):
    one = show()
    one.window.resize(WIDTH, HEIGHT)
    _settle(qtbot, one, folder, State(query=""))
    _rest(qtbot, one)
    with qtbot.waitSignal(one.services.search.answered, check_params_cb=lambda a: a.request.question.picture):
        one.searching.search_like(one.window.shown_photos()[1])
    _rest(qtbot, one)
    looks.compare(one.window, "like-a-picture")


def test_snapshot_of_the_name_of_a_search(looks, qtbot, show, folder, tmp_path):
    one = show()
    _settle(qtbot, one, folder, State(query="dog"))
    saved = SavedTools(one.window, SavedSearches(tmp_path / "saved.json"))
    saved.ask_name()
    looks.compare(saved.dialog, "saved-name")


def test_snapshot_of_the_menus(looks, qtbot, begin):
    italy, gone = Path("/home/ada/Photos/Italy"), Path("/media/stick/Holidays & more")
    settings = Settings(paths.settings_file())
    settings.set(schema.RECENT_FOLDERS, (str(italy), str(gone)))
    settings.set(schema.RECENT_QUERIES, ("a dog on the beach", 'boat -"people walking" after:2023'))
    settings.close()
    saved = SavedSearches(paths.saved_searches())
    saved.add(SavedSearch("Dogs", "dog -cat", italy))
    session = begin()
    menus, memory = session.window.menus, session.memory
    qtbot.waitUntil(lambda: not memory.folders.menu.actions()[0].isEnabled())  # they have been looked for
    qtbot.waitUntil(lambda: session.services.models.models != ())
    for name in ("file", "matches", "search", "photo", "view", "rate", "model", "help"):
        _open(looks, getattr(menus, name), f"menu-{name}")
    for name, menu in (("folders", memory.folders.menu), ("saved", memory.saved.menu)):
        _open(looks, menu, f"menu-{name}")
    _open(looks, memory.queries.menu, "menu-queries")


def _open(looks, menu: QMenu, name: str) -> None:
    menu.popup(menu.parentWidget().rect().topLeft())
    looks.compare(menu, name, dark_too=False)
    menu.close()


def _settle(qtbot, one, folder, state):
    """Opens the folder, asks, and waits until nothing moves any more."""
    search = one.services.search
    one.window.set_rule(state.rule)
    one.window.query.setText(state.query)
    qtbot.keyClick(one.window.query, Qt.Key.Key_Return)  # or the pause after typing would ask once more
    end = search.failed if one.engine.error else search.answered
    with qtbot.waitSignal(end):
        one.window.open_folder(folder)
    if one.engine.steps:
        qtbot.waitUntil(lambda: one.window.indexing_bar.bar.value() == 1234)
    else:
        qtbot.waitUntil(lambda: not one.services.indexing.busy)


def _rest(qtbot, one):
    """Waits until the pictures are there, and takes away what is never the same."""
    qtbot.waitUntil(lambda: not one.services.search.busy)
    one.window.grab()
    qtbot.waitUntil(lambda: not one.services.thumbnails.busy)
    count = one.window.status.count
    count.setText(re.sub(r" · [\d.,]+\s\S+$", "", count.text()))
