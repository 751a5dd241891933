"""Real files that come and go in a watched folder."""

from __future__ import annotations

import shutil
import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirModifiedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileClosedNoWriteEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileOpenedEvent,
)

from imgsearch_gui.core.types.progress import IndexProgress
from imgsearch_gui.services.folder_watcher import FolderWatcher, matters
from imgsearch_gui.services.jobs import Worker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def make(qapp) -> Iterator[Callable[..., FolderWatcher]]:
    """Returns a function that makes a watcher which gathers changes for 20 ms."""
    worker = Worker("watch")
    made: list[FolderWatcher] = []

    def new(**options) -> FolderWatcher:
        made.append(FolderWatcher(worker, settle_ms=20, **options))
        return made[-1]

    threads = threading.active_count()
    yield new
    worker.stop()
    assert worker.wait(20)
    for watcher in made:
        watcher.close()
    assert threading.active_count() <= threads


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "photos" / "deep").mkdir(parents=True)
    (tmp_path / "photos" / "a.jpg").touch()
    return tmp_path / "photos"


def test_every_kind_of_change_is_told(qtbot, make, folder: Path) -> None:
    watcher = make()
    with qtbot.waitSignal(watcher.changed) as signal:  # what changed before it was watched
        watcher.watch(folder)
    assert signal.args == [folder]
    changes = (
        lambda: (folder / "deep" / "b.png").write_bytes(b"new"),
        lambda: (folder / "deep" / "b.png").write_bytes(b"other"),
        lambda: (folder / "deep" / "b.png").rename(folder / "c.JPEG"),
        lambda: (folder / "c.JPEG").rename(folder / "c.txt"),
        lambda: (folder / "a.jpg").unlink(),
        lambda: (folder / "new" / "below").mkdir(parents=True),
        lambda: (folder / "new" / "below" / "d.webp").touch(),
        lambda: shutil.rmtree(folder / "new"),
    )
    for change in changes:
        with qtbot.waitSignal(watcher.changed) as signal:
            change()
        assert signal.args == [folder]


def test_many_changes_at_once_are_told_once(qtbot, make, folder: Path) -> None:
    watcher = make()
    with qtbot.waitSignal(watcher.changed):
        watcher.watch(folder)
    told = []
    watcher.changed.connect(told.append)
    with qtbot.waitSignal(watcher.changed):
        for number in range(200):
            (folder / f"{number}.jpg").touch()
    assert len(told) == 1


def test_the_latest_folder_wins(qtbot, make, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    watcher = make()
    told = []
    watcher.changed.connect(told.append)
    watcher.watch(folder)
    with qtbot.waitSignal(watcher.changed):
        watcher.watch(other)
    (folder / "new.jpg").touch()
    with qtbot.waitSignal(watcher.changed):
        (other / "new.jpg").touch()
    assert set(told) == {other}


def test_a_folder_that_cannot_be_watched_is_looked_at_now_and_then(qtbot, make, folder: Path) -> None:
    watcher = make(observe=lambda folder, notice: None, look_ms=30)
    with qtbot.waitSignals([watcher.changed] * 3):
        watcher.watch(folder)


def test_a_drive_that_comes_back_is_watched_anew(qtbot, make, folder: Path) -> None:
    watcher = make(look_ms=50)
    with qtbot.waitSignal(watcher.changed):
        watcher.watch(folder)
    with qtbot.waitSignal(watcher.changed):
        shutil.rmtree(folder)
    with qtbot.waitSignal(watcher.changed):
        folder.mkdir()
    with qtbot.waitSignal(watcher.changed):
        (folder / "new.jpg").touch()


def test_a_folder_that_is_not_there_is_waited_for(qtbot, make, tmp_path: Path) -> None:
    watcher = make(look_ms=30)
    told = []
    watcher.changed.connect(told.append)
    watcher.watch(tmp_path / "later")
    with qtbot.waitSignal(watcher._look_timer.timeout):
        pass
    assert told == []
    with qtbot.waitSignal(watcher.changed):
        (tmp_path / "later").mkdir()


def test_the_user_who_comes_back_sees_what_the_network_did_not_tell(qtbot, make, folder: Path) -> None:
    watcher = make(look_ms=200)
    active = Qt.ApplicationState.ApplicationActive
    watcher.application_changed(active)  # nothing is open
    with qtbot.waitSignal(watcher.changed):
        watcher.watch(folder)
    told = []
    watcher.changed.connect(told.append)
    watcher.application_changed(active)  # too soon
    with qtbot.waitSignals([watcher._look_timer.timeout] * 2):
        pass
    assert told == []
    watcher.application_changed(Qt.ApplicationState.ApplicationInactive)
    with qtbot.waitSignal(watcher.changed):
        watcher.application_changed(active)


def test_a_folder_that_takes_long_to_read_is_read_less_often(qtbot, make, folder: Path) -> None:
    watcher = make()
    with qtbot.waitSignal(watcher.changed):
        watcher.watch(folder)
    watcher.rest(IndexProgress("done", 9, 9, embedded=9))
    assert watcher._settle.interval() == 20, "reading photos is not looking through the folder"
    watcher._tell()
    qtbot.waitUntil(lambda: watcher._reading.elapsed() > 50)
    watcher.rest(IndexProgress("done", 0, 0))
    assert watcher._settle.interval() >= 200
    watcher.watch(folder)
    assert watcher._settle.interval() == 20


@pytest.mark.parametrize(
    "event",
    [
        FileCreatedEvent("/p/a.jpg"),
        FileDeletedEvent("/p/a.jpg"),
        FileModifiedEvent("/p/A.JPG"),
        FileClosedEvent("/p/a.tiff"),
        FileMovedEvent("/p/a.part", "/p/a.jpg"),
        FileMovedEvent("/p/a.jpg", "/p/a.old"),
        FileCreatedEvent(b"/p/\xff.jpg"),
        DirCreatedEvent("/p/d"),
        DirDeletedEvent("/p/d"),
        DirMovedEvent("/p/d", "/p/e"),
    ],
)
def test_what_matters(event) -> None:
    assert matters(event)


@pytest.mark.parametrize(
    "event",
    [
        FileOpenedEvent("/p/a.jpg"),  # reading a photo must not lead to its being read again
        FileClosedNoWriteEvent("/p/a.jpg"),
        DirModifiedEvent("/p/d"),
        FileCreatedEvent("/p/notes.txt"),
        FileMovedEvent("/p/a.part", "/p/a.tmp"),
    ],
)
def test_what_does_not(event) -> None:
    assert not matters(event)
