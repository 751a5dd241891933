"""The window on a real library and real files: folders that change, and libraries that are broken."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QImage

from imgsearch_gui.app import start as composition
from imgsearch_gui.app.session import Again, Session
from imgsearch_gui.core.pictures.indexing import index_folder
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.content_rule import RuleMode
from imgsearch_gui.errors import LibraryError
from imgsearch_gui.services.crash_reports import CrashReports
from imgsearch_gui.services.single_window import Request
from imgsearch_gui.ui import messages
from imgsearch_gui.ui.about.about_dialog import AboutDialog
from imgsearch_gui.ui.about.crash_notice import CrashNotice
from imgsearch_gui.ui.main_window import MainWindow
from imgsearch_gui.ui.photos.results_model import ResultsModel
from imgsearch_gui.ui.search.picture_chip import PictureChip
from tests.engines import make_engine
from tests.fakes import FakeImageEncoder, write_jpegs
from tests.privileges import ordinary_user
from tests.synthetic import write_dataset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def names(session: Session) -> list[str]:
    model = session.window.model
    return sorted(model.index(row).data() for row in range(model.rowCount()))


def test_the_window_follows_the_folder(qtbot, begin, photos: Path, tmp_path: Path) -> None:
    session = begin()
    session.window.open_folder(photos)
    qtbot.waitUntil(lambda: names(session) == ["000.jpg", "001.jpg", "002.jpg"], timeout=20_000)

    write_jpegs(tmp_path / "more", 5)
    shutil.copy(tmp_path / "more" / "004.jpg", photos / "new.jpg")
    qtbot.waitUntil(lambda: len(names(session)) == 4, timeout=20_000)

    (photos / "000.jpg").unlink()
    qtbot.waitUntil(lambda: names(session) == ["001.jpg", "002.jpg", "new.jpg"], timeout=20_000)

    (photos / "deep").mkdir()
    (photos / "001.jpg").rename(photos / "deep" / "moved.jpg")
    qtbot.waitUntil(lambda: names(session) == ["002.jpg", "moved.jpg", "new.jpg"], timeout=20_000)
    assert not session.window.error.isVisible()
    assert not session.window.indexing_bar.isVisible()


def test_missing_photos_are_counted_and_can_be_forgotten(qtbot, begin, photos: Path, tmp_path: Path) -> None:
    session = begin()
    session.window.open_folder(photos)
    qtbot.waitUntil(lambda: len(names(session)) == 3, timeout=20_000)
    (photos / "000.jpg").unlink()
    link = session.window.status.problems
    qtbot.waitUntil(lambda: link.isVisible() and link.text() == "1 photo is missing", timeout=20_000)
    with qtbot.waitSignal(session.services.left_out.listed) as listed:
        link.click()
    assert listed.args[0].missing == [photos / "000.jpg"]
    session.services.left_out.forget(photos, listed.args[0].missing)
    qtbot.waitUntil(lambda: not link.isVisible(), timeout=20_000)
    with Library(tmp_path / "l.sqlite") as library:
        assert library.missing(photos) == []
        assert len(library.records(photos)) == 2


def test_a_reading_that_finds_nothing_new_does_not_show(qtbot, begin, photos: Path) -> None:
    session = begin()
    session.window.open_folder(photos)
    qtbot.waitUntil(lambda: len(names(session)) == 3, timeout=20_000)
    qtbot.waitUntil(lambda: not session.services.indexing.busy, timeout=20_000)
    qtbot.waitUntil(lambda: not session.services.search.busy)
    told: list[object] = []
    session.services.search.answered.connect(told.append)
    session.services.indexing.progressed.connect(lambda _: told.append(session.window.reading.going_on))
    with qtbot.waitSignal(session.services.indexing.succeeded):
        session.window.refresh_folder(photos)
    assert set(told) == {False}


def test_a_reading_that_was_stopped_is_not_begun_by_a_change(qtbot, begin, photos: Path) -> None:
    session = begin()
    session.window.open_folder(photos)
    session.services.indexing.cancel()
    with qtbot.waitSignal(session.services.search.answered, timeout=20_000):
        pass
    session.window.refresh_folder(photos)
    assert not session.services.indexing.busy


def test_a_folder_on_a_drive_that_is_unplugged_is_shown(qtbot, begin, photos: Path, tmp_path: Path) -> None:
    with Library(tmp_path / "l.sqlite") as library:
        list(index_folder(library, photos, FakeImageEncoder()))
    photos.rename(tmp_path / "unplugged")
    session = begin()
    session.window.open_folder(photos)
    qtbot.waitUntil(lambda: len(names(session)) == 3, timeout=20_000)
    qtbot.waitUntil(lambda: "is no longer there: if it is on a drive" in session.window.error.text)
    assert not session.window.error.rebuild_button.isVisible()
    session.window.open_folder(tmp_path / "never seen")
    assert session.window.error.text == messages.folder_missing(tmp_path / "never seen")


def test_photos_of_a_drive_inside_the_folder_are_shown_with_a_note(
    qtbot, begin, photos: Path, tmp_path: Path
) -> None:
    write_jpegs(photos / "card", 5)
    with Library(tmp_path / "l.sqlite") as library:
        list(index_folder(library, photos, FakeImageEncoder()))
        library.set_mounts(photos, {b"card"})  # as if it had been one then
    shutil.rmtree(photos / "card")
    session = begin()
    session.window.open_folder(photos)
    qtbot.waitUntil(lambda: len(names(session)) == 8, timeout=20_000)
    qtbot.waitUntil(lambda: session.window.note.text == messages.away(5), timeout=20_000)


def test_a_library_that_cannot_be_written_shows_its_photos(qtbot, begin, public_photos: Path) -> None:
    photos, data = public_photos, public_photos.parent
    with Library(data / "l.sqlite") as library:
        list(index_folder(library, photos, FakeImageEncoder()))
    write_jpegs(photos / "new", 1)
    (data / "l.sqlite").chmod(0o444)
    data.chmod(0o555)
    with ordinary_user():
        session = begin()
        session.window.open_folder(photos)
        qtbot.waitUntil(lambda: len(names(session)) == 3, timeout=20_000)
        qtbot.waitUntil(lambda: "can only be read" in session.window.error.text)
        session.close(20)


@pytest.fixture
def public_photos(photos: Path, tmp_path: Path) -> Iterator[Path]:
    """The photos, in a folder that every user may list."""
    folder = tmp_path
    while folder.owner() == tmp_path.owner() and folder.name.startswith(("test_", "popen-", "pytest-")):
        folder.chmod(0o755)
        folder = folder.parent
    yield photos
    tmp_path.chmod(0o755)


def test_a_damaged_library_can_be_begun_anew(qtbot, begin, tmp_path: Path) -> None:
    (tmp_path / "l.sqlite").write_bytes(b"\xff" * 50_000)
    session = begin()
    qtbot.waitUntil(session.window.error.isVisible, timeout=20_000)
    assert "is not an ImgSearch library, or its first bytes are damaged" in session.window.error.text
    button = session.window.error.rebuild_button
    assert button.isVisible()
    assert session.again is None
    button.click()
    assert session.again is Again.REBUILD
    session.window.show_error(LibraryError("The disk is full."))
    assert not button.isVisible()


def test_damage_that_shows_later_can_be_mended_too(qtbot, begin, photos: Path, tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    Library(path).close()
    data = bytearray(path.read_bytes())
    size = int.from_bytes(data[16:18], "big")
    data[size:] = b"\xff" * (len(data) - size)
    path.write_bytes(data)
    session = begin()
    with qtbot.waitSignal(session.services.engine.ready, timeout=20_000):
        pass
    session.window.open_folder(photos)
    qtbot.waitUntil(session.window.error.rebuild_button.isVisible, timeout=20_000)
    assert "is damaged" in session.window.error.text


def test_the_program_goes_on_with_a_library_begun_anew(qapp, photos: Path, tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    Library(path).close()
    db = sqlite3.connect(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    seen: list[str] = []

    def use() -> None:
        for window in qapp.topLevelWidgets():
            if isinstance(window, MainWindow) and window.isVisible():
                if window.error.rebuild_button.isVisible():
                    seen.append(window.error.text)
                    window.error.rebuild_button.click()
                elif window.statusBar().currentMessage():
                    seen.append(window.statusBar().currentMessage())
                    window.close()

    user = QTimer(qapp, interval=20)
    user.timeout.connect(use)
    user.start()
    nothing = tmp_path / "no matcher"  # the engine is not what this is about
    status = composition._run(qapp, photos, demo=False, screen=True, library=path, model=nothing)
    user.stop()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert status == 0
    assert "was made by a newer ImgSearch" in seen[0]
    (kept,) = tmp_path.glob("l.old-*.sqlite")
    assert seen[1] == messages.rebuilt(str(kept), 0)
    Library(path).close()


def test_a_file_opens_in_its_folder_and_is_selected(qtbot, begin, photos: Path) -> None:
    session = begin()
    session.window.query.setText("left over")
    session.requests.answer(Request(photos / "001.jpg"))
    view = session.window.view
    qtbot.waitUntil(lambda: view.currentIndex().data() == "001.jpg", timeout=20_000)
    assert session.window.folder == photos
    assert session.window.query.text() == ""
    qtbot.waitUntil(lambda: len(names(session)) == 3, timeout=20_000)
    assert view.currentIndex().data() == "001.jpg"


def test_a_file_is_selected_whatever_the_order_of_the_photos(qtbot, begin, tmp_path: Path) -> None:
    for number, file in enumerate(write_jpegs(tmp_path / "many", 11)):
        file.rename(tmp_path / "many" / f"IMG_{number}.jpg")
    session = begin(load=make_engine)
    session.requests.answer(Request(tmp_path / "many" / "IMG_10.jpg"))
    qtbot.waitUntil(lambda: session.window.view.currentIndex().data() == "IMG_10.jpg", timeout=20_000)


def test_a_photo_that_comes_to_be_withheld_is_no_more_seen_in_the_query_field(
    qtbot, begin, tmp_path: Path
) -> None:
    folder = write_dataset(tmp_path / "set", train=3, test=0, captions={"train1.png": ("A girl .",)})
    session = begin(load=make_engine)
    window = session.window
    window.set_rule(RuleMode.OFF)
    window.open_folder(folder / "train_images")
    qtbot.waitUntil(lambda: len(names(session)) == 3, timeout=20_000)
    found = next(index for row in range(3) if (index := window.model.index(row)).data() == "train1.png")
    window.view.setCurrentIndex(found)
    qtbot.waitUntil(lambda: found.data(ResultsModel.THUMBNAIL) is not None)
    window.photo_actions.alike.trigger()
    picture = window.query.picture
    chip = window.query.findChild(PictureChip)
    assert chip.image is not None
    window.set_rule(RuleMode.BLOCK)
    qtbot.waitUntil(window.error.isVisible, timeout=20_000)
    assert names(session) == []
    assert chip.image is None
    window.query.show_picture(picture, QImage(8, 8, QImage.Format.Format_RGB32))
    assert chip.image is None, "it was being decoded"
    window.query.remove_picture()
    qtbot.waitUntil(lambda: len(names(session)) == 2, timeout=20_000)
    assert not window.error.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")  # of a screen that is not there
def test_a_request_of_a_second_program_shows_the_window_and_opens_its_folder(
    qtbot, begin, photos: Path
) -> None:
    session = begin()
    session.window.showMinimized()
    session.requests.bring_forward(Request(photos))
    assert not session.window.isMinimized()
    qtbot.waitUntil(lambda: len(names(session)) == 3, timeout=20_000)


def test_the_window_tells_of_a_crash_once_and_reports_what_nobody_caught(
    begin, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)  # given back after the test
    reports = CrashReports(tmp_path / "crashes", ())
    reports.left_over = tmp_path / "report.txt"
    session = begin(crashes=reports)
    (notice,) = session.window.findChildren(CrashNotice)
    assert notice.isVisible()
    assert not begin(crashes=reports).window.findChildren(CrashNotice)
    (tmp_path / "crashes").mkdir()
    error = ZeroDivisionError()
    sys.excepthook(ZeroDivisionError, error, None)
    (report,) = (tmp_path / "crashes").iterdir()
    assert "ZeroDivisionError" in report.read_text(encoding="utf-8")


@pytest.mark.qt_log_ignore("This plugin does not support")  # of a screen that is not there
def test_about_names_the_matcher_in_use(begin) -> None:
    session = begin()
    session.window.about_requested.emit()
    (about,) = session.window.findChildren(AboutDialog)
    assert about.isVisible()
    about.close()
