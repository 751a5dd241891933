"""The rating mode on a real library and real files, from the first key to the end of the program."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt

from imgsearch_gui.app.session import Session
from imgsearch_gui.core.pictures.images import content_hash
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.ratings import RatingScale
from tests.engines import make_engine
from tests.fakes import write_jpegs
from tests.synthetic import write_dataset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

KEY = Qt.Key
LONG = 30_000  # milliseconds: decoders are processes that have to start


class Program:
    """Sessions on the library ``l.sqlite`` of a folder, each of which is ended once."""

    def __init__(self, app: QApplication, folder: Path) -> None:
        self._app, self._folder = app, folder
        self._sessions: list[Session] = []

    def begin(self) -> Session:
        session = Session(self._app, self._folder / "l.sqlite", make_engine)
        self._sessions.append(session)
        session.window.show()
        session.window.activateWindow()
        session.services.engine.load()
        return session

    def end(self) -> None:
        while self._sessions:
            self._sessions.pop().close(20)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def program(qapp: QApplication, tmp_path: Path) -> Iterator[Program]:
    threads = threading.active_count()
    program = Program(qapp, tmp_path)
    yield program
    program.end()
    assert threading.active_count() <= threads


def search(qtbot, session: Session, folder: Path, query: str) -> None:
    window, services = session.window, session.services
    window.open_folder(folder)
    qtbot.waitUntil(lambda: window.answer is not None and not services.indexing.busy, timeout=LONG)
    window.query.setText(query)
    qtbot.keyClick(window.query, KEY.Key_Return)
    qtbot.waitUntil(
        lambda: not services.search.busy and window.answer.request.question.query == query, timeout=LONG
    )


def test_ratings_outlive_the_program_and_are_passed_over_by_the_next(
    qtbot, program: Program, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    write_jpegs(folder, 6)
    session = program.begin()
    search(qtbot, session, folder, "red boat")
    shown = [hit.path for hit in session.window.answer.found.hits]
    tools = session.rating.tools
    tools.rate_matches()
    qtbot.waitUntil(lambda: tools.page.progress.text().startswith("1 of 6"), timeout=LONG)
    qtbot.waitUntil(lambda: tools.page.picture.image is not None, timeout=LONG)
    for key in (KEY.Key_4, KEY.Key_3, KEY.Key_Backspace, KEY.Key_2, KEY.Key_S, KEY.Key_Y):
        qtbot.keyClick(tools.page, key)
    program.end()  # at once: nobody waited for the disk

    with Library(tmp_path / "l.sqlite") as library:
        kept = list(library.ratings().values())
    assert [(rating.value, rating.scale) for rating in kept] == [
        (4, RatingScale.EXPERT),
        (2, RatingScale.EXPERT),
        (1, RatingScale.CROWD),
    ]
    assert [rating.content_hash for rating in kept] == [content_hash(path) for path in shown[:3]]
    assert {rating.query for rating in kept} == {"red boat"}

    again = program.begin()
    search(qtbot, again, folder, "red boat")
    page = again.rating.tools.page
    again.rating.tools.rate_matches()
    crowd = "1 of 5 · 0 rated · 0 skipped · 1 passed over"  # the scale is remembered too
    qtbot.waitUntil(lambda: page.progress.text() == crowd, timeout=LONG)
    qtbot.keyClick(page, KEY.Key_S)
    assert page.progress.text() == "1 of 4 · 0 rated · 0 skipped · 2 passed over"


def test_a_dataset_folders_pairs_and_test_queries(qtbot, program: Program, tmp_path: Path) -> None:
    dataset = write_dataset(tmp_path / "data", train=4, test=5)
    session = program.begin()
    search(qtbot, session, dataset / "test_images", "red bar")
    tools = session.rating.tools
    tools.show_pairs(dataset)
    qtbot.waitUntil(lambda: "0 rated" in tools.page.progress.text(), timeout=LONG)
    qtbot.keyClick(tools.page, KEY.Key_1)
    tools.leave()
    pool = tools.pool_page
    tools.show_queries(dataset)
    qtbot.waitUntil(lambda: pool.place.text() == "Query 1 of 10", timeout=LONG)
    qtbot.keyClick(pool, KEY.Key_Right)
    qtbot.waitUntil(lambda: pool.recalls_of.text() == "over 2 queries so far", timeout=LONG)
    qtbot.waitUntil(lambda: pool.picture.image is not None and not pool.picture.image.isNull(), timeout=LONG)


def test_the_preview_shows_real_files_and_what_they_say_of_themselves(
    qtbot, program: Program, tmp_path: Path
) -> None:
    folder = tmp_path / "photos"
    write_jpegs(folder, 3)
    session = program.begin()
    search(qtbot, session, folder, "red boat")
    session.window.photos.focus_photos(0)
    page = session.preview.page
    session.window.photo_actions.preview.trigger()
    qtbot.waitUntil(lambda: page.details.facts.isVisible(), timeout=LONG)
    assert page.picture.scale > 0
    qtbot.waitUntil(lambda: page.details.bars.isVisible(), timeout=LONG)  # by the real matcher
    page.stepped.emit(1)
    page.photo.path.unlink()
    session.preview.leave()
    session.window.photo_actions.preview.trigger()
    qtbot.waitUntil(
        lambda: page.picture.accessibleDescription() == "The file is no longer there.", timeout=LONG
    )
    assert not page.picture.image.isNull()
