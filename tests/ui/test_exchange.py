"""The dialogs of agreement, export and import, on a real library and real folders."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtWidgets import QMenu, QWidget

from imgsearch_gui.app.session import Session
from imgsearch_gui.core.datasets.dataset import read_dataset
from imgsearch_gui.core.ratings.exchange import export_library
from imgsearch_gui.core.storage.library import Library
from imgsearch_gui.core.types.ratings import RatingScale
from imgsearch_gui.services.exchange_service import ExchangeService
from imgsearch_gui.services.jobs import Worker
from imgsearch_gui.ui.exchange import exchange_messages as words
from imgsearch_gui.ui.exchange.agreement_dialog import AgreementDialog
from imgsearch_gui.ui.exchange.exchange_dialog import ExchangeDialog
from imgsearch_gui.ui.exchange.exchange_tools import ExchangeTools
from tests.fakes import result_of
from tests.rated import digest, said, tree
from tests.synthetic import write_image
from tests.window_fakes import FakeEngine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from imgsearch_gui.core.types.ratings import Rating

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # of a screen that is not there
SCORES = {"Ada": (1, 2, 3, 4) * 6, "Bo": (1, 2, 3, 3) * 6, "Eve": (4, 2, 3)}


def ratings(pictures: list[bytes]) -> list[Rating]:
    return [
        said(rater, score, of, minute=minute)
        for minute, (rater, scores) in enumerate(SCORES.items())
        for of, score in zip(pictures, scores, strict=False)
    ]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Three people's ratings of 24 pictures, of which 23 lie in a folder that the library knows."""
    files = [write_image(tmp_path / "photos" / f"{n}.png", n) for n in range(24)]
    with Library(tmp_path / "l.sqlite") as one:
        one.add_ratings(ratings([digest(file) for file in files]))
        one.add_folder(tmp_path / "photos")
        files[-1].unlink()
        yield one


@pytest.fixture
def window(qtbot, library: Library) -> Iterator[QWidget]:
    """A window whose menu has the tools, under ``window.menu``."""
    owner, one = QObject(), QWidget()
    worker = Worker("exchange", owner)
    one.menu = QMenu(one)
    ExchangeTools(one.menu, ExchangeService(library, worker), one)
    one.show()
    yield one
    worker.stop()
    assert worker.wait(20)
    one.close()
    one.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def opened(window: QWidget, entry: str, kind: type):
    (action,) = (action for action in window.menu.actions() if entry in action.text().replace("&", ""))
    action.trigger()
    (dialog,) = window.findChildren(kind)
    return dialog


def cells(view) -> list[list[str]]:
    model = view.model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_agreement_is_shown_for_each_scale_rater_and_query(qtbot, window) -> None:
    dialog = opened(window, "Agreement between raters…", AgreementDialog)
    assert dialog.headline.text() == words.measuring()
    qtbot.waitUntil(lambda: dialog.scale.count() == 2, timeout=60_000)  # it imports scikit-learn
    assert dialog.headline.text().startswith("Raters agree almost perfectly: kappa 0.88, with 95 % certainty")
    assert cells(dialog.couples) == [
        ["Ada and Bo", "24", "75 %", "0.88"],
        ["Ada and Eve", "3", "67 %", "–"],
        ["Bo and Eve", "3", "67 %", "–"],
    ]
    assert [row[0] for row in cells(dialog.raters)] == ["Ada", "Bo", "Eve"]
    assert cells(dialog.raters)[2] == ["Eve", "3", "3", "+1.00", "1.00", "–"]
    assert cells(dialog.queries)[0][:2] == ["a cat on a table", "24"]

    assert cells(dialog.confusion) == [
        ["6", "0", "0", "0"],
        ["0", "6", "0", "0"],
        ["0", "0", "6", "0"],
        ["0", "0", "6", "0"],
    ]
    dialog.tabs.setCurrentIndex(1)
    dialog.couples.setFocus()
    qtbot.keyClick(dialog.couples, Qt.Key.Key_Down)
    assert dialog.confused.text().endswith("rows are those of Ada, columns those of Eve.")
    assert cells(dialog.confusion)[0] == ["0", "0", "0", "1"]

    dialog.scale.setCurrentIndex(1)
    assert dialog.headline.text().startswith("Agreement needs two people")
    assert (cells(dialog.couples), dialog.confusion.model()) == ([], None)
    dialog.scale.setCurrentIndex(0)
    assert len(cells(dialog.confusion)) == 4
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_scale_that_was_used_comes_first(qtbot, window, library: Library) -> None:
    everyone = list(library.ratings().values())
    library.add_ratings(
        said(f"crowd {one}", n % 2, rating.content_hash, query, scale=RatingScale.CROWD)
        for one in range(2)
        for query in ("a cat", "more")
        for n, rating in enumerate(everyone)
    )
    dialog = opened(window, "Agreement between raters…", AgreementDialog)
    qtbot.waitUntil(lambda: dialog.scale.count() == 2, timeout=60_000)  # it imports scikit-learn
    assert dialog.scale.currentText() == "Yes or no"
    headers = [dialog.confusion.model().headerData(n, Qt.Orientation.Vertical) for n in range(2)]
    assert headers == ["No", "Yes"]


def test_export_by_keyboard(qtbot, window, tmp_path: Path) -> None:
    dialog = opened(window, "Export ratings…", ExchangeDialog)
    assert not dialog.go.isEnabled()
    qtbot.keyClicks(dialog.folder, str(tmp_path / "out"))
    qtbot.keyClick(dialog.folder, Qt.Key.Key_Return)
    assert not dialog.folder.isEnabled()
    qtbot.waitUntil(lambda: dialog.below.currentWidget() is dialog.outcome, timeout=20_000)
    assert dialog.outcome.toPlainText() == (
        f"Exported 51 ratings to {tmp_path / 'out'}, with labels of 23 pairs and 23 pictures.\n"
        "2 ratings of 1 picture that is missing are in ratings.csv alone."
    )
    assert read_dataset(tmp_path / "out").report.problems == ()
    assert (tmp_path / "out" / "train_images" / "0.png").stat().st_nlink == 1
    assert dialog.leave.text() == "Close"
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_export_of_links(qtbot, window, tmp_path: Path) -> None:
    dialog = opened(window, "Export ratings…", ExchangeDialog)
    dialog.folder.setText(str(tmp_path / "out"))
    qtbot.mouseClick(dialog.link, Qt.MouseButton.LeftButton, pos=dialog.link.rect().center() / 4)
    assert dialog.link.isChecked()
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.below.currentWidget() is dialog.outcome, timeout=20_000)
    assert (tmp_path / "out" / "train_images" / "0.png").samefile(tmp_path / "photos" / "0.png")


def test_a_folder_that_is_not_empty_is_told_and_another_can_be_named(qtbot, window, tmp_path: Path) -> None:
    before = tree(tmp_path / "photos")
    dialog = opened(window, "Export ratings…", ExchangeDialog)
    dialog.folder.setText(str(tmp_path / "photos"))
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "is not empty" in dialog.outcome.toPlainText())
    assert tree(tmp_path / "photos") == before
    dialog.folder.setText(str(tmp_path / "out"))
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.outcome.toPlainText().startswith("Exported 51"))


def test_import_tells_of_conflicts(qtbot, window, library: Library, tmp_path: Path) -> None:
    with Library(tmp_path / "other.sqlite") as other:
        other.add_ratings(
            [said("Zoe", 4, rating.content_hash) for rating in list(library.ratings().values())[:2]]
        )
        result_of(export_library(other, tmp_path / "theirs"))
    dialog = opened(window, "Import ratings…", ExchangeDialog)
    assert not dialog.copy.isVisible()
    dialog.folder.setText(str(tmp_path / "theirs"))
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.below.currentWidget() is dialog.outcome, timeout=20_000)
    told = dialog.outcome.toPlainText().splitlines()
    assert told[0] == "Imported 2 ratings."
    assert told[2:4] == ["", "2 conflicts:"]
    assert told[4].startswith("Ada gave 1 and Eve 4 to")
    assert len(library.ratings()) == 53


def test_a_long_export_is_stopped_and_leaves_nothing(qtbot, window, library: Library, tmp_path: Path) -> None:
    owner = QObject()
    worker = Worker("paused", owner)

    def start(folder: Path, link: bool):
        return worker.submit(lambda: export_library(library, folder, link=link), paused=True)

    dialog = ExchangeDialog(
        words.export_words(), start, words.exported, window, ask=lambda *_: tmp_path / "out"
    )
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.mouseClick(dialog.choose_button, Qt.MouseButton.LeftButton)
    assert dialog.folder.text() == str(tmp_path / "out")
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.bar.maximum() > 0)
    assert dialog.stage.text() == "Looking for pictures: 0 of 23"
    assert dialog.leave.text() == "Stop"
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: dialog.outcome.toPlainText() == words.export_words().cancelled)
    assert dialog.isVisible()
    assert not (tmp_path / "out").exists()
    worker.stop()
    assert worker.wait(20)


def test_the_session_offers_it_all(qapp, qtbot, tmp_path: Path) -> None:
    session = Session(qapp, tmp_path / "l.sqlite", lambda _: FakeEngine())
    entries = [action.text() for action in session.window.menus.rate.actions()]
    assert {"&Agreement between raters…", "&Export ratings…", "&Import ratings…"} <= set(entries)
    session.window.show()
    (entry,) = (action for action in session.window.menus.rate.actions() if "Agreement" in action.text())
    entry.trigger()
    (dialog,) = session.window.findChildren(AgreementDialog)
    qtbot.waitUntil(lambda: dialog.headline.text().startswith("Agreement needs"), timeout=60_000)
    with qtbot.waitSignal(session.services.engine.ready):
        session.services.engine.load()
    assert gc.get_freeze_count() > 0
    session.close(20)
    assert gc.get_freeze_count() == 0
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
