"""Matches leave the window as a table, as copies and as a contact sheet."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, QObject
from PySide6.QtWidgets import QProgressDialog

from imgsearch_gui.services.jobs import Worker
from imgsearch_gui.services.takeout_service import TakeoutService
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.takeout_tools import TakeoutTools
from tests.window_fakes import FakeStore, painted, records

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUERY = "dog boat lake flower path"


class Taken:
    """A window with hits, whose menu entries write to a place that the test names."""

    def __init__(self, one, owner: QObject) -> None:
        self.window, self.services = one.window, one.services
        self.worker = Worker("takeout", owner)
        self.place: Path | None = None
        self.asked: list[str] = []
        TakeoutTools(self.window, TakeoutService(FakeStore(), self.worker), self._ask)

    def _ask(self, _parent, title: str, name: str, _kinds: str) -> Path | None:
        self.asked.append(title)
        return self.place

    def press(self, text: str) -> None:
        (action,) = (a for a in self.window.menus.matches.actions() if text in a.text().replace("&", ""))
        action.trigger()

    @property
    def said(self) -> str:
        return self.window.status.currentMessage()


@pytest.fixture
def taken(qtbot, show, folder: Path) -> Iterator[Taken]:
    for record in records(folder):
        record.path.write_bytes(painted(record.id))
    owner = QObject()
    one = Taken(show(), owner)
    one.window.open_folder(folder)
    qtbot.waitUntil(lambda: one.window.answer is not None and not one.services.indexing.busy)
    yield one
    one.worker.stop()
    assert one.worker.wait(20)


def search(qtbot, one: Taken) -> list[str]:
    one.window.query.setText(QUERY)
    one.window.query.returnPressed.emit()
    qtbot.waitUntil(
        lambda: one.window.answer is not None and one.window.answer.request.question.query == QUERY
    )
    return [photo.path.name for photo in one.window.shown_photos()]


def test_the_matches_that_are_shown_are_saved_as_a_table(qtbot, taken: Taken, tmp_path: Path) -> None:
    shown = search(qtbot, taken)
    taken.place = tmp_path / "hits.csv"
    taken.press("table")
    qtbot.waitUntil(lambda: taken.said == f"Saved as {taken.place}.")
    with taken.place.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["path"].rpartition("/")[2] for row in rows] == shown
    assert {row["query"] for row in rows} == {QUERY}
    assert len(shown) < 8  # the unlikely ones are hidden, and not saved


def test_photos_are_copied_and_one_that_is_gone_is_told(
    qtbot, taken: Taken, tmp_path: Path, folder: Path
) -> None:
    shown = search(qtbot, taken)
    (folder / shown[1]).unlink()
    taken.place = tmp_path / "copies"
    taken.press("Copy photos")
    qtbot.waitUntil(lambda: "1 photo could not be copied" in taken.said)
    assert len(list(taken.place.iterdir())) == len(shown) - 1
    assert (taken.place / f"001 {shown[0]}").is_file()


@pytest.mark.parametrize("name", ["sheet.pdf", "sheet.png"])
def test_a_contact_sheet_is_drawn(qtbot, taken: Taken, tmp_path: Path, name: str) -> None:
    search(qtbot, taken)
    taken.place = tmp_path / name
    taken.press("contact sheet")
    qtbot.waitUntil(lambda: taken.said == f"Saved as {taken.place}.")
    assert taken.place.stat().st_size > 1000
    assert not [dialog for dialog in taken.window.findChildren(QProgressDialog) if dialog.isVisible()]


def test_the_photos_of_a_folder_are_saved_without_a_search(qtbot, taken: Taken, tmp_path: Path) -> None:
    shown = [photo.path.name for photo in taken.window.shown_photos()]
    for text, name in (("table", "all.csv"), ("contact sheet", "all.png"), ("Copy photos", "all")):
        taken.place = tmp_path / name
        taken.press(text)
        qtbot.waitUntil(lambda: taken.said == f"Saved as {taken.place}.")
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["path"].rpartition("/")[2] for row in rows] == shown
    assert {(row["score"], row["band"], row["query"]) for row in rows} == {("", "", "")}
    assert len(list((tmp_path / "all").iterdir())) == len(shown)


def test_without_photos_there_is_nothing_to_save(qtbot, taken: Taken, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    taken.window.open_folder(tmp_path / "empty")
    qtbot.waitUntil(lambda: not taken.window.shown_photos())
    taken.press("table")
    assert taken.said == messages.nothing_to_take()
    assert taken.asked == []


def test_thinking_better_of_it_changes_nothing(qtbot, taken: Taken, tmp_path: Path) -> None:
    search(qtbot, taken)
    before = sorted(tmp_path.rglob("*"))
    taken.press("table")
    assert len(taken.asked) == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_what_cannot_be_written_is_said_above_the_photos(qtbot, taken: Taken, tmp_path: Path) -> None:
    search(qtbot, taken)
    taken.place = tmp_path / "no such folder" / "hits.csv"
    taken.press("table")
    qtbot.waitUntil(lambda: "cannot be written" in taken.window.error.text)


def test_of_several_that_are_selected_these_alone_are_saved(qtbot, taken: Taken, tmp_path: Path) -> None:
    shown = search(qtbot, taken)
    view = taken.window.view
    taken.window.photos.focus_photos(0)
    taken.place = tmp_path / "all.csv"
    taken.press("Save as table")  # of one that is current, all are taken
    qtbot.waitUntil(lambda: taken.said == f"Saved as {taken.place}.")
    for row in (1, 3):
        view.selectionModel().select(view.photos.index(row), QItemSelectionModel.SelectionFlag.Select)
    view.selectionModel().select(view.photos.index(0), QItemSelectionModel.SelectionFlag.Deselect)
    taken.place = tmp_path / "some.csv"
    assert all(" 2 selected" in action.text() for action in taken.window.menus.matches.actions())
    taken.press("as table")
    qtbot.waitUntil(lambda: taken.said == f"Saved as {taken.place}.")
    names = {}
    for file in ("all.csv", "some.csv"):
        with (tmp_path / file).open(encoding="utf-8-sig", newline="") as opened:
            names[file] = [row["path"].rpartition("/")[2] for row in csv.DictReader(opened)]
    assert names == {"all.csv": shown, "some.csv": [shown[1], shown[3]]}
